"""The search index in PostgreSQL, for a network that has a server and wants no second kind of storage.

The analysed terms stand in a `tsvector` built here (`terms`), never by PostgreSQL's own Arabic configuration. Matching follows the same rules as the
embedded index; candidates are put in order by the same ranking, but chosen more simply (by the rarity of the words
that they hold), because `ts_rank` knows no rarity.

One writer at a time by an advisory lock. Everything between two commits of the writer is one transaction, the cursor
included; a rebuild fills another table and takes the place of the first by renaming.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Rebuild, Results, Search, Writer
from bulaq.discovery.postgres import word_counts
from bulaq.discovery.postgres.answer import Answer, row_of
from bulaq.discovery.postgres.learning import learned_from
from bulaq.discovery.postgres.terms import lexeme
from bulaq.discovery.results.hits import texts_of
from bulaq.discovery.results.suggestions import beginning, continuations
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.document_faces import with_faces
from bulaq.discovery.terms.faces import TextFaces

LAYOUT: Final = "7"
_LOCK: Final = 0x42554C4151  # «BULAQ»: the key of the advisory lock that the writer holds
_PREPARING: Final = _LOCK + 1  # likewise, who makes the tables
_REBUILDING: Final = _LOCK + 2  # likewise, a rebuild
_LEARNING: Final = (
    _LOCK + 3
)  # likewise, who learns from the table: a rebuild waits with this before it takes its place
_SETTINGS: Final[LiteralString] = "SET enable_seqscan = off; SET jit = off; SET work_mem = '32MB'"
"""Of those who ask. Terms lie outside the rows, so that to go through the table opens every document, which the planner
counts as nothing; no question is long enough to be compiled for; who holds a word must be known to the document."""


_TABLE: Final[LiteralString] = """
CREATE TABLE {table} (
    id bigint PRIMARY KEY,
    terms tsvector NOT NULL,
    marks text[] NOT NULL,
    time bigint,
    year integer,
    sections bigint[] NOT NULL,
    headline_length integer NOT NULL,
    body_length integer NOT NULL,
    codes bytea NOT NULL,
    source text NOT NULL
) WITH (toast_tuple_target = 128)
"""
"""What is long is kept apart from the rows, what is filtered by in them, so that many documents are counted by few pages."""
_STORED: Final[LiteralString] = """
ALTER TABLE {table} ALTER COLUMN marks SET STORAGE MAIN, ALTER COLUMN sections SET STORAGE MAIN
"""
_STATE: Final[LiteralString] = """
CREATE TABLE IF NOT EXISTS bulaq_search_state (name text PRIMARY KEY, value text NOT NULL)
"""
_PUT: Final[LiteralString] = """
INSERT INTO {table} (id, terms, marks, time, year, sections, headline_length, body_length, codes, source)
VALUES (%s, %s::tsvector, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, marks = excluded.marks, time = excluded.time,
    year = excluded.year, sections = excluded.sections, headline_length = excluded.headline_length,
    body_length = excluded.body_length, codes = excluded.codes, source = excluded.source
"""


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
        if made_by is not None and made_by != _made_by(self.analyser):
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
            learned = learned_from(connection, "bulaq_search")
            word_counts.put_in_use(connection, "bulaq_search")
            _keep_learned(connection, learned)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The writer; holds its own connection and the lock for as long as the block lasts. Raises `IndexOutdated`
        rather than mix the index with another version's."""
        self._check_version()
        with self._locked(_LOCK) as connection:
            yield _PostgresWriter(connection, self._faces, "bulaq_search")

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """A writer into another table, which is renamed at the end of the block."""
        with self._locked(_REBUILDING) as connection:
            connection.execute("DROP TABLE IF EXISTS bulaq_search_next")
            _make_table(connection, "bulaq_search_next")
            connection.commit()
            writer = _PostgresRebuild(connection, self._faces, "bulaq_search_next")
            try:
                yield writer
                if writer.learned is None:
                    writer.prepare()
            except BaseException:
                connection.rollback()
                connection.execute("DROP TABLE bulaq_search_next")
                word_counts.forget(connection, "bulaq_search_next")
                connection.commit()
                raise
            self._put_in_use(connection, writer)

    def _put_in_use(self, connection: psycopg.Connection[Any], writer: _PostgresRebuild) -> None:
        for key in (_LOCK, _LEARNING):  # else those who search wait behind one who waits for the table
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (key,))
        word_counts.put_in_use(connection, "bulaq_search_next")
        connection.execute("DROP TABLE bulaq_search")
        connection.execute("ALTER TABLE bulaq_search_next RENAME TO bulaq_search")
        _set_state(connection, "cursor", writer.cursor or "")
        _set_state(connection, "made_by", _made_by(self.analyser))
        _keep_learned(connection, writer.learned or Learned())
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
                _make_table(connection, "bulaq_search")
                connection.execute(_STATE)
                word_counts.make(connection)
                _make_indexes(connection, "bulaq_search")
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


def _set_state(connection: psycopg.Connection[Any], name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO bulaq_search_state VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _keep_learned(connection: psycopg.Connection[Any], learned: Learned) -> None:
    _set_state(connection, "learned", learned.to_json())
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    _set_state(connection, "learned_stamp", str(row and row[0]))


def _made_by(analyser: Analyser) -> str:
    return f"analyser {analyser.VERSION}, layout {LAYOUT}"


def _with_table(statement: LiteralString, table: str) -> sql.Composed:
    return sql.SQL(statement).format(table=sql.Identifier(table))


def _make_table(connection: psycopg.Connection[Any], table: str) -> None:
    if connection.execute("SELECT to_regclass(%s)", (table,)).fetchone() == (None,):
        for statement in (
            _TABLE,
            _STORED,
        ):  # the second waits for all who use the table: only while nobody does
            connection.execute(_with_table(statement, table))


def _make_indexes(connection: psycopg.Connection[Any], table: str) -> None:
    """The indexes of a table, named by PostgreSQL itself so that a rename needs no renaming of them."""
    row = connection.execute("SELECT count(*) FROM pg_indexes WHERE tablename = %s", (table,)).fetchone()
    if row is not None and row[0] > 1:
        return
    for statement in (
        "CREATE INDEX ON {table} USING gin (terms)",
        "CREATE INDEX ON {table} USING gin (marks)",
        "CREATE INDEX ON {table} (time DESC NULLS LAST, id DESC)",
    ):
        connection.execute(_with_table(statement, table))


class _PostgresWriter:
    def __init__(self, connection: psycopg.Connection[Any], faces: TextFaces, table: str) -> None:
        self._connection = connection
        self._faces = faces
        self._table = table
        self.cursor: str | None = None

    def put(self, documents: Iterable[Document]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(
                _with_table(_PUT, self._table),
                (
                    row_of(document, faces, self._faces.analyser)
                    for document, faces in with_faces(documents, self._faces)
                ),
            )

    def delete(self, ids: Iterable[int]) -> None:
        self._connection.execute(
            _with_table("DELETE FROM {table} WHERE id = ANY(%s)", self._table), (list(ids),)
        )

    def commit(self, cursor: str) -> None:
        self.cursor = cursor
        if self._table == "bulaq_search":
            _set_state(self._connection, "cursor", cursor)
            _set_state(self._connection, "made_by", _made_by(self._faces.analyser))
        self._connection.commit()


class _PostgresRebuild(_PostgresWriter):
    learned: Learned | None = None

    def prepare(self) -> None:
        if self.cursor is None:
            raise IndexUnavailable("a rebuild must end with a commit")
        _make_indexes(self._connection, self._table)
        self._connection.commit()
        self.learned = learned_from(self._connection, self._table)
        self._connection.execute(_with_table("ANALYZE {table}", self._table))
        self._connection.commit()
