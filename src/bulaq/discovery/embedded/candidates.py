"""The candidates of a query: the best documents by BM25 (Robertson and Zaragoza, 2009) over light stems and roots, which the
ranking then puts in order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.embedded.lists import Held, Lists
from bulaq.discovery.embedded.matching import Matching
from bulaq.discovery.embedded.segment import Chosen, Places
from bulaq.discovery.query.parsing import QueryWord

COMMON: Final = 10_000
"""Documents from which on a word's own list takes longer to read than most of what it would propose is worth: such a
word proposes what has it in the headline."""
TELLING: Final = 0.1
"""The share of all documents up to which a word, beside others, helps to choose candidates (the ranking counts all)."""
_ROOT: Final = 0.8
"""What a word of the same root counts for, beside one of the same light stem."""
_K1: Final = 1.2
_B: Final = 0.75

Scored = list[tuple[float, int]]
"""Documents by their places with their scores, the best first."""
_Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Part:
    """One word's share in the scores of documents."""

    word: QueryWord
    often: bool
    """It is frequent: only headlines and smaller fields propose."""
    telling: bool
    """What it adds to the scores of what others propose helps."""


def best_candidates(matching: Matching, wanted: int) -> Scored:
    """The best documents for the words of a query, so many at most."""
    lists, words = matching.lists, matching.query.words
    counts = [lists.documents_with(word) for word in words]
    parts = [
        _Part(word, count > COMMON, count <= TELLING * lists.documents)
        for word, count in zip(words, counts, strict=True)
    ]
    if any(part.often for part in parts):
        found = _best(matching, parts, wanted)
        if len(found) == wanted:
            return found
        parts = [_Part(word, False, True) for word in words]
    return _best(matching, parts, wanted)


def _best(matching: Matching, parts: Sequence[_Part], wanted: int) -> Scored:
    weighing = _Weighing(matching.lists)
    for part in parts:
        weighing.add(part)
    places = weighing.proposed(matching.through)
    if all(part.word.of_place for part in parts):  # then those of their roots propose nothing
        places = places[matching.held[places] > 0]
    worth = weighing.worth[places]
    if len(places) > wanted:
        best = np.argpartition(-worth, wanted - 1)[:wanted] if wanted else places[:0]
        places, worth = places[best], worth[best]
    order = np.lexsort((matching.lists.generation.ids[places], -worth))
    return [(float(worth[place]), int(places[place])) for place in order]


class _Weighing:
    """The scores of documents, added up word by word."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._lengths = lists.generation.lengths
        self._means = lists.generation.mean_lengths
        self.worth: _Values = np.zeros(len(self._lengths.all), dtype=np.float32)
        self._times: _Values = np.zeros(len(self._lengths.all), dtype=np.float32)
        self._proposed: list[Places] = []

    def proposed(self, through: Chosen) -> Places:
        """The documents that any word has proposed, of those that are let through."""
        found = np.concatenate(self._proposed) if self._proposed else np.zeros(0, dtype=np.int64)
        some: Chosen = np.zeros(len(through), dtype=bool)
        some[found] = True
        places: Places = np.flatnonzero(some & through)
        return places

    def add(self, part: _Part) -> None:
        """Add what a word is worth: by its root, by its light stem, by its variants."""
        word = part.word
        frequencies = self._lists.frequencies(word)
        for root in dict.fromkeys(word.roots_to_match or (word.term.root,)):
            held = self._lists.root(root)
            self._add_field(held.in_headline, 1, _ROOT * _rarity(self._count, frequencies.headline_root))
            if not part.often or part.telling:
                rarity = _ROOT * _rarity(self._count, frequencies.root)
                self._add_text(held, rarity, proposes=not part.often)
        for light, trust in ((word.term.light, 1.0), *((each.light, trust) for each, trust in word.variants)):
            held = self._lists.light(light)
            rarity = trust * _rarity(self._count, held.count)
            self._add_field(held.beside, 2, rarity)
            if not part.often:
                headlines = len(held.in_headline)
                self._add_field(held.in_headline, 1, trust * _rarity(self._count, headlines))
                self._add_text(held, rarity, proposes=True)

    @property
    def _count(self) -> int:
        return self._lists.documents

    def _add_field(self, docs: Places, field: int, rarity: float) -> None:
        """Add what it is worth to stand in the headline (1) or beside the text (2)."""
        if len(docs):
            # A document that comes twice has the same value twice, which is added once.
            self.worth[docs] += rarity * _saturated(1, self._lengths[field][docs], self._means[field])
            self._proposed.append(docs)

    def _add_text(self, held: Held, rarity: float, *, proposes: bool) -> None:
        """Add what it is worth to stand so often in all that is indexed."""
        docs = held.docs
        if not len(docs):
            return
        times = held.times.astype(np.float32)
        if not held.ascending:  # a document may come several times
            np.add.at(self._times, docs, times)
            times = self._times[docs]
            self._times[docs] = 0
        values = _saturated(times, self._lengths.all[docs], self._means[0])
        self.worth[docs] += rarity * values
        if proposes:
            self._proposed.append(docs)


def _rarity(count: int, documents: int) -> float:
    return math.log(1 + (max(count, documents) - documents + 0.5) / (documents + 0.5))


def _saturated(times: npt.NDArray[Any] | int, lengths: _Values, mean: float) -> _Values:
    """What it counts that a word stands so often in a field of this length."""
    norm = np.float32(_K1) * (np.float32(1 - _B) + np.float32(_B / mean) * lengths)
    return np.asarray(np.float32(_K1 + 1) * times / (times + norm), dtype=np.float32)
