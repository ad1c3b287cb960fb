"""The newest documents of a generation that match."""

from __future__ import annotations

from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from bulaq.discovery.tantivy_generation import Generation

_NEWEST: Final = (4_000, 32_000)  # documents among which the newest are looked for first


def newest(generation: Generation, matching: Query, wanted: int) -> list[tuple[Any, tantivy.DocAddress]]:
    """The newest matching documents. When enough are of the newest periods, no others can be among them."""
    if not wanted:  # which Tantivy takes for an error
        return []
    for documents in _NEWEST:
        periods = generation.newest_periods(documents)
        if periods is None:
            break
        recent = Query.boolean_query([(Occur.Must, periods), (Occur.Must, matching)])
        hits = generation.searcher.search(recent, wanted, count=False, order_by_field="time").hits
        if len(hits) == wanted:
            return hits
    return generation.searcher.search(matching, wanted, count=False, order_by_field="time").hits
