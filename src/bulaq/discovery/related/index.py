"""The store behind related articles: vectors of all articles, and lists of who holds which term.

One SQLite file and one file of counters (`vectors.Frequencies`) in a folder; only the worker writes, any process
reads meanwhile. About 1.3 kB an article. It depends on no search engine, so related articles are the same whichever one
answers searches, and it can be thrown away and made anew from the articles.

Candidates are found by static pruning (Carmel et al., 2001): an article is filed under its `FILED` weightiest light
terms only, in each edition that carries it, in the order of filing (`reindex` files in the order of publication). A
lookup reads a bounded part of each term's list (`term_lists`), half of it around the article's own time and half the
newest, rarest terms first, and stops at `READ` entries: its cost has a ceiling, whatever the size of the archive, and an
article of ten years ago finds the others of its day as well as what is said today. Files of articles that left are
passed over when their vector or placement is missing.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.analysis import VERSION as ANALYSER_VERSION
from bulaq.discovery.document import Document
from bulaq.discovery.related.term_lists import TermLists
from bulaq.discovery.related.vectors import Frequencies, Vector, Vectoriser, is_root, unpacked

LAYOUT: Final = f"4-{ANALYSER_VERSION}"
"""Changes with this module and with the analyser; an index of another layout must be made anew."""

FILED: Final = 40
"""Terms under which an article is filed."""
READ: Final = 40_000
"""Entries of lists after which a lookup reads no further list."""
_BATCH: Final = 4000
_WEIGHT_SCALE: Final = 24.0

Ids = NDArray[np.uint32]
_Lists = defaultdict[tuple[int, int], tuple[list[int], list[int], list[float]]]
"""Edition and term → the ids to be filed there, their weights, their times."""


class RelatedIndexOutdated(ValueError):
    """The folder was made by another version: delete it and put the articles again."""


class Stored(NamedTuple):
    """An article as it is in the index: when it was published in the edition asked for (seconds, UTC), its vector as it
    is kept."""

    id: int
    published: float
    packed: bytes

    @property
    def vector(self) -> Vector:
        """Taken apart only when asked: of two hundred candidates few are shown."""
        return unpacked(self.packed)


class RelatedIndex:
    """Vectors, placements and term lists; in memory when no `folder` is given. Safe to share between threads."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._database = sqlite3.connect(
            str(folder / "related.sqlite3") if folder else ":memory:",
            check_same_thread=False,
            timeout=30,
            isolation_level=None,
        )
        self._lists = TermLists(self._database)
        try:
            self._open(folder)
            self.frequencies = Frequencies(folder / "frequencies.u32" if folder else None)
        except BaseException:
            self._database.close()
            raise
        self.vectoriser = Vectoriser()

    def _open(self, folder: Path | None) -> None:
        execute = self._database.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")  # a lost last second is put again from the outbox
        execute("PRAGMA cache_size = -65536")
        execute("PRAGMA mmap_size = 2147483648")
        execute("CREATE TABLE IF NOT EXISTS layout (name TEXT PRIMARY KEY)")
        row = execute("SELECT name FROM layout").fetchone()
        if row is not None and row[0] != LAYOUT:
            raise RelatedIndexOutdated(
                f"{folder}: related index of layout {row[0]}, this is {LAYOUT}; make it anew"
            )
        if row is None:
            with self._database:
                execute("BEGIN IMMEDIATE")
                execute(
                    "CREATE TABLE IF NOT EXISTS vectors (article INTEGER PRIMARY KEY, vector BLOB, filed BLOB)"
                )
                execute(
                    "CREATE TABLE IF NOT EXISTS placements (article INTEGER, edition INTEGER, published REAL,"
                    " PRIMARY KEY (article, edition)) WITHOUT ROWID"
                )
                self._lists.create()
                execute("INSERT OR IGNORE INTO layout VALUES (?)", (LAYOUT,))

    def put(self, documents: Iterable[Document]) -> None:
        """Files documents, each in place of the one with its id; live placements only. A batch is one transaction.

        Ids are whole numbers from 0 to 2^32 − 1. Of a great number, put them in the order of publication.
        """
        self.put_vectors((document, self.vector_of(document)) for document in documents)

    def put_vectors(self, documents: Iterable[tuple[Document, Vector]], *, batch: int = _BATCH) -> None:
        """The same with the whole vectors (`vector_of`) at hand: only ids and placements are read of the documents."""
        waiting: list[tuple[Document, Vector]] = []
        for pair in documents:
            waiting.append(pair)
            if len(waiting) == batch:
                self._put_batch(waiting)
                waiting.clear()
        if waiting:
            self._put_batch(waiting)

    def delete(self, ids: Iterable[int]) -> None:
        """Takes articles out; ids that are not there are passed over."""
        with self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for article in ids:
                row = self._database.execute(
                    "SELECT vector FROM vectors WHERE article = ?", (article,)
                ).fetchone()
                if row is not None:
                    self.frequencies.count(unpacked(row[0]).terms, -1)
                    self._database.execute("DELETE FROM vectors WHERE article = ?", (article,))
                    self._database.execute("DELETE FROM placements WHERE article = ?", (article,))

    def _put_batch(self, whole: Sequence[tuple[Document, Vector]]) -> None:
        with self._lock, self._database:
            execute = self._database.execute
            execute("BEGIN IMMEDIATE")
            filed_before: dict[int, tuple[Ids, list[int]]] = {}
            for document, vector in whole:
                row = execute(
                    "SELECT vector, filed FROM vectors WHERE article = ?", (document.id,)
                ).fetchone()
                if row is not None:
                    self.frequencies.count(unpacked(row[0]).terms, -1)
                    editions = execute(
                        "SELECT edition FROM placements WHERE article = ?", (document.id,)
                    ).fetchall()
                    filed_before[document.id] = (
                        np.frombuffer(row[1], dtype="<u4"),
                        [row[0] for row in editions],
                    )
                self.frequencies.count(vector.terms)
            lists: _Lists = defaultdict(lambda: ([], [], []))
            for document, vector in whole:
                self._put_one(
                    document, self.frequencies.shortened(vector), filed_before.get(document.id), lists
                )
            for (edition, term), (ids, weights, times) in lists.items():
                self._lists.append(edition, term, ids, weights, times)

    def _put_one(
        self,
        document: Document,
        vector: Vector,
        before: tuple[Ids, list[int]] | None,
        lists: _Lists,
    ) -> None:
        execute = self._database.execute
        execute("DELETE FROM placements WHERE article = ?", (document.id,))
        published = {
            place.edition: seconds(place.published_at)
            for place in document.placements
            if place.live and place.published_at is not None
        }
        for edition, moment in published.items():
            execute("INSERT INTO placements VALUES (?, ?, ?)", (document.id, edition, moment))
        terms, weights = self._weightiest(vector)
        execute(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            (document.id, vector.packed(), terms.astype("<u4").tobytes()),
        )
        steps = np.clip(np.rint(weights * _WEIGHT_SCALE), 1, 255).astype(int).tolist()
        known, editions = (set(before[0].tolist()), set(before[1])) if before else (set(), set())
        for edition, moment in published.items():
            for term, step in zip(terms.tolist(), steps, strict=True):
                if edition in editions and term in known:
                    continue  # already filed there; the weight in the list only chooses candidates
                ids, list_weights, times = lists[edition, term]
                ids.append(document.id)
                list_weights.append(step)
                times.append(moment)

    def vector_of(self, document: Document) -> Vector:
        """The whole vector of a document; topics count as much as the headline."""
        headline = " ".join((document.headline, document.kicker, *document.topics))
        return self.vectoriser.vector(
            headline, "\n".join((document.standfirst, document.body, document.caption))
        )

    def vector(self, article: int) -> Vector | None:
        """The vector that an article was filed with, None when it is not in the index."""
        with self._lock:
            row = self._database.execute(
                "SELECT vector FROM vectors WHERE article = ?", (article,)
            ).fetchone()
        return None if row is None else unpacked(row[0])

    def _weightiest(self, vector: Vector) -> tuple[Ids, NDArray[np.float32]]:
        """The light terms to file or look under, and their part of the vector's length 1, weightiest first."""
        weights = vector.weights * self.frequencies.rarity(vector.terms)
        length = float(np.sqrt((weights * weights).sum())) or 1.0
        weights = np.where(is_root(vector.terms) | ~self.frequencies.held(vector.terms), 0, weights)
        order = np.argsort(-weights, kind="stable")[:FILED]
        order = order[weights[order] > 0]
        return vector.terms[order], (weights[order] * (10 / length)).astype(np.float32)

    def candidates(self, vector: Vector, edition: int, limit: int, moment: float | None = None) -> list[int]:
        """The articles of an edition that share most of the weightiest terms, at most `limit`, best first.

        `moment` (seconds, UTC) is the time around which they are looked for, beside the newest.
        """
        terms, weights = self._weightiest(vector)
        held = self.frequencies.rarity(terms)
        parts: list[Ids] = []
        scores: list[NDArray[np.float32]] = []
        read = 0
        with self._lock:
            for place in np.argsort(-held, kind="stable").tolist():
                for id_bytes, weight_bytes in self._lists.blocks(edition, int(terms[place]), moment):
                    parts.append(np.frombuffer(id_bytes, dtype="<u4"))
                    scores.append(
                        np.frombuffer(weight_bytes, dtype=np.uint8).astype(np.float32) * weights[place]
                    )
                    read += len(weight_bytes)
                if read >= READ:
                    break
        if not parts:
            return []
        ids, inverse = np.unique(np.concatenate(parts), return_inverse=True)
        totals = np.bincount(inverse, weights=np.concatenate(scores))
        best = np.argpartition(-totals, limit)[:limit] if totals.size > limit else np.arange(totals.size)
        best = best[np.argsort(-totals[best], kind="stable")]
        found: list[int] = ids[best].tolist()
        return found

    def stored(self, articles: Iterable[int], edition: int) -> list[Stored]:
        """Those of the articles that stand in the edition, with their vectors, in the order given."""
        wanted = list(articles)
        rows: dict[int, tuple[float, bytes]] = {}
        with self._lock:
            found = self._database.execute(
                # CROSS JOIN keeps this order: SQLite would read all placements of the edition.
                "SELECT placements.article, published, vector FROM json_each(?) AS wanted"
                " CROSS JOIN placements ON placements.edition = ? AND placements.article = wanted.value"
                " CROSS JOIN vectors ON vectors.article = wanted.value",
                (json.dumps(wanted), edition),
            )
            for article, published, vector in found:
                rows[article] = published, vector
        return [Stored(article, *rows[article]) for article in wanted if article in rows]

    def __len__(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def is_empty(self) -> bool:
        """Whether no article is filed."""
        with self._lock:
            return self._database.execute("SELECT 1 FROM vectors LIMIT 1").fetchone() is None

    def close(self) -> None:
        """Close the files; nothing may be asked afterwards."""
        self._database.close()
        self.frequencies.close()


def seconds(moment: datetime) -> float:
    """Seconds since 1970 UTC; a moment without an offset is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
