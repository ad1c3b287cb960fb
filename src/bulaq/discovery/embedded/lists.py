"""The lists of a generation, for one question: who holds a word, and how many do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.stemming import root_of
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.embedded.inversion import BESIDE, IN_HEADLINE, TIMES
from bulaq.discovery.embedded.reading import Generation
from bulaq.discovery.embedded.segment import Chosen, Places, Segment
from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.ranking.scoring import Frequencies

_LOOKED_AT: Final = 300
"""Documents with several words in which it is looked whether these stand in a row, when a rough number is enough."""
_SHORT: Final = 20_000
"""Documents up to which the lists of all segments are put together before they are looked through."""
_OF_STOP_WORDS: Final = frozenset(term.light for term in map(Analyser().term, STOP_WORDS))


class Held:
    """Who holds a word, and how: its lists in all segments. What a question does not ask for is not put together. By a
    root, a document may come again."""

    def __init__(self, generation: Generation, where: Callable[[Segment], Sequence[slice]]) -> None:
        self._lists = [
            (first, segment, each)
            for first, segment in zip(generation.firsts, generation.segments, strict=False)
            for each in where(segment)
            if each.stop > each.start
        ]
        self.count: int = sum(each.stop - each.start for _, _, each in self._lists)

    def add_to(self, held: Chosen) -> None:
        """Mark its documents in an array of all."""
        for first, segment, where in self._lists:
            held[first : first + segment.count][segment.docs(where)] = True

    @cached_property
    def docs(self) -> Places:
        """The places of its documents."""
        return _concatenated([segment.docs(where) + np.int64(first) for first, segment, where in self._lists])

    @cached_property
    def ascending(self) -> bool:
        """Whether each document comes once, in order, as in the list of one stem."""
        return bool((self.docs[1:] > self.docs[:-1]).all())

    @property
    def times(self) -> npt.NDArray[np.uint8]:
        """How often each of these documents holds it."""
        return self._marks & np.uint8(TIMES)

    @cached_property
    def _marks(self) -> npt.NDArray[np.uint8]:
        marks = [segment.marks(where) for _, segment, where in self._lists]
        return np.concatenate(marks) if marks else np.zeros(0, dtype=np.uint8)

    @cached_property
    def in_headline(self) -> Places:
        """Those that have it in the headline."""
        return self._marked(np.uint8(IN_HEADLINE))

    @cached_property
    def beside(self) -> Places:
        """Those that have it in a smaller field."""
        return self._marked(np.uint8(BESIDE))

    def _marked(self, mark: np.uint8) -> Places:
        if self.count < _SHORT:
            docs: Places = self.docs[self._marks & mark != 0]
            return docs
        found = [
            segment.docs(where)[segment.marks(where) & mark != 0] + np.int64(first)
            for first, segment, where in self._lists
        ]
        return _concatenated(found)


def _concatenated(arrays: list[Places]) -> Places:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)


class Lists:
    """The lists of one generation; each is read once for a question."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.documents = generation.documents
        self._lights: dict[str, Held] = {}
        self._roots: dict[str, Held] = {}
        self._frequencies: dict[QueryWord, Frequencies] = {}

    def light(self, light: str) -> Held:
        """Who holds a light stem. (It may be that of a stop word, too.)"""
        if light not in self._lights:
            roots = dict.fromkeys((root_of(light), light) if light in _OF_STOP_WORDS else (root_of(light),))
            self._lights[light] = Held(
                self.generation, lambda segment: [segment.of_light(light, root) for root in roots]
            )
        return self._lights[light]

    def root(self, root: str) -> Held:
        """Who holds a word of a root."""
        if root not in self._roots:
            self._roots[root] = Held(self.generation, lambda segment: [segment.of_root(root)])
        return self._roots[root]

    def word(self, word: QueryWord) -> Chosen:
        """The documents that hold a word."""
        held = np.zeros(len(self.generation.alive), dtype=bool)
        for root in dict.fromkeys(word.roots_to_match):
            self.root(root).add_to(held)
        for light in word.lights_to_match:
            self.light(light).add_to(held)
        return held

    def with_light(self, light: str) -> Chosen:
        """The documents that hold a light stem."""
        held = np.zeros(len(self.generation.alive), dtype=bool)
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
            found = _in_both(found, self.light(light).docs)
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
            return len(_in_both(self.light(one).in_headline, self.light(other).in_headline))
        docs = self._with_all((one, other), self.generation.alive)
        looked_at = docs[-_LOOKED_AT:]
        share = len(self._in_a_row(looked_at, (one, other))) / max(1, len(looked_at))
        return round(share * len(docs))

    def documents_with(self, word: QueryWord) -> int:
        """How many documents hold a word, but for its variants."""
        if word.of_place:
            return max(self.light(light).count for light in word.of_place)
        return self._holding_root(word.term.root)

    def _holding_root(self, root: str) -> int:
        return sum(segment.documents_of_root(root) for segment in self.generation.segments)

    def frequencies(self, word: QueryWord) -> Frequencies:
        """In how many documents, and headlines, a word stands, as the ranking asks. (A headline with two words of a root
        counts twice.)"""
        known = self._frequencies.get(word)
        if known is None:
            held = [self.light(light) for light in word.lights]
            light, headline = max(each.count for each in held), max(len(each.in_headline) for each in held)
            root = max(light, self._holding_root(word.term.root))
            in_headlines = min(len(self.root(word.term.root).in_headline), self.documents)
            known = self._frequencies[word] = Frequencies(light, root, headline, max(headline, in_headlines))
        return known


def _distinct(docs: Places) -> Places:
    """Each document once, in order."""
    return docs if bool((docs[1:] > docs[:-1]).all()) else np.unique(docs)


def _in_both(some: Places, others: Places) -> Places:
    """The documents in both of two lists."""
    fewer, more = sorted((_distinct(some), _distinct(others)), key=len)
    if not len(fewer):
        return fewer
    places = np.minimum(more.searchsorted(fewer), len(more) - 1)
    both: Places = fewer[more[places] == fewer]
    return both


def lights_of(terms: Sequence[Term]) -> list[str]:
    """The light stems of some words."""
    return [term.light for term in terms]
