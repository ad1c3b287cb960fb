"""One generation of the embedded index, opened for reading at one commit; and what is learned from it."""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from zstandard import ZstdError

from bulaq.discovery.embedded.bm25 import Weights, norms, saturated
from bulaq.discovery.embedded.commits import COMMIT, Commit, opened
from bulaq.discovery.embedded.segment import NO_TIME, Chosen, Places, Segment
from bulaq.discovery.index import IndexOutdated
from bulaq.discovery.ranking import scoring
from bulaq.discovery.ranking.word_vectors import Beginnings, WordVectors, learn_vectors
from bulaq.discovery.spelling.learning import DAMAGED, MOST_TEXTS, Learned, learn
from bulaq.discovery.terms.codes import Codes

logger = logging.getLogger(__name__)

LEARNED: Final = "learned.json"
VECTORS: Final = "vectors.npz"

_KEPT_MARKS: Final = 32
"""Marks whose documents are kept at hand, a byte for each document: those of editions are asked for again and again."""
Completions = dict[str, list[str]]
"""Beginning of a word → the most frequent words of headlines that begin so."""


def stamp_of(folder: Path) -> tuple[int, ...]:
    """Changes when the generation has another commit, or has learned anew."""
    commit = os.stat(folder / COMMIT)
    try:
        learned = os.stat(folder / LEARNED)
    except FileNotFoundError:
        return commit.st_mtime_ns, commit.st_ino
    return commit.st_mtime_ns, commit.st_ino, learned.st_mtime_ns, learned.st_ino


class LengthWeights(NamedTuple):
    """What the lengths of each document's fields do to the weights of words in them (`bm25`)."""

    all_norms: Weights
    """The norms of all that is indexed."""
    once_in_headline: Weights
    """The weight of a word that stands once in the headline."""
    once_beside: Weights
    """The same in the smaller fields."""


@dataclass
class Generation:
    """An opened generation at one commit."""

    path: Path
    stamp: tuple[int, ...]
    commit: Commit
    segments: list[Segment]
    completions: Completions = field(default_factory=dict)
    _marked: dict[str, Chosen] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path, stamp: tuple[int, ...]) -> Generation:
        """Open a generation for reading; raises OSError and ValueError when it is damaged, `IndexOutdated` when other code
        made it."""
        commit = Commit.read(path)
        return cls(path, stamp, commit, opened(path, commit))

    def reloaded(self, stamp: tuple[int, ...]) -> Generation:
        """The same at its newest commit."""
        commit = Commit.read(self.path)
        again = Generation(self.path, stamp, commit, opened(self.path, commit, self.segments))
        if again.stamp[2:] == self.stamp[2:]:  # what was learned is as it was
            for name in ("learned", "vectors"):
                if name in self.__dict__:
                    again.__dict__[name] = self.__dict__[name]
        return again

    # -- all documents of all segments, one after the other: a document's place is its number in these arrays

    @cached_property
    def firsts(self) -> list[int]:
        """The place of each segment's first document; the last one is the number of all."""
        return [0, *accumulate(segment.count for segment in self.segments)]

    @cached_property
    def alive(self) -> Chosen:
        """Which documents have not been taken out."""
        return self._all([segment.alive for segment in self.segments], np.bool_)

    @cached_property
    def ids(self) -> Places:
        """Their ids."""
        return self._all([segment.ids for segment in self.segments], np.int64)

    @cached_property
    def times(self) -> Places:
        """Their times, in seconds of the epoch; `NO_TIME` for those that have none."""
        return self._all([segment.times for segment in self.segments], np.int64)

    @cached_property
    def years(self) -> npt.NDArray[np.int16]:
        """Their years; 0 for those that have none."""
        return self._all([segment.years for segment in self.segments], np.int16)

    @cached_property
    def length_weights(self) -> LengthWeights:
        """What the lengths of each document's fields do to the weights of words in them."""
        each = [segment.lengths for segment in self.segments]
        of_all, of_headline, of_smaller = (
            norms(self._all([lengths[field] for lengths in each], np.float32)) for field in range(3)
        )
        return LengthWeights(of_all, saturated(1.0, of_headline), saturated(1.0, of_smaller))

    @staticmethod
    def _all(arrays: Sequence[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
        return np.concatenate(arrays) if arrays else np.zeros(0, dtype=kind)

    def address(self, place: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        number = bisect_right(self.firsts, place) - 1
        return self.segments[number], place - self.firsts[number]

    def marked(self, mark: str) -> Chosen:
        """The documents with a mark (`bulaq.discovery.marks`)."""
        known = self._marked.get(mark)
        if known is None:
            known = np.zeros(len(self.alive), dtype=bool)
            for first, segment in zip(self.firsts, self.segments, strict=False):
                known[first + segment.marked(mark).astype(np.int64)] = True
            if len(self._marked) < _KEPT_MARKS:
                self._marked[mark] = known
        return known

    def newest_of(self, chosen: Chosen, wanted: int) -> list[int]:
        """The newest of the chosen documents, so many at most; of one time, those with the higher ids."""
        places = np.flatnonzero(chosen)
        times = self.times[places]
        if len(places) > 2 * max(wanted, 1):
            least = np.partition(times, len(times) - wanted - 1)[len(times) - wanted - 1]
            places, times = places[times >= least], times[times >= least]
        found: list[int] = places[np.lexsort((-self.ids[places], -times))[:wanted]].tolist()
        return found

    @cached_property
    def documents(self) -> int:
        """How many documents are found."""
        return int(np.count_nonzero(self.alive))

    @cached_property
    def newest(self) -> int:
        """The newest document's time, in seconds of the epoch; 0 when none has any."""
        newest = int(self.times[self.alive].max(initial=NO_TIME))
        return 0 if newest == NO_TIME else newest

    @cached_property
    def statistics(self) -> scoring.Statistics:
        """What the ranking must know of the whole."""
        count = max(1, sum(segment.count for segment in self.segments))
        headlines = sum(segment.words[0] for segment in self.segments)
        bodies = sum(segment.words[1] for segment in self.segments)
        return scoring.Statistics(self.documents, headlines / count, bodies / count)

    @cached_property
    def learned(self) -> Learned:
        """What was learned from this generation; its file only ever comes with another stamp."""
        return Learned.load(self.path / LEARNED)

    @cached_property
    def vectors(self) -> WordVectors | None:
        """The vectors of its words, where it is large enough to have any."""
        try:
            return WordVectors.load(self.path / VECTORS)
        except DAMAGED as error:
            logger.warning("%s: the word vectors cannot be read and are left out: %s", self.path, error)
            return None


def learn_from(generation: Generation) -> None:
    """Learn from a generation's vocabulary and newest documents, and leave what was learned beside it; raises
    `IndexOutdated` where it is damaged."""
    try:
        _learn_from(generation)
    except (ValueError, IndexError, OverflowError, ZstdError) as error:
        raise IndexOutdated(
            f"{generation.path}: the search index is damaged; run a reindex ({error})"
        ) from error


def _learn_from(generation: Generation) -> None:
    vocabulary: dict[str, int] = {}
    forms: dict[str, int] = {}
    for segment in generation.segments:
        for counted, (words, counts) in ((vocabulary, segment.stems()), (forms, segment.forms())):
            for word, count in zip(words, counts.tolist(), strict=True):
                if word:
                    counted[word] = counted.get(word, 0) + count
    beginnings = Beginnings()
    learned = learn(vocabulary, beginnings.passing(_texts(generation)), forms)
    vectors = learn_vectors(beginnings)
    if vectors is not None:
        vectors.save(generation.path / VECTORS)
    learned.save(generation.path / LEARNED)  # last: readers look at its time


def _texts(generation: Generation) -> Iterator[Codes]:
    """The words of the newest documents, the newest first."""
    for place in generation.newest_of(generation.alive, MOST_TEXTS):
        segment, doc = generation.address(place)
        yield from segment.texts(doc)[:2]
