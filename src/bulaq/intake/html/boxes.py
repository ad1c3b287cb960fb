"""The boxes of a page: titled lists of other headlines, which are links and never body."""

from __future__ import annotations

import re

from bulaq.intake.article import Box, BoxKind, Link
from bulaq.intake.box_headings import box_kind
from bulaq.intake.html.element_kinds import HEADINGS
from bulaq.intake.html.labels import APART
from bulaq.intake.html.noise import heading_of
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Segment, is_linked_headline, shown_headline
from bulaq.intake.html.text import key, words

MAX_BOXES = 40
MAX_ITEMS = 60

_TITLE_NAMES = re.compile(
    r"title|head|caption|header|label|tab|عنوان|titre|block-name|section-name|widget-name"
)
_KIND_NAMES: tuple[tuple[BoxKind, re.Pattern[str]], ...] = (
    ("most_read", re.compile(r"most-?_?(?:read|view|popular|visit)|popular|trend|top-?(?:news|stories|10)")),
    ("latest", re.compile(r"latest|recent|last-?_?news|newest|ticker|breaking")),
    ("related", re.compile(r"related|similar|yarpp|recommend|relat|read-?also|see-?also")),
)


def find_boxes(page: Page, skip: set[int]) -> tuple[Box, ...]:
    """All titled boxes outside the segments in `skip`, in the order of the page."""
    tabs = _tabs(page)
    boxes: list[tuple[BoxKind, str, list[Link], int]] = []
    title: Segment | None = None
    scope = 0
    items: list[Link] = []
    seen: set[str] = set()

    def close() -> None:
        nonlocal items, title
        if title is not None and _enough(items, title):
            boxes.append((_kind(page, title), title.text.strip(" :：»«|"), items, title.index))
        items = []
        title = None
        seen.clear()

    last_anchor: object = None
    last: Segment | None = None
    for segment in page.segments:
        if segment.index in skip or segment.kind != "text":
            continue
        if segment.index in tabs:
            if title is None or tabs[segment.index] != title.index or not items:
                if title is not None and tabs[segment.index] != title.index:
                    close()
                title = page.segments[tabs[segment.index]]
                scope = 0
        elif heading_of(segment.text) in _NO_BOX and segment.link_chars < len(segment.text):
            close()
            continue
        elif _is_title(page, segment) and not (items and _alike(page, segment, last)):
            if (
                title is not None
                and not items
                and segment.tag not in HEADINGS
                and heading_of(segment.text) is None
            ):
                continue
            close()
            title = segment
            scope = _scope(page, segment)
            continue
        if title is None or (
            segment.label in ("nav", "breadcrumb", "tags", "share", "comments")
            and not _box_like(page, segment)
        ):
            continue
        if scope and not (page.nodes[scope].start <= segment.index < page.nodes[scope].end):
            close()
            continue
        link = _link(segment, last_anchor)
        if link is None:
            continue
        last_anchor, last = segment.anchors[0].element, segment
        identity = key(link.headline)
        if identity in seen or len(items) >= MAX_ITEMS:
            continue
        if link.url and link.url != "#" and any(link.url == other.url for other in items):
            continue  # the picture's text and the summary point where the headline does
        seen.add(identity)
        items.append(link)
    close()
    taken = {key(link.headline) for _, _, links, _ in boxes for link in links}
    boxes += _untitled(page, skip, taken)
    taken = {key(link.headline) for _, _, links, _ in boxes for link in links}
    boxes += _before_and_after(page, skip, taken)
    boxes.sort(key=lambda box: box[3])
    return tuple(Box(kind, text, tuple(links)) for kind, text, links, _ in boxes[:MAX_BOXES])


_NO_BOX = ("comments", "form", "share", "tags")


def _enough(items: list[Link], title: Segment) -> bool:
    """Whether the links are a list of headlines: two at least (one, under a known heading), of three words or so."""
    if not items or sum(words(item.headline) for item in items) < 2.6 * len(items):
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
    if known in ("read_also", "related", "latest", "most_read", "picks", "more"):
        return True
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


def _scope(page: Page, title: Segment) -> int:
    """The node in which the title's list stands: the nearest above it with two linked headlines before another title.

    Where another title comes after one link, the list has one item and the nearest node with that link is its place.
    """
    single = 0
    for node in page.ancestors(title.node)[:7]:
        here = page.nodes[node]
        count = 0
        for segment in page.segments[title.index + 1 : min(here.end, title.index + 60)]:
            if segment.kind == "text" and _link(segment, None):
                count += 1
                single = single or node
                if count >= 2:
                    return node
            elif segment.kind == "text" and segment.tag in HEADINGS and _is_title(page, segment):
                if count:
                    return single
                break
    return single or (page.nodes[title.node].parent if page.nodes[title.node].parent > 0 else title.node)


def _link(segment: Segment, last_anchor: object) -> Link | None:
    if not segment.anchors:
        return None
    anchor = segment.anchors[0]
    if len(segment.anchors) > 1 and words(segment.anchors[0].text) < 3:
        anchor = max(segment.anchors, key=lambda each: len(each.text))
    if (
        anchor.element is last_anchor
        or words(anchor.text) < 2
        or len(anchor.text) < 8
        or len(anchor.text) > 300
    ):
        return None
    if len(anchor.text) < 0.5 * len(segment.text) or anchor.href.lower().startswith(
        ("javascript:", "mailto:", "tel:")
    ):
        return None
    return Link(shown_headline(anchor), anchor.href or None)


def _box_like(page: Page, segment: Segment) -> bool:
    return words(segment.text) >= 4


def _kind(page: Page, title: Segment) -> BoxKind:
    known = box_kind(title.text)
    if known and known not in ("section", "other"):
        return known
    names = " ".join(page.nodes[node].names for node in page.ancestors(title.node)[:3])
    for kind, pattern in _KIND_NAMES:
        if pattern.search(names) and title.label in APART:
            return kind
    return known or "section"


def _untitled(page: Page, skip: set[int], taken: set[str]) -> list[tuple[BoxKind, str, list[Link], int]]:
    """Lists of three or more other headlines that stand without a title; they are boxes with an empty one."""
    found: list[tuple[BoxKind, str, list[Link], int]] = []
    run: list[Link] = []
    begin = last = 0
    last_anchor: object = None

    def close() -> None:
        nonlocal run
        if len(run) >= 3 and sum(words(link.headline) for link in run) >= 4 * len(run):
            found.append(("other", "", run, begin))
        run = []

    for segment in page.segments:
        if segment.kind != "text":
            continue
        outside = segment.index in skip or segment.label in (
            "nav",
            "breadcrumb",
            "tags",
            "share",
            "footer",
            "comments",
        )
        link = None if outside else _link(segment, last_anchor)
        if link is None:
            if outside or segment.index - last > 6 or len(segment.text) > 250:
                close()
            continue
        last_anchor, last = segment.anchors[0].element, segment.index
        if words(link.headline) < 3 or len(run) >= MAX_ITEMS or key(link.headline) in taken:
            continue
        if any(link.url == other.url for other in run):
            continue
        begin = begin if run else segment.index
        run.append(link)
    close()
    return found


def _before_and_after(
    page: Page, skip: set[int], taken: set[str]
) -> list[tuple[BoxKind, str, list[Link], int]]:
    """The articles before and after this one, as their links say (`rel="prev"`, `rel="next"`): a box without a title."""
    links, begin = [], 0
    for segment in page.segments:
        anchor = segment.anchors[0] if segment.anchors and segment.index not in skip else None
        if anchor is None or (anchor.element.get("rel") or "").lower() not in ("prev", "next"):
            continue
        headline = shown_headline(anchor)
        if words(headline) >= 3 and key(headline) not in taken:
            begin = begin or segment.index
            links.append(Link(headline, anchor.href or None))
    return [("other", "", links, begin)] if links else []


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
