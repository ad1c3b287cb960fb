"""What of a page's links is the headline of another article: no prompt, no day, no entry of a menu, no button."""

from __future__ import annotations

import re
from itertools import islice

from bulaq.intake.article import Link
from bulaq.intake.html.head.dates import is_date
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Anchor,
    Segment,
    leads_to_a_page,
    leads_to_a_writer,
    shown_headline,
)
from bulaq.intake.html.layout.text import key, words

MAX_PROMPT_WORDS = 4

MAX_MATCH_ELEMENTS = 120
"""Elements within a link that shows the score of a match."""


_AGO = re.compile(
    r"(?:منذ|قبل)\s.{0,20}(?:ثاني|دقيق|دقائق|ساع|يوم|[أا]يام|[أا]سبوع|[أا]سابيع|شهر|[أا]شهر)\w*$|\d+ \w+ ago$",
    re.I,
)
"""How long ago the article beside it was published."""


_SCORE = re.compile(r"\s*\d{1,2}\s*[-–:]\s*\d{1,2}\s*")
_FRONT = re.compile(r"/|https?://[^/]+/?")


def _is_match(anchor: Anchor) -> bool:
    """Whether a link shows two sides with the score between them in an element of its own («طنطا» «2 - 1» «أسوان»)."""
    inside = [
        element
        for element in islice(anchor.element.iter(), MAX_MATCH_ELEMENTS + 1)
        if isinstance(element.tag, str)
    ]
    # Each one's text is joined: of elements within elements that is quadratic, so a long tree is not looked at.
    return 3 < len(inside) <= MAX_MATCH_ELEMENTS and any(
        _SCORE.fullmatch("".join(each.itertext())) for each in inside
    )


class BoxLinks:
    """The links of one page's lines."""

    def __init__(self, page: Page) -> None:
        leads: dict[str, set[str]] = {}
        self._menu: set[str] = set()
        for segment in page.segments:
            for anchor in segment.anchors:
                if words(anchor.text) <= MAX_PROMPT_WORDS:
                    leads.setdefault(key(anchor.text), set()).add(anchor.href)
                    if segment.label in ("nav", "header", "breadcrumb"):
                        self._menu.add(key(anchor.text))
        self._prompts = {text for text, addresses in leads.items() if len(addresses) >= 3}
        """Few words that lead to three pages or more: «أكمل القراءة»."""

    def of(self, segment: Segment, last_anchor: object) -> list[Link]:
        """The headlines that a line links to: one, or several in a row that are nearly all of it (a ticker).

        `last_anchor`: the link of the line before, which may go on in this one.
        """
        row = [anchor for anchor in segment.anchors if words(anchor.text) >= 3]
        if len(row) >= 2 and sum(len(anchor.text) for anchor in row) >= 0.8 * len(segment.text):
            return [link for anchor in row if (link := self._headline(anchor, last_anchor))]
        if not segment.anchors:
            return []
        anchor = segment.anchors[0]
        if len(segment.anchors) > 1 and words(anchor.text) < 3:
            anchor = max(segment.anchors, key=lambda each: len(each.text))
        link = self._headline(anchor, last_anchor)
        return [link] if link and len(anchor.text) >= 0.5 * len(segment.text) else []

    def _headline(self, anchor: Anchor, last_anchor: object) -> Link | None:
        if anchor.element is last_anchor or words(anchor.text) < 2 or not 8 <= len(anchor.text) <= 300:
            return None
        if not _leads_elsewhere(anchor.href) or _is_match(anchor):
            return None
        if words(anchor.text) <= MAX_PROMPT_WORDS and not self._may_be_headline(anchor):
            return None
        return Link(shown_headline(anchor), anchor.href or None)

    def _may_be_headline(self, anchor: Anchor) -> bool:
        said = key(anchor.text)
        if leads_to_a_writer(anchor.href):
            return False
        if said in self._prompts or said in self._menu or heading_of(anchor.text) or noise_line(anchor.text):
            return False
        return not is_date(anchor.text) and not _AGO.match(anchor.text)


def _leads_elsewhere(href: str) -> bool:
    """Whether a link goes to another page than the front, or has lost where it goes."""
    return href.strip() in ("", "#") or (leads_to_a_page(href) and not _FRONT.fullmatch(href.strip()))
