"""Bytes that call themselves XML, made fit for a strict parser while they stream.

Exports and feeds hold what XML forbids: control characters pasted from word processors, bytes that are no characters
of the declared encoding, blank lines before the declaration. They are replaced as they pass (by a space, by U+FFFD),
so that one such character costs one character and not the file.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import IO

from bulaq.intake.html.layout.encoding import EncodingBroken, decode

CHUNK = 1024 * 1024

_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " ")
_FORBIDDEN.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_ANY_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,300}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")


def declared_encoding(head: bytes, hint: str | None = None) -> str:
    """The encoding of an XML text: its byte-order mark, else its declaration, else `hint`, else UTF-8."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if head[:4] == b"<\x00?\x00":
        return "utf-16-le"
    if head[:4] == b"\x00<\x00?":
        return "utf-16-be"
    match = _ENCODING.match(head)
    for told in (match[1].decode("ascii") if match else None, hint):
        if told:
            try:
                if codecs.lookup(told)._is_text_encoding and "utf-16" not in told.lower():
                    return told
            except (LookupError, AttributeError):
                continue
    return "utf-8"


def _encoding_of(first: bytes, hint: str | None) -> str:
    """`declared_encoding`, or what the bytes read like where they are no UTF-8 though nothing else was declared."""
    told = declared_encoding(first[:1024], hint)
    if codecs.lookup(told).name != "utf-8":
        return told
    try:
        return decode(first, hint).encoding
    except EncodingBroken:
        return told


class XmlText:
    """The text of an XML file as clean UTF-8, read in pieces; `position` is where in the source bytes it stands."""

    def __init__(self, file: IO[bytes], hint: str | None = None) -> None:
        self._file = file
        self.position = 0
        self.replaced = 0
        first = file.read(CHUNK)
        self._waiting: bytes | None = first
        self._decoder = codecs.getincrementaldecoder(_encoding_of(first, hint))("replace")
        self._begun = False

    def read(self) -> bytes:
        """The next piece, about `CHUNK` bytes; empty at the end."""
        while True:
            raw = self._waiting if self._waiting is not None else self._file.read(CHUNK)
            self._waiting = None
            self.position += len(raw)
            text = self._decoder.decode(raw, final=not raw)
            if not self._begun and text:
                text = _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1)
                self._begun = True
            if _ANY_FORBIDDEN.search(text):
                text = text.translate(_FORBIDDEN)
            self.replaced += text.count("\ufffd")
            if text or not raw:
                return text.encode("utf-8")


def without_named_entities(data: bytes) -> bytes:
    """`data` with `&nbsp;` and its like (which XML does not know) as characters, outside CDATA."""
    text = data.decode("utf-8", "replace")

    def mended(part: str) -> str:
        def character(match: re.Match[str]) -> str:
            if match[1] in _XML_OWN:
                return match[0]
            shown = html.unescape(match[0])
            return html.escape(match[0]) if shown == match[0] else shown

        return re.sub(r"&(?![A-Za-z#][A-Za-z0-9]{0,30};)", "&amp;", _NAMED.sub(character, part))

    pieces: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += (mended(text[at:start]), text[start : end + 3])
        at = end + 3
    pieces.append(mended(text[at:]))
    return "".join(pieces).encode("utf-8")
