"""What a page says of itself to machines: JSON-LD, microdata, RDFa, OpenGraph, meta tags, Dublin Core.

Real JSON-LD is often broken (line breaks in strings, trailing commas, HTML comments, two objects in a row); what
can be read of it is read, field by field if need be. Nothing here is believed yet: `headline.py`, `dates.py` and
the others weigh it against what the reader sees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bulaq.intake.given_names import person_score
from bulaq.intake.html.text import fold
from bulaq.intake.html.tree import Element

MAX_JSON_CHARS = 400_000
MAX_JSON_DEPTH = 12

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlog\w*|SocialMediaPosting)$")


@dataclass(slots=True)
class StructuredData:
    """The claims of a page; every list is in the order of trust, pairs are (where it stood, text)."""

    titles: list[tuple[str, str]] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    firms: list[str] = field(default_factory=list)
    """Authors that are told to be organisations: nobody's names."""
    sections: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    image_captions: list[tuple[str, str]] = field(default_factory=list)
    descriptions: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    told_text: str = ""
    """The article's whole text as machines are told it, with its lines."""
    breadcrumb: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    canonical: str | None = None
    address: str | None = None
    kind: str | None = None
    lang: str | None = None
    places: list[str] = field(default_factory=list)
    has_article: bool = False
    warnings: list[str] = field(default_factory=list)
    marked: dict[str, list[Element]] = field(default_factory=dict)
    """Visible elements by their itemprop (or RDFa property, without its prefix), lower case."""


_META: dict[str, tuple[str, str]] = {
    "og:title": ("titles", "og:title"),
    "twitter:title": ("titles", "twitter:title"),
    "dc.title": ("titles", "dc"),
    "dcterms.title": ("titles", "dc"),
    "title": ("titles", "meta"),
    "headline": ("titles", "meta"),
    "sailthru.title": ("titles", "meta"),
    "parsely-title": ("titles", "meta"),
    "article:published_time": ("published", "article:published_time"),
    "og:published_time": ("published", "article:published_time"),
    "og:article:published_time": ("published", "article:published_time"),
    "datepublished": ("published", "microdata"),
    "datecreated": ("published", "microdata"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "published_at": ("published", "meta"),
    "publication_date": ("published", "meta"),
    "date": ("published", "meta"),
    "dc.date": ("published", "dc"),
    "dc.date.issued": ("published", "dc"),
    "dc.date.created": ("published", "dc"),
    "dcterms.created": ("published", "dc"),
    "dcterms.issued": ("published", "dc"),
    "dcterms.date": ("published", "dc"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "article.published": ("published", "meta"),
    "article:modified_time": ("modified", "article:modified_time"),
    "article:modified": ("modified", "article:modified_time"),
    "og:updated_time": ("modified", "og:updated_time"),
    "datemodified": ("modified", "microdata"),
    "lastmod": ("modified", "meta"),
    "last-modified": ("modified", "meta"),
    "dcterms.modified": ("modified", "dc"),
    "dc.date.modified": ("modified", "dc"),
    "author": ("authors", "meta"),
    "article:author": ("authors", "article:author"),
    "og:article:author": ("authors", "article:author"),
    "dc.creator": ("authors", "dc"),
    "dcterms.creator": ("authors", "dc"),
    "parsely-author": ("authors", "meta"),
    "sailthru.author": ("authors", "meta"),
    "byl": ("authors", "meta"),
    "twitter:data1": ("authors", "twitter"),
    "article:section": ("sections", "article:section"),
    "og:article:section": ("sections", "article:section"),
    "og:section": ("sections", "article:section"),
    "articlesection": ("sections", "microdata"),
    "section": ("sections", "meta"),
    "category": ("sections", "meta"),
    "parsely-section": ("sections", "meta"),
    "dc.subject": ("tags", "dc"),
    "article:tag": ("tags", "article:tag"),
    "og:article:tag": ("tags", "article:tag"),
    "news_keywords": ("tags", "news_keywords"),
    "keywords": ("tags", "keywords"),
    "og:image": ("images", "og:image"),
    "og:image:url": ("images", "og:image"),
    "og:image:secure_url": ("images", "og:image"),
    "twitter:image": ("images", "twitter:image"),
    "twitter:image:src": ("images", "twitter:image"),
    "thumbnailurl": ("images", "microdata"),
    "og:description": ("descriptions", "og:description"),
    "description": ("descriptions", "description"),
    "twitter:description": ("descriptions", "twitter:description"),
    "dc.description": ("descriptions", "dc"),
}
_LISTS = ("titles", "published", "modified", "authors", "sections", "tags", "images", "descriptions")


def read_structured_data(root: Element) -> StructuredData:
    """All claims found in `root`. Never raises; what could not be read is named in `warnings`."""
    found = StructuredData()
    html_lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if html_lang and html_lang.strip():
        found.lang = html_lang.strip()
    scripts: list[str] = []
    for element in root.iter("meta", "link", "script", "title"):
        tag = element.tag
        if tag == "meta":
            _meta(element, found)
        elif tag == "link":
            rel = (element.get("rel") or "").lower()
            if rel == "canonical" and not found.canonical:
                found.canonical = (element.get("href") or "").strip() or None
            elif rel == "image_src" and element.get("href"):
                found.images.append(("image_src", element.get("href").strip()))
        elif tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                scripts.append(element.text)
        elif (
            tag == "title"
            and element.text
            and (element.getparent() is None or element.getparent().tag != "svg")
        ):
            title = fold(element.text)
            if title and not any(where == "title" for where, _ in found.titles):
                found.titles.append(("title", title))
    _json_ld(scripts, found)
    for element in root.xpath("//body//*[@itemprop or @property]"):
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
        for name in names:
            found.marked.setdefault(name.rpartition(":")[2], []).append(element)
    return found


def _meta(element: Element, found: StructuredData) -> None:
    content = element.get("content")
    if not content:
        return
    value = fold(unescape(content)) if "&" in content else fold(content)
    if not value or len(value) > 5000:
        return
    for attribute in ("property", "name", "itemprop"):
        names = element.get(attribute)
        if not names:
            continue
        for raw in names.lower().split():
            place = _META.get(raw)
            if place:
                entry = (place[1], value)
                target = getattr(found, place[0])
                if entry not in target:
                    target.append(entry)
            elif raw == "og:site_name" or raw in (
                "application-name",
                "apple-mobile-web-app-title",
                "dc.publisher",
                "copyright",
            ):
                if len(value) < 80 and value not in found.sites:
                    found.sites.append(value) if raw != "og:site_name" else found.sites.insert(0, value)
            elif raw == "og:type":
                found.kind = value.lower()
            elif raw == "og:url":
                found.address = value


# ── JSON-LD ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _json_ld(scripts: list[str], found: StructuredData) -> None:
    things: list[dict[str, Any]] = []
    broken: list[str] = []
    for script in scripts[:40]:
        text = script[:MAX_JSON_CHARS]
        values = list(_tolerant_json(text))
        if values:
            for value in values:
                things.extend(_objects(value, 0))
        elif text.strip():
            broken.append(text)
    articles = [thing for thing in things if _is_article(thing)]
    if articles:
        found.has_article = True
        _take_article(_the_article(articles, found), found)
    for thing in things:
        kinds = _types(thing)
        if "BreadcrumbList" in kinds and not found.breadcrumb:
            found.breadcrumb = _breadcrumb(thing)
        elif kinds & {"Organization", "NewsMediaOrganization", "WebSite"}:
            name = _text(thing.get("name"))
            if name and len(name) < 80 and name not in found.sites:
                found.sites.append(name)
        elif "WebPage" in kinds and not articles:
            for target, name in (("published", "datePublished"), ("modified", "dateModified")):
                value = _text(thing.get(name))
                if value:
                    getattr(found, target).append(("json-ld", value))
    if broken and not articles:
        found.warnings.append("json-ld does not parse")
        for text in broken:
            _salvage(text, found)


def _tolerant_json(text: str) -> Iterator[Any]:
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\]\]>\*/)\s*$",
        "",
        text,
    ).strip()
    text = text.rstrip("; \n\t")
    for attempt in (text, None):
        candidate = text if attempt is not None else re.sub(r",(\s*[}\]])", r"\1", text)
        try:
            decoder = json.JSONDecoder(strict=False)
            at, values = 0, []
            while at < len(candidate):
                value, at = decoder.raw_decode(candidate, at)
                values.append(value)
                while at < len(candidate) and candidate[at] in " \r\n\t,;":
                    at += 1
            yield from values
            return
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_JSON_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "breadcrumb", "subjectOf"):
            inner = value.get(name)
            if isinstance(inner, dict | list):
                yield from _objects(inner, depth + 1)


def _types(thing: dict[str, Any]) -> set[str]:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(item).rpartition("/")[2] for item in kinds if item}


def _is_article(thing: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPES.search(kind) for kind in _types(thing)) and bool(
        thing.get("headline") or thing.get("name") or thing.get("datePublished")
    )


def _the_article(articles: list[dict[str, Any]], found: StructuredData) -> dict[str, Any]:
    """The object of this page, where others (related ones) are described beside it."""
    from bulaq.intake.html.text import prefix_agreement

    titles = [title for _, title in found.titles]
    for article in articles:
        headline = _text(article.get("headline") or article.get("name"))
        if headline and any(prefix_agreement(headline, title) for title in titles):
            return article
    return articles[0]


def _take_article(thing: dict[str, Any], found: StructuredData) -> None:
    def first(target: list[tuple[str, str]], value: Any) -> None:
        text = _text(value)
        if text:
            target.insert(0, ("json-ld", text))

    first(found.titles, thing.get("headline") or thing.get("name"))
    first(found.published, thing.get("datePublished") or thing.get("dateCreated"))
    first(found.modified, thing.get("dateModified"))
    first(found.descriptions, thing.get("description"))
    first(found.bodies, thing.get("articleBody"))
    if isinstance(body := thing.get("articleBody"), str):
        found.told_text = body.strip()
    names = _names(thing.get("author") or thing.get("creator"))
    found.authors[:0] = [("json-ld", name) for name in names]
    found.firms += [name for name in _organisations(thing.get("author")) if person_score(name) < 2.5]
    sections = thing.get("articleSection")
    for section in sections if isinstance(sections, list) else [sections]:
        text = _text(section)
        if text:
            found.sections.append(("json-ld", text))
    keywords = thing.get("keywords")
    for keyword in keywords if isinstance(keywords, list) else [keywords]:
        text = _text(keyword)
        if text:
            found.tags.append(("json-ld", text))
    images = thing.get("image") or thing.get("thumbnailUrl")
    for image in images if isinstance(images, list) else [images]:
        url = (
            image.get("url") or image.get("contentUrl") or image.get("@id")
            if isinstance(image, dict)
            else image
        )
        if isinstance(url, list):
            url = url[0] if url else None
        if isinstance(url, str) and url.strip():
            found.images.append(("json-ld", url.strip()))
        caption = _text(image.get("caption") or image.get("description")) if isinstance(image, dict) else None
        if caption:
            found.image_captions.append(("json-ld", caption))
    for publisher in _names(thing.get("publisher")):
        if len(publisher) < 80:
            found.sites.insert(0, publisher)
    place = thing.get("locationCreated") or thing.get("dateline")
    for name in _names(place):
        found.places.append(name)
    page = thing.get("mainEntityOfPage")
    address = page.get("@id") if isinstance(page, dict) else page
    if not found.address and isinstance(address or thing.get("url"), str):
        found.address = str(address or thing.get("url"))


def _organisations(value: Any) -> list[str]:
    """The names of those in `value` that call themselves organisations (some templates call people so too)."""
    things = value[:20] if isinstance(value, list) else [value]
    return [
        name
        for thing in things
        if isinstance(thing, dict) and _types(thing) & {"Organization", "NewsMediaOrganization"}
        for name in _names(thing)
    ]


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    text = _text(value)
    return [text] if text else []


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = fold(unescape(value))
    return text or None


def _breadcrumb(thing: dict[str, Any]) -> list[str]:
    items = thing.get("itemListElement")
    found: list[tuple[float, str]] = []
    for place, item in enumerate(items if isinstance(items, list) else [items]):
        if not isinstance(item, dict):
            continue
        inner = item.get("item")
        name = _text(item.get("name")) or (_text(inner.get("name")) if isinstance(inner, dict) else None)
        try:
            position = float(item.get("position") or place)
        except (TypeError, ValueError):
            position = place
        if name:
            found.append((position, name))
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


_SALVAGE = (
    ("headline", "titles"),
    ("datePublished", "published"),
    ("dateModified", "modified"),
    ("articleSection", "sections"),
)


def _salvage(text: str, found: StructuredData) -> None:
    """The plain string fields of an object that does not parse."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"[^"]*Article', text):
        return
    found.has_article = True
    for name, target in _SALVAGE:
        match = re.search(rf'"{name}"\s*:\s*"((?:[^"\\\n]|\\.){{1,600}})"', text)
        if match:
            value = fold(unescape(match[1].replace('\\"', '"').replace("\\/", "/")))
            getattr(found, target).append(("json-ld (broken)", value))
    author = re.search(r'"author"\s*:\s*[\[{][^\]}]{0,300}?"name"\s*:\s*"((?:[^"\\\n]|\\.){1,200})"', text)
    if author:
        found.authors.append(("json-ld (broken)", fold(unescape(author[1]))))
