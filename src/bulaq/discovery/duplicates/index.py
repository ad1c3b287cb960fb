"""Near-duplicates: «this was published on …», found in time that does not grow with the archive.

Candidates come from MinHash (Broder, 1997): for each of `KEYS` random orders of all 8-grams, an article is filed under
its first one. Two articles of Jaccard similarity s meet under at least one key with probability 1 − (1 − s)^KEYS:
.99998 at .5, .81 at .1, so that a short wire text inside a longer rewrite is found too. Each key is used alone, not in
bands: an 8-gram in common is already rare, and what is common to many (a weather table, «للاشتراك في النشرة») is
bounded by `NEWEST`. Every candidate is then verified on its whole set of 8-grams, so that what is reported is exact.

The index is one SQLite file (about 1.2 kB an article) that only the worker writes; it is read while it is written
(WAL), grows by the article, is never loaded whole, and can be thrown away and made anew from the articles.
A text of fewer than eight words holds no evidence: it is neither filed nor found (empty bodies would all collide).

Two refinements. In a short text one changed word takes eight of some thirty 8-grams with it, so two texts of at most
`shingles.SHORT` words are compared by their 4-grams as well. And what is written anew each day in the same words with
other figures (the weather, prices, prayer times) is news each day, not a repetition: two texts that state at least
`FIGURES` numbers each are no duplicates when fewer than half of the numbers of one are in the other, too.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import numpy as np

from bulaq.discovery.duplicates.shingles import Fingerprint, Overlap, Shingles, fingerprint, mixed, overlap

VERSION: Final = 2
"""Changes whenever a text would be filed otherwise; an index of another version must be made anew."""

KEYS: Final = 16
JACCARD: Final = 0.5
CONTAINMENT: Final = 0.8
NEWEST: Final = 128
"""Of the articles under one key, so many are looked at, those with the greatest ids (the newest) first."""
VERIFIED: Final = 512
"""So many candidates are compared in full, those with the most keys in common first."""
_CONTAINED_SHINGLES: Final = 10
"""Shared 8-grams that containment needs (17 words in a row): a short formula inside a long text is not a copy."""

FIGURES: Final = 3
"""So many numbers make a text one of figures; with fewer, another number is an update (of a toll) that editors look for."""
_COMMON_FIGURES: Final = 0.5

ArticleId = int | str
_SEEDS = mixed(np.arange(1, KEYS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))[:, None]
_KEY_BITS = np.uint64(2**47 - 1)  # six bytes in SQLite


def _keys(grams: Shingles) -> list[int]:
    """What an article is filed under: the least of its 8-grams in each of the random orders."""
    least = mixed(grams.astype(np.uint64)[None, :] ^ _SEEDS).min(axis=1)
    keys: list[int] = (mixed(least) & _KEY_BITS).tolist()
    return keys


def _compared(
    one: Fingerprint, other: Fingerprint, jaccard: float = JACCARD, containment: float = CONTAINMENT
) -> Overlap | None:
    """How much two texts share, None when that does not make them near-duplicates."""
    measured = overlap(one.grams, other.grams)
    if containment <= 1 and one.fine.size and other.fine.size:
        fine = overlap(one.fine, other.fine)
        if fine.jaccard > measured.jaccard:
            measured = Overlap(measured.shared, fine.jaccard, max(fine.containment, measured.containment))
    contained = measured.containment >= containment and measured.shared >= _CONTAINED_SHINGLES
    if measured.jaccard < jaccard and not contained:
        return None
    # Of the text with fewer figures: a longer version states more of them, and is a copy all the same.
    if (
        min(one.figures.size, other.figures.size) >= FIGURES
        and overlap(one.figures, other.figures).containment < _COMMON_FIGURES
    ):
        return None
    return measured


class Duplicate(NamedTuple):
    """An article that shares much of its text: `jaccard` and `containment` of word 8-grams over whole texts, 0..1; of two
    short texts, of their 4-grams where these say more."""

    id: ArticleId
    jaccard: float
    containment: float


class OutdatedIndexError(ValueError):
    """The file was made by another version of this module: delete it and add the articles again."""


class DuplicateIndex:
    """The near-duplicates among the articles added so far; in memory when no `path` is given.

    Ids are whole numbers or strings, all of one kind. Safe to share between threads; other processes may read the same
    file while one writes.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self._lock = threading.RLock()
        self._database = sqlite3.connect(
            str(path) if path is not None else ":memory:",
            check_same_thread=False,
            timeout=30,
            isolation_level=None,
        )
        try:
            self._open(path)
        except BaseException:
            self._database.close()
            raise

    def _open(self, path: Path | str | None) -> None:
        execute = self._database.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")  # a lost last second is added again from the outbox
        execute("PRAGMA cache_size = -65536")
        version = execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise OutdatedIndexError(
                f"{path}: duplicates of version {version}, this is version {VERSION}; make it anew"
            )
        if version == 0:
            with self._database:
                execute("BEGIN IMMEDIATE")
                execute(
                    "CREATE TABLE IF NOT EXISTS shingles (article PRIMARY KEY, hashes BLOB NOT NULL, fine BLOB NOT NULL,"
                    " figures BLOB NOT NULL) WITHOUT ROWID"
                )
                execute(
                    "CREATE TABLE IF NOT EXISTS keys (key, article, PRIMARY KEY (key, article)) WITHOUT ROWID"
                )
                execute(f"PRAGMA user_version = {VERSION}")

    def add(self, article: ArticleId, text: str) -> None:
        """Files the text of an article, in place of the one it was filed with before."""
        self.add_many([(article, text)])

    def add_many(self, articles: Iterable[tuple[ArticleId, str]]) -> None:
        """Files many articles in one transaction: all of them, or none when it is interrupted."""
        with self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for article, text in articles:
                self._remove(article)
                found = fingerprint(text)
                if found.grams.size:
                    self._database.execute(
                        "INSERT INTO shingles VALUES (?, ?, ?, ?)",
                        (article, *(part.astype("<u4").tobytes() for part in found)),
                    )
                    self._database.executemany(
                        "INSERT OR IGNORE INTO keys VALUES (?, ?)",
                        [(key, article) for key in _keys(found.grams)],
                    )

    def remove(self, article: ArticleId) -> None:
        """Forgets an article; one that is not there is no error."""
        with self._lock, self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._remove(article)

    def _remove(self, article: ArticleId) -> None:
        stored = self._stored(article)
        if stored is not None:
            self._database.executemany(
                "DELETE FROM keys WHERE key = ? AND article = ?",
                [(key, article) for key in _keys(stored.grams)],
            )
            self._database.execute("DELETE FROM shingles WHERE article = ?", (article,))

    def find(
        self,
        text: str,
        *,
        exclude: ArticleId | None = None,
        jaccard: float = JACCARD,
        containment: float = CONTAINMENT,
    ) -> list[Duplicate]:
        """The articles that share at least `jaccard` of all 8-grams or `containment` of the smaller text's with `text`.

        Best first. `exclude` is the article's own id. `containment` above 1 asks for the Jaccard of 8-grams alone.
        """
        own = fingerprint(text)
        if not own.grams.size:
            return []
        with self._lock:
            candidates: Counter[ArticleId] = Counter()
            for key in set(_keys(own.grams)):
                rows = self._database.execute(
                    "SELECT article FROM keys WHERE key = ? ORDER BY article DESC LIMIT ?", (key, NEWEST)
                )
                candidates.update(article for (article,) in rows)
            candidates.pop(exclude, None)  # type: ignore[arg-type]
            found = []
            for article, _ in candidates.most_common(VERIFIED):
                stored = self._stored(article)
                if stored is None:
                    continue
                measured = _compared(own, stored, jaccard, containment)
                if measured is not None:
                    found.append(Duplicate(article, measured.jaccard, measured.containment))
        return sorted(
            found, key=lambda duplicate: (-duplicate.jaccard, -duplicate.containment, str(duplicate.id))
        )

    def repeats(self, article: ArticleId, text: str) -> bool:
        """Whether the filed article is a near-duplicate of `text`."""
        with self._lock:
            stored = self._stored(article)
        return stored is not None and _compared(stored, fingerprint(text)) is not None

    def repeats_article(self, article: ArticleId, other: ArticleId) -> bool:
        """Whether two filed articles are near-duplicates."""
        with self._lock:
            one, two = self._stored(article), self._stored(other)
        return one is not None and two is not None and _compared(one, two) is not None

    def _stored(self, article: ArticleId) -> Fingerprint | None:
        with closing(
            self._database.execute("SELECT hashes, fine, figures FROM shingles WHERE article = ?", (article,))
        ) as rows:
            row = rows.fetchone()
        return None if row is None else Fingerprint(*(np.frombuffer(part, dtype="<u4") for part in row))

    def __contains__(self, article: object) -> bool:
        with self._lock:
            return (
                self._database.execute("SELECT 1 FROM shingles WHERE article = ?", (article,)).fetchone()
                is not None
            )

    def __len__(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM shingles").fetchone()[0])

    def close(self) -> None:
        """Close the files; nothing may be asked afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
