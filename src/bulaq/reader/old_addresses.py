"""Old addresses that look like ours: `/news/2/` was their article 2, `/?p=12` is no front page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from bulaq.delivery import keys, policies
from bulaq.newsroom.legacy_paths import IDENTIFYING
from bulaq.newsroom.queries.articles import legacy_target
from bulaq.reader.responses import with_policy


def led_on(request: HttpRequest) -> HttpResponse | None:
    """The redirect to the article that answered at this very address before; None when none did."""
    target = legacy_target(request.site.edition, request.get_full_path())
    if target is None:
        return None
    return with_policy(
        HttpResponsePermanentRedirect(target), policies.REDIRECT, [keys.edition(request.site.edition.pk)]
    )


def names_an_article(request: HttpRequest) -> bool:
    """Whether the query has a parameter by which old sites named their articles."""
    query = request.META.get("QUERY_STRING", "")
    return bool(query) and any(name.lower() in IDENTIFYING for name, _ in parse_qsl(query[:2000]))
