"""Which documents match a query, and how many: with all of its words, with two thirds of them, with any."""

from __future__ import annotations

from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from bulaq.discovery import query as queries
from bulaq.discovery.index import Search, Sort
from bulaq.discovery.marks import marks_asked
from bulaq.discovery.tantivy_lists import Lists, lights_of, unweighed
from bulaq.discovery.tantivy_schema import META, SAMPLE, SAMPLE_OF

COUNTED: Final = 50_000
"""Matching documents up to which they are counted one by one; of more, those in the sample."""
WEIGHED: Final = 150_000
"""Documents in the lists of a query's words up to which it is asked who holds two thirds of the words: all lists must
be read for that. Beyond, in order of relevance, the step after «all» is «any»."""
_SURE: Final = 400  # matching documents of the sample from which on it tells the number within some 5 %

_Clauses = list[tuple[Occur, Query]]


class Matching:
    """The documents that match one query, and its filters."""

    def __init__(self, lists: Lists, search: Search, query: queries.Query) -> None:
        self.lists = lists
        self.search = search
        self.query = query
        self.approximate = False
        self.some_have_all = True

    def strictest(self, wanted: int) -> tuple[int, int]:
        """The strictest level at which so many documents match, and their number. Tells whether `some_have_all` words."""
        if self.query.is_empty:
            return 0, self._count(0, self.lists.documents)
        level = total = 0
        held = sorted(map(self.lists.documents_with, self.query.words), reverse=True)
        levels = self.query.levels()
        if sum(held) > WEIGHED and self.search.sort is not Sort.TIME:
            levels = tuple(dict.fromkeys((len(held), 1)))
        for level in levels:
            # No more documents can hold `level` of the words than hold those but the `level` - 1 most frequent.
            total = self._count(level, sum(held[level - 1 :]))
            if level == len(held):
                self.some_have_all = total > 0
            if total >= wanted:
                break
        return level, total

    def at(self, level: int, *, sampled: bool = False) -> Query:
        """The documents, or those of the sample, that hold so many of the words. Those with all are found by the rarest
        one's list."""
        words = [self.lists.word(word, sampled=sampled) for word in self.query.words]
        if not words:
            wanted = [self.lists.mark(SAMPLE) if sampled else Query.all_query()]
        elif level == len(words):
            wanted = words
        else:
            wanted = [Query.boolean_query([(Occur.Should, word) for word in words], level)]
        return Query.boolean_query([*_must(*wanted), *self.filters()])

    def _count(self, level: int, most: int) -> int:
        """How many documents match at a level, of which there are at most so many: where that is a great number, one in
        `SAMPLE_OF` is counted, if that is enough to tell."""
        self.approximate = False
        if most > COUNTED:
            found: Any = self.lists.searcher.search(self.at(level, sampled=True), 1, count=True)
            if found.count >= _SURE:
                self.approximate = True
                return int(found.count) * SAMPLE_OF
        found = self.lists.searcher.search(self.at(level), 1, count=True)
        return int(found.count)

    def filters(self, *, marks: bool = True) -> _Clauses:
        """What lets documents through: their marks (or not these), their time, phrases, exclusions."""
        clauses = _must(*map(self.lists.mark, marks_asked(self.search))) if marks else []
        clauses += self._within_time()
        clauses += _must(*(self.lists.phrase(lights_of(phrase)) for phrase in self.query.phrases))
        excluded = [self.lists.term("text", term.light) for term in self.query.excluded]
        excluded += [self.lists.phrase(lights_of(phrase)) for phrase in self.query.excluded_phrases]
        if not marks_asked(self.search):  # the document that carries the cursor has no marks
            excluded.append(Query.term_query(self.lists.schema, "id", META))
        return clauses + [(Occur.MustNot, query) for query in excluded]

    def _within_time(self) -> _Clauses:
        since, until = self.search.since, self.search.until
        if since is None and until is None:
            return []
        lower = int(since.timestamp()) if since is not None else None
        upper = int(until.timestamp()) if until is not None else None
        return _must(Query.range_query(self.lists.schema, "time", tantivy.FieldType.Integer, lower, upper))


def _must(*queries: Query) -> _Clauses:
    return [(Occur.Must, unweighed(query)) for query in queries]
