"""A standing page: what an edition says of itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.models import StandingPage
from bulaq.newsroom.queries import standing
from bulaq.reader import body, stylesheet
from bulaq.reader.editions import Site
from bulaq.reader.responses import moved, page
from bulaq.reader.views.errors import not_found


def standing_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/page/<slug>/`: not there until it is shown to readers."""
    site = request.site
    found = standing.standing_page(site.edition, slug) if site is not None else None
    if found is None:
        return not_found(request)
    surrogate_keys = [keys.page(found.pk)]
    if redirect := moved(request, addresses.standing(found.slug), surrogate_keys):
        return redirect
    return page(
        request,
        "reader/standing.html",
        context(site, found),
        policy=policies.ARTICLE,
        surrogate_keys=surrogate_keys,
        files=stylesheet.ARTICLE,
    )


def context(site: Site, found: StandingPage) -> dict[str, object]:
    """What the template prints."""
    return {
        "standing": found,
        "parts": body.parts(found.body, site),
        "canonical": site.absolute(addresses.standing(found.slug)),
    }
