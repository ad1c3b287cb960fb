"""The headlines that complete what a reader is typing."""

from __future__ import annotations

from heapq import nsmallest
from typing import Final

from tantivy import Occur, Query

from bulaq.discovery.hits import headline_of
from bulaq.discovery.suggestions import Beginning
from bulaq.discovery.tantivy_generation import Generation
from bulaq.discovery.tantivy_lists import any_of
from bulaq.discovery.tantivy_newest import newest
from bulaq.discovery.tantivy_schema import EXISTENCE, source_in
from bulaq.discovery.term_letters import encoded

_SUGGESTED_FROM: Final = 40  # headlines, the newest
_COMPLETED_TO: Final = 12  # words that the one being typed may become
_MOST_COMPLETIONS: Final = 10_000  # beginnings that are kept


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
        must.append(any_of([Query.term_query(schema, "word", word, EXISTENCE) for word in likely]))
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
