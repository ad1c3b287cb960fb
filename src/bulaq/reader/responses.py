"""From a template to a response: policy, surrogate keys, language, and the ids that the page shows itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from bulaq.delivery import keys
from bulaq.delivery.policies import CachePolicy


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    policy: CachePolicy,
    surrogate_keys: Iterable[str],
    shown: Iterable[int] = (),
    status: int = 200,
) -> HttpResponse:
    """An HTML page of `request.site`."""
    site = request.site
    shown = tuple(dict.fromkeys(shown))
    html = render_to_string(
        template,
        {
            "site": site,
            "edition": site.edition,
            "strings": site.profile.strings,
            "profile": site.profile,
            "shown": shown,
        }
        | dict(context),
        request,
    )
    response = HttpResponse(html, status=status)
    response["Content-Language"] = site.profile.language
    if shown:
        response[keys.SHOWN_HEADER] = keys.shown(shown)
    return with_policy(response, policy, [*surrogate_keys, keys.edition(site.edition.pk)])


def with_policy(response: HttpResponse, policy: CachePolicy, surrogate_keys: Iterable[str]) -> HttpResponse:
    """The response with its cache headers and its keys."""
    for name, value in policy.headers().items():
        response[name] = value
    response[keys.HEADER] = keys.header(surrogate_keys)
    return response
