"""Reads ARC files, the web archives of the years before WARC (Internet Archive, ARC 1.0 and 2.0; gzip members too).

Every record is a line «URL IP date type length» and that many bytes: the HTTP response with its headers.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from bulaq.intake.http_body import plain_body

_HEADER = re.compile(
    rb"^(?P<url>[a-z][a-z0-9+.\-]{1,20}:\S{1,4000}) (?P<ip>\S+) (?P<date>\d{12,14}) (?P<type>\S+)(?: \S+){0,6} (?P<length>\d{1,12})\s*$",
    re.I,
)
MAX_LINE = 8192
"""Bytes of a record's line; a longer one is damage."""


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A response as a crawler kept it: `kind` is the media type, `body` without its codings."""

    url: str
    status: int
    kind: str
    charset: str | None
    body: bytes


def is_arc(head: bytes) -> bool:
    """Whether the bytes begin an ARC file, behind gzip too."""
    if head[:2] == b"\x1f\x8b":
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"filedesc:")


def arc_responses(file: IO[bytes], limit: int) -> Iterator[ArchivedResponse | str]:
    """The responses in order; bodies are read up to `limit` bytes. Damage between records is passed over; a text says
    what ended the reading."""
    stream: IO[bytes]
    start = file.read(2)
    file.seek(0)
    stream = io.BufferedReader(gzip.GzipFile(fileobj=file)) if start == b"\x1f\x8b" else file
    while True:
        try:
            line = stream.readline(MAX_LINE)
            if not line:
                return
            match = _HEADER.match(line)
            if match is None:
                continue
            length = int(match["length"])
            data = stream.read(min(length, limit + 65_536))
            _skip(stream, length - len(data))
        except (OSError, EOFError, zlib.error) as error:
            yield f"damaged: {str(error)[:200]}"
            return
        if match["url"].lower().startswith(b"http"):
            response = response_of(match["url"].decode("utf-8", "replace"), data, limit)
            if response is not None:
                yield response


def _skip(stream: IO[bytes], count: int) -> None:
    while count > 0:
        read = len(stream.read(min(count, 1 << 20)))
        if not read:
            return
        count -= read


def response_of(url: str, data: bytes, limit: int) -> ArchivedResponse | None:
    """The HTTP response in `data`, or None when its head is none."""
    end = re.search(rb"\r?\n\r?\n", data[:65_536])
    if end is None or not data.startswith(b"HTTP/"):
        return None
    lines = data[: end.start()].decode("latin-1").splitlines()
    status = re.match(r"HTTP/\S+\s+(\d{3})", lines[0])
    fields = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(":") for line in lines[1:])
        if colon
    }
    kind = fields.get("content-type", "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:\-]{2,40})", kind, re.I)
    body = plain_body(
        data[end.end() :], fields.get("transfer-encoding", ""), fields.get("content-encoding", ""), limit
    )
    return ArchivedResponse(
        url,
        int(status[1]) if status else 0,
        kind.split(";")[0].strip().lower(),
        charset[1] if charset else None,
        body,
    )
