"""What a search learns from an index in PostgreSQL: its words, and the newest of its texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from bulaq.discovery.postgres.word_counts import count_again
from bulaq.discovery.spelling.learning import MOST_TEXTS, Learned, learn
from bulaq.discovery.terms.codes import Codes, unpack


def learned_from(connection: psycopg.Connection[Any], table: str) -> Learned:
    """Learn from the documents of a table; their words are counted again on the way (`word_counts.put_in_use`)."""
    counted: dict[str, dict[str, int]] = {"l": {}, "w": {}}
    rows = connection.execute(
        sql.SQL(
            "SELECT left(word, 1), substr(word, 3), documents FROM {} WHERE word LIKE 'l:%' OR word LIKE 'w:%'"
        ).format(count_again(connection, table))
    )
    for kind, word, documents in rows:
        counted[kind][word] = int(documents)
    return learn(counted["l"], _texts(connection, table), counted["w"])


def _texts(connection: psycopg.Connection[Any], table: str) -> Iterator[Codes]:
    newest = sql.SQL("SELECT codes FROM {} ORDER BY time DESC NULLS LAST LIMIT %s").format(
        sql.Identifier(table)
    )
    with connection.transaction(), connection.cursor(name="texts") as rows:
        rows.execute(newest, (MOST_TEXTS,))
        for (codes,) in rows:
            yield from unpack(codes)[:2]
