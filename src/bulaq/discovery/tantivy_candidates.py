"""The candidates of a query: the best documents by the index's own BM25, which the ranking then puts in order.

All lists that are asked for are read: no Python interface to Tantivy prunes them, so that none may be long.
"""

from __future__ import annotations

from typing import Final

import tantivy
from tantivy import Occur, Query

from bulaq.discovery.index import Search
from bulaq.discovery.marks import marks_asked
from bulaq.discovery.tantivy_lists import any_of, unweighed
from bulaq.discovery.tantivy_matching import Matching
from bulaq.discovery.tantivy_schema import MOST_EDITIONS, bit_of

COMMON: Final = 10_000
"""Documents from which on a word's own list takes longer to read than most of what it would propose is worth: such a
word proposes what has it in the headline."""
TELLING: Final = 0.1
"""The share of all documents up to which a word, beside others, helps to choose candidates (the ranking counts all)."""
_SHARE: Final = 0.25  # of all documents that a filter lets through, from which on it is looked at afterwards

Scored = list[tuple[float, tantivy.DocAddress]]
"""Documents with their scores, the best first."""
_Clauses = list[tuple[Occur, Query]]


def best_candidates(matching: Matching, wanted: int) -> Scored:
    """The best documents for the words of a query, so many at most."""
    lists, words = matching.lists, matching.query.words
    held = [lists.word(word) for word in words if word.of_place]
    # Where all words are of places, those of their roots propose nothing.
    only: _Clauses = [(Occur.Must, unweighed(any_of(held)))] if len(held) == len(words) else []
    frequent = _by_headlines(matching)
    hits = _filtered(matching, [*frequent, *only], wanted) if frequent else []
    if len(hits) == wanted:
        return hits
    some = any_of([clause for word in words for clause in lists.weighed(word)])
    return _filtered(matching, [(Occur.Must, some), *only], wanted)


def _by_headlines(matching: Matching) -> _Clauses:
    """Where some words are in very many documents: these propose only those with them in the headline or beside the text,
    and add to the scores of those that others propose, unless they stand in so many that this hardly tells them apart."""
    lists, words = matching.lists, matching.query.words
    often = [word for word in words if lists.documents_with(word) > COMMON]
    if not often:
        return []
    required: list[Query] = []
    optional: list[Query] = []
    for word in words:
        clauses = lists.weighed(word)
        required += clauses[:2] if word in often else clauses
        if word in often and lists.documents_with(word) <= TELLING * lists.documents:
            optional.append(clauses[2])  # of long lists the root's alone
    return [(Occur.Must, any_of(required)), *[(Occur.Should, clause) for clause in optional]]


def _filtered(matching: Matching, query: _Clauses, wanted: int) -> Scored:
    """The best documents for a query that the filters let through. The edition, when a good part of all documents is in
    it, is looked at afterwards: its list would be the longest."""
    searcher = matching.lists.searcher
    share = _share_of_edition(matching)
    if share >= _SHARE:
        depth = int(wanted / share * 1.2) + 20
        some = Query.boolean_query([*query, *matching.filters(marks=False)])
        hits = searcher.search(some, depth, count=False).hits
        through = _in_edition(matching, hits)
        if len(through) >= wanted or len(hits) < depth:
            return through[:wanted]
    return searcher.search(Query.boolean_query([*query, *matching.filters()]), wanted, count=False).hits


def _share_of_edition(matching: Matching) -> float:
    """The share of all documents that is in the edition asked for; 0 when other marks are asked for, or it has no bit of
    its own."""
    lists, search = matching.lists, matching.search
    asked = marks_asked(search)
    only_edition = asked == marks_asked(Search(edition=search.edition, drafts=search.drafts))
    if not (only_edition and asked and (search.edition or 0) < MOST_EDITIONS):
        return 0.0
    return lists.searcher.doc_freq("marks", asked[0]) / max(1, lists.searcher.num_docs)


def _in_edition(matching: Matching, hits: Scored) -> Scored:
    search = matching.search
    bits = ~0 if search.edition is None else bit_of(search.edition)
    field = "placed" if search.drafts else "editions"
    where = matching.lists.searcher.fast_field_values(field, [address for _, address in hits])
    return [hit for hit, value in zip(hits, where, strict=True) if value and int(value) & bits]
