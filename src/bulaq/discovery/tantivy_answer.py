"""One question to the embedded index, on its way to its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from bulaq.arabic.analysis import Analyser, Term
from bulaq.discovery import ranking
from bulaq.discovery.codes import unpack
from bulaq.discovery.company import in_company
from bulaq.discovery.hits import headline_of, hit_of
from bulaq.discovery.index import Facets, Hit, Results, Search, Sort
from bulaq.discovery.marks import marks_asked
from bulaq.discovery.query import QueryWord, understand
from bulaq.discovery.snippets import Highlighter
from bulaq.discovery.spelling import LOOKED_AT, did_you_mean, forms_in
from bulaq.discovery.suggestions import Beginning
from bulaq.discovery.tantivy_generation import Generation
from bulaq.discovery.tantivy_schema import (
    EXISTENCE,
    IN_SAMPLE,
    LIGHT_FIELDS,
    META,
    MOST_EDITIONS,
    ROOT_FIELDS,
    SAMPLE,
    SAMPLE_OF,
    bit_of,
    source_in,
    stored,
)
from bulaq.discovery.term_letters import encoded

COMMON: Final = 10_000
"""Documents from which on a word's own list takes longer to read than most of what it would propose is worth: such a
word proposes what has it in the headline."""
COUNTED: Final = 50_000
"""Matching documents up to which they are counted one by one; of more, those in the sample."""
WEIGHED: Final = 150_000
"""Documents in the lists of a query's words up to which it is asked who holds two thirds of the words: all lists must
be read for that. Beyond, in order of relevance, the step after «all» is «any»."""
TELLING: Final = 0.1
"""The share of all documents up to which a word, beside others, helps to choose candidates (the ranking counts all)."""
_SURE: Final = 400  # matching documents of the sample from which on it tells the number within some 5 %
_SHARE: Final = 0.25  # of all documents that a filter lets through, from which on it is looked at afterwards


def _any(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


class Answer:
    """One question on its way to its results."""

    def __init__(self, generation: Generation, search: Search, analyser: Analyser) -> None:
        self.searcher = generation.searcher
        self.schema = generation.index.schema
        self.generation = generation
        self.limit = max(0, min(search.limit, 1000))
        self.offset = max(0, min(search.offset, 10_000))
        self.search = search
        self.analyser = analyser
        learned = generation.learned
        understood = understand(search.text, analyser, learned, learned.vocabulary)
        self.query = in_company(understood, learned, self._together)
        self.highlighter = Highlighter(self.query, analyser)
        self.approximate = False
        self._fetched: dict[tuple[int, int], tantivy.Document] = {}

    def results(self) -> Results:
        level, total = self._match()
        phrases = self.query.phrases
        if phrases and not total:
            self.query = self.query.without_phrases()
            level, total = self._match()
        if self.query.is_empty or self.search.sort is Sort.TIME:
            scored = self._newest(self._matching(level))
        else:
            scored = self._ranked()
        hits = [self._hit(score, address) for score, address in scored]
        facets = self._facets(level) if self.search.facets else None
        meant = did_you_mean(self.query, self.generation.learned, self._written)
        relaxed = level < len(self.query.words) or phrases != self.query.phrases
        return Results(tuple(hits), total, relaxed, meant, facets, self.approximate)

    # what matches

    def _match(self) -> tuple[int, int]:
        """The strictest level at which enough documents match, and their number."""
        if self.query.is_empty:
            return 0, self._count(0, self.generation.documents)
        wanted = self.offset + self.limit
        level = total = 0
        held = sorted(map(self._documents_with, self.query.words), reverse=True)
        levels = self.query.levels()
        if sum(held) > WEIGHED and self.search.sort is not Sort.TIME:
            levels = tuple(dict.fromkeys((len(held), 1)))
        for level in levels:
            # No more documents can hold `level` of the words than hold those but the `level` - 1 most frequent.
            total = self._count(level, sum(held[level - 1 :]))
            if total >= wanted:
                break
        return level, total

    def _matching(self, level: int, *, sampled: bool = False) -> Query:
        """The documents, or those of the sample, that hold so many of the words. Those with all are found by the rarest
        one's list."""
        words = [self._word(word, sampled=sampled) for word in self.query.words]
        if level == len(words):
            clauses = [(Occur.Must, self._filter(word)) for word in words]
        else:
            some = [(Occur.Should, word) for word in words]
            clauses = [(Occur.Must, self._filter(Query.boolean_query(some, level)))]
        if not words:
            every = self._term("marks", SAMPLE) if sampled else Query.all_query()
            clauses = [(Occur.Must, self._filter(every))]
        return Query.boolean_query([*clauses, *self._filters()])

    def _count(self, level: int, most: int) -> int:
        """How many documents match at a level, of which there are at most so many: where that is a great number, one in
        `SAMPLE_OF` is counted, if that is enough to tell."""
        self.approximate = False
        if most > COUNTED:
            found: Any = self.searcher.search(self._matching(level, sampled=True), 1, count=True)
            if found.count >= _SURE:
                self.approximate = True
                return int(found.count) * SAMPLE_OF
        found = self.searcher.search(self._matching(level), 1, count=True)
        return int(found.count)

    def _filters(self, *, marks: bool = True) -> list[tuple[Occur, Query]]:
        clauses = []
        if marks:
            for mark in marks_asked(self.search):
                clauses.append((Occur.Must, self._filter(self._term("marks", mark))))
        since, until = self.search.since, self.search.until
        if since is not None or until is not None:
            lower = int(since.timestamp()) if since is not None else None
            upper = int(until.timestamp()) if until is not None else None
            times = Query.range_query(self.schema, "time", tantivy.FieldType.Integer, lower, upper)
            clauses.append((Occur.Must, self._filter(times)))
        for phrase in self.query.phrases:
            clauses.append((Occur.Must, self._filter(self._phrase(phrase))))
        for term in self.query.excluded:
            clauses.append((Occur.MustNot, self._term("text", term.light)))
        for phrase in self.query.excluded_phrases:
            clauses.append((Occur.MustNot, self._phrase(phrase)))
        if not marks_asked(self.search):  # the document that carries the cursor has no marks
            clauses.append((Occur.MustNot, Query.term_query(self.schema, "id", META)))
        return clauses

    @staticmethod
    def _filter(query: Query) -> Query:
        return Query.const_score_query(query, 0.0)

    def _term(self, field: str, value: str) -> Query:
        if field == "marks":
            return Query.term_query(self.schema, field, value, EXISTENCE)
        return Query.term_query(self.schema, field, encoded(value), "freq")

    def _holding(self, field: str, term: str) -> int:
        """How many documents have a term in a field."""
        return self.searcher.doc_freq(field, encoded(term))

    def _together(self, one: str, other: str, headlines: bool) -> int:
        """How many documents hold both light stems in the headline, or else in a row."""
        lights: list[str | tuple[int, str]] = [encoded(light) for light in (one, other)]
        query = Query.phrase_query(self.schema, "text", lights)
        if headlines:
            both = [(Occur.Must, self._filter(self._term("headline", light))) for light in (one, other)]
            query = Query.boolean_query(both)
        found: Any = self.searcher.search(query, 1, count=True)
        return int(found.count)

    def _phrase(self, terms: Sequence[Term]) -> Query:
        lights: list[str | tuple[int, str]] = [encoded(term.light) for term in terms]
        if len(lights) == 1:
            return self._term("text", terms[0].light)
        return Query.phrase_query(self.schema, "text", lights)

    def _word(self, word: QueryWord, *, sampled: bool = False) -> Query:
        """The documents (or those of the sample) that hold a word: one list, of its root, unless it has variants. (A stop
        word, looked for when there is nothing else, stands there by its light stem.)"""
        field = {name: IN_SAMPLE[name] if sampled else name for name in IN_SAMPLE}
        roots = {word.term.root, word.term.light} if word.term.stop else {word.term.root}
        found = [(field["root"], root) for root in sorted(roots)]
        found += [(field["text"], variant.light) for variant, _ in word.variants]
        clauses = [Query.term_query(self.schema, name, encoded(term), EXISTENCE) for name, term in found]
        return clauses[0] if len(clauses) == 1 else _any(clauses)

    def _clauses(self, word: QueryWord) -> list[Query]:
        """The terms by which a word proposes candidates, weighted; its root in headlines and its stem beside
        the text first."""
        term = word.term
        roots = [(field, term.root, weight) for field, weight in ROOT_FIELDS]
        lights = [(field, term.light, weight) for field, weight in LIGHT_FIELDS]
        found = [roots[0], lights[0], *roots[1:], *lights[1:]]
        if term.stop and term.light != term.root:
            found.append(("root", term.light, 1.0))
        for variant, trust in word.variants:
            found += [(field, variant.light, weight * trust) for field, weight in LIGHT_FIELDS]
        return [Query.boost_query(self._term(field, value), weight) for field, value, weight in found]

    # in what order

    def _newest(self, matching: Query) -> list[tuple[float, tantivy.DocAddress]]:
        hits = newest(self.generation, matching, self.offset + self.limit)
        return [(0.0, address) for _, address in hits[self.offset :]]  # in order of time nothing is weighed

    def _ranked(self) -> list[tuple[float, tantivy.DocAddress]]:
        """The hits of the page."""
        wanted = self.offset + self.limit
        hits = self._candidates(max(wanted, ranking.DEPTH))
        top, rest = hits[: ranking.DEPTH], hits[ranking.DEPTH : wanted]
        candidates = [
            ranking.Candidate(*unpack(stored(self._document(address), "codes"))) for _, address in top
        ]
        frequencies = [self._frequencies(word) for word in self.query.words]
        scores = ranking.score(
            self.query, frequencies, candidates, self.generation.statistics, self.generation.vectors
        )
        addresses = [address for _, address in top]
        identities = self.searcher.fast_field_values("id", addresses)
        if self.search.sort is Sort.DEFAULT and addresses:
            now = int(self.search.now.timestamp()) if self.search.now else self.generation.newest
            times = [
                None if time is None else int(time)
                for time in self.searcher.fast_field_values("time", addresses)
            ]
            scores = ranking.freshened(scores, self.query, candidates, times, now)
        order = sorted(range(len(top)), key=lambda place: (-scores[place], int(identities[place] or 0)))
        ranked = [(float(scores[place]), top[place][1]) for place in order]
        lowest = ranked[-1][0] if ranked else 0.0
        ranked += [(lowest * score / (hits[ranking.DEPTH - 1][0] or 1.0), address) for score, address in rest]
        return ranked[self.offset : wanted]

    def _candidates(self, wanted: int) -> list[tuple[float, tantivy.DocAddress]]:
        """The best documents by the index's own BM25 (all its lists are read: no Python interface to Tantivy prunes
        them, so that none may be long).

        A word of very many documents proposes only those with it in the headline or beside the text, and adds to the
        scores of those that others propose, unless it stands in so many that this hardly tells them apart.
        """
        often = [word for word in self.query.words if self._documents_with(word) > COMMON]
        if often:
            required: list[Query] = []
            optional: list[Query] = []
            for word in self.query.words:
                clauses = self._clauses(word)
                required += clauses[:2] if word in often else clauses
                if word in often and self._documents_with(word) <= TELLING * self.generation.documents:
                    optional.append(clauses[2])  # of long lists the root's alone
            query = [(Occur.Must, _any(required)), *[(Occur.Should, clause) for clause in optional]]
            hits = self._filtered(query, wanted)
            if len(hits) == wanted:
                return hits
        some = _any([clause for word in self.query.words for clause in self._clauses(word)])
        return self._filtered([(Occur.Must, some)], wanted)

    def _filtered(
        self, query: list[tuple[Occur, Query]], wanted: int
    ) -> list[tuple[float, tantivy.DocAddress]]:
        """The best documents for a query that the filters let through. The edition, when a good part of all
        documents is in it, is looked at afterwards: its list would be the longest."""
        asked = marks_asked(self.search)
        only_edition = asked == marks_asked(Search(edition=self.search.edition, drafts=self.search.drafts))
        if only_edition and asked and (self.search.edition or 0) < MOST_EDITIONS:
            share = self.searcher.doc_freq("marks", asked[0]) / max(1, self.searcher.num_docs)
            if share >= _SHARE:
                depth = int(wanted / share * 1.2) + 20
                clauses = [*query, *self._filters(marks=False)]
                hits = self.searcher.search(Query.boolean_query(clauses), depth, count=False).hits
                edition = self.search.edition
                bits = ~0 if edition is None else bit_of(edition)
                field = "placed" if self.search.drafts else "editions"
                where = self.searcher.fast_field_values(field, [address for _, address in hits])
                through = [hit for hit, value in zip(hits, where, strict=True) if value and int(value) & bits]
                if len(through) >= wanted or len(hits) < depth:
                    return through[:wanted]
        return self.searcher.search(Query.boolean_query([*query, *self._filters()]), wanted, count=False).hits

    def _documents_with(self, word: QueryWord) -> int:
        return self._holding("root", word.term.root)

    def _frequencies(self, word: QueryWord) -> ranking.Frequencies:
        lights = (word.term.light, *(variant.light for variant, _ in word.variants))
        of_light = {field: max(self._holding(field, light) for light in lights) for field, _ in LIGHT_FIELDS}
        light = max(of_light.values())
        root = max(light, self._holding("root", word.term.root))
        in_headlines = max(of_light["headline"], self._holding("headline_root", word.term.root))
        return ranking.Frequencies(light, root, of_light["headline"], in_headlines)

    # how it is shown

    def _hit(self, score: float, address: tantivy.DocAddress) -> Hit:
        document = self._document(address)
        identity = int(document.get_first("id") or 0)
        headline, body, _ = unpack(stored(document, "codes"))
        return hit_of(identity, score, source_in(document), self.highlighter, (headline, body))

    def _document(self, address: tantivy.DocAddress) -> tantivy.Document:
        """A stored document, fetched once: most hits were candidates before."""
        key = address.segment_ord, address.doc
        document = self._fetched.get(key)
        if document is None:
            document = self._fetched[key] = self.searcher.doc(address)
        return document

    def _written(self, light: str) -> Counter[str]:
        """The forms in which a light stem is written in some documents."""
        found = self.searcher.search(self._term("text", light), LOOKED_AT, count=False).hits
        documents = [self.searcher.doc(address) for _, address in found]
        shown = ((source_in(document), *unpack(stored(document, "codes"))[:2]) for document in documents)
        return forms_in(shown, light, self.analyser)

    def _facets(self, level: int) -> Facets:
        found: dict[str, Any] = self.searcher.aggregate(
            self._matching(level, sampled=self.approximate),
            {
                "section": {"terms": {"field": "section", "size": 1000}},
                "year": {"terms": {"field": "year", "size": 200}},
            },
        )
        each = SAMPLE_OF if self.approximate else 1
        edition = self.search.edition
        sections: dict[int, int] = {}
        for bucket in found["section"]["buckets"]:
            key = int(bucket["key"])
            if edition is None or key >> 32 == edition:
                section = key & 0xFFFFFFFF
                sections[section] = sections.get(section, 0) + int(bucket["doc_count"]) * each
        years = {int(bucket["key"]): int(bucket["doc_count"]) * each for bucket in found["year"]["buckets"]}
        return Facets(sections, dict(sorted(years.items(), reverse=True)))


_NEWEST: Final = (4_000, 32_000)  # documents among which the newest are looked for first


def newest(generation: Generation, matching: Query, wanted: int) -> list[tuple[Any, tantivy.DocAddress]]:
    """The newest matching documents. When enough are of the newest periods, no others can be among them."""
    for documents in _NEWEST:
        periods = generation.newest_periods(documents)
        if periods is None:
            break
        recent = Query.boolean_query([(Occur.Must, periods), (Occur.Must, matching)])
        hits = generation.searcher.search(recent, wanted, count=False, order_by_field="time").hits
        if len(hits) == wanted:
            return hits
    return generation.searcher.search(matching, wanted, count=False, order_by_field="time").hits


_SUGGESTED_FROM = 40  # headlines, the newest
_COMPLETED_TO = 12  # words that the one being typed may become
_MOST_COMPLETIONS = 10_000  # beginnings that are kept


def headlines_with(generation: Generation, typed: Beginning, edition: int | None) -> list[str]:
    """The newest live headlines that hold the whole words and one that begins as the last one does."""
    searcher, schema = generation.searcher, generation.index.schema
    mark = "live" if edition is None else f"e{edition}"
    must = [Query.term_query(schema, "marks", mark, EXISTENCE)]
    must += [Query.term_query(schema, "word", encoded(word), EXISTENCE) for word in typed.whole]
    if typed.started:
        likely = _completed(generation, typed.started)
        if not likely:
            return []
        must.append(_any([Query.term_query(schema, "word", word, EXISTENCE) for word in likely]))
    query = Query.boolean_query([(Occur.Must, each) for each in must])
    hits = newest(generation, query, _SUGGESTED_FROM)
    return [headline_of(source_in(searcher.doc(address))) for _, address in hits]


def _completed(generation: Generation, started: str) -> list[str]:
    """The most frequent words of headlines that begin so; kept as long as they hold, for the first letters of many
    words are typed again and again, and have the most words to choose from."""
    known = generation.completions.get(started)
    if known is None:
        found = generation.searcher.terms_with_prefix("word", encoded(started))
        best = nsmallest(_COMPLETED_TO, found, key=lambda item: (-item[1], item[0]))
        known = [word for word, _ in best], len(found), generation.documents
        if len(generation.completions) < _MOST_COMPLETIONS:
            generation.completions[started] = known
    return known[0]
