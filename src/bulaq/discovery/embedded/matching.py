"""Which documents match a query, and how many: with all of its words, with two thirds of them, with any."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from bulaq.discovery.embedded.lists import Lists, lights_of
from bulaq.discovery.embedded.segment import Chosen
from bulaq.discovery.index import Search
from bulaq.discovery.marks import marks_asked
from bulaq.discovery.query.parsing import Query


class Matching:
    """The documents that match one query, and its filters."""

    def __init__(self, lists: Lists, search: Search, query: Query) -> None:
        self.lists = lists
        self.search = search
        self.query = query

    @cached_property
    def through(self) -> Chosen:
        """The documents that the filters let through: their marks, their time, phrases, exclusions."""
        generation = self.lists.generation
        found = generation.alive
        for mark in marks_asked(self.search):
            found = found & generation.marked(mark)
        if self.search.since is not None:
            found = found & (generation.times >= int(self.search.since.timestamp()))
        if self.search.until is not None:
            found = found & (generation.times <= int(self.search.until.timestamp())) & (generation.years != 0)
        for term in self.query.excluded:
            found = found & ~self.lists.with_light(term.light)
        for phrase in self.query.excluded_phrases:
            found = found & ~self.lists.phrase(lights_of(phrase), found)
        for phrase in self.query.phrases:
            found = self.lists.phrase(lights_of(phrase), found)
        return found

    @cached_property
    def held(self) -> npt.NDArray[np.uint8]:
        """How many of the query's words each document holds."""
        counts = np.zeros(len(self.lists.generation.alive), dtype=np.uint8)
        for word in self.query.words:
            counts += self.lists.word(word)
        return counts

    @cached_property
    def some_have_all(self) -> bool:
        """Whether any document holds all words."""
        return self.query.is_empty or bool(self.at(len(self.query.words)).any())

    def strictest(self, wanted: int) -> tuple[int, int]:
        """The strictest level at which so many documents match, and their number."""
        if self.query.is_empty:
            return 0, int(np.count_nonzero(self.through))
        level = total = 0
        for level in self.query.levels():
            total = int(np.count_nonzero(self.at(level)))
            if total >= wanted:
                break
        return level, total

    def at(self, level: int) -> Chosen:
        """The documents that hold so many of the words."""
        return self.through if self.query.is_empty else (self.held >= level) & self.through
