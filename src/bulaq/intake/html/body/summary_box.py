"""The box in which some sites say an article again in points: «ملخص الخبر», «أبرز النقاط», over its text or in it."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.html.head.dates import shows_only_a_date
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Node, Segment, prose_of

_SUMMARY = re.compile(
    r"(?:ال)?(?:ملخص|موجز|خلاصه)(?: (?:ال)?(?:خبر|مقال|مقاله|تقرير|قصه|سريع|ذكي))*|(?:ابرز|اهم) (?:ال)?نقاط(?: .{1,20})?"
    r"|(?:ال)?نقاط (?:ال)?(?:رييسيه|رييسه|اساسيه)|في نقاط|باختصار|نكات كليدي|key (?:points|takeaways)|in brief|summary|en bref"
)


def points_end(page: Page, item: Segment, prose: Segment) -> int:
    """Where a list that stands over the text ends, in an element of its own outside that of the paragraphs (one of them
    is `prose`) or over the picture and the day, or 0: the article told in points before it begins."""
    if item.tag != "li" or item.link_chars:
        return 0
    home = page.nodes[prose.node].parent
    for index in page.ancestors(item.node)[:3]:
        node = page.nodes[index]
        if node.tag in ("ul", "ol"):
            above = page.nodes[node.parent]
            boxed = above.start == node.start and above.end <= prose.index
            apart = node.parent != home and (boxed or _is_over_the_facts(page, node, prose))
            return node.end if apart and node.end <= prose.index else 0
    return 0


def _is_over_the_facts(page: Page, points: Node, prose: Segment) -> bool:
    """Whether the picture or the day parts a list right under the heading from the text below."""
    below = page.segments[points.end : points.end + _FACTS]
    text = next((s.index for s in below if prose_of(s) and s.label != "caption"), prose.index)
    facts = page.segments[points.end : text]
    told = any(s.kind == "picture" or s.label == "meta" or shows_only_a_date(page, s) for s in facts)
    return told and points.start > 0 and page.segments[points.start - 1].tag == "h1"


_NOTE = 100
"""Characters of a line that closes a summary («أعد هذا الملخص بالذكاء الاصطناعي»)."""
_FACTS = 12
"""Lines between points and text that tell of the article: picture, caption, writer, day, tools."""


def summary_end(page: Page, heading: Segment, top: int) -> int:
    """Where the box that `heading` opens is over, or 0: an element of its own inside `top`, with a list and no more but a
    line on who made it.

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
            points = inside if inside[-1].tag == "li" or len(inside[-1].text) > _NOTE else inside[:-1]
            return node.end if all(segment.tag == "li" for segment in points) else 0
    return 0
