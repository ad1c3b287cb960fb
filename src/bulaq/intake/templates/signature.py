"""How the parts of pages are recognised again on other pages: by the way to them through named elements.

Numbers in names are left out (`post-123`, `id="div-gpt-17"`), so that the same part has the same signature everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, is_linked_headline
from bulaq.intake.html.layout.text import key

MAX_PATH = 600
_DIGIT = re.compile(r"\d")
_VARYING = re.compile(
    r"^(?:category|tag|status|format|author|parent|page|has|is|js|no|current|active|first|last|odd|even)[-_]|^(?:active|open|first|last|odd|even)$"
)
_NUMBER = re.compile(r"[\d٠-٩۰-۹]+")


@lru_cache(maxsize=20_000)
def named(tag: str, names: str) -> str:
    """One step of a way: the element's kind and its lasting names."""
    kept = [
        name
        for name in names.split()[:8]
        if not _DIGIT.search(name) and not _VARYING.search(name) and len(name) < 60
    ]
    return ".".join((tag, *sorted(set(kept))[:5]))


class Signatures:
    """The signatures of one page, computed once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        paths: list[str] = []
        for node in page.nodes:
            if node.parent < 0:
                paths.append("")
                continue
            paths.append(f"{paths[node.parent]}>{named(node.tag, node.names)}"[-MAX_PATH:])
        self.paths = paths
        """The way to each node, from the page's body."""

    def of_segment(self, segment: Segment) -> str:
        """The way to a run of text, with what is particular about the run itself."""
        return f"{self.paths[segment.node]}{_manner(segment)}{self._beside(segment)}"

    def inside(self, segment: Segment, node: int) -> str:
        """The way to a run of text from the element `node` that holds it."""
        above, path = self.paths[node], self.paths[segment.node]
        return f"{path[len(above) :] if path.startswith(above) else path}{_manner(segment)}{self._beside(segment)}"

    def digest(self, segment: Segment) -> int:
        """A line in its place, as a number: its text without its numbers, and the way to it. 0 when it has no words.

        The place belongs to it: an article's opening words, shown as a teaser on other pages, are no frame for that.
        """
        told = text_key(segment.text)
        return crc32(f"{told}\n{self.of_segment(segment)}".encode()) or 1 if told else 0

    def _beside(self, segment: Segment) -> str:
        """Whether it stands with a linked headline in a small element of their own, as teasers of other articles do."""
        node = self.page.nodes[segment.node]
        for index in (node.index, node.parent):
            if index < 0:
                break
            around = self.page.nodes[index]
            if around.end - around.start > 4:
                break
            if any(is_linked_headline(each) for each in self.page.segments[around.start : around.end]):
                return "t"
        return ""

    def layout(self) -> frozenset[int]:
        """What the page is built of: the steps of its elements with the two above them, as 32-bit numbers."""
        found: set[int] = set()
        steps = [named(node.tag, node.names) for node in self.page.nodes]
        for node in self.page.nodes:
            if node.parent < 0 or (node.tag in ("p", "li", "br", "tr", "td") and not node.names):
                continue
            parent = self.page.nodes[node.parent]
            above = steps[parent.parent] if parent.parent >= 0 else ""
            found.add(crc32(f"{above}>{steps[parent.index]}>{steps[node.index]}".encode()))
        return frozenset(found)


def _manner(segment: Segment) -> str:
    length = max(1, len(segment.text))
    manner = "|" + named("", segment.names) if segment.names else "|"
    if segment.bold_chars > 0.9 * length:
        manner += "b"
    if segment.link_chars > 0.85 * length:
        manner += "l"
    return manner


def text_key(text: str) -> str:
    """What two showings of one line share whatever numbers stand in them; empty for a line without words."""
    folded = _NUMBER.sub("#", key(text[:400]))
    return folded[:160] if any(char.isalpha() for char in folded) else ""
