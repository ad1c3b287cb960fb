"""The article of a page that names its own parts (`data_boxes.py`): nothing has to be guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bulaq.arabic.dates.reading import FoundDate
from bulaq.intake.article import Carrier, Heading, IncomingArticle, Paragraph, Quote
from bulaq.intake.bylines.grammar import Byline, parse_byline
from bulaq.intake.html.filing.topics import find_tags
from bulaq.intake.html.head.site_names import site_names
from bulaq.intake.html.layout.addresses import absolute_address, resolved, resolved_boxes
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.language import language_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.text import prefix_agreement
from bulaq.intake.html.machines.structured_data import StructuredData
from bulaq.intake.html.machines.told_dates import read_machine_date
from bulaq.intake.html.marked.data_boxes import MarkedPage

_FIELDS = (
    "headline",
    "published_at",
    "authors",
    "body",
    "section",
    "lead_image",
    "dateline",
    "read_also",
    "boxes",
)


def article_of_marked(
    page: Page,
    data: StructuredData,
    marked: MarkedPage,
    name: str,
    url: str | None,
    base: str | None,
    warnings: list[str],
) -> IncomingArticle:
    """The article of a page that names its own parts; the dates are those that it tells machines with its offset."""
    sent = _sent(marked, data)
    published, modified = _dates(page, data)
    canonical = absolute_address(data.canonical, base) or absolute_address(data.address, base)
    lang, direction, _ = language_of(f"{marked.headline or ''} {_said(marked)}", data.lang)
    trail = tuple(crumb for crumb in marked.breadcrumb if not prefix_agreement(crumb, marked.headline or ""))
    tags, _ = find_tags(page, data, 0, len(page.segments))
    return IncomingArticle(
        source=name,
        format="html",
        url=url or canonical,
        canonical_url=canonical,
        headline=marked.headline,
        kicker=marked.kicker,
        standfirst=marked.standfirst,
        section=_section(data, trail),
        breadcrumb=trail,
        dateline=sent.place,
        authors=sent.people,
        agencies=sent.agencies,
        published_at=published,
        modified_at=modified,
        lang=lang,
        dir=direction,
        lead_image=marked.lead_image,
        tags=marked.tags or tags,
        body=tuple(marked.body),
        read_also=tuple(resolved(link, base) for link in marked.read_also),
        boxes=resolved_boxes(marked.boxes, base),
        carrier=_carrier(marked.carrier, base),
        confidence=dict.fromkeys(_FIELDS, 0.99),
        provenance=dict.fromkeys(_FIELDS, "data-box"),
        warnings=tuple(warnings),
    )


def _dates(page: Page, data: StructuredData) -> tuple[str | None, str | None]:
    """When it was published and changed, as machines are told, else as its first `<time>` says."""
    published = _first_date(text for _, text in data.published) or _first_date(
        time.get("datetime") or "" for time in page.root.iter("time")
    )
    modified = _first_date(text for _, text in data.modified)
    return (published.isoformat() if published else None), (modified.isoformat() if modified else None)


def _said(marked: MarkedPage) -> str:
    return " ".join(block.text for block in marked.body if isinstance(block, Paragraph | Heading | Quote))


def _sent(marked: MarkedPage, data: StructuredData) -> Byline:
    """Place, people and agencies as the page names them, else as its byline reads."""
    if marked.authors or marked.agencies or not marked.byline_text:
        return Byline(marked.dateline, marked.authors, marked.agencies)
    reading = parse_byline(marked.byline_text, tuple(site_names(data)))
    return replace(reading, place=marked.dateline or reading.place)


def _section(data: StructuredData, trail: tuple[str, ...]) -> str | None:
    """The section that machines are told, else the last step of the path."""
    told = next((told for where, told in data.sections if where in ("json-ld", "article:section")), None)
    return told or (trail[-1] if trail else None)


def _carrier(carrier: Carrier | None, base: str | None) -> Carrier | None:
    return Carrier(carrier.label, link_address(carrier.url, base)) if carrier else None


def _first_date(texts: Iterable[str]) -> FoundDate | None:
    return next((found for text in texts if (found := read_machine_date(text))), None)
