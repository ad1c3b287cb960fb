"""A WordPress export as a head and a stream of items, whatever its size and however damaged.

The file is cut at its `<item>` elements (outside CDATA) and each item is parsed by itself: memory is that of the
largest item, a broken item costs that item alone, and nothing that stands before or after the damage is lost. No item
can define entities or reach outside: the parser resolves none, loads no DTD and has no network.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.html.embeds import clean_address
from bulaq.intake.xml_text import XmlText, without_named_entities

Element = Any

MAX_HEAD_BYTES = 128 * 1024 * 1024
"""Of the terms and authors before the first item: half a million tags take 100 MB."""

MAX_ITEM_BYTES = 32 * 1024 * 1024

_ITEM = re.compile(rb"<item(?:\s[^>]{0,200})?>")


class ExportRefused(ValueError):
    """A file that is no export or cannot be read as one."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Item:
    """One item's bytes (UTF-8) and about where in the file it begins (bytes)."""

    data: bytes
    position: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the file that is no item, with the reason."""

    position: int
    code: str
    reason: str


@dataclass(slots=True)
class Term:
    name: str
    parent: str = ""


@dataclass(slots=True)
class Head:
    """What the export says before its items. Slugs are the keys; `opening` is the `<rss …>` tag with its namespaces."""

    opening: bytes = b"<rss>"
    site: str = ""
    base: str | None = None
    language: str | None = None
    authors: dict[str, str] = field(default_factory=dict)
    authors_by_id: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Term] = field(default_factory=dict)
    categories_by_id: dict[str, str] = field(default_factory=dict)


class ExportFile:
    """One pass over an export: read `head`, then iterate `items()`."""

    def __init__(self, file: IO[bytes], charset: str | None = None) -> None:
        self._text = XmlText(file, charset)
        self._buffer = bytearray()
        self._offset = 0  # of the buffer's first byte in the cleaned text
        self._ended = False
        self.head = self._read_head()

    @property
    def replaced(self) -> int:
        """Characters that were no characters of the file's encoding."""
        return self._text.replaced

    def items(self) -> Iterator[Item | Damage]:
        """Every item in order, and what lies between them and is none."""
        while True:
            start = self._find_item(0)
            if start < 0:
                return
            self._drop(start)
            end = self._end_of_item()
            if end is None:
                yield self._damage()
                continue
            yield Item(bytes(self._buffer[:end]), self._offset)
            self._drop(end)

    def parse(self, item: Item) -> Element:
        """The element of an item. Raises `etree.XMLSyntaxError`."""
        try:
            return self._parsed(item.data)
        except etree.XMLSyntaxError:
            mended = without_named_entities(item.data)
            if mended == item.data:
                raise
            return self._parsed(mended)

    def _parsed(self, data: bytes) -> Element:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(self.head.opening + b"<channel>" + data + b"</channel></rss>", parser)
        found = root.find("./channel/item")
        if found is None:
            raise etree.XMLSyntaxError("no item in it", 0, 0, 0)
        return found

    # ── the head ──────────────────────────────────────────────────────────────────────────────────────────────

    def _read_head(self) -> Head:
        start = -1
        searched = 0
        while start < 0:
            match = _ITEM.search(self._buffer, max(0, searched - 300))
            if match:
                start = match.start()
                break
            searched = len(self._buffer)
            if searched > MAX_HEAD_BYTES:
                raise ExportRefused("too-large", f"no item in the first {MAX_HEAD_BYTES // 1024**2} MB")
            if not self._fill():
                start = len(self._buffer)
        data = bytes(self._buffer[:start])
        self._drop(start)
        if re.search(rb"<!(?:DOCTYPE|ENTITY)", data[:65536], re.I):
            raise ExportRefused("entities", "declares a document type; an export of WordPress has none")
        opening = re.search(rb"<rss\b[^>]{0,4000}>", data)
        if opening is None:
            raise ExportRefused("not-wxr", "has no <rss> element")
        return _head(opening[0], data[opening.start() :])  # without what PHP warned of before it

    # ── cutting ───────────────────────────────────────────────────────────────────────────────────────────────

    def _find_item(self, start: int) -> int:
        """Where the next item begins in the buffer; what stands before it is forgotten. −1 at the end."""
        while True:
            match = _ITEM.search(self._buffer, start)
            if match:
                return match.start()
            if len(self._buffer) > 300:
                self._drop(len(self._buffer) - 300)
            start = 0
            if not self._fill():
                return -1

    def _end_of_item(self) -> int | None:
        """The end of the item at the buffer's start; None when it has none or is too large."""
        at = 5
        while True:
            close = self._seek(b"</item>", at)
            if close is None:
                return None
            section = self._buffer.find(b"<![CDATA[", at, close)
            if section < 0:
                return close + 7
            ending = self._seek(b"]]>", section + 9)
            if ending is None:
                return None
            at = ending + 3

    def _seek(self, wanted: bytes, at: int) -> int | None:
        while True:
            found = self._buffer.find(wanted, at)
            if found >= 0:
                return found if found <= MAX_ITEM_BYTES else None
            at = max(at, len(self._buffer) - len(wanted))
            if len(self._buffer) > MAX_ITEM_BYTES or not self._fill():
                return None

    def _damage(self) -> Damage:
        """Steps over the item at the buffer's start to the next thing that looks like an item."""
        position = self._offset
        whole = len(self._buffer) > MAX_ITEM_BYTES
        following = re.compile(rb"<item>\s{0,40}<title>").search(self._buffer, 6)
        if following is not None:
            self._drop(following.start())
        elif whole:
            self._drop(len(self._buffer) - 300)
        else:
            self._drop(len(self._buffer))
        if whole:
            return Damage(position, "too-large", f"an item larger than {MAX_ITEM_BYTES // 1024**2} MB")
        if following is None:
            return Damage(position, "truncated", "the file ends inside an item")
        return Damage(position, "damaged", "an item that does not end")

    def _fill(self) -> bool:
        if self._ended:
            return False
        piece = self._text.read()
        if not piece:
            self._ended = True
            return False
        self._buffer += piece
        return True

    def _drop(self, count: int) -> None:
        self._offset += count
        del self._buffer[:count]


def local(element: Element) -> str:
    """The name of an element without its namespace, whose address differs between versions of the format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _head(opening: bytes, data: bytes) -> Head:
    head = Head(opening)
    parser = etree.XMLPullParser(
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        recover=True,
    )
    try:
        parser.feed(data)
        for _, element in parser.read_events():
            _take(head, element)
    except etree.XMLSyntaxError:
        pass  # what was read before counts: names of sections are also given with each item
    return head


def _take(head: Head, element: Element) -> None:
    name = local(element)
    parent = element.getparent()
    above = local(parent) if parent is not None else ""
    if above == "channel":
        if name in ("author", "wp_author"):
            told = _told(element)
            shown = told.get("author_display_name") or " ".join(
                part for part in (told.get("author_first_name"), told.get("author_last_name")) if part
            )
            login = told.get("author_login", "")
            if login:
                head.authors[login] = shown or login
                head.authors_by_id[told.get("author_id", "")] = shown or login
        elif name == "category" and len(element):
            told = _told(element)
            if told.get("category_nicename"):
                head.categories[told["category_nicename"]] = Term(
                    told.get("cat_name", ""), told.get("category_parent", "")
                )
                head.categories_by_id[told.get("term_id", "")] = told["category_nicename"]
        elif name == "term":
            told = _told(element)
            if told.get("term_taxonomy") == "category" and told.get("term_slug"):
                head.categories.setdefault(
                    told["term_slug"], Term(told.get("term_name", ""), told.get("term_parent", ""))
                )
                head.categories_by_id.setdefault(told.get("term_id", ""), told["term_slug"])
        elif name == "title":
            head.site = (element.text or "").strip()
        elif name == "language":
            head.language = (element.text or "").strip() or None
        elif name == "base_blog_url" or (name in ("base_site_url", "link") and head.base is None):
            head.base = clean_address(element.text or "") or head.base
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def _told(element: Element) -> dict[str, str]:
    return {local(child): html.unescape((child.text or "").strip()) for child in element}
