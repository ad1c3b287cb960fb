"""Boxes under a title: the links that follow a heading, up to the next or to the end of its element."""

from __future__ import annotations

import re

from bulaq.intake.article import BoxKind, Link
from bulaq.intake.box_headings import box_kind
from bulaq.intake.html.boxes.box_links import BoxLinks
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Segment,
    is_linked_headline,
    leads_within_the_page,
    prose_of,
)
from bulaq.intake.html.layout.text import fold, has_ink, key, words

MAX_ITEMS = 60

FoundBox = tuple[BoxKind, str, list[Link], int]
"""Kind, title, links, and the segment at which it begins."""

_TITLE_NAMES = re.compile(
    r"title|head|caption|header|label|tab|عنوان|titre|block-name|section-name|widget-name"
)
_KIND_NAMES: tuple[tuple[BoxKind, re.Pattern[str]], ...] = (
    ("most_read", re.compile(r"most-?_?(?:read|view|popular|visit)|popular|trend|top-?(?:news|stories|10)")),
    ("latest", re.compile(r"latest|recent|last-?_?news|newest|ticker|breaking")),
    ("related", re.compile(r"related|similar|yarpp|recommend|relat|read-?also|see-?also")),
)

_FURNITURE = ("nav", "breadcrumb", "tags", "share", "comments")


class TitledBoxes:
    """One passage through the page, outside the segments in `skip`; at any moment one title may be open."""

    def __init__(self, page: Page, skip: set[int], links: BoxLinks) -> None:
        self._page = page
        self._links = links
        self._skip = skip
        self._tabs = _tabs(page)
        self._found: list[FoundBox] = []
        self._title: Segment | None = None
        self._scope = 0
        """The node in which the open title's list stands; 0: the page."""
        self._items: list[Link] = []
        self._seen: set[str] = set()
        self._last: Segment | None = None
        """The line of the last item."""

    def find(self) -> list[FoundBox]:
        """The boxes in the order of the page."""
        for segment in self._page.segments:
            if segment.kind == "text" and segment.index not in self._skip:
                self._read(segment)
            elif prose_of(segment):
                self._close()  # the article itself
        self._close()
        return self._found

    def _read(self, line: Segment) -> None:
        if line.index in self._tabs:
            self._enter_pane(self._page.segments[self._tabs[line.index]])
        elif heading_of(line.text) in _NO_BOX and line.link_chars < len(line.text):
            self._close()
            return
        elif _is_title(self._page, line) and not (self._items and _alike(self._page, line, self._last)):
            if not self._is_second_title(line):
                self._close()
                self._title, self._scope = line, _scope(self._page, line, self._links)
            return
        if self._title is None or (line.label in _FURNITURE and words(line.text) < 4):
            return
        if line.label == "nav" != self._title.label:
            return  # what a menu unfolds
        around = self._page.nodes[self._scope]
        if self._scope and not around.start <= line.index < around.end:
            self._close()
        else:
            self._add(line)

    def _enter_pane(self, tab: Segment) -> None:
        """The lines of a tab's pane stand under the tab."""
        if self._title is not None and self._title.index == tab.index and self._items:
            return
        if self._title is not None and self._title.index != tab.index:
            self._close()
        self._title, self._scope = tab, 0

    def _is_second_title(self, line: Segment) -> bool:
        """Whether a line that names alone call a title stands right under another."""
        named = line.tag not in HEADINGS and heading_of(line.text) is None
        return self._title is not None and not self._items and named

    def _add(self, line: Segment) -> None:
        links = self._links.of(line, self._last.anchors[0].element if self._last else None)
        self._last = line if links else self._last
        for link in links:
            said = key(link.headline)
            if said in self._seen or len(self._items) >= MAX_ITEMS:
                continue
            if link.url and link.url != "#" and any(link.url == other.url for other in self._items):
                continue  # the picture's text and the summary point where the headline does
            self._seen.add(said)
            self._items.append(link)

    def _close(self) -> None:
        title, items = self._title, self._items
        if title is not None and _enough(items, title):
            text = (_known_first(title) or title.text).strip(" :：»«|")
            self._found.append((_kind(self._page, title), text, items, title.index))
        self._title, self._items = None, []
        self._seen.clear()


_NO_BOX = ("comments", "form", "share", "tags")


def _enough(items: list[Link], title: Segment) -> bool:
    """Whether the links are a list of headlines: two at least (one, under a known heading), of three words or so."""
    headed = title.tag in HEADINGS and heading_of(title.text) == "section" and len(items) >= 3
    if not items or sum(words(item.headline) for item in items) < (2 if headed else 2.6) * len(items):
        return False
    return len(items) >= 2 or heading_of(title.text) not in (None, "section")


def _alike(page: Page, one: Segment, two: Segment | None) -> bool:
    """Whether a short linked heading is built like the item before it, and so is the next item of its box."""
    if two is None or not one.anchors or not two.anchors:
        return False
    first, second = page.nodes[one.node], page.nodes[two.node]
    return (first.tag, first.names) == (second.tag, second.names) and heading_of(one.text) is None


def _is_title(page: Page, segment: Segment) -> bool:
    text = segment.text
    if len(text) > 70 or words(text) > 9 or text[-1:] in ".؟!…":
        return False
    known = heading_of(text)
    if segment.anchors and _repeats_link(page, segment):
        return False
    if known == "more" and leads_within_the_page(segment):
        return False  # «skip to …»
    if known in _OF_LINKS or _known_first(segment):
        return True
    if segment.label == "hidden":
        return False  # said to those who are read the page to («روابط التخطي»)
    linked = segment.link_chars >= 0.85 * len(text)
    if segment.tag in HEADINGS:
        return not linked or words(text) <= 3 or known == "section"
    names = f"{segment.names} {page.nodes[segment.node].names}"
    if known == "section" and (not linked or _TITLE_NAMES.search(names)):
        return bool(_TITLE_NAMES.search(names)) or segment.bold_chars > 0 or _stands_over_links(page, segment)
    return bool(
        names.strip()
        and _TITLE_NAMES.search(names)
        and not linked
        and words(text) <= 6
        and not any(c.isdigit() for c in text)
    )


_OF_LINKS = ("read_also", "related", "latest", "most_read", "picks", "more")


def _known_first(segment: Segment) -> str | None:
    """The known title in the first of two elements of a line, before the button beside it («مقالات ذات صلة» «المزيد»)."""
    pieces = [fold(piece) for piece in segment.pieces if has_ink(piece)]
    alone = heading_of(segment.text) is None and len(pieces) == 2
    return pieces[0] if alone and heading_of(pieces[0]) in _OF_LINKS else None


def _repeats_link(page: Page, segment: Segment) -> bool:
    """Whether a line leads where one right over it does: the prompt of a card («للمزيد»)."""
    href = segment.anchors[0].href
    over = page.segments[max(0, segment.index - 3) : segment.index]
    return len(href) > 1 and any(anchor.href == href for other in over for anchor in other.anchors)


def _stands_over_links(page: Page, segment: Segment) -> bool:
    """Whether a line in an element of its own is followed by a linked headline, and no link itself."""
    node = page.nodes[segment.node]
    below = page.segments[segment.index + 1 : segment.index + 4]
    following = next((other for other in below if other.kind == "text"), None)
    alone = node.end - node.start == 1 and not segment.anchors
    if not alone or following is None or not is_linked_headline(following):
        return False
    above = page.segments[max(0, segment.index - 4) : segment.index]
    return not any(_alike(page, following, other) for other in above)


def _scope(page: Page, title: Segment, links: BoxLinks) -> int:
    """The node in which the title's list stands: the nearest above it with two linked headlines before another title.

    Where another title comes after one link, the list has one item and the nearest node with that link is its place.
    """
    single = 0
    for node in page.ancestors(title.node)[:7]:
        here = page.nodes[node]
        count = 0
        for segment in page.segments[title.index + 1 : min(here.end, title.index + 60)]:
            if segment.kind == "text" and (found := links.of(segment, None)):
                count += len(found)
                single = single or node
                if count >= 2:
                    return node
            elif segment.kind == "text" and segment.tag in HEADINGS and _is_title(page, segment):
                if count:
                    return single
                break
    return single or (page.nodes[title.node].parent if page.nodes[title.node].parent > 0 else title.node)


def _kind(page: Page, title: Segment) -> BoxKind:
    known = box_kind(_known_first(title) or title.text)
    if known and known not in ("section", "other"):
        return known
    names = " ".join(page.nodes[node].names for node in page.ancestors(title.node)[:3])
    for kind, pattern in _KIND_NAMES:
        if pattern.search(names) and title.label in APART:
            return kind
    return known or "section"


def _tabs(page: Page) -> dict[int, int]:
    """Segments in tab panes → the segment of the tab that opens them (`<a href="#pane">`)."""
    panes: dict[str, int] = {}
    for segment in page.segments:
        for anchor in segment.anchors:
            if anchor.href.startswith("#") and len(anchor.href) > 1 and box_kind(segment.text):
                panes[anchor.href[1:].lower()] = segment.index
    if not panes:
        return {}
    found: dict[int, int] = {}
    for node in page.nodes:
        pane = (node.element.get("id") or "").lower()
        if pane in panes:
            for index in range(node.start, node.end):
                found[index] = panes[pane]
    return found
