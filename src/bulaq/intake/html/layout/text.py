"""The text of a page as its reader sees it: white space folded, every other character kept.

`fold` is the one place where intake changes a text. Joiners, bidi marks and soft hyphens stay; runs of white
space (no-break, figure and line-separator spaces too) become one space; zero-width spaces at the ends go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters without ink of their own: a run of only these is no text."""

TERMINAL = ".!?؟。…؛:»”\"')]*"
"""A paragraph of prose ends with one of these (after its last word)."""

_ZERO_WIDTH = " \u200b\ufeff"
"""Spaces that editors of rich text leave at the ends of paragraphs; they join and turn nothing."""

_CONTROLS = dict.fromkeys((*range(9), *range(14, 28), 127))


def fold(text: str) -> str:
    """`text` with runs of white space folded into one space and the ends bare, of zero-width spaces too;
    C0 controls (never text) go."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = text.translate(_CONTROLS).strip(_ZERO_WIDTH)
    return text


def has_ink(text: str) -> bool:
    """Whether anything of `text` would be seen."""
    return bool(text.strip(INVISIBLE + " \t\r\n\xa0"))


_LOOSE = re.compile(r"[^\w]+")
_ALEF = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two showings of one text have in common: letters and digits alone, hamza and yeh forms made one.

    For comparing only («هل هذا العنوان هو ذاك؟»), never for storing.
    """
    text = unicodedata.normalize("NFKD", text[:20000]).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _LOOSE.sub("", text.translate(_ALEF))


def words(text: str) -> int:
    """The number of words of `text`, counted by spaces."""
    return text.count(" ") + 1 if text else 0


def ends_as_sentence(text: str) -> bool:
    """Whether a line closes with the mark of a whole sentence."""
    return text.rstrip()[-1:] in ".!؟?۔"


def prefix_agreement(first: str, second: str) -> bool:
    """Whether one text is the other, or its beginning cut short (by «…» or by the length of a meta tag)."""
    one, two = key(first), key(second)
    if not one or not two:
        return False
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    return len(short) >= 15 and len(short) >= len(long) * 0.5 and long.startswith(short)
