"""The box in which some sites say an article again in points: «ملخص الخبر», «أبرز النقاط», over its text or in it."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Segment

_SUMMARY = re.compile(
    r"(?:ال)?(?:ملخص|موجز|خلاصه)(?: (?:ال)?(?:خبر|مقال|مقاله|تقرير|قصه|سريع|ذكي))*|(?:ابرز|اهم) (?:ال)?نقاط(?: .{1,20})?"
    r"|(?:ال)?نقاط (?:ال)?(?:رييسيه|رييسه|اساسيه)|في نقاط|باختصار|نكات كليدي|key (?:points|takeaways)|in brief|summary|en bref"
)


def points_end(page: Page, item: Segment, prose: Segment) -> int:
    """Where a list that stands over the text ends, in an element of its own outside that of the paragraphs (one of them
    is `prose`), or 0: the article told in points before it begins."""
    if item.tag != "li" or item.link_chars:
        return 0
    home = page.nodes[prose.node].parent
    for index in page.ancestors(item.node)[:3]:
        node = page.nodes[index]
        if node.tag in ("ul", "ol"):
            apart = (
                node.parent != home
                and page.nodes[node.parent].start == node.start
                and node.end <= prose.index
            )
            return node.end if apart and not page.nodes[node.parent].end > prose.index else 0
    return 0


def summary_end(page: Page, heading: Segment, top: int) -> int:
    """Where the box that `heading` opens is over, or 0: an element of its own inside `top`, with a list and no more.

    A list under such a heading among the paragraphs themselves is the article's own text.
    """
    if len(heading.text) > 40 or not _SUMMARY.fullmatch(fold_heading(heading.text)):
        return 0
    for index in page.ancestors(heading.node)[:4]:
        node = page.nodes[index]
        if index == top or node.start != heading.index:
            break
        inside = [segment for segment in page.segments[node.start + 1 : node.end] if segment.kind == "text"]
        if len(inside) >= 2:
            return node.end if all(segment.tag == "li" for segment in inside) else 0
    return 0
