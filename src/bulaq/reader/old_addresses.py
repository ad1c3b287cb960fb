"""Old addresses that look like ours: `/news/2/` was their article 2, `/?p=12` is no front page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.legacy_paths import IDENTIFYING
from bulaq.newsroom.models import Publication
from bulaq.newsroom.queries.articles import legacy_placement
from bulaq.reader.gone import gone
from bulaq.reader.responses import with_policy

State = Publication.State


def led_on(request: HttpRequest) -> HttpResponse | None:
    """The redirect to the article that answered at this very address before, or 410 when that was withdrawn; None when
    none did, or readers have never seen it here.

    Purged with the article (a new headline, another section, withdrawn, an import taken back) and with its section,
    whose name stands in the address.
    """
    publication = legacy_placement(request.site.edition, request.get_full_path())
    if publication is None or publication.state not in (State.PUBLISHED, State.WITHDRAWN):
        return None
    if publication.state == State.WITHDRAWN:
        return gone(request, publication.article_id)
    return with_policy(
        HttpResponsePermanentRedirect(addresses.of_publication(publication)),
        policies.REDIRECT,
        [
            keys.article(publication.article_id),
            keys.section(publication.section_id),
            keys.edition(publication.edition_id),
        ],
    )


def names_an_article(request: HttpRequest) -> bool:
    """Whether the query has a parameter by which old sites named their articles."""
    query = request.META.get("QUERY_STRING", "")
    return bool(query) and any(name.lower() in IDENTIFYING for name, _ in parse_qsl(query[:2000]))
