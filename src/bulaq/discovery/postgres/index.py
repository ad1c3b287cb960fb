"""The search index in PostgreSQL, for a network that has a server and wants no second kind of storage.

The analysed terms stand in a `tsvector` built here (`terms`), never by PostgreSQL's own Arabic configuration. Matching
follows the same rules as the embedded index; candidates are put in order by the same ranking, but chosen more simply
(by the rarity of the words that they hold), because `ts_rank` knows no rarity.

One writer at a time by an advisory lock. Everything between two commits of the writer is one transaction, the cursor
included; a rebuild fills another table and takes the place of the first by renaming.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Rebuild, Results, Search, Writer
from bulaq.discovery.postgres import tables, word_counts
from bulaq.discovery.postgres.answer import Answer
from bulaq.discovery.postgres.learning import learned_from
from bulaq.discovery.postgres.tables import NEXT, SEARCHED
from bulaq.discovery.postgres.terms import lexeme
from bulaq.discovery.postgres.writing import PostgresRebuild, PostgresWriter
from bulaq.discovery.results.hits import texts_of
from bulaq.discovery.results.suggestions import beginning, continuations
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.faces import TextFaces

_LOCK: Final = 0x42554C4151  # «BULAQ»: the key of the advisory lock that the writer holds
_PREPARING: Final = _LOCK + 1  # likewise, who makes the tables
_REBUILDING: Final = _LOCK + 2  # likewise, a rebuild
_LEARNING: Final = _LOCK + 3  # likewise, who learns: a rebuild waits for them before its table is renamed
_SETTINGS: Final[LiteralString] = "SET enable_seqscan = off; SET jit = off; SET work_mem = '32MB'"
"""Of those who ask. Terms lie outside the rows, so that to go through the table opens every document, which the planner
counts as nothing; no question is long enough to be compiled for; who holds a word must be known to the document."""


class PostgresIndex:
    """A `SearchIndex` in the database at `url` (tables `bulaq_search`, `bulaq_search_state`, made when missing)."""

    def __init__(self, url: str, analyser: Analyser | None = None) -> None:
        self.url = url
        self.analyser = analyser or Analyser()
        self._faces = TextFaces(self.analyser)
        self._threads = threading.local()
        self._learned: tuple[str, Learned] = ("", Learned())
        self._ready = False

    def count(self) -> int:
        """How many documents the index holds."""
        return int(self._one("SELECT count(*) FROM bulaq_search") or 0)

    def cursor(self) -> str | None:
        """The cursor of the last commit."""
        self._check_version()
        return self._state("cursor")

    def check(self) -> None:
        """See `SearchIndex.check`."""
        self._check_version()

    def _check_version(self) -> None:
        made_by = self._state("made_by")
        if made_by is not None and made_by != tables.made_by(self.analyser):
            raise IndexOutdated("the search index in PostgreSQL was made by another version; run a reindex")

    def search(self, search: Search) -> Results:
        """See `SearchIndex.search`."""
        self._check_version()
        return Answer(self._connection(), search, self.analyser, self.learned()).results()

    def suggest(self, prefix: str, *, edition: int | None = None, limit: int = 8) -> tuple[str, ...]:
        """See `SearchIndex.suggest`."""
        typed = beginning(prefix, self.analyser)
        if not (typed.whole or typed.started):
            return ()
        terms = [lexeme("w", word) for word in typed.whole]
        if typed.started:
            terms.append(lexeme("w", typed.started) + ":*")
        rows = self._rows(
            "SELECT source FROM bulaq_search WHERE terms @@ %s::tsquery AND marks @> %s "
            "ORDER BY time DESC NULLS LAST, id DESC LIMIT 60",
            (" & ".join(terms), ["live" if edition is None else f"e{edition}"]),
        )
        return continuations(typed, [texts_of(row[0])[0] for row in rows], self.analyser, limit)

    def learned(self) -> Learned:
        """What was learned; read anew when another process has learned since."""
        stamp = self._state("learned_stamp") or ""
        if stamp != self._learned[0]:
            self._learned = stamp, Learned.from_json(self._state("learned") or "{}")
        return self._learned[1]

    def learn(self) -> None:
        """Learn anew the variants and the vocabulary (the worker does, now and then)."""
        connection = self._connection()
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LEARNING,))
            learned = learned_from(connection, SEARCHED)
            word_counts.put_in_use(connection, SEARCHED)
            tables.keep_learned(connection, learned)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The writer; holds its own connection and the lock for as long as the block lasts. Raises `IndexOutdated`
        rather than mix the index with another version's."""
        self._check_version()
        with self._locked(_LOCK) as connection:
            yield PostgresWriter(connection, self._faces, SEARCHED)

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """A writer into another table, which is renamed at the end of the block."""
        with self._locked(_REBUILDING) as connection:
            connection.execute("DROP TABLE IF EXISTS bulaq_search_next")
            tables.make_table(connection, NEXT)
            connection.commit()
            writer = PostgresRebuild(connection, self._faces, NEXT)
            try:
                yield writer
                if writer.learned is None:
                    writer.prepare()
            except BaseException:
                connection.rollback()
                connection.execute("DROP TABLE bulaq_search_next")
                word_counts.forget(connection, NEXT)
                connection.commit()
                raise
            self._put_in_use(connection, writer)

    def _put_in_use(self, connection: psycopg.Connection[Any], writer: PostgresRebuild) -> None:
        for key in (_LOCK, _LEARNING):  # else those who search wait behind one who waits for the table
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (key,))
        word_counts.put_in_use(connection, NEXT)
        connection.execute("DROP TABLE bulaq_search")
        connection.execute("ALTER TABLE bulaq_search_next RENAME TO bulaq_search")
        tables.set_state(connection, "cursor", writer.cursor or "")
        tables.set_state(connection, "made_by", tables.made_by(self.analyser))
        tables.keep_learned(connection, writer.learned or Learned())
        connection.commit()

    @contextmanager
    def _locked(self, key: int) -> Iterator[psycopg.Connection[Any]]:
        self._prepare()
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
            connection.commit()
            if row is None or not row[0]:
                what = "building anew" if key == _REBUILDING else "writing"
                raise IndexUnavailable(f"another process is {what} the search index in PostgreSQL")
            yield connection
            connection.rollback()

    def _connection(self) -> psycopg.Connection[Any]:
        self._prepare()
        connection: psycopg.Connection[Any] | None = getattr(self._threads, "connection", None)
        if connection is None or connection.closed or connection.broken:
            try:
                connection = psycopg.connect(self.url, autocommit=True)
                connection.execute(_SETTINGS)
            except psycopg.OperationalError as error:
                raise IndexUnavailable(
                    f"the search index in PostgreSQL cannot be reached: {error}"
                ) from error
            self._threads.connection = connection
        return connection

    def _prepare(self) -> None:
        if self._ready:
            return
        try:
            with psycopg.connect(self.url) as connection:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_PREPARING,))
                tables.make_all(connection)
        except psycopg.OperationalError as error:
            raise IndexUnavailable(f"the search index in PostgreSQL cannot be reached: {error}") from error
        self._ready = True

    def _rows(self, query: LiteralString, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._connection().execute(query, values).fetchall()

    def _one(self, query: LiteralString, values: tuple[Any, ...] = ()) -> Any:
        rows = self._rows(query, values)
        return rows[0][0] if rows else None

    def _state(self, name: str) -> str | None:
        value: str | None = self._one("SELECT value FROM bulaq_search_state WHERE name = %s", (name,))
        return value
