"""The boxes of a page: titled lists of other headlines, which are links and never body."""

from __future__ import annotations

import re

from bulaq.intake.article import Box, Link
from bulaq.intake.html.boxes.box_links import BoxLinks
from bulaq.intake.html.boxes.titled_boxes import MAX_ITEMS, FoundBox, TitledBoxes
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import shown_headline
from bulaq.intake.html.layout.text import key, words

MAX_BOXES = 40
_TICKER = re.compile(
    r"(?:ال)?(?:خبر|اخبار)?(?:ال)?عاجله?|(?:ال)?شريط(?:ال)?اخباري?|الان|breaking(?:news)?|newsticker"
)
"""What stands over headlines that run along the head of a page, as `key` folds it."""


def find_boxes(page: Page, skip: set[int], headline: int | None = None) -> tuple[Box, ...]:
    """All boxes outside the segments in `skip`, in the order of the page; those without a title have an empty one.

    Headlines without a title above the article's own `headline`, or with a ticker's, run along the head of the page (a
    ticker, what a menu unfolds): no box.
    """
    links = BoxLinks(page)
    boxes = TitledBoxes(page, skip, links).find()
    boxes = [
        box for box in boxes if headline is None or box[3] > headline or not _TICKER.fullmatch(key(box[1]))
    ]
    untitled = _untitled(page, skip, links, _headlines(boxes))
    boxes += [box for box in untitled if headline is None or box[3] > headline]
    boxes += _before_and_after(page, skip, _headlines(boxes))
    boxes.sort(key=lambda box: box[3])
    return tuple(Box(kind, text, tuple(links)) for kind, text, links, _ in boxes[:MAX_BOXES])


def _headlines(boxes: list[FoundBox]) -> set[str]:
    return {key(link.headline) for _, _, links, _ in boxes for link in links}


def _untitled(page: Page, skip: set[int], links: BoxLinks, taken: set[str]) -> list[FoundBox]:
    """Lists of two or more other headlines that stand without a title; they are boxes with an empty one."""
    found: list[FoundBox] = []
    run: list[Link] = []
    begin = last = 0
    last_anchor: object = None

    def close() -> None:
        nonlocal run
        if len(run) >= 2 and sum(words(link.headline) for link in run) >= 4 * len(run):
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
        lines = [] if outside else links.of(segment, last_anchor)
        if not lines:
            if outside or segment.index - last > 6 or len(segment.text) > 250:
                close()
            continue
        last_anchor, last = segment.anchors[0].element, segment.index
        for link in lines:
            if words(link.headline) < 3 or len(run) >= MAX_ITEMS or key(link.headline) in taken:
                continue
            if all(link.url != other.url for other in run):
                begin = begin if run else segment.index
                run.append(link)
    close()
    return found


def _before_and_after(page: Page, skip: set[int], taken: set[str]) -> list[FoundBox]:
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
