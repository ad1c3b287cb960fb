"""410: an article that readers had and that was withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.reader.responses import page


def gone(request: HttpRequest, article_id: int) -> HttpResponse:
    """The page that says so, purged when the article returns."""
    strings = request.site.profile.strings
    return page(
        request,
        "reader/not_found.html",
        {"title": strings.gone_title, "text": strings.gone_text, "noindex": True},
        policy=policies.GONE,
        surrogate_keys=[keys.article(article_id)],
        status=410,
    )
