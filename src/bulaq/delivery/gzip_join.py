"""A gzip file made by joining pieces that were compressed before, so that composing a page costs no compression.

Each piece is raw deflate closed with a full flush: it ends on a byte and refers to nothing before it, so pieces join by
concatenation (RFC 1951). The checksum of the whole follows from those of the pieces: CRC-32 is linear over GF(2), and
appending n bytes multiplies by x^(8n) modulo its polynomial (Mark Adler's crc32_combine in zlib).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

_POLYNOMIAL: Final = 0xEDB88320
# RFC 1952: deflate, no name, no time, unknown system: the same input gives the same bytes on every machine.
_GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LAST_BLOCK: Final = b"\x03\x00"


class Piece:
    """A run of bytes that pages share, with what is computed of it at most once: digest, deflate, checksum."""

    __slots__ = ("_deflated", "_digest", "_shift", "crc", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.crc = zlib.crc32(data)
        self._deflated: bytes | None = None
        self._digest: bytes | None = None
        self._shift = 0

    @property
    def digest(self) -> bytes:
        """16 bytes that stand for the content."""
        if self._digest is None:
            self._digest = blake2b(self.data, digest_size=16).digest()
        return self._digest

    @property
    def deflated(self) -> bytes:
        """Raw deflate, byte-aligned, without a last block."""
        if self._deflated is None:
            compressor = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
            self._deflated = compressor.compress(self.data) + compressor.flush(zlib.Z_FULL_FLUSH)
        return self._deflated

    @property
    def shift(self) -> int:
        """x^(8 · length) modulo the polynomial of CRC-32."""
        if not self._shift:
            self._shift = _power(len(self.data))
        return self._shift


def join(pieces: Iterable[Piece]) -> bytes:
    """One gzip member holding the pieces in order."""
    crc, length = 0, 0
    parts = [_GZIP_HEAD]
    for piece in pieces:
        parts.append(piece.deflated)
        crc = _multiply(piece.shift, crc) ^ piece.crc
        length += len(piece.data)
    parts.append(_LAST_BLOCK)
    parts.append(struct.pack("<II", crc, length & 0xFFFFFFFF))
    return b"".join(parts)


def combine(crc_one: int, crc_two: int, length_two: int) -> int:
    """The CRC-32 of a text from those of its two halves and the length of the second."""
    return _multiply(_power(length_two), crc_one) ^ crc_two


def _multiply(a: int, b: int) -> int:
    """The product of two polynomials over GF(2), bits reflected, modulo that of CRC-32."""
    product = 0
    mask = 1 << 31
    while a:
        if a & mask:
            product ^= b
            a ^= mask
        mask >>= 1
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
    return product


@lru_cache(maxsize=4096)
def _power(length: int) -> int:
    square = 1 << 23  # x^8: one byte
    power = 1 << 31  # x^0
    while length:
        if length & 1:
            power = _multiply(square, power)
        square = _multiply(square, square)
        length >>= 1
    return power
