"""The body of a request, taken in whole before the application hears of it.

A thread of the application reads a body at the pace at which its sender sends: a few dozen senders who take their time would
hold all of them. Here a slow body costs a connection and, beyond a few kilobytes, an unnamed file.
"""

from __future__ import annotations

import mmap
import re
import tempfile
from enum import Enum
from typing import Final

LARGEST_BODY: Final = 5 * 2**29
"""Bytes of one body (2.5 GB): more than the newsroom takes in one file."""

_IN_MEMORY: Final = 64 * 1024
_LONGEST_LINE: Final = 4096
_MOST_TRAILER_BYTES: Final = 8192
# RFC 9112 §7.1: a size in hexadecimal digits, and extensions, which nobody uses.
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?")


class MalformedBody(ValueError):
    """Not framed as its head said; the connection is to be closed after 400."""


class BodyTooLarge(ValueError):
    """More than `LARGEST_BODY`; 413."""


class _Awaited(Enum):
    DATA = 0
    SIZE = 1
    END_OF_CHUNK = 2
    TRAILER = 3
    NOTHING = 4


class RequestBody:
    """``length`` in bytes; None: it comes in chunks (RFC 9112 §7.1) and says itself where it ends. Raises BodyTooLarge."""

    def __init__(self, length: int | None) -> None:
        if length is not None and length > LARGEST_BODY:
            raise BodyTooLarge
        self._chunked = length is None
        self._left = length or 0
        self._awaited = _Awaited.SIZE if length is None else _Awaited.DATA if length else _Awaited.NOTHING
        self._line = b""
        self._trailer_bytes = 0
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - ends with this object
        self.size = 0

    @property
    def complete(self) -> bool:
        """Whether all of it is here."""
        return self._awaited is _Awaited.NOTHING

    def feed(self, data: bytes) -> bytes:
        """Takes what has come; returns what comes after the body. Raises MalformedBody, BodyTooLarge, and OSError when the
        disk is full."""
        data, self._line = self._line + data, b""
        at = 0
        while at < len(data) and not self.complete:
            if self._awaited is _Awaited.DATA:
                at = self._take(data, at)
                continue
            end = data.find(b"\r\n", at, at + _LONGEST_LINE)
            if end < 0:
                if len(data) - at >= _LONGEST_LINE:
                    raise MalformedBody
                self._line = data[at:]
                return b""
            self._read_line(data[at:end])
            at = end + 2
        return data[at:]

    def content(self) -> memoryview:
        """The whole of it, without its framing; a large one stays in its file."""
        if self.size <= _IN_MEMORY:
            self._file.seek(0)
            return memoryview(self._file.read())
        self._file.flush()
        return memoryview(mmap.mmap(self._file.fileno(), self.size, access=mmap.ACCESS_READ))

    def _take(self, data: bytes, at: int) -> int:
        piece = memoryview(data)[at : at + self._left]
        self.size += len(piece)
        if self.size > LARGEST_BODY:
            raise BodyTooLarge
        self._file.write(piece)
        self._left -= len(piece)
        if not self._left:
            self._awaited = _Awaited.END_OF_CHUNK if self._chunked else _Awaited.NOTHING
        return at + len(piece)

    def _read_line(self, line: bytes) -> None:
        if self._awaited is _Awaited.END_OF_CHUNK:
            if line:
                raise MalformedBody
            self._awaited = _Awaited.SIZE
        elif self._awaited is _Awaited.SIZE:
            size = _CHUNK_SIZE.fullmatch(line)
            if size is None:
                raise MalformedBody
            self._left = int(size[1], 16)
            self._awaited = _Awaited.DATA if self._left else _Awaited.TRAILER
        elif line:
            # Trailer fields are dropped: nothing here may come after a decision was taken on the head.
            self._trailer_bytes += len(line)
            if self._trailer_bytes > _MOST_TRAILER_BYTES:
                raise MalformedBody
        else:
            self._awaited = _Awaited.NOTHING
