"""Pages for what readers cannot have: still the newspaper, with the latest news and a search box."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.delivery.policies import CachePolicy
from bulaq.reader.responses import page


def not_there(request: HttpRequest, surrogate_keys: Iterable[str] = ()) -> HttpResponse:
    """404. `surrogate_keys`: of an article that readers may get to see at this address."""
    strings = request.site.profile.strings
    return _page(
        request, 404, strings.not_found_title, strings.not_found_text, policies.NOT_FOUND, surrogate_keys
    )


def gone(request: HttpRequest, article_id: int) -> HttpResponse:
    """410: an article that readers had and that was withdrawn; purged when it returns."""
    strings = request.site.profile.strings
    return _page(
        request, 410, strings.gone_title, strings.gone_text, policies.GONE, [keys.article(article_id)]
    )


def _page(
    request: HttpRequest,
    status: int,
    title: str,
    text: str,
    policy: CachePolicy,
    surrogate_keys: Iterable[str],
) -> HttpResponse:
    return page(
        request,
        "reader/not_found.html",
        {"title": title, "text": text, "noindex": True},
        policy=policy,
        surrogate_keys=surrogate_keys,
        status=status,
    )
