"""Pages for what is not there: still the newspaper, with the latest news and a search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.reader.responses import page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    if getattr(request, "site", None) is None:
        return HttpResponse("404", status=404, content_type="text/plain")
    return page(
        request, "reader/not_found.html", {}, policy=policies.NOT_FOUND, surrogate_keys=[], status=404
    )


def gone(request: HttpRequest, article_id: int) -> HttpResponse:
    """410: it was here and was withdrawn."""
    return page(
        request, "reader/not_found.html", {}, policy=policies.GONE, surrogate_keys=[keys.article(article_id)],
        status=410,
    )  # fmt: skip
