"""The reader of feeds: RSS 0.9x to 2.0 (with its modules for content, media and Dublin Core), RSS 1.0, Atom (exports of
Blogger among them), JSON Feed, and the posts that WordPress tells in JSON.

Specifications: rssboard.org/rss-specification, RFC 4287, rssboard.org/media-rss, jsonfeed.org/version/1.1. Read with
our own tree, not a feed library: texts stay character for character, Arabic dates are read, and nothing is fetched.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.article import IncomingArticle, Picture, Refusal
from bulaq.intake.article_markup import plain
from bulaq.intake.feeds.entry import XML, is_article, link_of, name_of, own_base, text_of, told_entry
from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.reader import ReadOptions, Source, SourceTooLarge
from bulaq.intake.told_article import ToldArticle, address, article_of
from bulaq.intake.wordpress.rest_posts import IN_HEAD, is_post, told_post
from bulaq.intake.xml_text import XmlText, without_named_entities

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 100_000

_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)\b[^>]{0,4000}", re.I)
_JSON = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org", re.I)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,1000}(?:\[.{0,200000}?\]\s*)?>", re.S | re.I)


class FeedReader:
    """Every entry of a feed is an article; one that holds only a summary says so in its warnings."""

    format = "feed"

    def recognises(self, source: Source) -> bool:
        """By the root element, or by the version that a JSON feed names."""
        head = source.head()
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            head = head[2:].replace(b"\x00", b"")
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith((b"{", b"[")):
            return bool(_JSON.search(head) or IN_HEAD.search(head))
        if not start.startswith(b"<") or re.match(rb"<(?:!doctype\s+)?html", start, re.I):
            return False
        root = _ROOT.search(start)
        if root is None or re.search(rb"<html\b", start[: root.start()], re.I):
            return False
        name = root[0].lower()
        return b"wordpress.org/export" not in head and (
            b"rss" in name
            or b"atom" in name
            or b"purl.org/rss" in name
            or b"w3.org/2005" in name
            or b"rdf" in name
        )

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The articles in the order of the feed; nothing is raised for bad input."""
        try:
            data = source.read(MAX_BYTES)
        except SourceTooLarge as error:
            yield Refusal(source.name, "too-large", str(error))
            return
        except OSError as error:
            yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
            return
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            yield from _json_feed(data, source)
        else:
            yield from _xml_feed(data, source)


READER = FeedReader()


# ── XML ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _xml_feed(data: bytes, source: Source) -> Iterator[IncomingArticle | Refusal]:
    clean = _from_its_root(b"".join(iter(XmlText(io.BytesIO(data), source.charset).read, b"")))
    root, damage = _mended(clean)
    if root is None:
        yield Refusal(source.name, "damaged", f"{source.name}: cannot be read: {damage}")
        return
    entries = [
        element for element in root.iter() if name_of(element) in ("item", "entry") and is_article(element)
    ][:MAX_ENTRIES]
    if damage and entries and len(re.findall(rb"</(?:\w+:)?(?:item|entry)\s*>", clean)) < len(entries):
        entries.pop()  # half an article is none
    channel = _channel(root)
    outlet = plain(text_of(channel, "title"))
    language = text_of(channel, "language") or root.get(f"{XML}lang")
    base = _base(root, channel, source.url)
    common = [text_of(child, "name") for child in channel if name_of(child) == "author" and len(child)]
    for number, entry in enumerate(entries, 1):
        told = told_entry(entry, own_base(entry, base))
        told.bylines = told.bylines or common  # RFC 4287, 4.2.1: the feed's authors are its entries'
        told.outlet, told.language = outlet, told.language or language or None
        yield article_of(told, source.name, f"feed entry {number}")
    if damage:
        yield Refusal(
            source.name, "damaged", f"{source.name}: damaged at {damage}; {len(entries)} entries were kept"
        )
    elif not entries:
        yield Refusal(source.name, "nothing-found", f"{source.name}: the feed has no entries")


def _from_its_root(text: bytes) -> bytes:
    """The feed without what stands before it: warnings of the site's program, the document type of old feeds (what
    entities it defines is not wanted)."""
    start = text.find(b"<!DOCTYPE", 0, 65_536)
    if start >= 0 and (doctype := _DOCTYPE.match(text, start)):
        text = text[:start] + text[doctype.end() :]
    first = _ROOT.search(text, 0, 65_536)
    return text if first is None else text[first.start() :]


def _mended(text: bytes) -> tuple[Any, str | None]:
    """The root, None where nothing can be read, and where the feed is damaged."""
    for mended in (text, without_named_entities(text)):
        try:
            return _parsed(mended, recover=False), None
        except etree.XMLSyntaxError as error:
            damage = f"line {error.lineno}: {error.msg}"
    try:
        return _parsed(mended, recover=True), damage
    except etree.XMLSyntaxError:
        return None, damage


def _base(root: Any, channel: Any, url: str | None) -> str | None:
    """What relative addresses in the feed are relative to: `xml:base`, else where the feed was found, else its site."""
    stated = own_base(channel, own_base(root, url) if root is not channel else url)
    if stated:
        return stated
    own = [child.get("href") for child in channel if name_of(child) == "link" and child.get("rel") == "self"]
    return address(link_of(channel, None), None) or next(
        (found for href in own if (found := address(href, None))), None
    )


def _parsed(data: bytes, *, recover: bool) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, recover=recover
    )  # fmt: skip
    return etree.fromstring(data, parser)


def _channel(root: Any) -> Any:
    found = next((child for child in root if name_of(child) == "channel"), None)
    return root if found is None else found


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json_feed(data: bytes, source: Source) -> Iterator[IncomingArticle | Refusal]:
    try:
        feed = json.loads(decode(data, source.charset).text)
    except (ValueError, RecursionError, EncodingBroken) as error:
        yield Refusal(source.name, "damaged", f"{source.name}: is no valid JSON: {error}")
        return
    items = feed.get("items") if isinstance(feed, dict) and "items" in feed else feed
    entries = [item for item in (items if isinstance(items, list) else [items]) if isinstance(item, dict)]
    posts = [item for item in entries if is_post(item)]
    if items is feed and not posts:
        entries = []
    if not entries:
        yield Refusal(source.name, "nothing-found", f"{source.name}: the feed has no entries")
    for number, item in enumerate((posts or entries)[:MAX_ENTRIES], 1):
        told = told_post(item, source.url) if posts else _told_item(item, feed, source.url)
        yield article_of(told, source.name, f"feed entry {number}")


def _told_item(item: dict[str, Any], feed: dict[str, Any], url: str | None) -> ToldArticle:
    base = (
        url
        or address(_string(feed.get("home_page_url")), None)
        or address(_string(feed.get("feed_url")), None)
    )
    told = ToldArticle(headline=_escaped(item.get("title")), base=base, outlet=_string(feed.get("title")))
    told.url = address(_string(item.get("url")), base) or address(_string(item.get("id")), None)
    told.base = told.url or base
    told.url = told.url or address(_string(item.get("external_url")), base)
    html, text = _string(item.get("content_html")), _string(item.get("content_text"))
    told.body, told.body_is_text = (html, False) if html.strip() else (text, True)
    told.summary = _escaped(item.get("summary"))
    if not told.body:
        told.body, told.summary, told.body_trust = told.summary, "", 0.3
        told.body_is_text = False
        told.warnings.append("the feed holds only a summary of the text")
    told.published = [text for text in (_string(item.get("date_published")),) if text]
    told.modified = [text for text in (_string(item.get("date_modified")),) if text]
    authors = item.get("authors") or ([item["author"]] if item.get("author") else feed.get("authors"))
    if isinstance(authors, list):
        told.bylines = [_string(a.get("name")) for a in authors if isinstance(a, dict)]
    tags = item.get("tags")
    told.tags = [_escaped(tag) for tag in tags] if isinstance(tags, list) else []
    told.language = _string(item.get("language")) or _string(feed.get("language")) or None
    picture = address(_string(item.get("image")) or _string(item.get("banner_image")), base)
    told.picture = Picture(picture) if picture else None
    return told


def _string(value: Any) -> str:
    return lone_surrogates_gone(value) if isinstance(value, str) else ""


def _escaped(value: Any) -> str:
    return _string(value).replace("&", "&amp;").replace("<", "&lt;")
