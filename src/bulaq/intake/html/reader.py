"""Reads one saved HTML page, of any outlet, into one `IncomingArticle`, or refuses it with a reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial

from bulaq.intake.article import (
    Box,
    Carrier,
    Heading,
    Image,
    IncomingArticle,
    Link,
    Paragraph,
    Picture,
    Quote,
    Refusal,
)
from bulaq.intake.bylines import parse_byline
from bulaq.intake.html.authors import find_authors
from bulaq.intake.html.body import find_body
from bulaq.intake.html.boxes import find_boxes
from bulaq.intake.html.byline_lines import is_byline
from bulaq.intake.html.data_boxes import MarkedPage, read_marked
from bulaq.intake.html.dateline import dateline_of
from bulaq.intake.html.dates import find_dates_of, read_machine_date
from bulaq.intake.html.embeds import link_address
from bulaq.intake.html.encoding import EncodingBroken, decode
from bulaq.intake.html.guide import Guide
from bulaq.intake.html.headline import find_headline, names_beside, site_names
from bulaq.intake.html.images import find_lead_image, picture_of
from bulaq.intake.html.language import language_of
from bulaq.intake.html.page import Page
from bulaq.intake.html.paragraphs import read_body
from bulaq.intake.html.sections import find_breadcrumb, find_section, find_tags
from bulaq.intake.html.segments import Segment, is_linked_headline, prose_of
from bulaq.intake.html.shown_bylines import ArticleSpan
from bulaq.intake.html.structured_data import StructuredData, read_structured_data
from bulaq.intake.html.text import key, prefix_agreement
from bulaq.intake.html.tree import NotParsable, parse
from bulaq.intake.html.walk import TooManyElements
from bulaq.intake.reader import MAX_PAGE_BYTES, ReadOptions, Source, SourceTooLarge

_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
MIN_BODY_CHARS = 120
"""An article shorter than this (captions of galleries, stubs) is taken only when structured data calls it one."""

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|table|h1)\b", re.I)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"RIFF",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
)


class HtmlReader:
    """The reader of saved pages (`bulaq.readers` entry point `html`)."""

    format = "html"

    def recognises(self, source: Source) -> bool:
        """By markup in the first bytes, in any of the encodings that pages come in."""
        head = source.head()
        if head.startswith(_BINARY):
            return False
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:2] == b"\x00" or head[:1] == b"\x00":
            head = head.replace(b"\x00", b"")
        stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if stripped.startswith(b"<?xml") and not re.search(rb"<html|<!doctype html", stripped, re.I):
            return False
        if re.search(rb"<(?:rss|feed|urlset|sitemapindex)\b", stripped[:1024], re.I):
            return False
        return bool(_MARKUP.search(head))

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """One article or one refusal; nothing is raised for bad input."""
        try:
            data = source.read(MAX_PAGE_BYTES)
        except SourceTooLarge as error:
            yield Refusal(source.name, "too_large", str(error))
            return
        except OSError as error:
            yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
            return
        guide = None
        if options.extra:
            from bulaq.intake.templates.pointing import kept_guide

            guide = kept_guide(options.extra)
        yield read_page(data, source.name, url=source.url, charset=source.charset, guide=guide)


READER = HtmlReader()


def read_page(
    data: bytes, name: str, *, url: str | None = None, charset: str | None = None, guide: Guide | None = None
) -> IncomingArticle | Refusal:
    """The article of the page whose bytes are `data`, or why there is none. `guide`: what its archive has taught."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Refusal(name, "empty", f"{name}: the file is empty")
    if data.startswith(_BINARY):
        return Refusal(name, "binary", f"{name}: not a page but a binary file")
    try:
        decoded = decode(data, charset)
    except EncodingBroken as error:
        return Refusal(name, "broken_encoding", f"{name}: {error}")
    if not decoded.encoding.startswith(("utf-16", "utf-32")) and len(head := data[:4096]) - len(
        head.translate(None, _CONTROLS)
    ) > 0.03 * len(head):
        return Refusal(name, "binary", f"{name}: not a page but a binary file")
    warnings: list[str] = []
    if decoded.broken:
        warnings.append(f"{decoded.broken} characters could not be decoded as {decoded.encoding}")
    try:
        root, cut = parse(decoded.text)
        page = Page(root)
    except NotParsable as error:
        return Refusal(name, "not_html", f"{name}: {error}")
    except TooManyElements as error:
        return Refusal(name, "too_large", f"{name}: {error}")
    if cut:
        warnings.append("nested deeper than 2048 elements; what lies deeper was not read")
    return _article(page, name, url, warnings, guide)


def _article(
    page: Page, name: str, url: str | None, warnings: list[str], guide: Guide | None
) -> IncomingArticle | Refusal:
    from bulaq.intake.html.script_made import article_of_told  # it reads markup with this package

    data = read_structured_data(page.root)
    warnings += data.warnings
    base = page.base = _base(page, data.canonical, data.address, url)
    marked = read_marked(page.root, base)
    if marked is not None and marked.body:
        return article_of_marked(page, data, marked, name, url, base, warnings)
    if guide is not None:
        guide.prepare(page)
    headline = find_headline(page, data)
    place = find_body(page, data, headline)
    if guide is not None:
        place = guide.place(page, headline, place)
    if place is None:
        told = article_of_told(page.root, data, headline, name, url, base, warnings)
        return told or Refusal(name, "not_an_article", f"{name}: no running text on the page")
    body = read_body(
        page,
        place,
        data,
        headline,
        picture_of=partial(picture_of, base=base),
        is_byline=is_byline,
    )
    if guide is not None:
        guide.body(page, place, body, partial(picture_of, base=base))
    spot = headline.segment if headline else None
    sites = [*site_names(data), *names_beside(data, headline.text if headline else None)]
    dates = find_dates_of(page, data, spot, body.first, body.last)
    span = ArticleSpan(spot, body.first, body.last, place.over)
    authors = find_authors(page, data, span, body.byline_lines, sites)
    text = "\n".join(block.text for block in body.blocks if isinstance(block, Paragraph | Heading | Quote))
    if len(text) < 600 and (headline is None or headline.segment is None):
        told = article_of_told(page.root, data, headline, name, url, base, warnings)
        if told is not None:
            return told
    declared = data.has_article or data.kind == "article"
    dated = spot is not None and page.segments[spot].tag == "h1" and "shown" in dates.provenance
    reason = _no_article(page, declared, headline is not None, dated, text, body.used)
    if reason:
        return Refusal(name, "not_an_article", f"{name}: {reason}")
    used = body.used | authors.segments | dates.segments | ({spot} if spot is not None else set())
    picture, picture_from, shown = find_lead_image(
        page, data, (spot, headline.text if headline else None), body.first, used, body.captions, base
    )
    blocks = list(body.blocks)
    while picture and blocks and isinstance(blocks[0], Image) and _is_lead(blocks[0], picture):
        blocks.pop(0)
    breadcrumb = find_breadcrumb(page, data, spot, headline.text if headline else None)
    writers = {key(name) for name in authors.people}
    breadcrumb = tuple(
        crumb for crumb in breadcrumb if key(crumb) not in writers
    )  # columns are filed under their writer
    section, section_trust, section_from = find_section(
        page, data, spot, body.first, breadcrumb, data.address or data.canonical or url
    )
    if not breadcrumb and section and section_from == "shown section link":
        breadcrumb = (section,)
    tags, tags_from = find_tags(page, data, body.first, body.last)
    place_name, agency = authors.place, None
    place_from = "byline"
    openings = [block.text for block in body.blocks if isinstance(block, Paragraph)][
        :2
    ]  # the first may be a lead
    told_place, agency = next((found for text in openings if (found := dateline_of(text))[0]), (None, None))
    if told_place and not place_name:
        place_name, place_from = told_place, "opening words"
    agencies = list(authors.agencies)
    if agency and key(agency) not in {key(other) for other in agencies}:
        agencies.append(agency)
    skip = used | shown | body.read_also_segments
    boxes = find_boxes(page, skip)
    read_also = tuple(_resolved(link, base) for link in body.read_also)
    boxes = tuple(
        Box(box.kind, box.title, tuple(_resolved(link, base) for link in box.items)) for box in boxes
    )
    read_also, boxes = _take_read_also(page, read_also, boxes, body.last)
    lang, direction, right = language_of((headline.text if headline else "") + " " + text, data.lang)
    if data.lang and lang and not right:
        warnings.append(f"declares lang={data.lang}, its text is {lang}")
    if headline is None:
        warnings.append("no headline found")
    confidence = {"body": place.confidence, "section": section_trust if section else 0.5}
    provenance = {"body": place.provenance}
    if headline:
        confidence["headline"], provenance["headline"] = headline.confidence, headline.provenance
    if dates.published:
        confidence["published_at"], provenance["published_at"] = dates.confidence, dates.provenance
    confidence["authors"], provenance["authors"] = authors.confidence, authors.provenance
    for field, value, origin in (
        ("section", section, section_from),
        ("lead_image", picture, picture_from),
        ("tags", tags, tags_from),
        ("dateline", place_name, place_from),
    ):
        if value:
            provenance[field] = origin
    canonical = _address(data.canonical, base) or _address(data.address, base)
    article = IncomingArticle(
        source=name,
        format="html",
        url=url or canonical,
        canonical_url=canonical,
        headline=headline.text if headline else None,
        kicker=body.kicker or (headline.kicker if headline else None),
        standfirst=body.standfirst,
        section=section,
        breadcrumb=breadcrumb,
        dateline=place_name,
        authors=authors.people,
        agencies=tuple(agencies),
        published_at=dates.published,
        modified_at=dates.modified,
        lang=lang,
        dir=direction,
        lead_image=picture,
        tags=tags,
        body=tuple(blocks),
        read_also=read_also,
        boxes=boxes,
        carrier=_carrier(page, body.last, base),
        confidence=confidence,
        provenance=provenance,
        warnings=tuple(warnings),
    )
    return guide.article(page, article) if guide is not None else article


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
    authors = marked.authors
    agencies = marked.agencies
    dateline = marked.dateline
    if not authors and not agencies and marked.byline_text:
        reading = parse_byline(marked.byline_text, tuple(site_names(data)))
        authors, agencies = reading.people, reading.agencies
        dateline = dateline or reading.place
    published = next((found for _, text in data.published if (found := read_machine_date(text))), None)
    modified = next((found for _, text in data.modified if (found := read_machine_date(text))), None)
    if published is None:
        published = next(
            (
                found
                for time in page.root.iter("time")
                if (found := read_machine_date(time.get("datetime") or ""))
            ),
            None,
        )
    canonical = _address(data.canonical, base) or _address(data.address, base)
    text = " ".join(block.text for block in marked.body if isinstance(block, Paragraph | Heading | Quote))
    lang, direction, _ = language_of(f"{marked.headline or ''} {text}", data.lang)
    trail = [crumb for crumb in marked.breadcrumb if not prefix_agreement(crumb, marked.headline or "")]
    section = next((told for where, told in data.sections if where in ("json-ld", "article:section")), None)
    fields = (
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
    tags, _ = find_tags(page, data, 0, len(page.segments))
    return IncomingArticle(
        source=name,
        format="html",
        url=url or canonical,
        canonical_url=canonical,
        headline=marked.headline,
        kicker=marked.kicker,
        standfirst=marked.standfirst,
        section=section or (trail[-1] if trail else None),
        breadcrumb=tuple(trail),
        dateline=dateline,
        authors=authors,
        agencies=agencies,
        published_at=published.isoformat() if published else None,
        modified_at=modified.isoformat() if modified else None,
        lang=lang,
        dir=direction,
        lead_image=marked.lead_image,
        tags=marked.tags or tags,
        body=tuple(marked.body),
        read_also=tuple(_resolved(link, base) for link in marked.read_also),
        boxes=tuple(
            Box(box.kind, box.title, tuple(_resolved(link, base) for link in box.items))
            for box in marked.boxes
        ),
        carrier=Carrier(marked.carrier.label, link_address(marked.carrier.url, base))
        if marked.carrier
        else None,
        confidence=dict.fromkeys(fields, 0.99),
        provenance=dict.fromkeys(fields, "data-box"),
        warnings=tuple(warnings),
    )


def _base(page: Page, canonical: str | None, address: str | None, url: str | None) -> str | None:
    element = page.root.find(".//base[@href]")
    declared = (element.get("href") or "").strip() if element is not None else ""
    for candidate in (declared, url, canonical, address):
        if candidate and candidate.startswith(("http://", "https://")):
            return candidate
    return None


def _address(value: str | None, base: str | None) -> str | None:
    url = link_address(value, base)
    return url if url and url.startswith(("http://", "https://")) else None


def _resolved(link: Link, base: str | None) -> Link:
    return Link(link.headline, link_address(link.url, base))


def _no_article(
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


def _is_lead(block: Image, picture: Picture) -> bool:
    from bulaq.intake.html.images import _same_file

    return block.picture.url == picture.url or _same_file(block.picture.url, picture.url)


def _take_read_also(
    page: Page, read_also: tuple[Link, ...], boxes: tuple[Box, ...], last: int
) -> tuple[tuple[Link, ...], tuple[Box, ...]]:
    """Boxes headed by an invitation («قد يهمك أيضًا») are the editor's links, not the page's."""
    from bulaq.intake.box_headings import is_read_also_heading

    kept = []
    links = list(read_also)
    for box in boxes:
        if is_read_also_heading(box.title):
            links += [
                link
                for link in box.items
                if not any(key(link.headline) == key(other.headline) for other in links)
            ]
        else:
            kept.append(box)
    return tuple(links), tuple(kept)


_CARRIED = re.compile(
    r"^(?:view\s+on|originally\s+published\s+(?:on|by|at)|read\s+(?:the\s+)?(?:full|original)\s+(?:article|story)\s+(?:on|at)|published\s+by|المصدر\s+الأصلي|اقرأ\s+المادة\s+(?:في|على)|نشر(?:ت)?\s+(?:أولا|أولاً|في\s+الأصل)\s+(?:في|على))\s*:?\s*(?P<label>\S.{1,60})$",
    re.I,
)


def _carrier(page: Page, last: int, base: str | None) -> Carrier | None:
    for segment in page.segments[last + 1 : last + 40]:
        if segment.kind != "text" or len(segment.text) > 100:
            continue
        match = _CARRIED.match(segment.text)
        if match:
            anchor = segment.anchors[-1] if segment.anchors else None
            return Carrier(match["label"].strip(), link_address(anchor.href, base) if anchor else None)
    return None


def identity_of(article: IncomingArticle) -> str:
    """What names the article across imports: its canonical address, else a digest of headline and text."""
    if article.canonical_url:
        return article.canonical_url
    parts = [article.headline or "", *(block.text for block in article.body if isinstance(block, Paragraph))]
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


__all__ = ["READER", "HtmlReader", "Segment", "identity_of", "prefix_agreement", "read_page"]
