"""The reader of web archives (WARC, ISO 28500; gzip, Zstandard or LZ4 inside; ARC): the pages that answered with HTML.

Records stream one after the other; a page captured again without a change is read once. Each page goes through the
reader of HTML with the address of its record and the charset of its HTTP header.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any

import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.http_body import plain_body
from bulaq.intake.reader import MAX_PAGE_BYTES, ReadOptions, Source
from bulaq.intake.templates.pointing import kept_guide
from bulaq.intake.web_archives.arc import arc_responses, is_arc

_HTML = ("text/html", "application/xhtml+xml")
_COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5": "zstd", b"\x04\x22": "lz4"}
MAX_URL = 4000


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A captured page and what its record says of it."""

    name: str
    data: bytes
    url: str
    charset: str | None


class WarcReader:
    """One article or refusal for each page of the archive; what is no page (pictures, scripts, redirects) is passed over."""

    format = "warc"

    def recognises(self, source: Source) -> bool:
        """By the first record's version line, behind compression too."""
        head = source.head()
        if head.startswith(b"WARC/") or is_arc(head):
            return True
        if head[:2] == b"\x1f\x8b":
            try:
                return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
            except zlib.error:
                return False
        compressed = head[:2] in _COMPRESSED or head.startswith(_DICTIONARY)
        return compressed and ".warc" in source.name.lower()

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """Pages in the order of the archive, read with what is known of its templates."""
        for page in self.pages(source):
            if isinstance(page, Refusal):
                yield page
            else:
                guide = kept_guide(options.extra) if options.extra else None
                yield read_page(page.data, page.name, url=page.url, charset=page.charset, guide=guide)

    def pages(self, source: Source) -> Iterator[WarcPage | Refusal]:
        """The pages themselves, one for each that `read` gives; damage is refused with the byte that it follows, and reading goes on behind it."""
        found = 0
        try:
            with source.open() as file, closing(_Seen()) as seen:
                for record in _records(file):
                    if isinstance(record, str):
                        found += 1
                        yield Refusal(source.name, "damaged", f"{source.name}: {record}")
                        continue
                    url, data, charset = record
                    name = f"{source.name}!{url}"
                    if len(data) > MAX_PAGE_BYTES:
                        found += 1
                        yield Refusal(
                            name, "too-large", f"{name}: larger than {MAX_PAGE_BYTES // 1024**2} MB"
                        )
                    elif seen.is_new(url, data):
                        found += 1
                        yield WarcPage(name, data, url, charset)
        except OSError as error:
            found += 1
            yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
        if not found:
            yield Refusal(
                source.name, "nothing-found", f"{source.name}: holds no HTML page that answered 200"
            )


READER = WarcReader()


_OK = (200, 203)
_HTML_START = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|meta|title)\b", re.I)


def _records(file: IO[bytes]) -> Iterator[tuple[str, bytes, str | None] | str]:
    """(address, bytes, charset) of each HTML page; a text for each damage in the archive, behind which reading goes on."""
    head = file.read(4096)
    file.seek(0)
    if is_arc(head):
        for response in arc_responses(file, MAX_PAGE_BYTES):
            if isinstance(response, str):
                yield response
            elif response.status in _OK and _is_html(response.kind, response.body):
                yield response.url, response.body, response.charset
        return
    if head.startswith(_DICTIONARY):
        yield from _records_with_dictionary(file)
        return
    begin: int | None = 0
    damages = 0
    while begin is not None:
        file.seek(begin)
        last = begin
        damage = ""
        for record in _undamaged(file):
            if isinstance(record, str):
                damage = record
                break
            last = begin + record.stream_pos
            page = _page_of(record)
            if page is not None:
                yield page
        if not damage:
            return
        damages += 1
        if damages == 1 or last > begin:  # else the same damage, met again
            yield f"damaged after byte {last:,}: {damage}"
        begin = _next_member(file, last) if damages < MAX_DAMAGES else None


_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""A skippable frame of Zstandard that holds the dictionary of all records behind it (IIPC, «WARC Zstandard 1.0»)."""
MAX_DICTIONARY = 16 << 20


def _records_with_dictionary(file: IO[bytes]) -> Iterator[tuple[str, bytes, str | None] | str]:
    size = int.from_bytes(file.read(8)[4:8], "little")
    if size > MAX_DICTIONARY:
        yield f"damaged: a dictionary of {size:,} bytes"
        return
    kept = file.read(size)
    try:
        if kept.startswith(zstandard.FRAME_HEADER):
            kept = zstandard.ZstdDecompressor().stream_reader(kept).read(MAX_DICTIONARY)
        machine = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(kept))
        for record in _undamaged(machine.stream_reader(file, read_across_frames=True)):
            page = f"damaged: {record}" if isinstance(record, str) else _page_of(record)
            if page is not None:
                yield page
    except zstandard.ZstdError as error:
        yield f"damaged: {error}"


MAX_DAMAGES = 1000
"""Damages after which an archive is given up."""


def _undamaged(file: IO[bytes]) -> Iterator[Any]:
    """The records up to a damage; then its reason. Lenient («quirks»): some crawlers end the lines of headers with LF
    alone, and behind a record of the wrong length the next one is found again."""
    wanted = WarcRecordType.response | WarcRecordType.resource
    try:
        yield from ArchiveIterator(
            file, record_types=wanted, parse_http=True, auto_decode="none", quirks_mode=True
        )
    except (
        OSError,
        ValueError,
        EOFError,
        RuntimeError,
        zlib.error,
        UnicodeError,
        zstandard.ZstdError,
    ) as error:
        yield str(error)[:200]


def _next_member(file: IO[bytes], last: int) -> int | None:
    """Where the first whole gzip member that begins a record stands behind the one at `last`; None without one."""
    position = last + 1
    while True:
        file.seek(position)
        data = file.read(_WINDOW)
        start = data.find(_MEMBER)
        while start >= 0:
            if _is_whole(file, position + start):
                return position + start
            start = data.find(_MEMBER, start + 1)
        if len(data) < _WINDOW:
            return None
        position += _WINDOW - len(_MEMBER)


_MEMBER = b"\x1f\x8b\x08"
_WINDOW = 1 << 20
MAX_MEMBER = 64 << 20
"""Bytes of a compressed record that are looked at to see whether it is whole."""


def _is_whole(file: IO[bytes], position: int) -> bool:
    file.seek(position)
    machine = zlib.decompressobj(31)
    read = 0
    try:
        while not machine.eof and read < MAX_MEMBER:
            data = file.read(_WINDOW)
            begun = machine.decompress(data, _WINDOW)
            if not data or (not read and not begun.startswith(b"WARC/")):
                return False
            while machine.unconsumed_tail:
                machine.decompress(machine.unconsumed_tail, _WINDOW)
            read += len(data)
    except zlib.error:
        return False
    return True


def _is_html(kind: str, data: bytes) -> bool:
    return kind in _HTML or (not kind and bool(_HTML_START.match(data[:1024])))


def _page_of(record: Any) -> tuple[str, bytes, str | None] | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if not url.lower().startswith(("http://", "https://")) or len(url) > MAX_URL:
        return None
    if record.record_type == WarcRecordType.response:
        if not record.is_http or record.http_headers is None or record.http_headers.status_code not in _OK:
            return None
        fields = record.http_headers
        kind = record.http_content_type or ""
        transfer, content = fields.get("Transfer-Encoding") or "", fields.get("Content-Encoding") or ""
    else:
        kind = record.headers.get("Content-Type") or ""
        transfer = content = ""
    kind = kind.split(";")[0].strip().lower()
    if kind and kind not in _HTML:
        return None
    data = plain_body(bytes(record.reader.read(MAX_PAGE_BYTES + 1)), transfer, content, MAX_PAGE_BYTES)
    if not _is_html(kind, data):
        return None
    return url, data, record.http_charset if record.is_http else None


class _Seen:
    """Which (address, content) pairs came already; spills to disk, so that memory does not grow with the archive."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")

    def is_new(self, url: str, data: bytes) -> bool:
        """Whether the page comes for the first time."""
        digest = hashlib.blake2b(url.encode("utf-8", "replace") + b"\x00" + data, digest_size=16).digest()
        return self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,)).rowcount > 0

    def close(self) -> None:
        """Forgets all."""
        self._database.close()
