"""What a line that somebody pointed at says as a field of its article."""

from __future__ import annotations

from dataclasses import replace

from bulaq.arabic.dates.reading import read_date
from bulaq.intake.article import Block, Heading, IncomingArticle, Paragraph, Picture
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.html.filing.sections import path_steps
from bulaq.intake.html.layout.images import split_credit
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import key, prefix_agreement

_ABOVE = 8
"""So many blocks may stand above the first paragraph when the reader took a page's head for its text."""

_LIMITS = {"headline": 300, "kicker": 120, "standfirst": 2000, "section": 80}
"""Characters; a longer line is none of these."""


def without(body: tuple[Block, ...], line: str) -> tuple[Block, ...]:
    """The text without a line above it that is a field of its own."""
    said = key(line)
    return tuple(
        block
        for place, block in enumerate(body)
        if place >= _ABOVE or not isinstance(block, Paragraph | Heading) or key(block.text) != said
    )


def _narrowest(line: Segment, headline: str | None) -> str:
    """The section that a line names: of a path, its last step before the article itself."""
    if len(line.anchors) == 1 and line.anchors[0].text == line.text:
        return line.text
    steps = [step for step in path_steps([line]) if not (headline and prefix_agreement(step, headline))]
    return steps[-1] if steps else line.text


def filled(article: IncomingArticle, field: str, page: Page, line: Segment) -> IncomingArticle | None:
    """`article` with the field read from the line; None when the line does not hold such a thing."""
    text = line.text
    if field == "headline":
        return replace(article, headline=text) if len(text) <= _LIMITS[field] else None
    if field == "kicker":
        return replace(article, kicker=text) if len(text) <= _LIMITS[field] else None
    if field == "standfirst":
        return replace(article, standfirst=text) if len(text) <= _LIMITS[field] else None
    if field == "section":
        name = _narrowest(line, article.headline)
        return replace(article, section=name) if len(name) <= _LIMITS[field] else None
    if field == "published_at":
        found = read_date(page.spaced(line)) or read_date(text)
        if found is None or found.precision == "month":
            return None
        return replace(article, published_at=found.isoformat())
    if field == "authors":
        reading = parse_byline(text)
        if not reading.people and not reading.agencies:
            return None
        return replace(
            article,
            authors=reading.people,
            agencies=reading.agencies or article.agencies,
            dateline=reading.place or article.dateline,
        )
    if field == "caption":
        caption, credit = split_credit(text)
        picture = article.lead_image or Picture()
        shown = Picture(picture.url, caption, credit or picture.credit, picture.alt)
        return replace(article, lead_image=shown)
    return None
