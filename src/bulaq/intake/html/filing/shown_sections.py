"""The names of sections that a page shows around its headline: labels, links of a category, entries of its own menu."""

from __future__ import annotations

import re

from bulaq.intake.html.head.dates import without_dates
from bulaq.intake.html.layout.element_kinds import INLINE
from bulaq.intake.html.layout.labels import lower_names
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Anchor, Segment
from bulaq.intake.html.layout.text import fold, words
from bulaq.intake.html.machines.structured_data import StructuredData

HOME = re.compile(
    r"^(?:(?:الصفحة\s+)?الرئيسي?[ةه]|الصفحة\s+الأولى|home(?:\s*page)?|accueil|خانه|صفحه\s+اصلی|صفحه\s+نخست|البداية|بداية|سرصفحه|首页|الاستقبال)$",
    re.I,
)
"""What the way back to the front page is called."""
_SECTION_NAMES = re.compile(
    r"(?:^|[\s_/-])\S*(?:section|categor|rubric|rubrique|cat-links|cat-name|catname|post-cat|cat(?=$|[\s_-])|topic-?name|channel|qism|department)\S*(?:$|[\s_-])"
)
_STROKE = re.compile(r"\s*[|•·]\s*")
_ELSEWHERE = frozenset(("nav", "footer", "related", "comments", "hidden", "ad", "share", "tags", "aside"))
WINDOW = 8
"""How many segments above the headline are looked at."""


class ShownSections:
    """Looks through the lines from a little above the headline to the text's `first`; the surest names come first."""

    def __init__(self, page: Page, data: StructuredData, headline: int | None, first: int) -> None:
        self._page = page
        self._headline = headline
        self._marked = {id(element) for element in data.marked.get("articlesection", [])}
        self._strong: list[str] = []
        """Marked for machines as the section or the category."""
        self._weak: list[str] = []
        """In elements that are named so."""
        self._near: list[tuple[int, str]] = []
        """(distance from the headline, name) of what reads like a section or is an entry of the menu."""
        begin = max(0, (headline if headline is not None else first) - WINDOW)
        for segment in page.segments[begin:first]:
            if segment.kind == "text" and len(segment.text) <= 80 and segment.index != headline:
                self._look_at(segment)
            elif segment.kind == "picture" and headline is not None and segment.index < headline:
                self._look_at_picture(segment, headline)

    def names(self) -> list[str]:
        """The names, each once."""
        near = [name for _, name in sorted(self._near, key=lambda found: found[0])]
        found = self._strong + self._weak + near
        return [name for name in dict.fromkeys(found) if is_name(name) and not HOME.match(name)]

    def _look_at(self, segment: Segment) -> None:
        if segment.label == "tags" and self._heads_the_headline(segment):
            self._weak.append(segment.text)
        if segment.label in _ELSEWHERE:
            return
        names = f"{segment.names} {self._page.nodes[segment.node].names}"
        if segment.anchors:
            self._look_at_links(segment, names)
        else:
            self._look_at_words(segment, names)

    def _look_at_picture(self, segment: Segment, headline: int) -> None:
        """A section's name set as a picture right over the headline, as sites of the 2000s did."""
        told = fold(segment.element.get("alt") or "")
        if headline - segment.index <= 3 and heading_of(told) == "section":
            self._near.append((headline - segment.index, told))

    def _look_at_links(self, segment: Segment, names: str) -> None:
        leads_to_one = any(self._is_section(segment, anchor) for anchor in segment.anchors)
        for anchor in _deepest(segment.anchors):
            above = anchor.element.getparent()  # «<span class="cat"><a>…</a></span>»
            around = above.get("class") or "" if above is not None and above.tag in INLINE else ""
            own = lower_names(f"{anchor.element.get('class') or ''} {around}")
            if id(anchor.element) in self._marked or "category" in (anchor.element.get("rel") or "").lower():
                self._strong.append(anchor.text)
            elif (_SECTION_NAMES.search(names) or _SECTION_NAMES.search(own)) and is_name(anchor.text):
                self._weak.append(anchor.text)
            elif leads_to_one:
                self._near.append((abs(segment.index - (self._headline or 0)), anchor.text))

    def _is_section(self, segment: Segment, anchor: Anchor) -> bool:
        """Whether a link near the headline reads like a section, or repeats an entry of the menu."""
        if self._headline is None or len(segment.anchors) > 2:
            return False
        beside = self._headline - 3 <= segment.index < self._headline + 4
        alone = segment.index < self._headline and segment.tag != "li" and segment.text == anchor.text
        if not (beside or alone) or _in_a_menu(self._page, segment):
            return False
        if beside and heading_of(anchor.text) == "section":
            return True
        return _in_the_menu(self._page, anchor, segment.index)

    def _look_at_words(self, segment: Segment, names: str) -> None:
        headline = self._headline
        if headline is not None and headline - 3 <= segment.index < headline + 3:
            pieces = [part for piece in segment.pieces or (segment.text,) for part in _STROKE.split(piece)]
            if any(map(str.isdigit, segment.text)):
                pieces += [part for part in without_dates(segment.text).split("|") if ":" not in part]
            for piece in dict.fromkeys(fold(piece) for piece in pieces):
                if heading_of(piece) == "section":
                    self._near.append((10 + abs(segment.index - headline), piece))
        if id(segment.element) in self._marked or any(id(e) in self._marked for e in segment.inline):
            self._strong.append(segment.text)
        elif _SECTION_NAMES.search(names) and words(segment.text) <= 4:
            self._weak.append(segment.text)

    def _heads_the_headline(self, segment: Segment) -> bool:
        """Whether one link stands right over the headline: topics are listed under an article."""
        over = self._headline is not None and self._headline - 2 <= segment.index < self._headline
        if segment.index and self._page.segments[segment.index - 1].label == "tags":
            return False
        return over and len(segment.anchors) == 1 and segment.link_chars == len(segment.text)


def is_name(text: str) -> bool:
    """Whether a text has the length of a section's name and is no figure or address."""
    return (
        2 <= len(text) <= 60 and words(text) <= 7 and not text.isdigit() and not re.search(r"https?:", text)
    )


def _deepest(anchors: list[Anchor]) -> list[Anchor]:
    """Links in a row without those in whose folder another of them lies («/culture», «/culture/books»)."""
    folders = [anchor.href.rstrip("/") + "/" for anchor in anchors]
    return [
        anchor
        for anchor, folder in zip(anchors, folders, strict=True)
        if len(folder) < 2 or not any(other != folder and other.startswith(folder) for other in folders)
    ]


def _in_the_menu(page: Page, anchor: Anchor, before: int) -> bool:
    """Whether a link beside the headline is an entry of a menu further up, word for word."""
    above = (
        other
        for s in page.segments[:before]
        for other in s.anchors
        if s.label in ("nav", "header") or s.tag == "li"
    )
    same = any(other.href == anchor.href and other.text == anchor.text for other in above)
    return same and is_name(anchor.text) and not HOME.match(anchor.text)


def _in_a_menu(page: Page, segment: Segment) -> bool:
    """Whether a link stands in a row of three or more such entries."""
    own = page.nodes[segment.node]
    for row in (own, page.nodes[own.parent]):
        entries = page.segments[row.start : row.end]
        short = [s for s in entries if s.anchors and len(s.text) <= 40 and s.link_chars >= 0.9 * len(s.text)]
        if len(short) >= 3 and len(short) >= 0.7 * len(entries):
            return True
    return False
