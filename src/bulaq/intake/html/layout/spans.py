"""Where in a folded text the links and the bold words of the page stand."""

from __future__ import annotations

from collections.abc import Sequence

from bulaq.intake.article import Span
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import fold
from bulaq.intake.html.layout.tree import Element

MAX_SPANS = 200
"""In one paragraph; more are no prose."""


def spans_of(segment: Segment, base: str | None) -> tuple[Span, ...]:
    """The links (addresses absolute where `base` is known) and bold words of a segment, placed in its `text`.

    In order, not overlapping; a bold link is a link. A link that leads nowhere on the web (`mailto:`, `#top`) is text.
    """
    if not segment.marks or len(segment.marks) > 10 * MAX_SPANS:
        return ()
    raw = "".join(segment.pieces)
    starts = [0]
    for piece in segment.pieces:
        starts.append(starts[-1] + len(piece))
    found: list[Span] = []
    for first, last, element in _runs(segment.marks):
        url = _address(element, base)
        if element.tag == "a" and url is None:
            continue
        span = _folded(raw, starts[first], starts[last + 1], url)
        if span is None:
            continue
        before = found[-1] if found else None
        if (
            before
            and url is None
            and before.url is None
            and not segment.text[before.end : span.start].strip()
        ):
            found[-1] = Span(before.start, span.end)  # two bold elements side by side are one
        else:
            found.append(span)
        if len(found) > MAX_SPANS:
            return ()
    return tuple(found)


def joined(lines: Sequence[Segment], base: str | None) -> tuple[Span, ...]:
    """The spans of several segments whose texts are joined by a space."""
    found: list[Span] = []
    offset = 0
    for line in lines:
        found += [Span(s.start + offset, s.end + offset, s.url) for s in spans_of(line, base)]
        offset += len(line.text) + 1
    return tuple(found)


def _runs(marks: Sequence[tuple[int, Element]]) -> list[tuple[int, int, Element]]:
    """Neighbouring pieces of one element as one run: (first piece, last piece, element)."""
    runs: list[tuple[int, int, Element]] = []
    for place, element in marks:
        if runs and runs[-1][1] == place - 1 and runs[-1][2] is element:
            runs[-1] = (runs[-1][0], place, element)
        else:
            runs.append((place, place, element))
    return runs


def _folded(raw: str, start: int, end: int, url: str | None) -> Span | None:
    """Where `raw[start:end]` stands after folding; white space at its ends is left out."""
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    # Folding changes only white space and controls, so what stands before a place says where the place comes to be.
    first, last = len(fold(raw[:start] + "x")) - 1, len(fold(raw[:end]))
    return Span(first, last, url) if first < last else None


def _address(element: Element, base: str | None) -> str | None:
    if element.tag != "a":
        return None
    href = (element.get("href") or "").strip()
    return None if href.startswith("#") else link_address(href, base)
