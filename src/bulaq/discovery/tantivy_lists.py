"""The lists of an opened generation: what finds the documents that hold a word, and how many these are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from tantivy import Occur, Query

from bulaq.arabic.analysis import Term
from bulaq.discovery.query import QueryWord
from bulaq.discovery.ranking import Frequencies
from bulaq.discovery.tantivy_generation import Generation
from bulaq.discovery.tantivy_schema import EXISTENCE, IN_SAMPLE, LIGHT_FIELDS, ROOT_FIELDS
from bulaq.discovery.term_letters import encoded


def any_of(queries: Sequence[Query]) -> Query:
    """What any of some queries finds."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def unweighed(query: Query) -> Query:
    """What a query finds, adding nothing to scores."""
    return Query.const_score_query(query, 0.0)


class Lists:
    """The lists of one generation."""

    def __init__(self, generation: Generation) -> None:
        self.documents = generation.documents
        self.searcher = generation.searcher
        self.schema = generation.index.schema

    def mark(self, mark: str) -> Query:
        """The documents with a mark (`bulaq.discovery.marks`)."""
        return Query.term_query(self.schema, "marks", mark, EXISTENCE)

    def term(self, field: str, term: str) -> Query:
        """The documents with a term in a field."""
        return Query.term_query(self.schema, field, encoded(term), "freq")

    def holding(self, field: str, term: str) -> int:
        """How many documents have a term in a field."""
        return self.searcher.doc_freq(field, encoded(term))

    def phrase(self, lights: Sequence[str]) -> Query:
        """The documents with some light stems in a row."""
        if len(lights) == 1:
            return self.term("text", lights[0])
        terms: list[str | tuple[int, str]] = list(map(encoded, lights))
        return Query.phrase_query(self.schema, "text", terms)

    def together(self, one: str, other: str, headlines: bool) -> int:
        """How many documents hold both light stems in the headline, or else in a row."""
        query = self.phrase((one, other))
        if headlines:
            both = [(Occur.Must, unweighed(self.term("headline", light))) for light in (one, other)]
            query = Query.boolean_query(both)
        found: Any = self.searcher.search(query, 1, count=True)
        return int(found.count)

    def word(self, word: QueryWord, *, sampled: bool = False) -> Query:
        """The documents (or those of the sample) that hold a word: one list, of its root, unless it has variants or is of
        a place."""
        field = {name: IN_SAMPLE[name] if sampled else name for name in IN_SAMPLE}
        found = [(field["root"], root) for root in sorted(set(word.roots_to_match))]
        found += [(field["text"], light) for light in word.lights_to_match]
        clauses = [Query.term_query(self.schema, name, encoded(term), EXISTENCE) for name, term in found]
        return any_of(clauses)

    def documents_with(self, word: QueryWord) -> int:
        """How many documents hold a word, but for its variants."""
        if word.of_place:
            return max(map(partial(self.holding, "text"), word.of_place))
        return self.holding("root", word.term.root)

    def weighed(self, word: QueryWord) -> list[Query]:
        """The terms by which a word proposes candidates, weighted; its root in headlines and its stem beside
        the text first, then its root."""
        term = word.term
        roots = [(field, term.root, weight) for field, weight in ROOT_FIELDS]
        lights = [(field, term.light, weight) for field, weight in LIGHT_FIELDS]
        found = [roots[0], lights[0], *roots[1:], *lights[1:]]
        if term.stop and term.light != term.root:
            found.append(("root", term.light, 1.0))
        for variant, trust in word.variants:
            found += [(field, variant.light, weight * trust) for field, weight in LIGHT_FIELDS]
        return [Query.boost_query(self.term(field, value), weight) for field, value, weight in found]

    def frequencies(self, word: QueryWord) -> Frequencies:
        """In how many documents, and headlines, a word stands, as the ranking asks."""
        of_light = {field: max(map(partial(self.holding, field), word.lights)) for field, _ in LIGHT_FIELDS}
        light = max(of_light.values())
        root = max(light, self.holding("root", word.term.root))
        in_headlines = max(of_light["headline"], self.holding("headline_root", word.term.root))
        return Frequencies(light, root, of_light["headline"], in_headlines)


def lights_of(terms: Sequence[Term]) -> list[str]:
    """The light stems of some words."""
    return [term.light for term in terms]
