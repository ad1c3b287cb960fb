"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.queries import headlines
from bulaq.newsroom.queries import search as searching
from bulaq.reader.responses import page
from bulaq.reader.views.errors import not_found

DEEPEST_PAGE = 50
"""Nobody reads further; a query for page 10,000 is no reader's."""


def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&page=…`."""
    site = request.site
    if site is None:
        return not_found(request)
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[: searching.LONGEST_QUERY]
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), DEEPEST_PAGE) if asked.isdecimal() and len(asked) < 6 else 1
    size = site.profile.counts.page
    found = searching.search(site.edition, query, limit=size, offset=(number - 1) * size)
    ids = headlines.ids_of(found.items)
    path = addresses.search(query)
    more = found.total > number * size and number < DEEPEST_PAGE
    return page(
        request,
        "reader/search.html",
        {
            "query": query,
            "items": found.items,
            "total": found.total,
            "older": f"{path}&page={number + 1}" if more else None,
            "newest": path if number > 1 else None,
            "noindex": True,
        },
        policy=policies.SEARCH,
        surrogate_keys=[keys.article(article_id) for article_id in ids],
        shown=ids,
    )
