"""One question to the index in PostgreSQL, on its way to its results; and the row of a document."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document
from bulaq.discovery.index import Facets, Results, Search, Sort
from bulaq.discovery.marks import marks_asked, marks_of
from bulaq.discovery.postgres.terms import lexeme, light_query, phrase_query, vector, word_query
from bulaq.discovery.query.parsing import understand
from bulaq.discovery.ranking import scoring
from bulaq.discovery.results.hits import hit_of, source_of
from bulaq.discovery.results.snippets import Highlighter
from bulaq.discovery.spelling.company import in_company
from bulaq.discovery.spelling.did_you_mean import LOOKED_AT, did_you_mean, forms_in
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.codes import Codes, unpack
from bulaq.discovery.terms.document_faces import DocumentFaces


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
        self.highlighter = Highlighter(self.query, analyser)
        self.limit = max(0, min(search.limit, 1000))
        self.offset = max(0, min(search.offset, 10_000))
        self.words = [word_query(word) for word in self.query.words]
        self._some_have_all = True

    def results(self) -> Results:
        """The answer."""
        if self.query.wordless:
            return Results(facets=Facets() if self.search.facets else None)
        total, matching = self._match()
        phrases = self.query.phrases
        if not total and phrases:
            self.query = self.query.without_phrases()
            total, matching = self._match()
        if self.query.is_empty or self.search.sort is Sort.TIME:
            rows = self._newest(matching)
        else:
            rows = self._ranked()
        hits = tuple(
            hit_of(identity, score, source, self.highlighter, codes)
            for identity, score, source, codes in rows
        )
        meant = did_you_mean(self.query, self.learned, self._written)
        facets = self._facets(matching) if self.search.facets else None
        relaxed = not self._some_have_all or phrases != self.query.phrases
        return Results(hits, total, relaxed, meant, facets)

    # what matches

    def _match(self) -> tuple[int, sql.Composable]:
        """How many documents match at the strictest level at which enough do (for a first page: all pages are of one
        list), and the condition that finds them."""
        filters = self._filters()
        if not self.words:
            return int(self._rows("SELECT count(*) FROM bulaq_search WHERE {}", filters)[0][0]), filters
        total = 0
        condition: sql.Composable = filters
        for level in self.query.levels():
            condition = sql.SQL("({}) AND {}").format(self._at_least(level), filters)
            total = int(self._rows("SELECT count(*) FROM bulaq_search WHERE {}", condition)[0][0])
            if level == len(self.words):
                self._some_have_all = total > 0
            if total >= self.limit:
                break
        return total, condition

    def _at_least(self, level: int) -> sql.Composable:
        if level == len(self.words):
            return self._matches(" & ".join(self.words))
        some = self._matches(" | ".join(self.words))
        if level == 1:
            return some
        each = sql.SQL(" + ").join(sql.SQL("({})::int").format(self._matches(word)) for word in self.words)
        return sql.SQL("{} AND ({}) >= {}").format(some, each, sql.Literal(level))

    @staticmethod
    def _matches(query: str) -> sql.Composable:
        return sql.SQL("terms @@ {}::tsquery").format(sql.Literal(query))

    def _together(self, one: str, other: str, headlines: bool) -> int:
        """How many documents hold both light stems in the headline, or else in a row."""
        first, second = lexeme("l", one), lexeme("l", other)
        both = f"{first}:A & {second}:A" if headlines else f"{first} <-> {second}"
        return int(self._rows("SELECT count(*) FROM bulaq_search WHERE {}", self._matches(both))[0][0])

    def _filters(self) -> sql.Composable:
        search = self.search
        parts: list[sql.Composable] = [
            sql.SQL("marks @> {}::text[]").format(sql.Literal(marks_asked(search)))
        ]
        if search.since is not None:
            parts.append(sql.SQL("time >= {}").format(sql.Literal(int(search.since.timestamp()))))
        if search.until is not None:
            parts.append(sql.SQL("time <= {}").format(sql.Literal(int(search.until.timestamp()))))
        parts += [self._matches(phrase_query(phrase)) for phrase in self.query.phrases]
        unwanted = [lexeme("l", term.light) for term in self.query.excluded]
        unwanted += [phrase_query(phrase) for phrase in self.query.excluded_phrases]
        parts += [sql.SQL("NOT ({})").format(self._matches(each)) for each in unwanted]
        return sql.SQL(" AND ").join(parts)

    # in what order

    def _newest(self, condition: sql.Composable) -> list[_Row]:
        rows = self._rows(
            "SELECT id, source, codes FROM bulaq_search WHERE {} "
            "ORDER BY time DESC NULLS LAST, id DESC LIMIT {} OFFSET {}",
            condition,
            sql.Literal(self.limit),
            sql.Literal(self.offset),
        )
        return [(int(identity), 0.0, source, unpack(bytes(codes))[:2]) for identity, source, codes in rows]

    def _ranked(self) -> list[_Row]:
        statistics, frequencies = self._statistics()
        rarity = [
            math.log(1 + (statistics.documents - each.root + 0.5) / (each.root + 0.5)) for each in frequencies
        ]
        worth = sql.SQL(" + ").join(
            sql.SQL("({})::int * {}").format(self._matches(word), sql.Literal(weight))
            for word, weight in zip(self.words, rarity, strict=True)
        )
        wanted = self.offset + self.limit
        rows = self._rows(
            "SELECT id, codes, source, time FROM bulaq_search WHERE {} AND {} "
            "ORDER BY {} DESC, time DESC NULLS LAST, id DESC LIMIT {}",
            self._at_least(1),
            self._filters(),
            worth,
            sql.Literal(max(wanted, scoring.DEPTH)),
        )
        candidates = [scoring.Candidate(*unpack(bytes(codes))) for _, codes, _, _ in rows]
        scores = scoring.score(self.query, frequencies, candidates, statistics)
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

    def _statistics(self) -> tuple[scoring.Statistics, list[scoring.Frequencies]]:
        measures = self._rows(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'bulaq_search'::regclass AND {}",
            sql.SQL("true"),
        )
        counted = [self._matches(light_query(word)) for word in self.query.words]
        counted += [self._matches(word) for word in self.words]
        counted += [self._matches(light_query(word, ":A")) for word in self.query.words]
        columns = sql.SQL(", ").join(sql.SQL("count(*) FILTER (WHERE {})").format(each) for each in counted)
        row = self._rows(
            "SELECT avg(headline_length), avg(body_length), count(*), {} FROM bulaq_search WHERE {}",
            columns,
            self._at_least(1),
        )[0]
        count = len(self.words)
        documents = max(int(measures[0][0]) if measures else 0, int(row[2]))
        lights, roots, headlines = row[3 : 3 + count], row[3 + count : 3 + 2 * count], row[3 + 2 * count :]
        frequencies = [
            # the roots of headlines are not marked as theirs: taken to be as much more frequent as in all
            scoring.Frequencies(
                light, max(light, root), alone, round(alone * max(light, root) / max(light, 1))
            )
            for light, root, alone in zip(lights, roots, headlines, strict=True)
        ]
        return scoring.Statistics(documents, float(row[0] or 0), float(row[1] or 0)), frequencies

    # how it is shown

    def _written(self, light: str) -> Counter[str]:
        """The forms in which a light stem is written in some documents."""
        rows = self._rows(
            "SELECT source, codes FROM bulaq_search WHERE {} LIMIT {}",
            self._matches(lexeme("l", light)),
            sql.Literal(LOOKED_AT),
        )
        shown = ((source, *unpack(bytes(codes))[:2]) for source, codes in rows)
        return forms_in(shown, light, self.analyser)

    def _facets(self, condition: sql.Composable) -> Facets:
        sections: dict[int, int] = {}
        for key, documents in self._rows(
            "SELECT key, count(*) FROM bulaq_search, unnest(sections) AS key WHERE {} GROUP BY key", condition
        ):
            if self.search.edition is None or key >> 32 == self.search.edition:
                section = key & 0xFFFFFFFF
                sections[section] = sections.get(section, 0) + documents
        years = self._rows(
            "SELECT year, count(*) FROM bulaq_search WHERE {} AND year IS NOT NULL GROUP BY year ORDER BY year DESC",
            condition,
        )
        return Facets(sections, dict(years))

    def _rows(self, query: LiteralString, *parts: sql.Composable) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql.SQL(query).format(*parts)).fetchall()
