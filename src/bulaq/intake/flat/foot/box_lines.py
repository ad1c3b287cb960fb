"""What a line is inside a box of headlines, or makes one: its heading, a headline, a label beside one."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import box_kind
from bulaq.intake.flat.foot.foot_parts import OpenBox
from bulaq.intake.flat.lines.line_signs import DATE_WORDS
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.lines.verbs import has_verb

MIN_LINK_WORDS = 3
"""Shorter lines in a box are labels («المزيد», a section's name), unless the heading is certain."""

LOOKAHEAD = 6
"""Lines after a heading in which its first headline must stand (times and labels stand between)."""

MIN_RUN = 3
"""Headlines in a row that make a box without a heading; two do where each has its hour or day beside it."""

_NEIGHBOUR = re.compile(
    r"(?:المقال(?:ه)? |الموضوع |الخبر |التدوينه )?(?:ال)?(?:سابق|تالي|قادم)(?:ه)?(?: بوست)?|(?:previous|next)(?: (?:post|article|story))?"
)
"""What stands above the articles before and after this one."""


def is_card(line: PageLine) -> bool:
    """Whether the line could be one of a list of headlines whatever stands around it: four words or more."""
    return (line.is_title_like or line.is_truncated) and line.words >= 4 and line.heading is None


def is_signature(line: PageLine) -> bool:
    """A writer's name, as columns have it above or below their titles."""
    byline = line.byline if line.words <= 5 else None
    return byline is not None and bool(byline.people) and not byline.place and line.text[-1] not in "…!"


def _signs_in_turn(lines: list[PageLine], index: int) -> bool:
    """Whether a few words stand where the names stand among the columns around: every second line."""
    if not 2 <= lines[index].words <= 4 or has_verb(lines[index]):
        return False

    def signed(other: int) -> bool:
        return 0 <= other < len(lines) and is_signature(lines[other])

    return (signed(index - 2) or signed(index + 2)) and not (signed(index - 1) or signed(index + 1))


def heading_at(
    lines: list[PageLine], index: int, current: OpenBox | None, repeats: Repeats | None
) -> str | None:
    """The kind of box that the line heads, when headlines do follow it."""
    line = lines[index]
    if (
        line.words > 8
        or (line.is_truncated and line.heading != "read_also")
        or not heads_links(lines, index, 1)
    ):
        return None
    kind = line.heading
    if kind == "read_also":
        return "read_also"
    if _NEIGHBOUR.fullmatch(line.folded):
        return "other"
    if kind in ("related", "latest", "most_read", "picks", "more"):
        return box_kind(line.text) or "other"
    if kind == "section":
        return "section" if heads_links(lines, index, 2) else None
    alone = line.gap and index + 1 < len(lines) and lines[index + 1].gap
    if (
        1 <= line.words <= 5
        and not line.is_sentence
        and (alone or line.gap)
        and heads_links(lines, index, 2, tight=True)
    ) and (line.words <= 3 or (alone and _shorter(lines, index))):
        return "section"
    if _may_name_box(line, 4) and _pairs_follow(lines, index):
        return "section"
    listed = MIN_RUN if current is None or len(current.items) < MIN_RUN else 2
    if _may_name_box(line, 2) and cards_follow(lines, index, listed):
        return "section"
    return None


def _may_name_box(line: PageLine, most: int) -> bool:
    """A word or few that are no name, number, hour or label of the frame: what papers call their boxes."""
    return (
        1 <= line.words <= most
        and line.folded.replace(" ", "").isalpha()
        and not (line.is_sentence or line.is_time or line.date or line.noise or line.heading or line.is_menu)
        and not is_signature(line)
    )


def _pairs_follow(lines: list[PageLine], index: int) -> bool:
    """Whether two headlines follow at once, in turn with their days or their writers («من مقالات الكاتب»)."""
    if index + 4 >= len(lines):
        return False
    kinds = [_stands_beside(line) for line in lines[index + 1 : index + 5]]
    if kinds[0] != kinds[2] or kinds[1] != kinds[3] or kinds[0] == kinds[1]:
        return False
    if index and kinds[0] and kinds[0] == _stands_beside(lines[index - 1]):
        return False  # itself one of the headlines that take turns with them
    titles = (index + 1, index + 3) if kinds[1] else (index + 2, index + 4)
    return all(lines[at].is_title_like and lines[at].words >= MIN_LINK_WORDS for at in titles)


def _stands_beside(line: PageLine) -> str:
    """Whether the line is a day or a writer's name, as stand beside headlines; empty for other lines."""
    return "signed" if is_signature(line) else "dated" if line.is_time or line.date else ""


def cards_follow(lines: list[PageLine], index: int, wanted: int) -> bool:
    """Whether `wanted` headlines follow at once, with nothing but hours, days and writers' names between."""
    found = 0
    for line in lines[index + 1 : index + 1 + 2 * wanted]:
        if line.is_time or line.date or is_signature(line):
            continue
        if not is_card(line) or line.is_boilerplate or line.prose >= 3:
            return False
        found += 1
        if found >= wanted:
            return True
    return False


def _shorter(lines: list[PageLine], index: int) -> bool:
    following = [other.words for other in lines[index + 1 : index + 4]]
    return all(lines[index].words + 2 <= words for words in following)


_CERTAIN = ("read_also", "related", "latest", "most_read", "comments")


def heads_links(lines: list[PageLine], index: int, wanted: int, *, tight: bool = False) -> bool:
    """Whether `wanted` headlines follow soon; `tight`: at once, and of four words at least."""
    found = 0
    for line in lines[index + 1 : index + 1 + (wanted if tight else LOOKAHEAD)]:
        if (
            line.is_title_like
            and line.words >= (4 if tight or wanted > 1 else MIN_LINK_WORDS)
            and line.heading is None
        ) or (line.is_truncated and line.words >= MIN_LINK_WORDS):
            found += 1
        elif line.is_copyright or line.prose >= 3 or tight:
            return False
        elif line.heading in _CERTAIN and lines[index].heading == "section":
            return False  # what follows is that box's
        if found >= wanted:
            return True
    return False


def is_link(lines: list[PageLine], index: int, current: OpenBox | None) -> bool:
    """Whether the line is a headline that leads elsewhere."""
    line = lines[index]
    if line.is_boilerplate or line.words > 30 or (line.prose >= 3 and not line.is_truncated):
        return False
    if line.prose >= 1.5 and (current is None or re.search(r"[^.]\.[\"”»]*\s*$", line.text)):
        return False
    if is_signature(line) or _signs_in_turn(lines, index):
        return False
    if current is not None:
        if line.is_truncated and line.words >= 2:
            return True
        if line.is_title_like and line.words >= MIN_LINK_WORDS:
            return not (line.words == 3 and line.heading is not None)
        return (
            line.words == 2
            and current.kind != "other"
            and not line.noise
            and not line.heading
            and not line.folded[0].isdigit()
            and ((line.gap is False and _in_list(lines, index)) or _is_signed(lines, index))
        )
    return _in_run(lines, index)


def _is_signed(lines: list[PageLine], index: int) -> bool:
    """Whether a writer's name stands right above or below the line and another two lines further on."""
    return any(
        all(
            0 <= other < len(lines) and is_signature(lines[other])
            for other in (index + step, index + 3 * step)
        )
        for step in (-1, 1)
    )


def _in_list(lines: list[PageLine], index: int) -> bool:
    around = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return len(around) == 2 and all(line.is_title_like and line.words >= 4 for line in around)


def _in_run(lines: list[PageLine], index: int) -> bool:
    """Whether the line is one of a row of headlines, a box without a heading: hours, days and a section's name may
    stand between them."""
    if not _runs(lines[index]):
        return False
    count, timed = 1, int(_beside_time(lines, index))
    for step in (-1, 1):
        position, label = index + step, False
        while 0 <= position < len(lines) and not (count >= MIN_RUN or timed >= 2):
            line = lines[position]
            if _runs(line):
                count, label = count + 1, False
                timed += _beside_time(lines, position)
            elif line.date or line.is_time or (line.has_ink and line.words <= 2 and line.noise == "whole"):
                pass
            elif label or line.words > 3 or (line.prose < -0.5 and line.heading != "section"):
                break
            else:
                label = True
            position += step
    return count >= MIN_RUN or timed >= 2


def _runs(line: PageLine) -> bool:
    return (
        line.is_title_like
        and line.words >= 4
        and line.heading is None
        and not (line.is_boilerplate or is_signature(line) or line.prose >= 1.5)
    )


def _beside_time(lines: list[PageLine], index: int) -> bool:
    return any(
        0 <= other < len(lines) and (lines[other].is_time or lines[other].date)
        for other in (index - 1, index + 1)
    )


MIN_ISSUES = 3
"""Lines that differ in their numbers alone and so make a list («… بتاريخ 2019/02/09», «العدد 214»)."""


def issues_listed(lines: list[PageLine]) -> frozenset[int]:
    """The lines that say the same of several days or numbers, one after the other: links to issues of a paper."""
    found: set[int] = set()
    run: list[PageLine] = []
    said: tuple[str, ...] = ()
    for line in [*lines, PageLine("", len(lines), True)]:
        words = tuple(word for word in line.folded.split() if word.isalpha())
        if words == said and run:
            run.append(line)
            continue
        if len({other.folded for other in run}) >= MIN_ISSUES and _is_label_of_issues(run[0], said):
            found.update(other.index for other in run)
        run, said = [line], words
    return frozenset(found)


def _is_label_of_issues(line: PageLine, words: tuple[str, ...]) -> bool:
    return len(words) >= 2 and not line.is_time and not all(word in DATE_WORDS for word in words)
