"""From text to the terms by which texts are found, compared and grouped.

There is one analyser in Bulaq: site search, the desk, related articles, duplicates and topics all ask this one what
equals what. It gives each word three faces, from the strictest to the loosest:

* `exact`  – the word as people mean it: letters normalised (see `bulaq.arabic.normalise`), digits 0–9, no accents;
* `light`  – without clitics and inflection («والحكومات» → «حكوم»), what search matches on first;
* `root`   – the consonants that carry the meaning («مدارس», «مدرسة» → «درس»), looser, worth about half.

Which words stand for one another beyond that (respelt names, one-letter clitics) an archive teaches: see
`bulaq.arabic.variants`.

The analyser is deterministic: the same text and the same `VERSION` give the same terms for ever; an index records the
version it was made with. Offsets are those of the text as given, so that highlighting shows the reader's own text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from bulaq.arabic.english_stem import latin_stem
from bulaq.arabic.stemming import fold, light_stem, root_of
from bulaq.arabic.stop_words import STOP_WORDS

VERSION = "9"
"""Changes whenever any text would give other terms; an index made with another version is rebuilt."""

_LONGEST_WORD = 64
_CACHED_WORDS = 500_000

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f"
    "\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf2\ufe70-\ufefc"
)
_WORD = re.compile(
    rf"[{_ARABIC}][{_ARABIC}{_MARKS}]*"  # an Arabic word, vowelled or stretched
    rf"|[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*"  # a number: 1,250.5
    r"|[A-Za-z](?:\.[A-Za-z])+(?![^\W_])"  # U.N. is UN
    # Latin and other scripts, digits inside: G20, O'Neill
    rf"|[^\W{_DIGITS}_{_ARABIC}][^\W_{_ARABIC}\u0660-\u0669\u06f0-\u06f9]*(?:['\u2019][^\W\d_{_ARABIC}]+)?"
)


class Token(NamedTuple):
    """A word where it stands: `text[start:end]`, the `position`-th word of the text."""

    text: str
    start: int
    end: int
    position: int


class Term(NamedTuple):
    """The faces of one word (see the module). A stop word has them all, and `stop` set."""

    exact: str
    light: str
    root: str
    stop: bool


class Analyser:
    """Words of a text, with their offsets, and the terms of each word. Safe to share between threads."""

    VERSION = VERSION

    def __init__(self) -> None:
        self._known = _KnownWords()

    def words(self, text: str) -> list[str]:
        """The words of `text` as written, in order."""
        return _WORD.findall(text)

    def tokens(self, text: str) -> list[Token]:
        """The words of `text` with their offsets in it."""
        return [
            Token(match.group(), match.start(), match.end(), position)
            for position, match in enumerate(_WORD.finditer(text))
        ]

    def spans(self, text: str, first: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
        """Where the words at the positions `first` … `stop` - 1 begin and end; the others are only passed over."""
        return [match.span() for match in islice(_WORD.finditer(text), first, stop)]

    def terms(self, text: str) -> list[Term]:
        """The terms of each word of `text`, in order: `terms(text)[i]` belongs to `tokens(text)[i]`."""
        return list(map(self._known.__getitem__, _WORD.findall(text)))

    def term(self, word: str) -> Term:
        """The terms of one word; of a longer text, those of its first 64 characters taken as one word."""
        return self._known[word]


class _KnownWords(dict[str, Term]):
    """Every word is analysed once; a news archive of any size has some 300,000 different ones."""

    def __missing__(self, word: str) -> Term:
        if len(word) > _LONGEST_WORD:
            return _analyse(word[:_LONGEST_WORD])  # not kept: a hostile page must not fill the memory
        term = _analyse(word)
        if len(self) >= _CACHED_WORDS:  # hostile or endless vocabulary: start anew
            self.clear()
        self[word] = term
        return term


def _analyse(word: str) -> Term:
    exact = fold(word).replace(" ", "")
    if not exact:
        return Term(word, word, word, True)
    if "\u0620" <= exact[0] <= "\u06ff":
        light = light_stem(exact)
        return Term(exact, light, root_of(light), exact in STOP_WORDS)
    if exact[0].isdigit():
        return Term(exact, exact, exact, False)
    exact = exact.replace(".", "")
    stem = latin_stem(exact)
    return Term(exact, stem, stem, exact in STOP_WORDS)
