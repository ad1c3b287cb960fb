"""The lists of a generation, for one question: who holds a word, and how many do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.stemming import root_of
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.embedded.bm25 import Weights
from bulaq.discovery.embedded.inversion import BESIDE, IN_HEADLINE, TIMES
from bulaq.discovery.embedded.reading import Generation
from bulaq.discovery.embedded.segment import Chosen, Places, Segment
from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.ranking.scoring import Frequencies

_LOOKED_AT: Final = 100
"""Documents with several words in which it is looked whether these stand in a row, when a rough number is enough."""
_SHORT: Final = 20_000
"""Documents up to which those of a word are looked up in its list rather than in an array of all documents."""
_OF_STOP_WORDS: Final = frozenset(term.light for term in map(Analyser().term, STOP_WORDS))


class Held:
    """Who holds a word, and how: its lists in all segments, for each also the place of the segment's first document. What a
    question does not ask for is not put together. By a root, a document may come again."""

    def __init__(self, lists: Iterable[tuple[int, Segment, slice]]) -> None:
        self._lists = [each for each in lists if each[2].stop > each[2].start]
        self.count: int = sum(each.stop - each.start for _, _, each in self._lists)

    def add_to(self, held: Chosen) -> None:
        """Mark its documents in an array of all."""
        for first, segment, where in self._lists:
            held[first : first + segment.count][segment.docs(where).astype(np.intp)] = True

    def times_among(self, chosen: Chosen) -> tuple[Places, Weights]:
        """Which of some documents hold it, and how often."""
        docs, times = [], []
        for first, segment, where in self._lists:
            each = segment.docs(where).astype(np.intp)
            held = chosen[first : first + segment.count][each]
            docs.append(each[held] + first)
            times.append(segment.marks(where)[held] & np.uint8(TIMES))
        return _concatenated(docs), _concatenated(times).astype(np.float32)

    @cached_property
    def docs(self) -> Places:
        """The places of its documents."""
        return _concatenated([segment.docs(where) + np.int64(first) for first, segment, where in self._lists])

    @cached_property
    def in_headline(self) -> Places:
        """Those that have it in the headline."""
        return self._in_field(IN_HEADLINE)

    @cached_property
    def headlines(self) -> Places:
        """The same, each once."""
        return _distinct(self.in_headline)

    @cached_property
    def beside(self) -> Places:
        """Those that have it in a smaller field."""
        return self._in_field(BESIDE)

    def _in_field(self, mark: int) -> Places:
        docs, marks = self._in_fields
        found: Places = docs[marks & np.uint8(mark) != 0]
        return found

    @cached_property
    def _in_fields(self) -> tuple[Places, npt.NDArray[np.uint8]]:
        found = [(first, *segment.in_fields(where)) for first, segment, where in self._lists]
        docs = _concatenated([docs + np.int64(first) for first, docs, _ in found])
        return docs, _concatenated([marks for _, _, marks in found]).astype(np.uint8)


def _concatenated(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)


class Lists:
    """The lists of one generation; each is read once for a question."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.documents = generation.documents
        self._lights: dict[str, Held] = {}
        self._roots: dict[tuple[str, tuple[str, ...]], Held] = {}
        self._root_places: dict[str, list[tuple[int, Segment, int]]] = {}
        self._with_light: dict[str, Chosen] = {}
        self._frequencies: dict[QueryWord, Frequencies] = {}

    def light(self, light: str) -> Held:
        """Who holds a light stem. (It may be that of a stop word, too.)"""
        held = self._lights.get(light)
        if held is None:
            roots = dict.fromkeys((root_of(light), light) if light in _OF_STOP_WORDS else (root_of(light),))
            held = self._lights[light] = Held(
                (first, segment, segment.of_light(place, light))
                for root in roots
                for first, segment, place in self._places(root)
            )
        return held

    def root(self, root: str, without: tuple[str, ...] = ()) -> Held:
        """Who holds a word of a root, but for those of some light stems."""
        held = self._roots.get((root, without))
        if held is None:
            held = self._roots[root, without] = Held(
                (first, segment, where)
                for first, segment, place in self._places(root)
                for where in _around(
                    segment.of_root(place), [segment.of_light(place, light) for light in without]
                )
            )
        return held

    def _places(self, root: str) -> list[tuple[int, Segment, int]]:
        """Where a root stands in the segments that have it, behind the place of the segment's first document."""
        found = self._root_places.get(root)
        if found is None:
            generation = self.generation
            found = self._root_places[root] = [
                (first, segment, place)
                for first, segment in zip(generation.firsts, generation.segments, strict=False)
                if (place := segment.root(root)) is not None
            ]
        return found

    def word(self, word: QueryWord) -> Chosen:
        """The documents that hold a word."""
        held = np.zeros(len(self.generation.alive), dtype=bool)
        for root in dict.fromkeys(word.roots_to_match):
            self.root(root, word.stems_left_out).add_to(held)
        for light in word.lights_to_match:
            self.light(light).add_to(held)
        return held

    def with_light(self, light: str) -> Chosen:
        """The documents that hold a light stem."""
        held = self._with_light.get(light)
        if held is None:
            held = self._with_light[light] = np.zeros(len(self.generation.alive), dtype=bool)
            self.light(light).add_to(held)
        return held

    def phrase(self, lights: Sequence[str], among: Chosen) -> Chosen:
        """Those of some documents that have light stems in a row."""
        found = np.zeros(len(among), dtype=bool)
        found[self._in_a_row(self._with_all(lights, among), lights)] = True
        return found

    def _with_all(self, lights: Sequence[str], among: Chosen) -> Places:
        fewest, *others = sorted(dict.fromkeys(lights), key=lambda light: self.light(light).count)
        found = _distinct(self.light(fewest).docs)
        found = found[among[found]]
        for light in others:
            if self.light(light).count < _SHORT:
                found = _in_both(found, _distinct(self.light(light).docs))
            else:
                found = found[self.with_light(light)[found]]
        return found

    def _in_a_row(self, docs: Places, lights: Sequence[str]) -> Places:
        found = []
        firsts = self.generation.firsts
        for number, segment in enumerate(self.generation.segments):
            first, last = np.searchsorted(docs, firsts[number : number + 2])
            if last > first:
                found.append(segment.in_a_row(docs[first:last] - firsts[number], lights) + firsts[number])
        return np.concatenate(found) if found else docs[:0]

    def together(self, one: str, other: str, headlines: bool) -> int:
        """How many documents hold both light stems in the headline, or else in a row (roughly, when they are many)."""
        if headlines:
            return len(_in_both(self.light(one).headlines, self.light(other).headlines))
        docs = self._with_all((one, other), self.generation.alive)
        looked_at = docs[-_LOOKED_AT:]
        share = len(self._in_a_row(looked_at, (one, other))) / max(1, len(looked_at))
        return round(share * len(docs))

    def documents_with(self, word: QueryWord) -> int:
        """How many documents hold a word, but for its variants."""
        if word.of_place:
            return max(self.light(light).count for light in word.of_place)
        return self._holding_root(word)

    def _holding_root(self, word: QueryWord) -> int:
        root = word.term.root
        count = sum(segment.documents_of(place) for _, segment, place in self._places(root))
        return min(count, self.root(root, word.stems_left_out).count) if word.unrelated else count

    def frequencies(self, word: QueryWord) -> Frequencies:
        """In how many documents, and headlines, a word stands, as the ranking asks. (A headline with two words of a root
        counts twice.)"""
        known = self._frequencies.get(word)
        if known is None:
            held = [self.light(light) for light in word.lights]
            light, headline = max(each.count for each in held), max(len(each.in_headline) for each in held)
            root = max(light, self._holding_root(word))
            in_headlines = min(
                len(self.root(word.term.root, word.stems_left_out).in_headline), self.documents
            )
            known = self._frequencies[word] = Frequencies(light, root, headline, max(headline, in_headlines))
        return known


def each_once(docs: Places) -> bool:
    """Whether each document comes once, in order, as in the list of one stem."""
    return bool((docs[1:] > docs[:-1]).all())


def _around(whole: slice, holes: Iterable[slice]) -> list[slice]:
    """What is left of a stretch around some parts of it."""
    left: list[slice] = []
    start = whole.start
    for hole in sorted((hole for hole in holes if hole.stop > hole.start), key=lambda hole: hole.start):
        left.append(slice(start, hole.start))
        start = hole.stop
    return [*left, slice(start, whole.stop)]


def _distinct(docs: Places) -> Places:
    """Each document once, in order."""
    return docs if each_once(docs) else np.unique(docs)


def _in_both(some: Places, others: Places) -> Places:
    """The documents in both of two lists, in which each comes once, in order."""
    fewer, more = sorted((some, others), key=len)
    if not len(fewer):
        return fewer
    places = np.minimum(more.searchsorted(fewer), len(more) - 1)
    both: Places = fewer[more[places] == fewer]
    return both


def lights_of(terms: Sequence[Term]) -> list[str]:
    """The light stems of some words."""
    return [term.light for term in terms]
