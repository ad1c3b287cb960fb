"""Pages that are lists of headlines: where a list goes on, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys
from bulaq.delivery.policies import CachePolicy
from bulaq.newsroom.queries import headlines
from bulaq.newsroom.queries.headlines import Cursor, Page
from bulaq.reader.responses import page


def asked_cursor(request: HttpRequest) -> Cursor | None:
    """The place in the list that the address names; one that cannot be read means its beginning."""
    return Cursor.parse(request.GET.get("before", ""))


def list_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    found: Page,
    path: str,
    before: Cursor | None,
    policy: CachePolicy,
    surrogate_keys: Iterable[str],
) -> HttpResponse:
    """A list of `path` from `before` on, with the way onwards."""
    ids = headlines.ids_of(found.items)
    here = f"{path}?before={before}" if before else path
    return page(
        request,
        template,
        {
            "items": found.items,
            "older": f"{path}?before={found.next}" if found.next else None,
            "newest": path if before else None,
            "canonical": request.site.absolute(here),
        }
        | dict(context),
        policy=policy,
        surrogate_keys=[*surrogate_keys, *(keys.article(number) for number in ids)],
        shown=ids,
    )
