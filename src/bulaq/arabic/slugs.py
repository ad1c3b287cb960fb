"""The readable part of an address, in its own letters: «أخبار-اليوم-24»."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bulaq.arabic.digits import to_latin


def slug(text: str, max_bytes: int = 200) -> str:
    """Letters and 0–9 of the text, words joined by hyphens, Latin in small letters.

    Arabic letters stay, hamza and ة too; diacritics, tatweel, marks of direction and presentation forms do not.
    Percent-encoded (UTF-8, RFC 3986) it is at most `max_bytes` long: 200 is what WordPress and most databases
    take. It ends at a word where one fits, never inside a letter, and is empty only when the text has neither
    letter nor digit. A slug of a slug is the same. ValueError for a `max_bytes` under 12, one character's bytes.
    """
    if max_bytes < 12:
        raise ValueError(f"{max_bytes} bytes do not hold one encoded character")
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    for character in set(plain):
        if _is_silent(character):
            plain = plain.replace(character, "")
    words = _WORD.findall(to_latin(unicodedata.normalize("NFKC", plain)))
    size = -1  # the first word has no hyphen before it
    fitting = 0
    for word in words:
        size += 1 + _encoded(word)
        if size > max_bytes:
            break
        fitting += 1
    return "-".join(words[:fitting]) or (_beginning(words[0], max_bytes) if words else "")


_WORD: Final = re.compile(r"[^\W_]+")


def _is_silent(character: str) -> bool:
    """Marks that go over letters, and signs inside words that are no letters: «don't», zero-width marks."""
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or character in "ـ'’ʼ`´ٴ"


def _encoded(text: str) -> int:
    encoded = len(text.encode())
    ascii_ones = sum(map(text.count, _ASCII.intersection(text)))
    return 3 * (encoded - ascii_ones) + ascii_ones


_ASCII: Final = frozenset(map(chr, range(128)))


def _beginning(word: str, max_bytes: int) -> str:
    """As many letters as fit."""
    size = 0
    for index, character in enumerate(word):
        size += _encoded(character)
        if size > max_bytes:
            return word[:index]
    return word
