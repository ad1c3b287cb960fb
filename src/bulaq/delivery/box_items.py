"""The headlines in a box, so that no headline stands twice on a page.

A shared box is rendered once for all pages that show it, with spare items: ``<section data-box="latest" data-limit="6">``
holding, say, ten ``<li data-article="ID">``. Each page leaves out what it shows already and takes the first six of the
rest. Sections of boxes do not nest (DESIGN.md, Pages); lists inside an item may.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

_OPENING = re.compile(rb'<section\b(?:[^>"]++|"[^"]*+")*+>')
_BOX = re.compile(rb'\sdata-box="')
_CLOSING = re.compile(rb"</section\s*>")
_LIMIT = re.compile(rb'\sdata-limit="(\d{1,4})"')
_LIST_ITEM = re.compile(rb'<li\b(?P<attributes>(?:[^>"]++|"[^"]*+")*+)>|</li\s*>')
_ARTICLE = re.compile(rb'\sdata-article="(\d{1,18})"')


@dataclass(frozen=True, slots=True)
class Box:
    """A section of headlines cut into its items. ``limit`` None: no item is left out for want of room."""

    head: bytes
    items: tuple[tuple[int, bytes], ...]
    tail: bytes
    limit: int | None

    def choose(self, shown: AbstractSet[int]) -> tuple[int, ...]:
        """The positions of the items that a page showing ``shown`` takes, in order."""
        taken: list[int] = []
        seen: set[int] = set()
        for position, (article, _) in enumerate(self.items):
            if article in shown or article in seen:
                continue
            seen.add(article)
            taken.append(position)
            if self.limit is not None and len(taken) >= self.limit:
                break
        return tuple(taken)

    def render(self, positions: tuple[int, ...]) -> bytes:
        """The section with the items at these positions; nothing at all without items, not even its heading."""
        if not positions:
            return b""
        return b"".join((self.head, *(self.items[position][1] for position in positions), self.tail))


def articles_in(text: bytes) -> frozenset[int]:
    """The ids of all articles whose headline stands in this text."""
    return frozenset(map(int, _ARTICLE.findall(text)))


def parse_boxes(text: bytes) -> tuple[bytes | Box, ...]:
    """Text and boxes in order. A section without items is text: it is not a list of headlines."""
    if b"data-article=" not in text:
        return (text,)
    parts: list[bytes | Box] = []
    position = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < position or not _BOX.search(opening[0]):
            continue
        closing = _CLOSING.search(text, opening.end())
        if closing is None:
            break
        box = _read_box(opening[0], text[opening.start() : closing.end()])
        if box is None:
            continue
        if opening.start() > position:
            parts.append(text[position : opening.start()])
        parts.append(box)
        position = closing.end()
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts)


def _read_box(opening: bytes, section: bytes) -> Box | None:
    limit = _LIMIT.search(opening)
    depth, start, end, current = 0, 0, 0, -1
    head: bytes | None = None
    items: list[tuple[int, bytes]] = []
    for tag in _LIST_ITEM.finditer(section, len(opening)):
        if tag[0].startswith(b"</"):
            depth = max(0, depth - 1)
            if depth == 0 and current >= 0:
                end = tag.end()
                items.append((current, section[start:end]))
                current = -1
            continue
        depth += 1
        if depth == 1 and (article := _ARTICLE.search(tag["attributes"])):
            # What stands between two items (white space) goes with the second.
            start = end if items else tag.start()
            if head is None:
                head = section[: tag.start()]
            current = int(article[1])
    if head is None or not items:
        return None
    return Box(_LIMIT.sub(b"", head, count=1), tuple(items), section[end:], int(limit[1]) if limit else None)
