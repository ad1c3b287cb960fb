"""The candidates of a question in PostgreSQL: the documents whose words are the rarest, added up from what the index on terms
finds for each word, without a document being opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import psycopg
from psycopg import sql

from bulaq.discovery.postgres.matching import Matching, Rows, holding
from bulaq.discovery.postgres.terms import any_of, light_lexemes, word_lexemes
from bulaq.discovery.postgres.word_counts import documents_with
from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.ranking import scoring
from bulaq.discovery.ranking.rarity import is_common, is_telling, rarity

_MEASURED: Final = 1_000
"""Of the newest documents, so many tell how long texts are."""
_SMALL: Final = 10_000  # documents up to which they are counted rather than taken from the table's statistics


def statistics(rows: Rows) -> scoring.Statistics:
    """What the ranking must know of the whole index."""
    known = rows("SELECT reltuples::bigint FROM pg_class WHERE oid = 'bulaq_search'::regclass")
    documents = int(known[0][0])
    if documents < _SMALL:
        documents = int(rows("SELECT count(*) FROM bulaq_search")[0][0])
    headline, body = rows(
        "SELECT avg(headline_length), avg(body_length) FROM (SELECT headline_length, body_length FROM bulaq_search"
        " ORDER BY time DESC NULLS LAST, id DESC LIMIT {}) AS newest",
        sql.Literal(_MEASURED),
    )[0]
    return scoring.Statistics(documents, float(headline or 0), float(body or 0))


def frequencies(connection: psycopg.Connection[Any], words: Sequence[QueryWord]) -> list[scoring.Frequencies]:
    """In how many documents, and headlines, each word stands: as often as its most frequent form."""
    faces = [
        [
            light_lexemes(word),
            word_lexemes(word),
            light_lexemes(word, headline=True),
            word_lexemes(word, headline=True),
        ]
        for word in words
    ]
    counted = documents_with(connection, (lexeme for word in faces for face in word for lexeme in face))
    found = []
    for word in faces:
        light, root, headline_light, headline_root = (
            max((counted[lexeme] for lexeme in face), default=0) for face in word
        )
        found.append(
            scoring.Frequencies(light, max(light, root), headline_light, max(headline_light, headline_root))
        )
    return found


def best_candidates(
    rows: Rows,
    matching: Matching,
    of_words: Sequence[scoring.Frequencies],
    documents: int,
    wanted: int,
) -> list[tuple[Any, ...]]:
    """The best documents for the words of a query, so many at most: id, codes, source and time of each."""
    often = [is_common(each.root) for each in of_words]
    if any(often):
        found = _best(rows, matching, of_words, documents, often, wanted)
        if len(found) == wanted:
            return found
    return _best(rows, matching, of_words, documents, [False] * len(of_words), wanted)


def _best(
    rows: Rows,
    matching: Matching,
    of_words: Sequence[scoring.Frequencies],
    documents: int,
    often: Sequence[bool],
    wanted: int,
) -> list[tuple[Any, ...]]:
    parts = sql.SQL(" UNION ALL ").join(_parts(matching, of_words, documents, often))
    return rows(
        "SELECT id, codes, source, best.time FROM (SELECT id, sum(worth) AS worth, max(time) AS time FROM ({}) AS held"
        " GROUP BY id HAVING bool_or(proposed) ORDER BY 2 DESC, 3 DESC NULLS LAST, 1 DESC LIMIT {}) AS best"
        " JOIN bulaq_search USING (id) ORDER BY best.worth DESC, best.time DESC NULLS LAST, id DESC",
        parts,
        sql.Literal(wanted),
    )


def _parts(
    matching: Matching, of_words: Sequence[scoring.Frequencies], documents: int, often: Sequence[bool]
) -> Iterator[sql.Composable]:
    """Who holds each word, in the headline and anywhere, with what that is worth and whether it proposes the document."""
    for word, text, each, rarely in zip(
        matching.query.words, matching.words, of_words, (not common for common in often), strict=True
    ):
        in_headline = any_of(word_lexemes(word, headline=True))
        yield _part(matching, in_headline, rarity(documents, each.headline_root), True)
        if rarely or is_telling(documents, each.root):
            yield _part(matching, text, rarity(documents, each.root), rarely)


def _part(matching: Matching, query: str, worth: float, proposed: bool) -> sql.Composable:
    return sql.SQL("SELECT id, time, {}::real AS worth, {} AS proposed FROM {}").format(
        sql.Literal(worth), sql.Literal(proposed), matching.through(holding(query))
    )
