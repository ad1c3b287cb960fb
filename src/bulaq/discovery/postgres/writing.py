"""The writers of the search index in PostgreSQL: into the table that is searched, and into the next one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, LiteralString

import psycopg

from bulaq.discovery.document import Document
from bulaq.discovery.index import IndexUnavailable
from bulaq.discovery.postgres.answer import row_of
from bulaq.discovery.postgres.learning import learned_from
from bulaq.discovery.postgres.tables import SEARCHED, made_by, make_indexes, set_state, with_table
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.document_faces import with_faces
from bulaq.discovery.terms.faces import TextFaces

_PUT: Final[LiteralString] = """
INSERT INTO {table} (id, terms, marks, time, year, sections, headline_length, body_length, codes, source)
VALUES (%s, %s::tsvector, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET terms = excluded.terms, marks = excluded.marks, time = excluded.time,
    year = excluded.year, sections = excluded.sections, headline_length = excluded.headline_length,
    body_length = excluded.body_length, codes = excluded.codes, source = excluded.source
"""


class PostgresWriter:
    """A `Writer` into one table, in the transaction of a connection that others hold."""

    def __init__(self, connection: psycopg.Connection[Any], faces: TextFaces, table: str) -> None:
        self._connection = connection
        self._faces = faces
        self._table = table
        self.cursor: str | None = None

    def put(self, documents: Iterable[Document]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(
                with_table(_PUT, self._table),
                (
                    row_of(document, faces, self._faces.analyser)
                    for document, faces in with_faces(documents, self._faces)
                ),
            )

    def delete(self, ids: Iterable[int]) -> None:
        self._connection.execute(
            with_table("DELETE FROM {table} WHERE id = ANY(%s)", self._table), (list(ids),)
        )

    def commit(self, cursor: str) -> None:
        self.cursor = cursor
        if self._table == SEARCHED:
            set_state(self._connection, "cursor", cursor)
            set_state(self._connection, "made_by", made_by(self._faces.analyser))
        self._connection.commit()


class PostgresRebuild(PostgresWriter):
    """A `Rebuild`: `learned` is what `prepare` has learned from the whole table, None before."""

    learned: Learned | None = None

    def prepare(self) -> None:
        if self.cursor is None:
            raise IndexUnavailable("a rebuild must end with a commit")
        make_indexes(self._connection, self._table)
        self._connection.commit()
        self.learned = learned_from(self._connection, self._table)
        self._connection.execute(with_table("ANALYZE {table}", self._table))
        self._connection.commit()
