"""A text as the set of its word 8-grams, in numbers: what near-duplicates are counted in.

Words are those of the text after `bulaq.arabic.normalise.for_matching`, so that «الأُمم المتّحدة» and «الامم المتحده»
are the same words. An 8-gram is a hash of 32 bits, which is enough to compare two texts (of 500 words each, they share one by chance once
in 17,000 times); the same text gives the same numbers in every process, for ever.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.normalise import for_matching

Shingles = NDArray[np.uint32]

WORDS_IN_A_SHINGLE: Final = 8
"""Eight words in a row are hardly ever written twice by chance; three are, in news."""

MOST_WORDS: Final = 20_000
"""Beyond this a text is compared by its beginning: a book pasted into the desk must not stop the worker."""

_WORD = re.compile(r"\w+")
_MOST_CACHED: Final = 400_000
_MULTIPLIER: Final = 0x9E3779B97F4A7C15
_POWERS = np.array([pow(_MULTIPLIER, k, 2**64) for k in range(1, WORDS_IN_A_SHINGLE + 1)], dtype=np.uint64)
_cache: dict[str, int] = {}


class Overlap(NamedTuple):
    """How much two texts share: `shared` 8-grams, over their union (Jaccard) and over the smaller (containment)."""

    shared: int
    jaccard: float
    containment: float


SHORT: Final = 80
"""Words up to which a text is also known by its 4-grams: in a short text one changed word takes a third of the 8-grams."""

WORDS_IN_A_FINE_SHINGLE: Final = 4


class Fingerprint(NamedTuple):
    """What is compared of a text: its 8-grams; its 4-grams when it is short, else none; the numbers that it states."""

    grams: Shingles
    fine: Shingles
    figures: Shingles


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of `text`; empty for a text of fewer than eight words."""
    words = _WORD.findall(for_matching(text))[:MOST_WORDS]
    grams = _grams(words, WORDS_IN_A_SHINGLE)
    if not grams.size:
        return Fingerprint(grams, grams, grams)
    fine = _grams(words, WORDS_IN_A_FINE_SHINGLE) if len(words) <= SHORT else grams[:0]
    return Fingerprint(grams, fine, _grams([word for word in words if word[0].isdigit()], 1))


def shingles(text: str) -> Shingles:
    """The distinct word 8-grams of `text`, sorted; empty for a text of fewer than eight words."""
    return _grams(_WORD.findall(for_matching(text))[:MOST_WORDS], WORDS_IN_A_SHINGLE)


def _grams(words: list[str], width: int) -> Shingles:
    count = len(words) - width + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    numbers = np.fromiter(map(_number, words), dtype=np.uint64, count=len(words))
    grams = np.zeros(count, dtype=np.uint64)
    for k in range(width):
        grams += numbers[k : k + count] * _POWERS[k]
    return np.unique((mixed(grams) >> np.uint64(32)).astype(np.uint32))


def _number(word: str) -> int:
    number = _cache.get(word)
    if number is None:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "little")
        if len(_cache) >= _MOST_CACHED:
            _cache.clear()
        _cache[word] = number
    return number


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each value scattered over 64 bits (the finaliser of splitmix64: Steele, Lea and Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def overlap(one: Shingles, other: Shingles) -> Overlap:
    """The overlap of two texts, given their shingles."""
    if not one.size or not other.size:
        return Overlap(0, 0.0, 0.0)
    if one.size > other.size:
        one, other = other, one
    places = np.searchsorted(other, one)
    places[places == other.size] = 0
    shared = int(np.count_nonzero(other[places] == one))
    return Overlap(shared, shared / (one.size + other.size - shared), shared / one.size)
