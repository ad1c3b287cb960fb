"""What the lines between the first and the last of the text are: paragraphs, links, captions, what the site put there."""

from __future__ import annotations

import re

from bulaq.intake.flat.body.body_lines import STOP_HEADINGS, heads_text, in_broken_paragraph, is_bare_link
from bulaq.intake.flat.lines.cells import cells_inside
from bulaq.intake.flat.lines.labels import is_labelled_caption
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats


def roles_inside(
    lines: list[PageLine], first: int, last: int, repeats: Repeats | None = None
) -> dict[int, str]:
    """A role for each line of the body: body, heading, read_also_heading, read_also_link, box_heading, box_link,
    caption, credit, other."""
    roles: dict[int, str] = {}
    cells = cells_inside(lines, first, last, repeats)
    index = first
    while index <= last:
        line = lines[index]
        if line.credit is not None or line.text.strip().startswith("©"):
            index = _credit(lines, index, last, roles)
        elif not line.has_ink:
            roles[index] = "other"
        elif line.invitation or is_bare_link(line):
            roles[index] = "read_also_link"
        elif (
            line.heading in ("read_also", "related", "picks", "more")
            and line.words <= 7
            and not heads_text(lines, index)
        ):
            links = _links_after(lines, index, last)
            kind = "read_also" if line.heading == "read_also" else "box"
            roles[index] = f"{kind}_heading" if links else "other"
            for link in links:
                roles[link] = f"{kind}_link"
            index = max([index, *links])
        elif index not in cells and _is_foreign(line, repeats) and not in_broken_paragraph(lines, index):
            roles[index] = "other"
        else:
            roles[index] = "body"
        index += 1
    return roles


def _is_foreign(line: PageLine, repeats: Repeats | None) -> bool:
    if repeats is not None and repeats.is_frame(line.text):
        return True
    if line.is_url or line.is_copyright or line.is_time or line.is_boilerplate or line.noise or line.ends_box:
        return True
    return (line.heading in ("share", "comments", "form", "tags") and line.words <= 5) or (
        bool(line.date) and line.words <= 8
    )


def _credit(lines: list[PageLine], index: int, last: int, roles: dict[int, str]) -> int:
    """A picture's credit between paragraphs; a headline right under it is a teaser, not text."""
    roles[index] = "credit"
    following = index + 1
    if lines[index].text.strip() == "©" and following <= last:
        roles[following] = "credit"
        following += 1
    if following <= last and is_labelled_caption(lines[following]):
        roles[following] = "caption"
        return following
    if following < last and lines[following].is_title_like and lines[following].words <= 16:
        line, after = lines[following], lines[following + 1]
        if not line.ends_sentence and after.prose > 0 and not after.continues:
            roles[following] = "box_link"
            return following
    return following - 1


def _links_after(lines: list[PageLine], index: int, last: int) -> list[int]:
    """The headlines that a heading inside the body announces: unpunctuated lines until the text goes on."""
    links: list[int] = []
    for position in range(index + 1, min(index + 8, last + 1)):
        line = lines[position]
        full_stop = bool(re.search(r"[^.]\.[\"”»)]*\s*$", line.text))
        if (
            line.heading in STOP_HEADINGS
            or line.ends_box
            or full_stop
            or line.prose >= 3
            or not line.is_title_like
            or _is_answered(lines, position)
        ):
            break
        if links and position < last and lines[position + 1].prose <= 0 and line.words <= 4:
            break
        links.append(position)
    if (
        len(links) > 1
        and links[-1] < last
        and lines[links[-1]].words <= 5
        and lines[links[-1]].gap
        and not lines[links[0]].gap
    ):
        links.pop()  # a short line right before the text goes on is its heading
    return links


def _is_answered(lines: list[PageLine], index: int) -> bool:
    """A question over a line that begins with a dash is an interview's."""
    answer = lines[index + 1].text if index + 1 < len(lines) else ""
    return lines[index].text.rstrip().endswith(("؟", "?")) and bool(re.match(r"[-–—]\s*\w", answer))
