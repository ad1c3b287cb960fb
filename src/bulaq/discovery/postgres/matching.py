"""Which documents match a question, and how many: conditions in SQL that the index on terms answers without opening the
documents."""

from __future__ import annotations

from typing import Any, LiteralString, Protocol

from psycopg import sql

from bulaq.discovery.index import Search
from bulaq.discovery.marks import marks_asked
from bulaq.discovery.postgres.terms import any_of, lexeme, phrase_query, word_lexemes
from bulaq.discovery.query.parsing import Query


class Rows(Protocol):
    """Asks the database: a query whose `{}` are filled with the parts."""

    def __call__(self, query: LiteralString, *parts: sql.Composable) -> list[tuple[Any, ...]]: ...


def holding(query: str) -> sql.Composable:
    """The condition of documents that a `tsquery` finds."""
    return sql.SQL("terms @@ {}::tsquery").format(sql.Literal(query))


class Matching:
    """The conditions of one question."""

    def __init__(self, search: Search, query: Query) -> None:
        self.query = query
        self.words = [any_of(word_lexemes(word)) for word in query.words]
        self.filters = _filters(search, query)

    def at_least(self, level: int) -> sql.Composable:
        """What follows `FROM` for the documents that hold so many of the words, and that the filters let through."""
        if not self.words:
            return sql.SQL("bulaq_search WHERE {}").format(self.filters)
        if level == len(self.words):
            held = holding(" & ".join(self.words))
        elif level == 1:
            held = holding(" | ".join(self.words))
        else:
            each = sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT id FROM bulaq_search WHERE {}").format(holding(word)) for word in self.words
            )
            held = sql.SQL("id IN (SELECT id FROM ({}) AS held GROUP BY id HAVING count(*) >= {})").format(
                each, sql.Literal(level)
            )
        return self.through(held)

    def through(self, held: sql.Composable) -> sql.Composable:
        """The same for the documents of one condition on terms."""
        # OFFSET 0 is PostgreSQL's fence: else it may find documents by their marks and open each for its terms.
        return sql.SQL("(SELECT * FROM bulaq_search WHERE {} OFFSET 0) AS held WHERE {}").format(
            held, self.filters
        )


def _filters(search: Search, query: Query) -> sql.Composable:
    parts: list[sql.Composable] = [sql.SQL("marks @> {}::text[]").format(sql.Literal(marks_asked(search)))]
    if search.since is not None:
        parts.append(sql.SQL("time >= {}").format(sql.Literal(int(search.since.timestamp()))))
    if search.until is not None:
        parts.append(sql.SQL("time <= {}").format(sql.Literal(int(search.until.timestamp()))))
    parts += [holding(phrase_query(phrase)) for phrase in query.phrases]
    unwanted = [lexeme("l", term.light) for term in query.excluded]
    unwanted += [phrase_query(phrase) for phrase in query.excluded_phrases]
    parts += [
        sql.SQL("id NOT IN (SELECT id FROM bulaq_search WHERE {})").format(holding(each)) for each in unwanted
    ]
    return sql.SQL(" AND ").join(parts)
