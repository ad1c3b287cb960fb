"""Which compression a reader gets (RFC 9110 §12.5.3), and how it is made.

gzip is joined from pieces compressed before, so a page is ready at once after a publish. zstd is made of the whole at a
quick level. Brotli and a whole gzip cost milliseconds, so they are made only for a page that stays both unchanged and
asked for, in the background.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

import brotli  # type: ignore[import-untyped, unused-ignore]
import zstandard

from bulaq.delivery.gzip_join import Piece, join

# Below this a compressed body saves no packet (one holds about 1400 bytes, headers included).
SMALLEST_COMPRESSED: Final = 400
_BROTLI_QUALITY: Final = 9
_BROTLI_WINDOW: Final = 18
_ZSTD_LEVEL: Final = 3


class Coding(Enum):
    """A content coding and the end of its ETags: different bytes never share a strong ETag."""

    IDENTITY = ("identity", "")
    GZIP = ("gzip", "-g")
    GZIP_WHOLE = ("gzip", "-h")
    ZSTD = ("zstd", "-z")
    BROTLI = ("br", "-b")

    def __init__(self, token: str, suffix: str) -> None:
        self.token = token
        self.suffix = suffix


def compress(pieces: Sequence[Piece], coding: Coding) -> bytes:
    """The joined pieces under this coding."""
    if coding is Coding.GZIP:
        return join(pieces)
    whole = b"".join(piece.data for piece in pieces)
    if coding is Coding.IDENTITY:
        return whole
    if coding is Coding.ZSTD:
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=False).compress(whole)
    if coding is Coding.BROTLI:
        return bytes(brotli.compress(whole, quality=_BROTLI_QUALITY, lgwin=_BROTLI_WINDOW))
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return compressor.compress(whole) + compressor.flush()


@lru_cache(maxsize=512)
def accepted(field: str | None) -> tuple[Coding, ...]:
    """The codings that the reader takes, the one we like best first; identity is always the last resort."""
    if not field or len(field) > 512:
        return (Coding.IDENTITY,)
    weights: dict[str, float] = {}
    for member in field.lower().split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        weights[{"x-gzip": "gzip"}.get(name, name)] = weight
    liked = (Coding.BROTLI, Coding.ZSTD, Coding.GZIP_WHOLE, Coding.GZIP)
    # Who says that he likes the plain text better (a machine on a fast line) gets that.
    least = weights.get("identity", 0.0)
    weighed = [(weights.get(coding.token, weights.get("*", 0.0)), coding) for coding in liked]
    taken = [(weight, coding) for weight, coding in weighed if weight > 0 and weight >= least]
    taken.sort(key=lambda each: -each[0])
    return (*(coding for _, coding in taken), Coding.IDENTITY)
