"""The desk's searches answered by the same index: drafts too."""

from __future__ import annotations

from bulaq.discovery.index import IndexUnavailable, Search
from bulaq.newsroom.finding.indexes import search_index
from bulaq.newsroom.queries import desk_search


def find(query: str, limit: int) -> desk_search.Found:
    """What the desk means by `query`; the plain engine answers while there is no index."""
    try:
        index = search_index()
        if not index.count():
            return desk_search.plain(query, limit)
        results = index.search(Search(text=query, drafts=True, limit=limit))
    except IndexUnavailable:
        return desk_search.plain(query, limit)
    return desk_search.Found(
        tuple(hit.id for hit in results.hits),
        more=results.total > len(results.hits),
        total=results.total,
        approximate=results.approximate,
    )
