"""In how many documents each lexeme stands, counted when the index is learned from: a frequent word need not be counted
again for each question, and a word that came since is rare enough to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

_MAKE: Final[LiteralString] = """
CREATE TABLE IF NOT EXISTS bulaq_search_words (word text PRIMARY KEY, documents integer NOT NULL)
"""


def make(connection: psycopg.Connection[Any]) -> None:
    """The table, empty, when it is missing."""
    connection.execute(_MAKE)


def count_again(connection: psycopg.Connection[Any], documents: str) -> sql.Identifier:
    """Count the lexemes of a table of documents into a table of its own, beside the counts in use; its name."""
    counted = _counted(documents)
    forget(connection, documents)
    terms = sql.SQL("SELECT terms FROM {}").format(sql.Identifier(documents)).as_string()
    connection.execute(
        sql.SQL("CREATE TABLE {} AS SELECT word, ndoc AS documents FROM ts_stat({})").format(
            counted, sql.Literal(terms)
        )
    )
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (word)").format(counted))
    return counted


def put_in_use(connection: psycopg.Connection[Any], documents: str) -> None:
    """Let the counts of a table of documents take the place of those in use."""
    connection.execute("DROP TABLE bulaq_search_words")
    connection.execute(sql.SQL("ALTER TABLE {} RENAME TO bulaq_search_words").format(_counted(documents)))


def forget(connection: psycopg.Connection[Any], documents: str) -> None:
    """Take away counts that were not put in use."""
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_counted(documents)))


def _counted(documents: str) -> sql.Identifier:
    return sql.Identifier(f"{documents}_counted")


def documents_with(connection: psycopg.Connection[Any], lexemes: Iterable[str]) -> dict[str, int]:
    """In how many documents some lexemes (as `terms.lexeme` writes them) stand."""
    wanted = list(dict.fromkeys(lexemes))
    rows = connection.execute(
        """SELECT asked.quoted, coalesce(known.documents,
                (SELECT count(*) FROM bulaq_search WHERE terms @@ asked.quoted::tsquery))
            FROM unnest(%s::text[]) AS asked(quoted)
            LEFT JOIN bulaq_search_words AS known ON known.word = (tsvector_to_array(asked.quoted::tsvector))[1]""",
        (wanted,),
    )
    return {quoted: int(documents) for quoted, documents in rows}
