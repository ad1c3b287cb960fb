"""JSON-LD as pages have it: often broken (line breaks in strings, trailing commas, HTML comments, two objects in a row);
what can be read of it is read, field by field if need be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.html.layout.text import fold, prefix_agreement
from bulaq.intake.html.machines.structured_data import StructuredData

MAX_JSON_CHARS = 400_000
MAX_JSON_DEPTH = 12

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlog\w*|SocialMediaPosting)$")


def read_json_ld(scripts: list[str], found: StructuredData) -> None:
    """Adds to `found` what the texts of a page's scripts of JSON-LD tell."""
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
    titles = [title for _, title in found.titles]
    for article in articles:
        headline = _text(article.get("headline") or article.get("name"))
        if headline and any(prefix_agreement(headline, title) for title in titles):
            return article
    return articles[0]


def _take_article(thing: dict[str, Any], found: StructuredData) -> None:
    """What the article's own object tells, before what the head of the page has told."""
    for target, value in (
        (found.titles, thing.get("headline") or thing.get("name")),
        (found.published, thing.get("datePublished") or thing.get("dateCreated")),
        (found.modified, thing.get("dateModified")),
        (found.descriptions, thing.get("description")),
        (found.bodies, thing.get("articleBody")),
    ):
        if text := _text(value):
            target.insert(0, (_WHERE, text))
    if isinstance(body := thing.get("articleBody"), str):
        found.told_text = body.strip()
    found.sections += [
        (_WHERE, name)
        for each in _each(thing.get("articleSection"))
        for name in _JOINED_NAMES.split(_text(each) or "")
        if name
    ]
    found.tags += [(_WHERE, text) for each in _each(thing.get("keywords")) if (text := _text(each))]
    _take_people(thing, found)
    for image in _each(thing.get("image") or thing.get("thumbnailUrl")):
        _take_image(image, found)
    found.places += _names(thing.get("locationCreated") or thing.get("dateline"))
    page = thing.get("mainEntityOfPage")
    address = page.get("@id") if isinstance(page, dict) else page
    if not found.address and isinstance(address or thing.get("url"), str):
        found.address = str(address or thing.get("url"))


_WHERE = "json-ld"
_JOINED_NAMES = re.compile(r",(?=\S)")
"""Between names that a system has joined («الرئيسية,جهات»); a name with a comma of its own has a space behind it."""


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _take_people(thing: dict[str, Any], found: StructuredData) -> None:
    names = _names(thing.get("author") or thing.get("creator"))
    found.authors[:0] = [(_WHERE, name) for name in names]
    found.firms += [name for name in _organisations(thing.get("author")) if person_score(name) < 2.5]
    for publisher in _names(thing.get("publisher")):
        if len(publisher) < 80:
            found.sites.insert(0, publisher)


def _take_image(image: Any, found: StructuredData) -> None:
    """A picture: its address alone, or an object with its address and caption."""
    told = image if isinstance(image, dict) else {}
    url = (told.get("url") or told.get("contentUrl") or told.get("@id")) if told else image
    if isinstance(url, list):
        url = url[0] if url else None
    if isinstance(url, str) and url.strip():
        found.images.append((_WHERE, url.strip()))
    if caption := _text(told.get("caption") or told.get("description")):
        found.image_captions.append((_WHERE, caption))


def _organisations(value: Any) -> list[str]:
    """The names of those in `value` that call themselves organisations (some templates call people so too)."""
    things = value[:20] if isinstance(value, list) else [value]
    return [
        name
        for thing in things
        if isinstance(thing, dict) and _types(thing) & {"Organization", "NewsMediaOrganization"}
        for name in _names(thing)
    ]


def _names(value: Any, depth: int = 0) -> list[str]:
    if depth > MAX_JSON_DEPTH:
        return []
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item, depth + 1)]
    if isinstance(value, dict):
        return _names(value.get("name"), depth + 1)
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
