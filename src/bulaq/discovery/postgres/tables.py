"""The tables of the search index in PostgreSQL, and what is written of their state."""

from __future__ import annotations

from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.postgres import word_counts
from bulaq.discovery.spelling.learning import Learned

SEARCHED: Final = "bulaq_search"
"""The table that is searched."""
NEXT: Final = "bulaq_search_next"
"""The table that a rebuild fills, which then takes the place of the first."""
_LAYOUT: Final = "7"  # changes with what the tables hold

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


def make_all(connection: psycopg.Connection[Any]) -> None:
    """Make what is missing of the tables and their indexes, for one who alone does so."""
    make_table(connection, SEARCHED)
    connection.execute(_STATE)
    word_counts.make(connection)
    make_indexes(connection, SEARCHED)


def with_table(statement: LiteralString, table: str) -> sql.Composed:
    """A statement with the name of a table in place of its `{table}`."""
    return sql.SQL(statement).format(table=sql.Identifier(table))


def make_table(connection: psycopg.Connection[Any], table: str) -> None:
    """Make a table of documents, when it is not there."""
    if connection.execute("SELECT to_regclass(%s)", (table,)).fetchone() == (None,):
        connection.execute(with_table(_TABLE, table))
        connection.execute(with_table(_STORED, table))  # waits for all who use the table: nobody does yet


def make_indexes(connection: psycopg.Connection[Any], table: str) -> None:
    """Make the indexes of a table, named by PostgreSQL itself so that a rename needs no renaming of them."""
    row = connection.execute("SELECT count(*) FROM pg_indexes WHERE tablename = %s", (table,)).fetchone()
    if row is not None and row[0] > 1:
        return
    for statement in (
        "CREATE INDEX ON {table} USING gin (terms)",
        "CREATE INDEX ON {table} USING gin (marks)",
        "CREATE INDEX ON {table} (time DESC NULLS LAST, id DESC)",
    ):
        connection.execute(with_table(statement, table))


def set_state(connection: psycopg.Connection[Any], name: str, value: str) -> None:
    """Write down a value of the index's state under its name: `cursor`, `made_by`, `learned`, `learned_stamp`."""
    connection.execute(
        "INSERT INTO bulaq_search_state VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def keep_learned(connection: psycopg.Connection[Any], learned: Learned) -> None:
    """Write down what was learned, with a stamp by which others see that it is new."""
    set_state(connection, "learned", learned.to_json())
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    set_state(connection, "learned_stamp", str(row and row[0]))


def made_by(analyser: Analyser) -> str:
    """What an index is made by: of another analyser or another layout of the tables, it must be made anew."""
    return f"analyser {analyser.VERSION}, layout {_LAYOUT}"
