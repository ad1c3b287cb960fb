"""The words of a byline, each with what separates it from the word before, and the stretches that may be one name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Gap = Literal["", " ", ":", "-", "~", "/", "،", "(", ")", "و"]
"""What stands before a word: '' at the line's beginning, ' ' nothing but space, 'و' an «and» that stands alone,
'~' a hyphen without spaces, which may part two names or stand within one («جان-بيار»)."""

MAX_WORDS = 48
"""Words of a line that are looked at; no byline met has had more than thirty."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    gap: Gap
    quote: int
    """Which pair of quotation marks it stands in, counted from 1; 0 for none."""


_TOKEN = re.compile(
    r"""(?P<of>[بل]ـ+(?![^\W\d_]))
      | (?P<number>\d+(?:[-/:.]\d+)+)
      | (?P<quote>[«»"“”„‹›{}])
      | (?P<open>[(\[])
      | (?P<close>[)\]])
      | (?P<colon>[:：])
      | (?P<hyphen>(?<=[^\W\d_])-(?=[^\W\d_]))
      | (?P<dash>[-–—―|•·\\#]+|(?<!\w)_+|(?<![^\W_])ـ+|ـ+(?![^\W_]))
      | (?P<stroke>/+)
      | (?P<list>[،,؛;+&]+)
      | (?P<word>[^\s«»"“”„‹›{}()\[\]:：\-–—―|•·\\/#،,؛;+&ـ](?:[^\s«»"“”„‹›{}()\[\]:：\-–—―|•·\\/#،,؛;+&ـ]
                 |ـ+(?=[^\W_]|\.)|(?<=[A-Za-zÀ-ÿ])[-](?=[A-Za-zÀ-ÿ]))*)
    """,
    re.VERBOSE,
)
_STRENGTH: dict[Gap, int] = {"": 0, " ": 0, "~": 1, "و": 1, ")": 2, "/": 3, "،": 4, "-": 5, ":": 6, "(": 7}
_GAPS: dict[str, Gap] = {
    "open": "(",
    "close": ")",
    "colon": ":",
    "dash": "-",
    "hyphen": "~",
    "stroke": "/",
    "list": "،",
}
_AND = frozenset(["و", "and", "et", "avec", "with"])


def words_of(line: str) -> list[Word]:
    """The words of `line` in order; of several separators in a row the strongest is kept."""
    words: list[Word] = []
    gap: Gap = ""
    quote = quotes = 0
    for match in _TOKEN.finditer(line):
        kind, text = match.lastgroup, match[0]
        if kind in _GAPS:
            found = _GAPS[kind]
            gap = found if _STRENGTH[found] >= _STRENGTH[gap] else gap
        elif kind == "quote":
            quote, quotes = _inside(text, quote, quotes)
        elif text in _AND and words and gap in ("", " "):
            gap = "و"
        else:
            word = text.strip("*=<>'‘’!…")
            if word.strip(".") == "" and words and len(words[-1].text) == 1:
                words[-1] = Word(f"{words[-1].text} .", words[-1].gap, words[-1].quote)  # «د . فلان»
            elif any(map(str.isalnum, word)):
                words.append(Word(word, gap if words and gap else " " if words else "", quote))
                gap = ""
        if len(words) > MAX_WORDS:
            break
    return words


def _inside(mark: str, quote: int, quotes: int) -> tuple[int, int]:
    """The pair that we stand in behind `mark`, and how many pairs have been opened."""
    if mark in "»}›" or (quote and mark in '"”“'):
        return 0, quotes
    return quotes + 1, quotes + 1
