"""Writers that are named elsewhere than in a byline: in facts listed under an article, in the row of its day."""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.body.article_span import ArticleSpan
from bulaq.intake.html.head.dates import without_dates
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.text import fold
from bulaq.intake.html.lines.byline_lines import ARABIC, BETWEEN, has_shape_of_name

_LABEL = re.compile(r"(?:الكاتب(?:ة)?|المؤلف(?:ة)?|المحرر(?:ة)?|نویسنده|author)\s*[:：]?", re.I)
_LATIN_NAME = re.compile(
    r"[A-Z][\w'’.-]+(?: (?:[A-Z][\w'’.-]*|[Aa]l|[Ee]l|bin|ibn|de|du|la|van|von|der|da|di)){1,4}"
)
_BESIDE_DAY = re.compile(
    r"\b(?:date|time|size|story|study|news|text|release|posted|updated?|last|more|view|published|photo|edition|report|special"
    r"|highlights|issue|volume|daily|weekly|magazine|today)\b",
    re.I,
)
MAX_BELOW = 40
"""How far under the text a table of facts about the article («التاريخ …، الكاتب …») is looked for."""


def stated_below(page: Page, span: ArticleSpan) -> list[tuple[int, str]]:
    """Names that a label in an element of its own introduces, in the facts listed under an article."""
    found = []
    for segment in page.segments[span.last + 1 : min(span.over, span.last + MAX_BELOW)]:
        if segment.kind != "text" or len(segment.text) > 80 or len(segment.pieces) < 2:
            continue
        label, name = segment.pieces[0], fold(" ".join(segment.pieces[1:]))
        told = _LABEL.fullmatch(label.strip()) and segment.label not in (
            "comments",
            "related",
            "hidden",
            "ad",
        )
        if told and any(person_score(person) >= 2.5 for person in parse_byline(name).people):
            found.append((segment.index, name))
    return found


def latin_name_beside_day(page: Page, span: ArticleSpan) -> tuple[int, str] | None:
    """The two to four capitalised words that share a line between headline and text with the day, where nobody else
    signs: no place, no outlet, nothing that the page links to, no words that pages set beside a day («Release Date»)."""
    linked = {anchor.text for segment in page.segments for anchor in segment.anchors}
    for segment in page.segments[span.top + 1 : span.first]:
        shown = page.spaced(segment)
        if segment.kind != "text" or segment.anchors or len(shown) > 90 or not find_dates(shown):
            continue
        for part in BETWEEN.split(without_dates(fold(shown))):
            name = part.strip(" ,|–—-")
            if (
                not _LATIN_NAME.fullmatch(name)
                or name.isupper()
                or _BESIDE_DAY.search(name)
                or name in linked
            ):
                continue
            if has_shape_of_name(name, 2.4) and max(place_score(name), agency_score(name)) < 3:
                return segment.index, name
    return None


def name_below(page: Page, span: ArticleSpan) -> tuple[int, str] | None:
    """A bare Arabic name in an element of its own right under the text, with a post under it perhaps; its line and the name."""
    for segment in page.segments[span.last + 1 : span.last + 2]:
        name = segment.text.lstrip("*•- ")
        bare = segment.kind == "text" and not segment.anchors and segment.label not in APART
        if bare and ARABIC.search(name) and has_shape_of_name(name, 2.5):
            return segment.index, name
    return None
