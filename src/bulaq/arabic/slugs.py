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
    plain = "".join(character for character in plain if not _is_silent(character))
    words = _WORD.findall(to_latin(unicodedata.normalize("NFKC", plain)))
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if _encoded(longer) > max_bytes:
            break
        result = longer
    return result or (_beginning(words[0], max_bytes) if words else "")


_WORD: Final = re.compile(r"[^\W_]+")


def _is_silent(character: str) -> bool:
    """Marks that go over letters, and signs inside words that are no letters: «don't», zero-width marks."""
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or character in "ـ'’ʼ`´ٴ"


def _encoded(text: str) -> int:
    return sum(1 if character.isascii() else 3 * len(character.encode()) for character in text)


def _beginning(word: str, max_bytes: int) -> str:
    """As many letters as fit."""
    size = 0
    for index, character in enumerate(word):
        size += _encoded(character)
        if size > max_bytes:
            return word[:index]
    return word
