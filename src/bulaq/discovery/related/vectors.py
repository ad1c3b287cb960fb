"""An article as weighted terms in numbers: what related articles and stories are compared in.

A vector has light stems (weight 1) and roots (weight `ROOT`), so that «انتخابات» meets «الانتخابات» in full and «ناخبين»
in part, and the countries spoken of, so that «موسكو» meets «الروسية». A term is a hash of 32 bits, its own name: no vocabulary has to be stored or loaded. How many
articles hold a term is counted in `Frequencies`, a file of fixed size that all processes map into memory.
"""

from __future__ import annotations

import hashlib
import mmap
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.gazetteer.countries import country_words
from bulaq.discovery.terms.common_words import ARTICLES, SHARES, UNLISTED

HEADLINE: Final = 5
"""A word of the headline counts as so many in the body; better than 1, 3 and 8 on the graded pairs."""
ROOT: Final = 0.7
RARITY: Final = 0.55
"""The power of the idf: full idf gives too much to what stands in one article alone."""
MOST_TERMS: Final = 192
"""Terms kept of one article, the weightiest; the tail of common words costs room and says nothing."""
_MOST_LETTERS: Final = 4_000
"""Letters of a body that are read, some 700 words: what a news story says further down is what came before it, and a saved
page may end in the text of others. Anything between 2,500 and 5,000 is better than the whole on the graded pairs."""

Terms = NDArray[np.uint32]
Weights = NDArray[np.float32]
_MOST_CACHED: Final = 400_000
_FEW_ARTICLES: Final = 2000
_SCALE: Final = 32.0


class Vector(NamedTuple):
    """`terms`, sorted, and how often each stands there, damped: 1 + ln(count); roots times `ROOT`."""

    terms: Terms
    weights: Weights

    def packed(self) -> bytes:
        """Five bytes for each term: all terms, then all weights in 32nds."""
        steps = np.clip(np.rint(self.weights * _SCALE), 1, 255).astype(np.uint8)
        return bytes(self.terms.astype("<u4").tobytes() + steps.tobytes())


def unpacked(*blobs: bytes) -> Vector:
    """The vector that `Vector.packed` made the bytes of; of several, one after the other (then not sorted)."""
    counts = [len(blob) // 5 for blob in blobs]
    parts = list(zip(blobs, counts, strict=True))
    terms = np.frombuffer(b"".join([blob[: 4 * count] for blob, count in parts]), dtype="<u4")
    steps = np.frombuffer(b"".join([blob[4 * count :] for blob, count in parts]), dtype=np.uint8)
    return Vector(terms, steps.astype(np.float32) / np.float32(_SCALE))


class Vectoriser:
    """Makes vectors of texts, with the one analyser."""

    def __init__(self, analyser: Analyser | None = None) -> None:
        self._analyser = analyser or Analyser()
        self._known = _Known(self._analyser)

    def vector(self, headline: str, body: str) -> Vector:
        """The whole vector of an article; stop words are left out."""
        words = Counter(self._analyser.words(body[:_MOST_LETTERS]))
        for word in self._analyser.words(headline[:_MOST_LETTERS]):
            words[word] += HEADLINE
        known = self._known
        numbers: list[int] = []
        counts: list[int] = []
        for word, count in words.items():
            found = known[word]
            numbers += found
            counts += (count,) * len(found)
        terms, places = np.unique(np.array(numbers, dtype=np.uint32), return_inverse=True)
        totals = np.bincount(places, weights=counts, minlength=terms.size)
        weights = (1 + np.log(np.maximum(totals, 1))).astype(np.float32)
        weights[is_root(terms)] *= np.float32(ROOT)
        return Vector(terms, weights)

    def names(self, headline: str, body: str) -> dict[int, list[str]]:
        """For each light term of a text, its words as written, in order of their place: for showing."""
        found: dict[int, list[str]] = {}
        for text in (headline, body[:_MOST_LETTERS]):
            for word in self._analyser.words(text):
                for number in self._known[word]:
                    if not number & 1:
                        found.setdefault(number, []).append(word)
        return found


class _Known(dict[str, tuple[int, ...]]):
    """Word as written → the numbers of its light stem (even), its root (odd) and its country; none for a stop word."""

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self._analyser = analyser
        self._countries = country_words()

    def __missing__(self, word: str) -> tuple[int, ...]:
        term = self._analyser.term(word)
        numbers: tuple[int, ...] = ()
        if not term.stop:
            numbers = (_number(term.light) & ~1, _number(term.root) | 1)
            country = self._countries.get(term.exact)
            if country is not None:
                numbers += (_number(f"@{country}") & ~1,)
        if len(self) >= _MOST_CACHED:
            self.clear()
        if len(word) <= 64:
            self[word] = numbers
        return numbers


@cache
def _guess() -> Weights:
    """The counters' start: in how many of the first `ARTICLES` articles each term is taken to stand."""
    counts = np.full(Frequencies.SLOTS, ARTICLES * UNLISTED, dtype=np.float32)
    known = _Known(Analyser())
    shares: dict[int, float] = {}
    for word, share in SHARES.items():
        for number in known[word]:
            shares[number % Frequencies.SLOTS] = max(share, shares.get(number % Frequencies.SLOTS, 0))
    for slot, share in shares.items():
        counts[slot] = ARTICLES * share
    return counts


def _number(stem: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little"
    )


def is_root(terms: Terms) -> NDArray[np.bool_]:
    """Which of the terms are roots."""
    return (terms & np.uint32(1)).astype(np.bool_)


class Frequencies:
    """In how many articles each term stands: 2^22 counters of terms by their hash, 16 MB.

    Two terms that share a counter both look a little more frequent than they are. In a file the counters are shared by
    all processes and written in place; they are statistics, and a crash that loses the last ones does no harm.
    """

    SLOTS: Final = 2**22

    def __init__(self, path: Path | None = None) -> None:
        self._map: mmap.mmap | None = None
        if path is None:
            self._counts = np.zeros(self.SLOTS + 1, dtype=np.uint32)
            return
        size = 4 * (self.SLOTS + 1)
        with open(path, "a+b") as file:
            if file.seek(0, 2) < size:
                file.truncate(size)
            self._map = mmap.mmap(file.fileno(), size)
        self._counts = np.frombuffer(self._map, dtype=np.uint32)

    @property
    def articles(self) -> int:
        """How many articles were counted."""
        return int(self._counts[self.SLOTS])

    def count(self, terms: Terms, change: int = 1) -> None:
        """Counts an article in (`change` 1) or out (−1)."""
        slots = np.unique(terms & np.uint32(self.SLOTS - 1))
        if change > 0:
            self._counts[slots] += np.uint32(1)
            self._counts[self.SLOTS] += np.uint32(1)
        else:
            self._counts[slots] -= self._counts[slots] > 0
            self._counts[self.SLOTS] -= self._counts[self.SLOTS] > 0

    def held(self, terms: Terms) -> NDArray[np.bool_]:
        """Which of the terms stand in any counted article (or share a counter with one that does)."""
        found: NDArray[np.bool_] = self._counts[terms & np.uint32(self.SLOTS - 1)] > 0
        return found

    def rarity(self, terms: Terms) -> Weights:
        """idf^RARITY of each term, idf = ln((N + 1) / (n + 1)), counted from the guess of `common_words` on."""
        slots = terms & np.uint32(self.SLOTS - 1)
        held = self._counts.take(slots) + _guess().take(slots) + 1
        rare: Weights = np.log(np.float32(self.articles + ARTICLES + 1) / held.astype(np.float32))
        np.maximum(rare, 0, out=rare)
        with np.errstate(divide="ignore"):  # a power by its logarithm: numpy is several times as fast at that
            return np.exp(np.log(rare) * np.float32(RARITY))

    def rarity_of(self, term: int) -> float:
        """`rarity` of one term."""
        return float(self.rarity(np.array([term], dtype=np.uint32))[0])

    def shortened(self, vector: Vector) -> Vector:
        """The `MOST_TERMS` terms of a vector that weigh most; all of them while too few articles were counted."""
        if vector.terms.size <= MOST_TERMS or self.articles < _FEW_ARTICLES:
            return Vector(vector.terms[:1024], vector.weights[:1024])
        kept = np.argpartition(-vector.weights * self.rarity(vector.terms), MOST_TERMS)[:MOST_TERMS]
        kept.sort()
        return Vector(vector.terms[kept], vector.weights[kept])

    def close(self) -> None:
        """Close the file of counters."""
        if self._map is not None:
            self._counts = np.zeros(self.SLOTS + 1, dtype=np.uint32)
            self._map.close()
            self._map = None
