"""The body of an archived HTTP response without its codings (RFC 9112 chunks; gzip, deflate, br and zstd of RFC 9110).

Crawlers disagree whether they stored the body as sent or as decoded, and seldom say: a coding that the bytes do not
have is taken as undone already, and what was cut off is read as far as it goes.
"""

from __future__ import annotations

import zlib

import brotli  # type: ignore[import-untyped]
import zstandard

_STEP = 1 << 16


def plain_body(data: bytes, transfer: str, content: str, limit: int) -> bytes:
    """`data` without its transfer and content codings (the header fields' values), at most `limit` + 1 bytes."""
    if "chunked" in transfer.lower():
        data = _joined_chunks(data)
    codings = [coding.strip().lower() for coding in f"{content},{transfer}".split(",")]
    for coding in reversed([coding for coding in codings if coding not in ("", "identity", "chunked")]):
        data = _decoded(data, coding, limit)
    if data[:3] == b"\x1f\x8b\x08":  # kept as sent, without the header that says so
        data = _decoded(data, "gzip", limit)
    return data[: limit + 1]


def _joined_chunks(data: bytes) -> bytes:
    joined: list[bytes] = []
    position = 0
    while position < len(data):
        end = data.find(b"\n", position, position + 200)
        size = data[position:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(joined) if joined else data
        if length <= 0 or b"_" in size:
            break
        joined.append(data[end + 1 : end + 1 + length])
        position = end + 1 + length
        position += 2 if data[position : position + 2] == b"\r\n" else 1
    return b"".join(joined)


def _decoded(data: bytes, coding: str, limit: int) -> bytes:
    if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return data  # undone already
    if coding in ("gzip", "x-gzip"):
        return _inflated(data, 31, limit) or data
    if coding == "deflate":
        return _inflated(data, 15, limit) or _inflated(data, -15, limit) or data
    if coding == "br":
        return _unbrotlied(data, limit) or data
    if coding == "zstd":
        try:
            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as reader:
                return reader.read(limit + 1) or data
        except zstandard.ZstdError:
            return data
    return data


def _inflated(data: bytes, bits: int, limit: int) -> bytes:
    """What inflates, up to damage; nothing where not even the beginning does."""
    machine = zlib.decompressobj(bits)
    found: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(data), _STEP):
            piece = machine.decompress(data[start : start + _STEP], limit + 1 - size)
            found.append(piece)
            size += len(piece)
            if machine.eof or size > limit:
                break
    except zlib.error:
        pass
    return b"".join(found)


def _unbrotlied(data: bytes, limit: int) -> bytes:
    machine = brotli.Decompressor()
    found: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(data), 512):  # a bomb grows a thousandfold: small steps
            piece = machine.process(data[start : start + 512])
            found.append(piece)
            size += len(piece)
            if size > limit or machine.is_finished():
                break
    except brotli.error:
        pass
    return b"".join(found)
