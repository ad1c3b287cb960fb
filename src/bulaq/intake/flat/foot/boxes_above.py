"""Boxes of headlines that stand before the article, as columns do that come first in a page's source."""

from __future__ import annotations

from bulaq.intake.article import Box, Link
from bulaq.intake.box_headings import box_kind
from bulaq.intake.flat.foot.box_lines import cards_follow, is_card
from bulaq.intake.flat.foot.foot_parts import Foot
from bulaq.intake.flat.lines.page_line import PageLine

_KNOWN_BOXES = ("related", "latest", "most_read", "picks")


def boxes_above(lines: list[PageLine], end: int) -> Foot:
    """Boxes that stand before the article (columns that come first in the page's source); only headings that can
    head nothing else are believed, since menus and tickers stand there too."""
    found = Foot()
    index = 0
    while index < end:
        line = lines[index]
        index += 1
        if line.heading not in _KNOWN_BOXES or line.words > 5 or not cards_follow(lines[:end], line.index, 2):
            continue
        items: list[PageLine] = []
        while index < end and (lines[index].date or lines[index].is_time or is_card(lines[index])):
            if is_card(lines[index]):
                items.append(lines[index])
            index += 1
        found.roles[line.index] = "box_heading"
        found.roles.update((item.index, "box_link") for item in items)
        kind = box_kind(line.text) or "other"
        found.boxes.append(
            Box(kind, line.shown(), tuple(Link(item.shown(item.link_text), item.url) for item in items))
        )
    return found
