"""Terms in the letters that an index keeps: one byte for each letter of Arabic instead of two.

A normalised Arabic word has no other letters than these twenty-eight, and no normalised word of any script has the
signs that stand for them (capitals and square brackets; a test looks at all of Unicode). So nothing is lost, and
prefixes stay prefixes, and a term has half the bytes.
"""

from __future__ import annotations

import codecs
from typing import Any, Final

_ARABIC: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_SIGNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]"
_TO_SIGNS: Final = str.maketrans(_ARABIC, _SIGNS)
_TO_ARABIC: Final = str.maketrans(_SIGNS, _ARABIC)
_CHARACTERS: Final = "".join(map(chr, range(128))).translate(_TO_ARABIC) + "\ufffe" * 128
_BYTES: Final[Any] = codecs.charmap_build(_CHARACTERS)


def encoded(term: str) -> str:
    """A term (or several, parted by spaces) as an index keeps it."""
    return term.translate(_TO_SIGNS)


def encoded_bytes(term: str) -> bytes:
    """The same in UTF-8, by a shorter way where there are Arabic letters and ASCII only."""
    try:
        return codecs.charmap_encode(term, "strict", _BYTES)[0]
    except UnicodeEncodeError:
        return encoded(term).encode("utf-8", "replace")


def decoded(term: str) -> str:
    """The term that was encoded."""
    return term.translate(_TO_ARABIC)
