"""A page that a browser saved with its files in one: MHTML (Chrome, Edge, Word; RFC 2557) or Safari's web archive.

What is inside is a saved page as any other: it is read, shown and learned from as if it had been saved alone, under the
address that the bundle tells, and its pictures are found in it.
"""

from __future__ import annotations

import binascii
import plistlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import HeaderParser
from typing import Any

from bulaq.intake.article import Refusal
from bulaq.intake.mirrors import saved_from
from bulaq.intake.reader import HEAD_BYTES, Source, SourceTooLarge

MAX_BUNDLE_BYTES = 64 * 1024 * 1024
"""Of a page with all its pictures, as it lies there."""

MAX_PARTS = 4000
"""Files in a bundle; what stands behind them is not looked for."""

_FIRST_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,8}[A-Za-z][A-Za-z-]{1,60}:[ \t]")
_RELATED = re.compile(rb"^content-type:[ \t]*multipart/related\b", re.I | re.M)
_WEB_ARCHIVE = b"bplist00"
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The page, and the files saved with it by their addresses."""

    page: bytes
    url: str | None = None
    charset: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)


class BundleDamaged(ValueError):
    """The bundle holds no page that can be read; the message says why."""


def is_bundle(head: bytes) -> bool:
    """Whether a file that begins so is a bundle."""
    if head.startswith(_WEB_ARCHIVE):
        return True
    return bool(_FIRST_HEADER.match(head) and _RELATED.search(head[:HEAD_BYTES]))


def unbundled(source: Source) -> Source | Refusal:
    """The page inside of a bundle as a source of the same name; any other source as it is, with the address from which its page
    says that it was saved."""
    try:
        head = source.head()
        if not is_bundle(head):
            told = saved_from(head)
            return replace(source, url=told) if told else source
        bundle = read_bundle(source.read(MAX_BUNDLE_BYTES))
    except SourceTooLarge as error:
        return Refusal(source.name, "too-large", str(error))
    except BundleDamaged as error:
        return Refusal(source.name, "damaged", f"{source.name}: {error}")
    except OSError:
        return source  # its reader says what is wrong
    if not bundle.page.strip():
        return Refusal(source.name, "damaged", f"{source.name}: the page in it is empty")
    return Source(source.name, data=bundle.page, url=bundle.url or source.url, charset=bundle.charset)


def read_bundle(data: bytes) -> Bundle:
    """What a bundle holds. Raises `BundleDamaged`."""
    try:
        return _web_archive(data) if data.startswith(_WEB_ARCHIVE) else _mhtml(data)
    except UnicodeError as error:  # of a header that names an encoding in which it is not written
        raise BundleDamaged(f"a header of it cannot be read: {error}") from None


# ── MHTML ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _mhtml(data: bytes) -> Bundle:
    head, body = _headers(data)
    boundary = head.get_boundary()
    if not boundary:
        raise BundleDamaged("its parts have no boundary")
    parts = [_headers(part) for part in _parts(body, boundary.encode())]
    root = _root(head, [part for part, _ in parts])
    if root is None:
        raise BundleDamaged("there is no page in it")
    files = {
        address: _decoded(part, content)
        for part, content in parts
        if part is not root and (address := _address(part))
    }
    page, content = next((part, content) for part, content in parts if part is root)
    url = _address(page) or _address(head, "Snapshot-Content-Location") or _address(head)
    return Bundle(_decoded(page, content), url, page.get_content_charset(), files)


def _headers(data: bytes) -> tuple[Message, bytes]:
    """The headers before the first empty line, and what follows it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    found = re.search(rb"\r?\n\r?\n", data)
    cut = found.start() if found else len(data)
    head = data[:cut][:HEAD_BYTES].decode("utf-8", "replace")
    return HeaderParser().parsestr(head), data[found.end() :] if found else b""


def _parts(body: bytes, boundary: bytes) -> Iterator[bytes]:
    mark = b"--" + boundary
    start = body.find(mark)
    for _ in range(MAX_PARTS):
        start += len(mark)
        if start < len(mark) or body[start : start + 2] == b"--":
            return
        end = body.find(b"\n" + mark, start)
        yield body[start : end if end >= 0 else len(body)].removesuffix(b"\r")
        if end < 0:
            return
        start = end + 1


def _root(head: Message, parts: list[Message]) -> Message | None:
    """The part that the head names, else the first page."""
    start = head.get_param("start")
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _decoded(part: Message, content: bytes) -> bytes:
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    try:
        if coding == "quoted-printable":
            return binascii.a2b_qp(content)
        if coding == "base64":
            return binascii.a2b_base64(content)
    except binascii.Error:
        return b""
    return content


def _address(part: Message, name: str = "Content-Location") -> str | None:
    address = re.sub(r"\s", "", str(part.get(name, "")))
    return address if re.match(r"(?:https?|cid):", address, re.I) else None


# ── Safari's web archive ────────────────────────────────────────────────────────────────────────────────────────


def _web_archive(data: bytes) -> Bundle:
    try:
        told = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except Exception:  # whatever a broken list makes the library raise
        raise BundleDamaged("it begins as a web archive, and is damaged behind that") from None
    main = told.get("WebMainResource") if isinstance(told, dict) else None
    page = _bytes_of(main)
    if page is None:
        raise BundleDamaged("there is no page in it")
    files = {}
    others = told.get("WebSubresources")
    for other in others[:MAX_PARTS] if isinstance(others, list) else []:
        content, address = _bytes_of(other), _text_of(other, "WebResourceURL")
        if content is not None and address:
            files[address] = content
    url = _text_of(main, "WebResourceURL")
    return Bundle(
        page,
        url if url and re.match("https?:", url, re.I) else None,
        _text_of(main, "WebResourceTextEncodingName"),
        files,
    )


def _bytes_of(resource: Any) -> bytes | None:
    content = resource.get("WebResourceData") if isinstance(resource, dict) else None
    return content if isinstance(content, bytes) else None


def _text_of(resource: Any, name: str) -> str | None:
    value = resource.get(name) if isinstance(resource, dict) else None
    return value if isinstance(value, str) else None
