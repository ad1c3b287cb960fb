"""From the bytes of a saved page to its text.

Order: byte-order mark; the pattern of zero bytes that UTF-16 without a mark leaves; strict UTF-8; then a vote of
the detector (uchardet, through resiliparse), the declarations and the Arabic code pages, judged by how much the
decoded text reads like text. A declared charset is one voter and is never believed against the bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,30})""", re.I)
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>|[\x00-\x7f]{200,}", re.I | re.S)

SAMPLE_BYTES = 60_000
"""How much text the vote looks at: enough for a detector, little enough to be quick."""

MAX_BROKEN_SHARE = 0.02
"""Above this share of undecodable characters in the text, a page's encoding counts as broken."""


class EncodingBroken(ValueError):
    """No known encoding makes text of these bytes."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that gave it, and how many characters could not be decoded."""

    text: str
    encoding: str
    broken: int = 0
    declared: str | None = None


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """The text of `data`. `hint` is the charset of the transport. Raises `EncodingBroken`."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, errors="replace").lstrip("\ufeff")
            return _checked(Decoded(text, name.removesuffix("-sig"), text.count("\ufffd")), data)
    wide = _wide_without_mark(data)
    if wide:
        text = data.decode(wide, errors="replace")
        return _checked(Decoded(text, wide, text.count("\ufffd")), data)
    declared = _declared(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0, declared)
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    multibyte = sum(1 for char in text[: 4 * SAMPLE_BYTES] if char > "\x7f" and char != "\ufffd")
    if multibyte and min(broken, multibyte + broken) <= 0.05 * (multibyte + broken):
        return _checked(Decoded(text, "utf-8", broken, declared), data)
    return _by_vote(data, hint, declared)


def _checked(decoded: Decoded, data: bytes) -> Decoded:
    seen = sum(1 for char in decoded.text[:200_000] if char > "\x7f")
    if decoded.broken > max(8, MAX_BROKEN_SHARE * len(decoded.text), 0.2 * seen):
        raise EncodingBroken(
            f"{decoded.broken} of {len(decoded.text)} characters do not decode as {decoded.encoding}"
        )
    return decoded


def _wide_without_mark(data: bytes) -> str | None:
    head = data[:4096]
    zeros = head.count(0)
    if len(head) < 8 or zeros < len(head) * 0.1:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Arabic letters have 0x06 and markup has 0x00 in the high byte, whichever end comes first.
    if odd > 4 * max(even, 1):
        return "utf-16-le"
    if even > 4 * max(odd, 1):
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 8192)
    if not found:
        return None
    try:
        return codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None


def _by_vote(data: bytes, hint: str | None, declared: str | None) -> Decoded:
    sample = _TAGS.sub(b" ", data[: 6 * SAMPLE_BYTES])[:SAMPLE_BYTES]
    names: list[str] = []
    guess = detect_encoding(sample) if sample.strip() else None
    for name in (guess, declared, hint, "cp1256", "iso8859_6", "cp1252"):
        try:
            normal = codecs.lookup(name).name if name else None
        except LookupError:
            continue
        if normal and normal not in names and not normal.startswith(("utf", "ascii")):
            names.append(normal)
    best, best_score = "cp1256", -1e9
    for place, name in enumerate(names):
        text = sample.decode(name, errors="replace")
        score = _reads_like_text(text) - 0.01 * place + (0.03 if name == guess else 0.0)
        if score > best_score:
            best, best_score = name, score
    text = data.decode(best, errors="replace")
    return _checked(Decoded(text, best, text.count("\ufffd"), declared), data)


_FREQUENT = frozenset("ايلمنوترهبسدعقفحجكشخصطزغثذضظةأإىآئءؤ")


def _reads_like_text(text: str) -> float:
    """How far the characters above ASCII read like words: −1 … 1."""
    high = [char for char in text if char > "\x7f" and char != "\xa0"]
    if not high:
        return 0.0
    good = 0.0
    for char in high:
        if char in _FREQUENT:
            good += 1.0
        elif "\u0600" <= char <= "\u06ff":
            good += 0.7
        elif char in "«»،؛؟“”‘’–—…•°©®" or char in "\u200c\u200d\u200e\u200f":
            good += 0.5
        elif char.isalpha():
            good += 0.4
        elif char == "\ufffd" or "\x80" <= char <= "\x9f":
            good -= 1.5
        else:
            good -= 0.3
    return good / len(high)
