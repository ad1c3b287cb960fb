"""A run of inline text as it gathers between two borders, and the segment that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.html.layout.labels import lower_names
from bulaq.intake.html.layout.segments import Anchor, Node, Segment
from bulaq.intake.html.layout.text import fold, has_ink
from bulaq.intake.html.layout.tree import Element


@dataclass(slots=True)
class Run:
    """The inline text since the last border."""

    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[int, Element]] = field(default_factory=list)
    """(place in `pieces`, the innermost link around it or, without one, the element that makes it bold)."""
    links: list[tuple[Element, list[str]]] = field(default_factory=list)
    named: list[Element] = field(default_factory=list)
    """Inline elements with names that begin in it."""
    pictures: list[Element] = field(default_factory=list)
    """Pictures in the midst of the text: they do not end the paragraph."""
    bold_chars: int = 0
    link_chars: int = 0

    def segment(self, index: int, node: Node, after_break: int) -> Segment | None:
        """The run as a segment of `node`, when there is ink in it."""
        raw = "".join(self.pieces)
        text = fold(raw)
        if not text or not has_ink(text):
            return None
        segment = Segment(index, "text", text, node.index, node.element, tag=node.tag)
        segment.link_chars = min(self.link_chars, len(text))
        segment.bold_chars = min(self.bold_chars, len(text))
        segment.after_break = after_break
        if len(self.pieces) > 1 or self.marks:
            segment.pieces, segment.marks = tuple(self.pieces), tuple(self.marks)
        if _GAP in raw and not self.marks and len(text) <= 200:
            segment.pieces = tuple(_strokes_in_gaps(raw))
        for element, parts in self.links:
            if shown := fold("".join(parts)):
                segment.anchors.append(Anchor(shown, element.get("href") or "", element))
        if self.named:
            segment.inline = self.named
            names = names_of(self.named[0])
            if names and fold("".join(self.named[0].itertext())) == text:
                segment.names = names
        return segment


_GAP = "\xa0" * 3
"""How pages without style sheets set words apart on one line."""


def _strokes_in_gaps(line: str) -> list[str]:
    """The parts of a line that gaps set apart, with a stroke between each two."""
    parts = [part for gap in line.split(_GAP) if (part := fold(gap))]
    return [piece for part in parts for piece in ("|", part)][1:]


def names_of(element: Element) -> str:
    """Class and id of an element as the rules of labels expect them."""
    name = element.get("class")
    ident = element.get("id")
    return lower_names(f"{name} {ident}" if name and ident else name or ident or "")
