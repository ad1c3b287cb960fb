"""The reader of IPTC ninjs, news items in JSON (iptc.org/std/ninjs, versions 1.x to 3.x; Superdesk's dialect too).

A file holds one item, a list of items, an object that wraps a list, or one item a line. Names of properties are read
without regard to case and underscores, which is most of what differs between the versions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bulaq.intake.article import IncomingArticle, Picture, Refusal
from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.reader import ReadOptions, Source, SourceTooLarge
from bulaq.intake.told_article import ToldArticle, address, article_of

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 16 * 1024 * 1024
MAX_ITEMS = 100_000

_PROPERTIES = re.compile(
    rb"\"(?:pub_?status|version_?created|body_?(?:html|xhtml|text)|bodies|headlines|representation_?type|content_?created|ninjs)\"\s*:",
    re.I,
)

Item = dict[str, Any]


class NinjsReader:
    """Each item of type text is an article; pictures come with the item that shows them."""

    format = "ninjs"

    def recognises(self, source: Source) -> bool:
        """JSON in which properties of ninjs stand."""
        head = source.head().lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head.startswith((b"{", b"[")) or b"jsonfeed.org" in head:
            return False
        named = {match.lower().replace(b"_", b"") for match in _PROPERTIES.findall(head)}
        return bool(named) and (b'"uri"' in head or b'"headline' in head or len(named) >= 2)

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The items in their order; nothing is raised for bad input."""
        number = 0
        for item in _items(source):
            if isinstance(item, Refusal):
                yield item
                number += 1
                continue
            number += 1
            yield _article(item, source, number)
        if not number:
            yield Refusal(source.name, "nothing-found", f"{source.name}: holds no news item")


READER = NinjsReader()


def _items(source: Source) -> Iterator[Item | Refusal]:
    try:
        data = source.read(MAX_BYTES)
    except SourceTooLarge as error:
        yield from _lines(source, str(error))
        return
    except OSError as error:
        yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
        return
    try:
        text = decode(data, source.charset).text
        value = json.loads(text)
    except RecursionError:
        yield Refusal(source.name, "damaged", f"{source.name}: nested too deep")
        return
    except EncodingBroken as error:
        yield Refusal(source.name, "damaged", f"{source.name}: {error}")
        return
    except ValueError as error:
        lines = text.splitlines()
        if len(lines) > 1 and lines[0].rstrip().endswith("}"):
            yield from _lines(source, str(error))
        else:
            yield Refusal(source.name, "damaged", f"{source.name}: is no valid JSON: {error}")
        return
    yield from _of_value(value)


def _of_value(value: Any) -> Iterator[Item]:
    if isinstance(value, dict):
        item = _folded(value)
        if not ({"headline", "headlines", "bodyhtml", "bodyxhtml", "bodytext", "bodies"} & item.keys()):
            for name in ("items", "newsitems", "data", "hits", "results", "docs", "_items"):
                if isinstance(item.get(name), list):
                    yield from _of_value(item[name])
                    return
        yield item
    elif isinstance(value, list):
        for each in value[:MAX_ITEMS]:
            if isinstance(each, dict):
                yield _folded(each)


def _lines(source: Source, reason: str) -> Iterator[Item | Refusal]:
    """Items that stand one on a line."""
    with source.open() as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield Refusal(source.name, "too-large", f"{source.name}: {reason}; line {number} is too long")
                return
            if not line.strip():
                continue
            try:
                yield from _of_value(json.loads(line))
            except (ValueError, RecursionError) as error:
                yield Refusal(source.name, "damaged", f"{source.name}: line {number}: {str(error)[:200]}")


def _folded(item: Item) -> Item:
    return {str(name).lower().replace("_", ""): value for name, value in item.items()}


def _article(item: Item, source: Source, number: int) -> IncomingArticle | Refusal:
    named = f"ninjs item {number}"
    uri = _string(item.get("uri"))
    kind = _string(item.get("type")) or "text"
    if kind not in ("text", "composite", "article"):
        return Refusal(source.name, "not-an-article", f"{source.name}: {named} is a {kind[:40]}")
    status = _string(item.get("pubstatus"))
    if status in ("canceled", "cancelled"):
        return Refusal(
            source.name, "canceled", f"{source.name}: {named} ({uri[:200]}) was cancelled by its sender"
        )
    told = ToldArticle(headline=_headline(item), base=source.url)
    told.url = address(_string(item.get("url")) or _string(item.get("canonicalurl")), source.url) or address(
        uri, None
    )
    told.body, told.body_is_text = _body(item)
    told.summary = _escaped(
        _first_text(item, "descriptiontext", "description", "descriptions", "abstract", "summary")
    )
    told.bylines = _bylines(item)
    told.place = _name_of(item.get("located")) or _name_of(item.get("dateline"))
    sources = (item.get("source"), item.get("provider"), *_list(item.get("infosources")))
    told.agencies = [name for name in map(_name_of, sources) if name][:1]
    told.published = [_string(item.get(name)) for name in ("firstcreated", "firstpublished", "contentcreated", "versioncreated", "versionpublished") if item.get(name)]  # fmt: skip
    told.modified = [
        _string(item.get(name)) for name in ("contentmodified", "versioncreated") if item.get(name)
    ]
    told.language = _string(item.get("language")) or None
    told.section, told.tags = _subjects(item)
    told.picture = _picture(item, told.url or source.url)
    told.kicker = _escaped(
        _string(item.get("kicker")) or _string(_folded(_dict(item.get("extra"))).get("kicker"))
    )
    told.draft = status == "withheld"
    if told.draft:
        told.warnings.append("was withheld by its sender")
    embargo = _string(item.get("embargoed")) or _string(item.get("embargo"))
    if embargo:
        told.draft = True
        told.warnings.append(f"under embargo: {embargo[:80]}")
    return article_of(told, source.name, named)


def _headline(item: Item) -> str:
    direct = _string(item.get("headline"))
    if direct:
        return _escaped(direct)
    headlines = [entry for entry in _list(item.get("headlines")) if isinstance(entry, dict)]
    main = [entry for entry in headlines if _string(entry.get("role")) in ("", "main", "headline")]
    chosen = (main or headlines or [{}])[0]
    return _escaped(_string(chosen.get("value")) or _string(item.get("title")) or _string(item.get("name")))


def _body(item: Item) -> tuple[str, bool]:
    for name in ("bodyhtml", "bodyxhtml"):
        if value := _string(item.get(name)):
            return value, False
    bodies = [_folded(entry) for entry in _list(item.get("bodies")) if isinstance(entry, dict)]
    for entry in sorted(bodies, key=lambda entry: "html" not in _string(entry.get("contenttype"))):
        if value := _string(entry.get("value")):
            return value, "html" not in _string(entry.get("contenttype")) and not value.lstrip().startswith(
                "<"
            )
    return _string(item.get("bodytext")), True


def _bylines(item: Item) -> list[str]:
    direct = _string(item.get("byline")) or _string(item.get("by"))
    if direct:
        return [_escaped(direct)]
    people = []
    for name in ("bylines", "authors", "contributors", "creators"):
        for entry in _list(item.get(name))[:50]:
            role = _string(entry.get("role")).lower() if isinstance(entry, dict) else ""
            if role in ("", "author", "writer", "byline", "reporter"):
                people.append(
                    _escaped(
                        _name_of(entry) or (_string(entry.get("value")) if isinstance(entry, dict) else "")
                    )
                )
        if people:
            break
    return [name for name in people if name]


def _subjects(item: Item) -> tuple[str, list[str]]:
    services = [_name_of(entry) for entry in _list(item.get("service"))]
    subjects = [_name_of(entry) for name in ("subject", "subjects") for entry in _list(item.get(name))]
    keywords = [_string(word) for word in _list(item.get("keywords"))]
    others = [_name_of(entry) for name in ("person", "people", "organisation", "organisations", "place", "places", "event", "events") for entry in _list(item.get(name))]  # fmt: skip
    section = next((name for name in services if name), "") or next((name for name in subjects if name), "")
    tags = [name for name in (*subjects, *keywords, *others) if name and name != section]
    return _escaped(section), [_escaped(tag) for tag in tags]


def _picture(item: Item, base: str | None) -> Picture | None:
    associations = item.get("associations")
    found: list[tuple[str, Item]] = []
    if isinstance(associations, dict):
        found = [
            (str(name), _folded(value)) for name, value in associations.items() if isinstance(value, dict)
        ]
    else:
        found = [
            (_string(entry.get("name")), _folded(entry))
            for entry in _list(associations)
            if isinstance(entry, dict)
        ]
    leading = sorted(found, key=lambda pair: not re.match(r"feature|main|lead|hero", pair[0].lower()))
    for _, entry in leading:
        if _string(entry.get("type")) not in ("picture", "graphic", "image"):
            continue
        url = _rendition(entry.get("renditions"), base) or address(
            _string(entry.get("href")) or _string(entry.get("uri")), base
        )
        if url:
            caption = plain(
                _escaped(_first_text(entry, "descriptiontext", "descriptions", "caption"))
            ) or _headline(entry)
            credit = (
                _string(entry.get("creditline"))
                or _string(entry.get("byline"))
                or _string(entry.get("copyrightholder"))
            )
            return Picture(
                url,
                plain(caption) or None,
                plain(_escaped(credit)) or None,
                plain(_escaped(_string(entry.get("alttext")))) or None,
            )
    return None


def _rendition(renditions: Any, base: str | None) -> str | None:
    """The widest rendition's address."""
    entries = list(renditions.values()) if isinstance(renditions, dict) else _list(renditions)
    best: tuple[float, str] | None = None
    for entry in entries[:100]:
        if not isinstance(entry, dict):
            continue
        told = _folded(entry)
        url = address(_string(told.get("href")) or _string(told.get("url")), base)
        width = told.get("width")
        weight = float(width) if isinstance(width, int | float) and not isinstance(width, bool) else 0.0
        if url and (best is None or weight > best[0]):
            best = (weight, url)
    return best[1] if best else None


def _first_text(item: Item, *names: str) -> str:
    for name in names:
        value = item.get(name)
        if _string(value):
            return _string(value)
        for entry in _list(value):
            if isinstance(entry, dict) and _string(entry.get("value")):
                return _string(entry.get("value"))
    return ""


def _name_of(value: Any) -> str:
    if isinstance(value, dict):
        return _string(value.get("name")) or _string(value.get("literal")) or _string(value.get("city"))
    return _string(value)


def _string(value: Any) -> str:
    return lone_surrogates_gone(value.strip()) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> Item:
    return value if isinstance(value, dict) else {}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
