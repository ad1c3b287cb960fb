"""The search index as the rest of Bulaq sees it: what can be asked, what comes back, who may write.

Backends (`embedded.engine`, `postgres.index`) keep this contract; an OpenSearch one would, too. All of them are fed
the terms of `bulaq.arabic.analysis`, match by the same rules (`bulaq.discovery.query.parsing`) and order their candidates by
the same ranking (`bulaq.discovery.ranking.scoring`).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol, runtime_checkable

from bulaq.discovery.document import Document


class Sort(Enum):
    """The order of results. DEFAULT joins relevance and freshness as a reader of news expects."""

    DEFAULT = "default"
    RELEVANCE = "relevance"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the index. Every filter that is set must hold.

    `edition` and `section` look at one placement: the section is the article's in that edition. Without `drafts`
    only live placements count. `since` and `until` bound the document's time, both included. `now` is the moment
    from which freshness is counted: the newest document's time when it is not given.
    """

    text: str = ""
    edition: int | None = None
    section: int | None = None
    author: int | None = None
    topic: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    drafts: bool = False
    tags: frozenset[str] = frozenset()
    sort: Sort = Sort.DEFAULT
    limit: int = 20
    offset: int = 0
    facets: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `headline` and `snippet` are HTML: escaped text with `<mark>` around what was matched. `score` is 0
    in order of time."""

    id: int
    score: float
    headline: str
    snippet: str
    url: str
    time: datetime | None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the matching documents stand in each section of the edition asked for, and in each year."""

    sections: dict[int, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts the documents that hold all words of the query; when fewer do than a page has, those that
    hold two thirds of them, then any. `relaxed` says that none has all, or none the phrase. In order of time the hits are of these; in order of relevance a
    document that lacks a word may still come before one that has them all. `did_you_mean` is the query as it was
    probably meant, when it is misspelt. `approximate` says that `total` and the facets are estimated from a sample (of
    more than some thousand documents, within 5 %)."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    relaxed: bool = False
    did_you_mean: str | None = None
    facets: Facets | None = None
    approximate: bool = False


def two_figures(estimate: int) -> int:
    """An estimate as it may be told: 12,345 as 12,000. More figures would promise what a sample cannot know."""
    step: int = 10 ** max(len(str(abs(estimate))) - 2, 0)
    return (estimate + step // 2) // step * step


class IndexUnavailable(Exception):
    """The index cannot be read or written now; the message says why."""


class IndexOutdated(IndexUnavailable):
    """The index must be rebuilt: another version of the analyser or of the index made it, or its files are damaged."""


class Writer(Protocol):
    """The one writer. Nothing is seen by readers before `commit`, and then everything is, with the cursor."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add the documents, each in place of the one with its id."""

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out; ids that are not there are passed over."""

    def commit(self, cursor: str) -> None:
        """Make all since the last commit durable and visible at once, together with the reader's place in the
        outbox; after a crash `SearchIndex.cursor` tells up to where the index is complete."""


class Rebuild(Writer, Protocol):
    """The writer into an index that is still to be put in use."""

    def prepare(self) -> None:
        """Do with what was committed what takes long (indexes, learning), so that what is written afterwards can be in use
        at once. Done at the end of the block when it was not called."""


class SearchIndex(Protocol):
    """An index that answers in any process and is written by one at a time. One that learns from its documents apart from
    writing them is a `LearningIndex`, too."""

    def search(self, search: Search) -> Results:
        """Answer a question; never raises for what the query says, however odd."""

    def suggest(self, prefix: str, *, edition: int | None = None, limit: int = 8) -> tuple[str, ...]:
        """Ways to go on typing, best first: phrases of live headlines."""

    def count(self) -> int:
        """How many documents the index holds."""

    def cursor(self) -> str | None:
        """The cursor of the last commit, None for an index that has none yet; raises `IndexOutdated`."""

    def check(self) -> None:
        """Look at the index as a process does that opens it now; raises `IndexOutdated` when it must be rebuilt."""

    def writer(self) -> AbstractContextManager[Writer]:
        """The writer; raises `IndexUnavailable` while another process holds it, or when there is no room to write, and
        `IndexOutdated`."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """A writer into a new, empty index that takes the place of this one when the block ends well; readers and
        `writer` go on with the old one until then. When the block raises, or the process dies, the old one stays. One at a
        time."""


@runtime_checkable
class LearningIndex(Protocol):
    """An index that the worker lets learn, now and then, from what was written since."""

    def learn(self) -> None:
        """Learn anew what the documents in use teach (spellings, words); without documents, nothing."""
