"""One question to the embedded index, on its way to its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import tantivy

from bulaq.arabic.analysis import Analyser
from bulaq.discovery import ranking
from bulaq.discovery.codes import unpack
from bulaq.discovery.company import in_company
from bulaq.discovery.hits import hit_of
from bulaq.discovery.index import Facets, Hit, Results, Search, Sort
from bulaq.discovery.query import understand
from bulaq.discovery.snippets import Highlighter
from bulaq.discovery.spelling import LOOKED_AT, did_you_mean, forms_in
from bulaq.discovery.tantivy_candidates import Scored, best_candidates
from bulaq.discovery.tantivy_generation import Generation
from bulaq.discovery.tantivy_lists import Lists
from bulaq.discovery.tantivy_matching import Matching
from bulaq.discovery.tantivy_newest import newest
from bulaq.discovery.tantivy_schema import SAMPLE_OF, source_in, stored


class Answer:
    """One question on its way to its results."""

    def __init__(self, generation: Generation, search: Search, analyser: Analyser) -> None:
        self.generation = generation
        self.limit = max(0, min(search.limit, 1000))
        self.offset = max(0, min(search.offset, 10_000))
        self.search = search
        self.analyser = analyser
        self.lists = Lists(generation)
        learned = generation.learned
        understood = understand(search.text, analyser, learned, learned.vocabulary)
        self.query = in_company(understood, learned, self.lists.together)
        self.matching = Matching(self.lists, search, self.query)
        self.highlighter = Highlighter(self.query, analyser)
        self._fetched: dict[tuple[int, int], tantivy.Document] = {}

    def results(self) -> Results:
        if self.query.wordless:
            return Results(facets=Facets() if self.search.facets else None)
        level, total = self.matching.strictest(self.limit)  # of whichever page: all are of one list
        phrases = self.query.phrases
        if phrases and not total:
            self.query = self.query.without_phrases()
            self.matching = Matching(self.lists, self.search, self.query)
            level, total = self.matching.strictest(self.limit)
        if self.query.is_empty or self.search.sort is Sort.TIME:
            scored = self._newest(level)
        else:
            scored = self._ranked()
        hits = [self._hit(score, address) for score, address in scored]
        facets = self._facets(level) if self.search.facets else None
        meant = did_you_mean(self.query, self.generation.learned, self._written)
        relaxed = not self.matching.some_have_all or phrases != self.query.phrases
        return Results(tuple(hits), total, relaxed, meant, facets, self.matching.approximate)

    # in what order

    def _newest(self, level: int) -> Scored:
        hits = newest(self.generation, self.matching.at(level), self.offset + self.limit)
        return [(0.0, address) for _, address in hits[self.offset :]]  # in order of time nothing is weighed

    def _ranked(self) -> Scored:
        """The hits of the page."""
        wanted = self.offset + self.limit
        hits = best_candidates(self.matching, max(wanted, ranking.DEPTH))
        top, rest = hits[: ranking.DEPTH], hits[ranking.DEPTH : wanted]
        addresses = [address for _, address in top]
        scores = self._scores(addresses)
        identities = self.lists.searcher.fast_field_values("id", addresses)
        order = sorted(range(len(top)), key=lambda place: (-scores[place], int(identities[place] or 0)))
        ranked = [(float(scores[place]), addresses[place]) for place in order]
        lowest = ranked[-1][0] if ranked else 0.0
        ranked += [(lowest * score / (hits[ranking.DEPTH - 1][0] or 1.0), address) for score, address in rest]
        return ranked[self.offset : wanted]

    def _scores(self, addresses: Sequence[tantivy.DocAddress]) -> ranking.Scores:
        """The relevance of some candidates."""
        generation, query = self.generation, self.query
        found = [
            ranking.Candidate(*unpack(stored(self._document(address), "codes"))) for address in addresses
        ]
        frequencies = [self.lists.frequencies(word) for word in query.words]
        scores = ranking.score(query, frequencies, found, generation.statistics, generation.vectors)
        if self.search.sort is not Sort.DEFAULT or not addresses:
            return scores
        now = int(self.search.now.timestamp()) if self.search.now else generation.newest
        times = self.lists.searcher.fast_field_values("time", list(addresses))
        known = [None if time is None else int(time) for time in times]
        return ranking.freshened(scores, query, found, known, now)

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
            document = self._fetched[key] = self.lists.searcher.doc(address)
        return document

    def _written(self, light: str) -> Counter[str]:
        """The forms in which a light stem is written in some documents."""
        found = self.lists.searcher.search(self.lists.term("text", light), LOOKED_AT, count=False).hits
        documents = [self.lists.searcher.doc(address) for _, address in found]
        shown = ((source_in(document), *unpack(stored(document, "codes"))[:2]) for document in documents)
        return forms_in(shown, light, self.analyser)

    def _facets(self, level: int) -> Facets:
        found: dict[str, Any] = self.lists.searcher.aggregate(
            self.matching.at(level, sampled=self.matching.approximate),
            {
                "section": {"terms": {"field": "section", "size": 1000}},
                "year": {"terms": {"field": "year", "size": 200}},
            },
        )
        each = SAMPLE_OF if self.matching.approximate else 1
        edition = self.search.edition
        sections: dict[int, int] = {}
        for bucket in found["section"]["buckets"]:
            key = int(bucket["key"])
            if edition is None or key >> 32 == edition:
                section = key & 0xFFFFFFFF
                sections[section] = sections.get(section, 0) + int(bucket["doc_count"]) * each
        years = {int(bucket["key"]): int(bucket["doc_count"]) * each for bucket in found["year"]["buckets"]}
        return Facets(sections, dict(sorted(years.items(), reverse=True)))
