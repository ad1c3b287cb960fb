"""One question to the index in PostgreSQL, on its way to its results; and the row of a document."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document
from bulaq.discovery.index import Facets, Results, Search, Sort
from bulaq.discovery.marks import marks_of
from bulaq.discovery.postgres.candidates import best_candidates, frequencies, statistics
from bulaq.discovery.postgres.matching import Matching, holding
from bulaq.discovery.postgres.terms import lexeme, vector
from bulaq.discovery.query.parsing import understand
from bulaq.discovery.ranking import scoring
from bulaq.discovery.results.hits import hit_of, source_of
from bulaq.discovery.results.snippets import Highlighter
from bulaq.discovery.spelling.company import in_company
from bulaq.discovery.spelling.did_you_mean import LOOKED_AT, did_you_mean, forms_in
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.codes import Codes, unpack
from bulaq.discovery.terms.document_faces import DocumentFaces

_LOOKED_AT: Final = 100
"""Documents with two words in which it is looked whether these stand in a row, when a rough number is enough."""


def row_of(document: Document, faces: DocumentFaces, analyser: Analyser) -> tuple[Any, ...]:
    """The values of a document's row."""
    exact = {term.exact for term in analyser.terms(document.headline)}
    time = document.time
    sections = {
        placement.edition << 32 | placement.section
        for placement in document.placements
        if placement.live and placement.section is not None
    }
    return (
        document.id,
        vector((faces.headline, faces.body, *faces.beside), exact),
        marks_of(document),
        int(time.timestamp()) if time is not None else None,
        time.year if time is not None else None,
        sorted(sections),
        faces.headline.length,
        faces.body.length,
        faces.packed(),
        source_of(document).replace(b"\0", b"").decode(),
    )


_Row = tuple[int, float, str, tuple[Codes, Codes]]
"""A hit: its id, its score, its source, the codes of its headline and body."""


class Answer:
    """One question."""

    def __init__(
        self, connection: psycopg.Connection[Any], search: Search, analyser: Analyser, learned: Learned
    ) -> None:
        self.connection = connection
        self.search = search
        self.analyser = analyser
        self.learned = learned
        understood = understand(search.text, analyser, learned, learned.vocabulary)
        self.query = in_company(understood, learned, self._together)
        self.matching = Matching(search, self.query)
        self.highlighter = Highlighter(self.query, analyser)
        self.limit = max(0, min(search.limit, 1000))
        self.offset = max(0, min(search.offset, 10_000))
        self._some_have_all = True

    def results(self) -> Results:
        """The answer."""
        if self.query.wordless:
            return Results(facets=Facets() if self.search.facets else None)
        total, found = self._match()
        phrases = self.query.phrases
        if not total and phrases:
            self.query = self.query.without_phrases()
            self.matching = Matching(self.search, self.query)
            total, found = self._match()
        if self.query.is_empty or self.search.sort is Sort.TIME:
            rows = self._newest(found)
        else:
            rows = self._ranked()
        hits = tuple(
            hit_of(identity, score, source, self.highlighter, codes)
            for identity, score, source, codes in rows
        )
        meant = did_you_mean(self.query, self.learned, self._written)
        facets = self._facets(found) if self.search.facets else None
        relaxed = not self._some_have_all or phrases != self.query.phrases
        return Results(hits, total, relaxed, meant, facets)

    # what matches

    def _match(self) -> tuple[int, sql.Composable]:
        """How many documents match at the strictest level at which enough do (for a first page: all pages are of one
        list), and what follows `FROM` for them."""
        levels = self.query.levels() or (0,)
        total, found = 0, self.matching.filters
        for level in levels:
            found = self.matching.at_least(level)
            total = int(self._rows("SELECT count(*) FROM {}", found)[0][0])
            if level == len(self.query.words):
                self._some_have_all = total > 0 or self.query.is_empty
            if total >= self.limit:
                break
        return total, found

    def _together(self, one: str, other: str, headlines: bool) -> int:
        """How many documents hold both light stems in the headline, or else in a row (roughly, when they are many)."""
        kind = "h" if headlines else "l"
        first, second = lexeme(kind, one), lexeme(kind, other)
        both = holding(f"{first} & {second}")
        count = int(self._rows("SELECT count(*) FROM bulaq_search WHERE {}", both)[0][0])
        if headlines or not count:
            return count
        looked_at, in_a_row = self._rows(
            "SELECT count(*), count(*) FILTER (WHERE {}) FROM (SELECT terms FROM bulaq_search WHERE {} LIMIT {}) AS these",
            holding(f"{first} <-> {second}"),
            both,
            sql.Literal(_LOOKED_AT),
        )[0]
        return round(count * int(in_a_row) / max(1, int(looked_at)))  # they may be gone by now

    # in what order

    def _newest(self, found: sql.Composable) -> list[_Row]:
        rows = self._rows(
            "SELECT id, source, codes FROM {} ORDER BY time DESC NULLS LAST, id DESC LIMIT {} OFFSET {}",
            found,
            sql.Literal(self.limit),
            sql.Literal(self.offset),
        )
        return [(int(identity), 0.0, source, unpack(bytes(codes))[:2]) for identity, source, codes in rows]

    def _ranked(self) -> list[_Row]:
        of_all, of_words = statistics(self._rows), frequencies(self.connection, self.query.words)
        wanted = self.offset + self.limit
        rows = best_candidates(
            self._rows, self.matching, of_words, of_all.documents, max(wanted, scoring.DEPTH)
        )
        candidates = [scoring.Candidate(*unpack(bytes(codes))) for _, codes, _, _ in rows]
        scores = scoring.score(self.query, of_words, candidates, of_all)
        if self.search.sort is Sort.DEFAULT:
            now = self.search.now
            newest = (
                now.timestamp()
                if now
                else self._rows("SELECT coalesce(max(time), 0) FROM bulaq_search")[0][0]
            )
            times = [time for *_, time in rows]
            scores = scoring.freshened(scores, self.query, candidates, times, int(newest))
        order = sorted(range(len(rows)), key=lambda place: (-scores[place], rows[place][0]))
        return [
            (
                int(rows[place][0]),
                float(scores[place]),
                rows[place][2],
                (candidates[place].headline, candidates[place].body),
            )
            for place in order[self.offset : wanted]
        ]

    # how it is shown

    def _written(self, light: str) -> Counter[str]:
        """The forms in which a light stem is written in some documents."""
        rows = self._rows(
            "SELECT source, codes FROM bulaq_search WHERE {} LIMIT {}",
            holding(lexeme("l", light)),
            sql.Literal(LOOKED_AT),
        )
        shown = ((source, *unpack(bytes(codes))[:2]) for source, codes in rows)
        return forms_in(shown, light, self.analyser)

    def _facets(self, found: sql.Composable) -> Facets:
        sections: dict[int, int] = {}
        of_found = self._rows(
            "SELECT key, count(*) FROM (SELECT unnest(sections) AS key FROM {}) AS keys GROUP BY key", found
        )
        for key, documents in of_found:
            if self.search.edition is None or key >> 32 == self.search.edition:
                section = key & 0xFFFFFFFF
                sections[section] = sections.get(section, 0) + documents
        years = self._rows(
            "SELECT year, count(*) FROM {} AND year IS NOT NULL GROUP BY year ORDER BY year DESC", found
        )
        return Facets(sections, dict(years))

    def _rows(self, query: LiteralString, *parts: sql.Composable) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql.SQL(query).format(*parts)).fetchall()
