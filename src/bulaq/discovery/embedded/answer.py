"""One question to the embedded index, on its way to its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.embedded.candidates import Scored, best_candidates
from bulaq.discovery.embedded.lists import Lists
from bulaq.discovery.embedded.matching import Matching
from bulaq.discovery.embedded.reading import Generation
from bulaq.discovery.embedded.segment import NO_TIME
from bulaq.discovery.index import Facets, Hit, Results, Search, Sort
from bulaq.discovery.query.parsing import understand
from bulaq.discovery.ranking import scoring
from bulaq.discovery.results.hits import hit_of
from bulaq.discovery.results.snippets import Highlighter
from bulaq.discovery.spelling.company import in_company
from bulaq.discovery.spelling.did_you_mean import LOOKED_AT, did_you_mean, forms_in
from bulaq.discovery.terms.codes import Codes


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
        self._known_texts: dict[int, tuple[Codes, Codes, Codes]] = {}

    def results(self) -> Results:
        """The answer: hits in order, their number, facets, what may have been meant."""
        if self.query.wordless:
            return Results(facets=Facets() if self.search.facets else None)
        level, total = self.matching.strictest(self.limit)  # of whichever page: all are of one list
        phrases = self.query.phrases
        if phrases and not total:
            self.query = self.query.without_phrases()
            self.matching = Matching(self.lists, self.search, self.query)
            level, total = self.matching.strictest(self.limit)
        if self.query.is_empty or self.search.sort is Sort.TIME:
            newest = self.generation.newest_of(self.matching.at(level), self.offset + self.limit)[
                self.offset :
            ]
            scored: Scored = [(0.0, place) for place in newest]  # in order of time nothing is weighed
        else:
            scored = self._ranked()
        hits = [self._hit(score, place) for score, place in scored]
        facets = self._facets(level) if self.search.facets else None
        meant = did_you_mean(self.query, self.generation.learned, self._written)
        relaxed = not self.matching.some_have_all or phrases != self.query.phrases
        return Results(tuple(hits), total, relaxed, meant, facets)

    # in what order

    def _ranked(self) -> Scored:
        """The hits of the page."""
        wanted = self.offset + self.limit
        hits = best_candidates(self.matching, max(wanted, scoring.DEPTH))
        top, rest = hits[: scoring.DEPTH], hits[scoring.DEPTH : wanted]
        places = [place for _, place in top]
        scores = self.scores(places)
        ids = self.generation.ids
        order = sorted(range(len(top)), key=lambda number: (-scores[number], int(ids[places[number]])))
        ranked = [(float(scores[number]), places[number]) for number in order]
        lowest = ranked[-1][0] if ranked else 0.0
        ranked += [(lowest * score / (hits[scoring.DEPTH - 1][0] or 1.0), place) for score, place in rest]
        return ranked[self.offset : wanted]

    def scores(self, places: Sequence[int]) -> scoring.Scores:
        """The relevance of some candidates."""
        generation, query = self.generation, self.query
        found = [scoring.Candidate(*self._texts(place)) for place in places]
        frequencies = [self.lists.frequencies(word) for word in query.words]
        scores = scoring.score(query, frequencies, found, generation.statistics, generation.vectors)
        if self.search.sort is not Sort.DEFAULT or not found:
            return scores
        now = int(self.search.now.timestamp()) if self.search.now else generation.newest
        times = generation.times[np.array(places)].tolist()
        known = [None if time == NO_TIME else time for time in times]
        return scoring.freshened(scores, query, found, known, now)

    # how it is shown

    def _hit(self, score: float, place: int) -> Hit:
        segment, doc = self.generation.address(place)
        headline, body, _ = self._texts(place)
        identity = int(self.generation.ids[place])
        return hit_of(identity, score, segment.source(doc), self.highlighter, (headline, body))

    def _texts(self, place: int) -> tuple[Codes, Codes, Codes]:
        """A document's codes, read once: most hits were candidates before."""
        known = self._known_texts.get(place)
        if known is None:
            segment, doc = self.generation.address(place)
            known = self._known_texts[place] = segment.texts(doc)
        return known

    def _written(self, light: str) -> Counter[str]:
        """The forms in which a light stem is written in some documents."""
        found = self.lists.light(light).docs
        some = found[self.generation.alive[found]][:LOOKED_AT].tolist()
        addresses = map(self.generation.address, some)
        return forms_in(
            ((segment.source(doc), *segment.texts(doc)[:2]) for segment, doc in addresses),
            light,
            self.analyser,
        )

    def _facets(self, level: int) -> Facets:
        generation, edition = self.generation, self.search.edition
        chosen = self.matching.at(level)
        sections: dict[int, int] = {}
        for first, segment in zip(generation.firsts, generation.segments, strict=False):
            for key, count in zip(
                *segment.section_counts(chosen[first : first + segment.count]), strict=True
            ):
                if count and (edition is None or key >> 32 == edition):
                    section = key & 0xFFFFFFFF
                    sections[section] = sections.get(section, 0) + count
        counts = np.bincount(generation.years[np.flatnonzero(chosen)])
        years = {year: int(counts[year]) for year in np.flatnonzero(counts)[::-1].tolist() if year}
        return Facets(sections, years)
