"""Cards whose link holds no text: it lies over the whole card or around its picture, and the headline stands beside it."""

from __future__ import annotations

from collections import Counter

from bulaq.intake.html.segments import Anchor, Node, Segment, leads_to_a_page
from bulaq.intake.html.tree import Element

BlankLink = tuple[Element, int]
"""A link without text and the node in which it stands."""
MAX_LINES = 5
"""A card has no more lines of text: section, headline, hour, summary …"""


def link_cards(segments: list[Segment], nodes: list[Node], blank: list[BlankLink]) -> None:
    """Gives the one unlinked headline of each card its card's link, where two cards or more are built alike."""
    cards: dict[int, tuple[Segment, Element]] = {}
    for element, node in blank:
        if leads_to_a_page(element.get("href") or "") and (found := _card(segments, nodes, node)):
            cards.setdefault(found[0], (found[1], element))
    alike = Counter(_built(nodes[index], segment) for index, (segment, _) in cards.items())
    for index, (segment, element) in cards.items():
        if alike[_built(nodes[index], segment)] >= 2 and not segment.anchors:
            segment.anchors.append(Anchor(segment.text, element.get("href") or "", element))
            segment.link_chars = len(segment.text)


def _built(node: Node, headline: Segment) -> tuple[str, str, str]:
    return node.tag, node.names, headline.tag


def _card(segments: list[Segment], nodes: list[Node], index: int) -> tuple[int, Segment] | None:
    """The smallest element around a link (three levels up) that holds text, if that is a card: one heading and no link."""
    for _ in range(4):
        if index <= 0 or nodes[index].end - nodes[index].start > 3 * MAX_LINES:
            return None
        inside = [
            segment for segment in segments[nodes[index].start : nodes[index].end] if segment.kind == "text"
        ]
        headings = [s for s in inside if s.tag in ("h2", "h3", "h4", "h5", "h6") and s.text.count(" ") >= 2]
        if len(inside) > MAX_LINES or any(segment.anchors for segment in inside) or len(headings) > 1:
            return None
        if headings:
            return index, headings[0]
        index = nodes[index].parent
    return None
