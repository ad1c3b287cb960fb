"""One page read into one article: each part is looked for by its own module, here they are put together.

The order matters: where the headline and the text stand tells where to look for the day and the writer; what these
have used is no caption, no box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial

from bulaq.intake.article import (
    Block,
    Box,
    Heading,
    Image,
    IncomingArticle,
    Link,
    Paragraph,
    Picture,
    Quote,
    Refusal,
)
from bulaq.intake.html.body.article_span import ArticleSpan
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.location import BodyPlace, find_body
from bulaq.intake.html.body.paragraphs import read_body
from bulaq.intake.html.body.read_also import with_invited_boxes
from bulaq.intake.html.boxes.reading import find_boxes
from bulaq.intake.html.byline.authors import Authors, find_authors
from bulaq.intake.html.byline.sent_from import sent_from
from bulaq.intake.html.filing.carrier import find_carrier
from bulaq.intake.html.filing.sections import find_breadcrumb, find_section
from bulaq.intake.html.filing.topics import find_tags
from bulaq.intake.html.guide import Guide
from bulaq.intake.html.head.dates import Dates, find_dates_of
from bulaq.intake.html.head.headline import Headline, find_headline
from bulaq.intake.html.head.no_article import why_no_article
from bulaq.intake.html.head.site_names import outlet_names
from bulaq.intake.html.layout.addresses import absolute_address, resolved, resolved_boxes
from bulaq.intake.html.layout.images import picture_of, same_file
from bulaq.intake.html.layout.language import language_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.lines.byline_lines import is_byline
from bulaq.intake.html.machines.told_to_machines import read_structured_data
from bulaq.intake.html.marked.data_boxes import read_marked
from bulaq.intake.html.marked.marked_article import article_of_marked
from bulaq.intake.html.pictures.lead_image import find_lead_image

LEAD_OPENING = 6
"""Blocks among which a picture that is the lead is shown once: over the text, and not in it again."""


@dataclass(frozen=True, slots=True)
class _Filed:
    """Under what the article is filed; the section's confidence and provenance."""

    breadcrumb: tuple[str, ...]
    section: str | None
    trust: float
    origin: str


_STROKE = re.compile(r"\s*[-–—/|:،]\s*")


class PageReading:
    """The reading of one page; `guide` is what its archive has taught, None for a page read alone."""

    def __init__(
        self, page: Page, name: str, url: str | None, warnings: list[str], guide: Guide | None
    ) -> None:
        self._page = page
        self._name = name
        self._url = url
        self._guide = guide
        self._data = read_structured_data(page.root)
        self._warnings = [*warnings, *self._data.warnings]
        self._base = page.base = _base(page, self._data.canonical, self._data.address, url)
        self._headline: Headline | None = None

    @property
    def _title(self) -> str | None:
        return self._headline.text if self._headline else None

    @property
    def _spot(self) -> int | None:
        """The segment of the headline, when the page shows it."""
        return self._headline.segment if self._headline else None

    def article(self) -> IncomingArticle | Refusal:
        """The page's article, or why there is none."""
        page, data, guide = self._page, self._data, self._guide
        marked = read_marked(page.root, self._base)
        if marked is not None and marked.body:
            return article_of_marked(page, data, marked, self._name, self._url, self._base, self._warnings)
        if guide is not None:
            guide.prepare(page)
        self._headline = find_headline(page, data)
        place = find_body(page, data, self._headline)
        titled = self._spot is not None and page.segments[self._spot].tag == "h1"
        if place is None and titled and not data.bodies:
            page.distrust_names()
            place = find_body(page, data, self._headline)
        if guide is not None:
            place = guide.place(page, self._headline, place)
        if place is None:
            return self._told() or self._refusal("no running text on the page")
        body = self._body(place)
        text = "\n".join(
            block.text for block in body.blocks if isinstance(block, Paragraph | Heading | Quote)
        )
        if len(text) < 600 and self._spot is None and (told := self._told()):
            return told
        dates = find_dates_of(page, data, self._spot, body.first, body.last)
        if reason := self._why_no_article(text, body, dates):
            return self._refusal(reason)
        found = self._put_together(place, body, text, dates)
        return guide.article(page, found) if guide is not None else found

    def _refusal(self, reason: str) -> Refusal:
        return Refusal(self._name, "not_an_article", f"{self._name}: {reason}")

    def _told(self) -> IncomingArticle | None:
        """The article that only machines are told."""
        from bulaq.intake.html.script_made import article_of_told  # it reads markup with this package

        return article_of_told(
            self._page.root, self._data, self._headline, self._name, self._url, self._base, self._warnings
        )

    def _is_byline(self, text: str) -> bool:
        """Whether a short line reads as a byline, or ends after a stroke with a writer that machines are told."""
        if is_byline(text):
            return True
        last = _STROKE.split(text)[-1] if len(text) <= 60 else text
        return last != text and any(key(name) == key(last) for _, name in self._data.authors)

    def _body(self, place: BodyPlace) -> BodyText:
        pictured = partial(picture_of, base=self._base)
        body = read_body(
            self._page, place, self._data, self._headline, picture_of=pictured, is_byline=self._is_byline
        )
        if self._guide is not None:
            self._guide.body(self._page, place, body, pictured)
        return body

    def _why_no_article(self, text: str, body: BodyText, dates: Dates) -> str | None:
        declared = self._data.has_article or self._data.kind == "article"
        under_h1 = self._spot is not None and self._page.segments[self._spot].tag == "h1"
        dated = under_h1 and "shown" in dates.provenance
        return why_no_article(self._page, declared, self._headline is not None, dated, text, body.used)

    def _put_together(self, place: BodyPlace, body: BodyText, text: str, dates: Dates) -> IncomingArticle:
        page, data, base, spot = self._page, self._data, self._base, self._spot
        sites = outlet_names(page, data, self._title)
        span = ArticleSpan(spot, body.first, body.last, place.over)
        authors = find_authors(page, data, span, body.byline_lines, sites)
        used = body.used | authors.segments | dates.segments | ({spot} if spot is not None else set())
        picture, picture_from, shown = find_lead_image(
            page, data, (spot, self._title), body.first, used, body.captions, base
        )
        filed = self._filed(body, authors)
        tags, tags_from = find_tags(page, data, body.first, body.last)
        sent = sent_from(body, authors, sites, text)
        read_also, boxes = self._links(body, used | shown | body.read_also_segments)
        origins = (
            ("section", filed.section, filed.origin),
            ("lead_image", picture, picture_from),
            ("tags", tags, tags_from),
            ("dateline", sent.place, sent.origin),
        )
        return replace(
            self._addressed(text),
            kicker=body.kicker or (self._headline.kicker if self._headline else None),
            standfirst=body.standfirst,
            section=filed.section,
            breadcrumb=filed.breadcrumb,
            dateline=sent.place,
            authors=authors.people,
            agencies=sent.agencies,
            published_at=dates.published,
            modified_at=dates.modified,
            lead_image=picture,
            tags=tags,
            body=_without_lead(body.blocks, picture),
            read_also=read_also,
            boxes=boxes,
            carrier=find_carrier(page, body.last, base),
            confidence=self._confidence(place, filed, dates, authors),
            provenance=self._provenance(place, dates, authors)
            | {field: origin for field, value, origin in origins if value},
        )

    def _addressed(self, text: str) -> IncomingArticle:
        """The article's addresses, headline and language, and the warnings; `text` is its running text."""
        data, base = self._data, self._base
        lang, direction, right = language_of((self._title or "") + " " + text, data.lang)
        if data.lang and lang and not right:
            self._warnings.append(f"declares lang={data.lang}, its text is {lang}")
        if self._headline is None:
            self._warnings.append("no headline found")
        canonical = absolute_address(data.canonical, base) or absolute_address(data.address, base)
        return IncomingArticle(
            source=self._name,
            format="html",
            url=self._url or canonical,
            canonical_url=canonical,
            headline=self._title,
            lang=lang,
            dir=direction,
            warnings=tuple(self._warnings),
        )

    # ── the parts ─────────────────────────────────────────────────────────────────────────────────────────────

    def _filed(self, body: BodyText, authors: Authors) -> _Filed:
        page, data = self._page, self._data
        trail = find_breadcrumb(page, data, self._spot, self._title)
        writers = {key(name) for name in authors.people}
        # columns are filed under their writer
        breadcrumb = tuple(crumb for crumb in trail if key(crumb) not in writers)
        address = data.address or data.canonical or self._url
        section, trust, origin = find_section(page, data, self._spot, body.first, breadcrumb, address)
        if not breadcrumb and section and origin == "shown section link":
            breadcrumb = (section,)
        return _Filed(breadcrumb, section, trust, origin)

    def _links(self, body: BodyText, skip: set[int]) -> tuple[tuple[Link, ...], tuple[Box, ...]]:
        """The editor's links and the page's boxes, without the segments in `skip`."""
        boxes = resolved_boxes(find_boxes(self._page, skip, self._spot), self._base)
        read_also = tuple(resolved(link, self._base) for link in body.read_also)
        return with_invited_boxes(read_also, boxes)

    def _confidence(
        self, place: BodyPlace, filed: _Filed, dates: Dates, authors: Authors
    ) -> dict[str, float]:
        confidence = {"body": place.confidence, "section": filed.trust if filed.section else 0.5}
        if self._headline:
            confidence["headline"] = self._headline.confidence
        if dates.published:
            confidence["published_at"] = dates.confidence
        return confidence | {"authors": authors.confidence}

    def _provenance(self, place: BodyPlace, dates: Dates, authors: Authors) -> dict[str, str]:
        provenance = {"body": place.provenance}
        if self._headline:
            provenance["headline"] = self._headline.provenance
        if dates.published:
            provenance["published_at"] = dates.provenance
        return provenance | {"authors": authors.provenance}


def _without_lead(blocks: list[Block], lead: Picture | None) -> tuple[Block, ...]:
    """The blocks without the lead picture where the text opens: the article shows it itself."""
    if lead is None:
        return tuple(blocks)
    opening = [block for block in blocks[:LEAD_OPENING] if not _is_lead(block, lead)]
    return (*opening, *blocks[LEAD_OPENING:])


def _base(page: Page, canonical: str | None, address: str | None, url: str | None) -> str | None:
    element = page.root.find(".//base[@href]")
    declared = (element.get("href") or "").strip() if element is not None else ""
    for candidate in (declared, url, canonical, address):
        if candidate and candidate.startswith(("http://", "https://")):
            return candidate
    return None


def _is_lead(block: Block, picture: Picture) -> bool:
    if not isinstance(block, Image):
        return False
    return block.picture.url == picture.url or same_file(block.picture.url, picture.url)
