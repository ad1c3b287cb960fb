"""What is read of a text to tell its section: hashed features in four groups, each brought to a fixed length.

Light stems and countries of the text, words of the headline and of the lead as features of their own, pairs of neighbouring
words; each weighs (1 + ln count) × idf within its group, so that a long body does not drown its headline.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.gazetteer.countries import country_words

FEATURES: Final = 2**19
_MOST_LETTERS: Final = 8_000
_LEAD_WORDS: Final = 40
_PAIR_WORDS: Final = 300  # pairs are read of so many words: a long text needs no more of them
_LENGTHS: Final = (1.0, 0.7, 0.7, 0.7)  # of the groups: text, headline, lead, pairs
_LEAST_HOLDERS: Final = 2  # a feature of one article alone says nothing about others
_MOST_CACHED: Final = 400_000

Matrix = NDArray[np.float32]
Places = NDArray[np.int32]


class Counted(NamedTuple):
    """The features of a text before they are weighed: their places in 0..FEATURES−1 and 1 + ln(count), group by group."""

    places: Places
    counts: NDArray[np.float16]
    groups: NDArray[np.uint8]


class Features(NamedTuple):
    """The features of a text: their places in 0..FEATURES−1 and their weights, a vector of length 1."""

    places: Places
    weights: Matrix


class FeatureReader:
    """Reads the features of texts, remembering each word."""

    def __init__(self, analyser: Analyser | None = None) -> None:
        self._analyser = analyser or Analyser()
        self._countries = country_words()
        self._numbers: dict[str, int] = {}

    def counted(self, text: str) -> Counted:
        """The features of a text whose first line is its headline."""
        headline, _, body = text.lstrip()[:_MOST_LETTERS].partition("\n")
        title, title_countries = self._stems(headline)
        words, countries = self._stems(body)
        pairs = (*pairwise(title), *pairwise(words[:_PAIR_WORDS]))
        groups = (
            [*title, *words, *title_countries, *countries],
            [f"h {stem}" for stem in title],
            [f"l {stem}" for stem in words[:_LEAD_WORDS]],
            [f"{one} {two}" for one, two in pairs],
        )
        places: list[int] = []
        counts: list[int] = []
        sizes: list[int] = []
        for group in groups:
            counter = Counter(map(self.number, group))
            places += counter.keys()
            counts += counter.values()
            sizes.append(len(counter))
        damped = (1 + np.log(np.array(counts, dtype=np.float32))).astype(np.float16)
        return Counted(
            np.array(places, dtype=np.int32), damped, np.repeat(np.arange(len(groups), dtype=np.uint8), sizes)
        )

    def _stems(self, text: str) -> tuple[list[str], list[str]]:
        stems, countries = [], []
        for term in self._analyser.terms(text):
            if term.stop:
                continue
            stems.append(term.light)
            country = self._countries.get(term.exact)
            if country is not None:
                countries.append(f"@{country}")
        return stems, countries

    def number(self, feature: str) -> int:
        """The place of a feature, 1..FEATURES−1."""
        number = self._numbers.get(feature)
        if number is None:
            digest = hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=4).digest()
            number = 1 + int.from_bytes(digest, "little") % (FEATURES - 1)
            if len(self._numbers) >= _MOST_CACHED:
                self._numbers.clear()
            self._numbers[feature] = number
        return number


def inverse_frequencies(read: Sequence[Counted]) -> Matrix:
    """1 + idf of each feature; 0 of one that too few articles hold."""
    holders = np.zeros(FEATURES, dtype=np.float32)
    for counted in read:
        holders[counted.places] += 1
    idf = 1 + np.log((len(read) + 1) / (holders + 1))
    return np.where(holders >= min(_LEAST_HOLDERS, len(read)), idf, 0).astype(np.float32)


def weighed(counted: Counted, idf: Matrix) -> Features:
    """The features of a text, each group brought to its length."""
    weights = counted.counts.astype(np.float32) * idf[counted.places]
    lengths = np.sqrt(np.bincount(counted.groups, weights * weights, minlength=len(_LENGTHS)))
    scale = (np.array(_LENGTHS) / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    weights *= scale[counted.groups]
    kept = weights > 0
    return Features(counted.places[kept], weights[kept])


def for_source(features: Features, source: int) -> Features:
    """The features for all sources and, again, those for this one; brought to length 1."""
    places, weights = features
    if source:
        own = (places.astype(np.int64) * 40_503 + source * 7_919) % FEATURES
        places = np.concatenate([places, own.astype(np.int32), np.array([source], dtype=np.int32)])
        weights = np.concatenate([weights, weights, np.ones(1, dtype=np.float32)])
    length = np.sqrt((weights * weights).sum()) or np.float32(1)
    return Features(places, weights / length)
