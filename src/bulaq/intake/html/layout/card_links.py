"""Cards whose link does not hold their headline: it lies over the whole card, around its picture or in «للمزيد» beside."""

from __future__ import annotations

from collections import Counter

from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.segments import Anchor, Node, Segment, leads_to_a_page
from bulaq.intake.html.layout.tree import Element

BlankLink = tuple[Element, int]
"""A link without text and the node in which it stands."""
MAX_LINES = 5
"""A card has no more lines of text: section, headline, hour, summary …"""


def link_cards(segments: list[Segment], nodes: list[Node], blank: list[BlankLink]) -> None:
    """Gives the one unlinked headline of each card its card's link, where two cards or more are built alike."""
    cards: dict[int, tuple[Segment, Element]] = {}
    prompts = [(segment.anchors[0].element, segment.node) for segment in segments if _prompts(segment)]
    for element, node in (*blank, *prompts):
        if leads_to_a_page(element.get("href") or "") and (found := _card(segments, nodes, node)):
            cards.setdefault(found[0], (found[1], element))
    alike = Counter(_built(nodes[index], segment) for index, (segment, _) in cards.items())
    for index, (segment, element) in cards.items():
        if alike[_built(nodes[index], segment)] >= 2 and not segment.anchors:
            segment.anchors.append(Anchor(segment.text, element.get("href") or "", element))
            segment.link_chars = len(segment.text)


def _prompts(segment: Segment) -> bool:
    """Whether a line is a link that only invites («للمزيد», «اقرأ المزيد»)."""
    text = segment.text
    if len(segment.anchors) != 1 or len(text) > 25 or segment.link_chars < len(text):
        return False
    return heading_of(text) in ("read_also", "more") or noise_line(text) == "whole"


def _built(node: Node, headline: Segment) -> tuple[str, str, str]:
    return node.tag, node.names, headline.tag


def _card(segments: list[Segment], nodes: list[Node], index: int) -> tuple[int, Segment] | None:
    """The smallest element around a link (three levels up) that holds a headline, if that is a card: one and no link."""
    for _ in range(4):
        here = nodes[index]
        if index <= 0 or here.end - here.start > 3 * MAX_LINES:
            return None
        inside = [s for s in segments[here.start : here.end] if s.kind == "text" and not _prompts(s)]
        long = [s for s in inside if s.text.count(" ") >= 2]
        headings = [s for s in long if s.tag in ("h2", "h3", "h4", "h5", "h6")]
        if len(inside) > MAX_LINES or any(segment.anchors for segment in inside) or len(headings) > 1:
            return None
        if headings:
            return index, headings[0]
        prompted = len(inside) < sum(1 for s in segments[here.start : here.end] if s.kind == "text")
        item = here.tag in ("li", "article") and len(inside) == 1
        if (prompted or item) and len(long) == 1 and len(long[0].text) <= 200:
            return index, long[0]
        index = here.parent
    return None
