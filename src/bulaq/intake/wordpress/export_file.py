"""A WordPress export as a head and a stream of items, whatever its size and however damaged.

The file is cut at its `<item>` elements (outside CDATA) and each item is parsed by itself: memory is that of the
largest item, a broken item costs that item alone, and nothing that stands before or after the damage is lost. No item
can define entities or reach outside: the parser resolves none, loads no DTD and has no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.wordpress.export_head import Head, read_head
from bulaq.intake.xml_text import XmlText, without_named_entities

Element = Any

MAX_HEAD_BYTES = 128 * 1024 * 1024
"""Of the terms and authors before the first item: half a million tags take 100 MB."""

MAX_ITEM_BYTES = 32 * 1024 * 1024

_ITEM = re.compile(rb"<item(?:\s[^>]{0,200})?>")
_OPENING = re.compile(rb"<rss\b[^<>]{0,4000}>")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


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


class ExportFile:
    """One pass over an export: read `head`, then iterate `items()`."""

    def __init__(self, file: IO[bytes], charset: str | None = None) -> None:
        self._text = XmlText(file, charset)
        self._buffer = bytearray()
        self._offset = 0  # of the buffer's first byte in the cleaned text
        self._ended = False
        self._parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self.head = self._read_head()

    @property
    def replaced(self) -> int:
        """Characters that were no characters of the file's encoding."""
        return self._text.replaced

    def items(self) -> Iterator[Item | Damage]:
        """Every item in order, and what lies between them and is none."""
        while (start := self._find_item()) >= 0:
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
        root = etree.fromstring(self.head.opening + b"<channel>" + data + b"</channel></rss>", self._parser)
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
        if _DECLARES.search(data, 0, 65536):
            raise ExportRefused("entities", "declares a document type; an export of WordPress has none")
        opening = _OPENING.search(data)
        if opening is None:
            raise ExportRefused("not-wxr", "has no <rss> element")
        return read_head(opening[0], data[opening.start() :])  # without what PHP warned of before it

    # ── cutting ───────────────────────────────────────────────────────────────────────────────────────────────

    def _find_item(self) -> int:
        """Where the next item begins in the buffer; what stands before it is forgotten, but the head of another export
        that somebody joined to this one. −1 at the end."""
        searched = 0
        while True:
            match = _ITEM.search(self._buffer, searched)
            if match:
                self._join_head(bytes(self._buffer[: match.start()]))
                return match.start()
            head = self._buffer.find(b"<rss")
            if head < 0 or len(self._buffer) - head > MAX_HEAD_BYTES:
                head = max(0, len(self._buffer) - 300)
            self._drop(head)
            searched = max(0, len(self._buffer) - 300)
            if not self._fill():
                return -1

    def _join_head(self, data: bytes) -> None:
        opening = _OPENING.search(data)
        if opening is not None and not _DECLARES.search(data):
            self.head.join(read_head(opening[0], data[opening.start() :]))

    def _end_of_item(self) -> int | None:
        """The end of the item at the buffer's start; None when it has none or is too large."""
        at = 5
        while True:
            close = self._seek(b"</item>", at)
            if close is None:
                return None
            # It ends the item unless the section that was opened last is still open.
            section = self._buffer.rfind(b"<![CDATA[", at, close)
            if section < 0 or self._buffer.rfind(b"]]>", section + 9, close) >= 0:
                return close + 7
            ending = self._seek(b"]]>", close + 7)
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
