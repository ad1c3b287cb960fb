"""The reader of web archives (WARC, ISO 28500; gzip, Zstandard or LZ4 inside): the pages that answered 200 with HTML.

Records stream one after the other; a page captured again without a change is read once. Each page goes through the
reader of HTML with the address of its record and the charset of its HTTP header.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.reader import MAX_PAGE_BYTES, ReadOptions, Source
from bulaq.intake.templates.pointing import kept_guide

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
        if head.startswith(b"WARC/"):
            return True
        if head[:2] == b"\x1f\x8b":
            try:
                return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
            except zlib.error:
                return False
        return head[:2] in _COMPRESSED and ".warc" in source.name.lower()

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """Pages in the order of the archive, read with what is known of its templates."""
        for page in self.pages(source):
            if isinstance(page, Refusal):
                yield page
            else:
                guide = kept_guide(options.extra) if options.extra else None
                yield read_page(page.data, page.name, url=page.url, charset=page.charset, guide=guide)

    def pages(self, source: Source) -> Iterator[WarcPage | Refusal]:
        """The pages themselves, one for each that `read` gives; damage ends them with a refusal that says where."""
        found = 0
        try:
            with _opened(source) as file, closing(_Seen()) as seen:
                for record in _records(file):
                    if isinstance(record, str):
                        found += 1
                        yield Refusal(source.name, "damaged", f"{source.name}: {record}")
                        break
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


def _records(file: IO[bytes]) -> Iterator[tuple[str, bytes, str | None] | str]:
    """(address, bytes, charset) of each HTML page; a text when the archive is damaged."""
    wanted = WarcRecordType.response | WarcRecordType.resource
    records: Any = iter(ArchiveIterator(file, record_types=wanted, parse_http=True, auto_decode="all"))
    position = 0
    while True:
        try:
            record = next(records)
            position = record.stream_pos
            page = _page_of(record)
        except StopIteration:
            return
        except (OSError, ValueError, EOFError, RuntimeError, zlib.error, UnicodeError) as error:
            yield f"damaged after byte {position:,}: {str(error)[:200]}"
            return
        if page is not None:
            yield page


def _page_of(record: Any) -> tuple[str, bytes, str | None] | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if not url.lower().startswith(("http://", "https://")) or len(url) > MAX_URL:
        return None
    if record.record_type == WarcRecordType.response:
        if not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
            return None
        kind = record.http_content_type or ""
    else:
        kind = record.headers.get("Content-Type") or ""
    if kind.split(";")[0].strip().lower() not in _HTML:
        return None
    charset = record.http_charset if record.is_http else None
    data = bytes(record.reader.read(MAX_PAGE_BYTES + 1))
    if data[:2] == b"\x1f\x8b":
        try:  # an archive that kept the coding of the transfer without its header
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MAX_PAGE_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            return None
    return url, data, charset


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


def _opened(source: Source) -> IO[bytes]:
    if source.data is not None:
        return io.BytesIO(source.data)
    assert source.path is not None
    return source.path.open("rb")
