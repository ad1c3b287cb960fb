"""The candidates of a query: the best documents by BM25 over light stems and roots, which the ranking then puts in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bulaq.discovery.embedded.bm25 import Weights, saturated
from bulaq.discovery.embedded.lists import Held, Lists, each_once
from bulaq.discovery.embedded.matching import Matching
from bulaq.discovery.embedded.segment import Chosen, Places
from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.ranking.rarity import is_common, is_telling, rarity

_ROOT: Final = 0.8
"""What a word of the same root counts for, beside one of the same light stem."""

Scored = list[tuple[float, int]]
"""Documents by their places with their scores, the best first."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One word's share in the scores of documents."""

    word: QueryWord
    often: bool
    """It is common: only headlines and smaller fields propose."""
    telling: bool
    """What it adds to the scores of what others propose helps."""


def best_candidates(matching: Matching, wanted: int) -> Scored:
    """The best documents for the words of a query, so many at most."""
    lists, words = matching.lists, matching.query.words
    counts = [lists.documents_with(word) for word in words]
    parts = [
        _Part(word, is_common(count), is_telling(lists.documents, count))
        for word, count in zip(words, counts, strict=True)
    ]
    if any(part.often for part in parts):
        found = _best(matching, parts, wanted)
        if len(found) == wanted:
            return found
        parts = [_Part(word, False, True) for word in words]
    return _best(matching, parts, wanted)


def _best(matching: Matching, parts: Sequence[_Part], wanted: int) -> Scored:
    weighing = _Weighing(matching.lists, matching.through)
    for part in parts:
        weighing.add(part)
    places = weighing.proposed()
    if all(part.word.of_place for part in parts):  # then those of their roots propose nothing
        places = places[matching.held[places] > 0]
    worth = weighing.worth[places]
    if len(places) > wanted:
        best = np.argpartition(-worth, wanted - 1)[:wanted] if wanted else places[:0]
        places, worth = places[best], worth[best]
    order = np.lexsort((matching.lists.generation.ids[places], -worth))
    return [(float(worth[place]), int(places[place])) for place in order]


class _Weighing:
    """The scores of those documents that are let `through`, added up word by word."""

    def __init__(self, lists: Lists, through: Chosen) -> None:
        self._lists = lists
        self._through = through
        self._length_weights = lists.generation.length_weights
        self.worth: Weights = np.zeros(len(through), dtype=np.float32)
        self._times: Weights = np.zeros(len(through), dtype=np.float32)
        self._chosen: Chosen = np.zeros(len(through), dtype=bool)
        self._of_chosen: list[tuple[Held, float]] = []

    def add(self, part: _Part) -> None:
        """Add what a word is worth: by its root, by its light stem, by its variants."""
        word = part.word
        frequencies = self._lists.frequencies(word)
        in_headline, beside = self._length_weights.once_in_headline, self._length_weights.once_beside
        for root in dict.fromkeys(word.roots_to_match or (word.term.root,)):
            held = self._lists.root(root, word.stems_left_out)
            self._add_field(held.in_headline, in_headline, _ROOT * self._rarity(frequencies.headline_root))
            worth = _ROOT * self._rarity(frequencies.root)
            if not part.often:
                self._add_text(held, self._through, worth)
            elif part.telling:
                self._of_chosen.append((held, worth))
        for light, trust in ((word.term.light, 1.0), *((each.light, trust) for each, trust in word.variants)):
            held = self._lists.light(light)
            worth = trust * self._rarity(held.count)
            self._add_field(held.beside, beside, worth)
            if not part.often:
                named = self._rarity(len(held.in_headline))
                self._add_field(held.in_headline, in_headline, trust * named)
                self._add_text(held, self._through, worth)

    def proposed(self) -> Places:
        """The documents that any word has proposed, in order; to be asked for once, after the last word. Only then is it known
        for which documents the words count that propose none."""
        chosen = self._chosen & self._through
        for held, worth in self._of_chosen:
            self._add_text(held, chosen, worth)
        places: Places = np.flatnonzero(chosen)
        return places

    def _rarity(self, documents: int) -> float:
        return rarity(self._lists.documents, documents)

    def _add_field(self, docs: Places, once: Weights, worth: float) -> None:
        """Add what it is worth to stand in a field, and propose the documents."""
        # A document that comes twice has the same value twice, which is added once.
        self.worth[docs] += np.float32(worth) * once[docs]
        self._chosen[docs] = True

    def _add_text(self, held: Held, among: Chosen, worth: float) -> None:
        """Add what it is worth to stand so often in all that is indexed, for some documents, and propose these."""
        docs, times = held.times_among(among)
        if not each_once(docs):
            np.add.at(self._times, docs, times)
            times = self._times[docs]
            self._times[docs] = 0
        self.worth[docs] += np.float32(worth) * saturated(times, self._length_weights.all_norms[docs])
        self._chosen[docs] = True
