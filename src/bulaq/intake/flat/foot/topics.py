"""Topics under the text: under their heading, or right under the last paragraph without one."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.flat.foot.box_lines import heads_links
from bulaq.intake.flat.foot.foot_parts import Foot
from bulaq.intake.flat.lines.content_words import content_words
from bulaq.intake.flat.lines.labels import carrier_label
from bulaq.intake.flat.lines.page_line import PageLine


def topics_under(lines: list[PageLine], index: int, foot: Foot) -> int:
    """Topics under their heading: short lines, or one line with commas."""
    for position in range(index + 1, min(index + 20, len(lines))):
        line = lines[position]
        if not line.has_ink:
            foot.roles[position] = "other"
            index = position
            continue
        if line.heading in (
            "read_also",
            "related",
            "latest",
            "most_read",
            "comments",
            "share",
            "picks",
            "more",
        ):
            break
        if (
            (line.words > 5 and not re.search(r"[،,#|]", line.text))
            or line.date
            or line.is_truncated
            or line.noise == "foot"
        ):
            break
        if line.heading == "section" and heads_links(lines, position, 1, tight=True):
            break
        if carrier_label(line) is not None or (
            line.gap and foot.tags and heads_links(lines, position, 1, tight=True)
        ):
            break
        for part in re.split(r"\s*[،,|•·]\s*|\s+(?=#)", line.text):
            tag = part.strip(" #")
            if fold_heading(tag) and not fold_heading(tag).isdigit():
                foot.tags.append(tag)
        foot.roles[position] = "tag"
        index = position
    return index


def loose_topics(lines: list[PageLine], begin: int, body_folded: str, foot: Foot) -> int:
    """Short lines right under the text that are words of it are topics, though nothing says so."""
    end = begin
    while (
        end < len(lines)
        and 1 <= lines[end].words <= 4
        and lines[end].heading is None
        and not lines[end].noise
    ):
        if lines[end].date or (lines[end].byline and lines[end].words > 3):
            break
        end += 1
    known = content_words(body_folded)
    found = [index for index in range(begin, end) if content_words(lines[index].text) & known]
    whole = any(lines[index].folded in body_folded for index in found)
    if len(found) < 2 or len(found) < 0.6 * (end - begin) or not whole:
        return begin
    for index in range(begin, end):
        foot.roles[index] = "tag"
        foot.tags.append(lines[index].text.strip(" #،,"))
    return end
