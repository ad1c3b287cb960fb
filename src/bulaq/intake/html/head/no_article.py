"""Pages that are no articles: fronts, lists of headlines, forms, stubs."""

from __future__ import annotations

from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import is_linked_headline, prose_of

MIN_BODY_CHARS = 120
"""An article shorter than this (captions of galleries, stubs) is taken only when structured data calls it one."""


def why_no_article(
    page: Page, declared: bool, titled: bool, dated: bool, text: str, used: set[int]
) -> str | None:
    """Why the page is no article: a front or section page, a form, a stub; None when it is one."""
    if not text:
        return "no running text on the page"
    cards = sum(1 for segment in page.segments if is_linked_headline(segment))
    if len(text) < (MIN_BODY_CHARS if not dated else MIN_BODY_CHARS / 2) and not declared:
        return f"only {len(text)} characters of running text"
    elsewhere = sum(prose_of(segment) for segment in page.segments if segment.index not in used)
    if not declared and cards >= 25 and len(text) < 500 and (not titled or elsewhere > 3 * len(text)):
        return "a list of headlines, not an article"
    return None
