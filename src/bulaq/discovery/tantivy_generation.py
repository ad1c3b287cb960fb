"""Generations of the embedded index: which one is in use, and one opened for reading."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from bulaq.arabic.analysis import Analyser
from bulaq.discovery import ranking
from bulaq.discovery.codes import Codes, unpack
from bulaq.discovery.index import IndexOutdated
from bulaq.discovery.learning import DAMAGED, MOST_TEXTS, Learned, learn
from bulaq.discovery.tantivy_schema import EXISTENCE, LAYOUT, META, PERIOD_MARK, open_index, stored
from bulaq.discovery.term_letters import decoded
from bulaq.discovery.word_vectors import Beginnings, WordVectors, learn_vectors

logger = logging.getLogger(__name__)

LEARNED = "learned.json"
VECTORS = "vectors.npz"

_MANY = 500  # words that begin alike: to read them all takes long, and one commit hardly changes the most frequent
_LITTLE = 0.01  # the share of new documents up to which that holds


def current(folder: Path) -> str | None:
    """The name of the generation in use."""
    try:
        return (folder / "CURRENT").read_text().strip() or None
    except FileNotFoundError:
        return None


def stamp_of(generation: Path) -> tuple[int, ...]:
    """Changes when the generation has another commit, or has learned anew."""
    commit = os.stat(generation / "meta.json")
    try:
        learned = os.stat(generation / LEARNED)
    except FileNotFoundError:
        return commit.st_mtime_ns, commit.st_ino
    return commit.st_mtime_ns, commit.st_ino, learned.st_mtime_ns, learned.st_ino


def next_name(folder: Path) -> str:
    """The name of the generation after all that are there."""
    numbers = [int(path.name.partition("-")[2]) for path in folder.glob("generation-*")]
    return f"generation-{max(numbers, default=0) + 1}"


def point(folder: Path, name: str) -> None:
    """Let CURRENT name this generation, atomically and durably."""
    new = folder / "CURRENT.new"
    with new.open("w") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, folder / "CURRENT")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


Completions = dict[str, tuple[list[str], int, int]]
"""Beginning of a word → the most frequent words that begin so, of how many, and the documents there were then."""


@dataclass
class Generation:
    """An opened generation at one commit."""

    path: Path
    stamp: tuple[int, ...]
    index: tantivy.Index
    searcher: tantivy.Searcher
    documents: int
    cursor: str | None
    statistics: ranking.Statistics
    newest: int
    completions: Completions = field(default_factory=dict)

    @cached_property
    def periods(self) -> list[tuple[int, int]]:
        """The periods of the documents' times, the newest first, and how many documents each has."""
        found = self.searcher.terms_with_prefix("marks", PERIOD_MARK)
        return sorted(((int(term.removeprefix(PERIOD_MARK)), count) for term, count in found), reverse=True)

    def newest_periods(self, documents: int) -> Query | None:
        """What finds the documents of the newest periods, so many at least; None when these are most of all."""
        marks, held = [], 0
        for period, count in self.periods:
            marks.append(f"{PERIOD_MARK}{period}")
            held += count
            if held >= documents:
                break
        if held < documents or 2 * held > self.documents:
            return None
        terms = [Query.term_query(self.index.schema, "marks", mark, EXISTENCE) for mark in marks]
        return Query.const_score_query(Query.boolean_query([(Occur.Should, term) for term in terms]), 0.0)

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

    @classmethod
    def open(cls, path: Path, stamp: tuple[int, ...]) -> Generation:
        """Open a generation for reading; raises `IndexOutdated` when other code made it."""
        return cls._read(path, stamp, open_index(path))

    def reloaded(self, stamp: tuple[int, ...]) -> Generation:
        """The same at its newest commit."""
        again = self._read(self.path, stamp, self.index)
        again.completions = {
            beginning: known
            for beginning, known in list(self.completions.items())
            if known[1] > _MANY and abs(again.documents - known[2]) <= known[2] * _LITTLE
        }
        return again

    @classmethod
    def _read(cls, path: Path, stamp: tuple[int, ...], index: tantivy.Index) -> Generation:
        index.reload()
        searcher = index.searcher()
        schema = index.schema
        state: dict[str, str] = {}
        found = searcher.search(Query.term_query(schema, "id", META), 1, count=False).hits
        if found:
            state = json.loads(stored(searcher.doc(found[0][1]), "source"))
            if (state["analyser"], state["layout"]) != (Analyser.VERSION, LAYOUT):
                raise IndexOutdated(f"{path}: made by another version of Bulaq; run a reindex")
        measures = searcher.aggregate(
            Query.all_query(),
            {
                "headline": {"avg": {"field": "headline_length"}},
                "body": {"avg": {"field": "body_length"}},
                "newest": {"max": {"field": "time"}},
            },
        )
        documents = searcher.num_docs - len(found)
        statistics = ranking.Statistics(
            documents, measures["headline"]["value"] or 0.0, measures["body"]["value"] or 0.0
        )
        newest = int(measures["newest"]["value"] or 0)
        return cls(path, stamp, index, searcher, documents, state.get("cursor"), statistics, newest)


def learn_from(generation: Generation) -> None:
    """Learn from a generation's vocabulary and newest documents, and leave what was learned beside it."""
    searcher = generation.searcher
    vocabulary, forms = (
        {decoded(word): count for word, count in searcher.terms_with_prefix(field, "")}
        for field in ("text", "word")
    )
    found = searcher.search(Query.all_query(), MOST_TEXTS, count=False, order_by_field="time").hits
    beginnings = Beginnings()
    texts = beginnings.passing(_texts(searcher, [address for _, address in found]))
    learned = learn(vocabulary, texts, forms)
    vectors = learn_vectors(beginnings)
    if vectors is not None:
        vectors.save(generation.path / VECTORS)
    learned.save(generation.path / LEARNED)  # last: readers look at its time


def _texts(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> Iterator[Codes]:
    for address in addresses:
        codes = stored(searcher.doc(address), "codes")
        if codes:
            yield from unpack(codes)[:2]
