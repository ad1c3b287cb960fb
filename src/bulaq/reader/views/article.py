"""The article page. The id in the address finds it; a wrong section or slug is corrected by a redirect."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Publication
from bulaq.newsroom.queries import articles
from bulaq.reader.responses import page, with_policy
from bulaq.reader.views.errors import gone, not_found


def article(request: HttpRequest, section: str, identity: int, slug: str = "") -> HttpResponse:
    """`/<section>/<id>-<slug>/`."""
    site = request.site
    publication = articles.placement(site.edition, identity)
    if publication is None or publication.state in {Publication.State.PLANNED, Publication.State.SCHEDULED}:
        return not_found(request)
    if publication.state != Publication.State.PUBLISHED:
        return gone(request, identity)
    wanted = addresses.of_publication(publication)
    if request.path != unquote(wanted):
        response = HttpResponsePermanentRedirect(wanted)
        return with_policy(
            response, policies.REDIRECT, [keys.article(identity), keys.edition(site.edition.pk)]
        )
    found = articles.article_page(publication)
    changed = publication.updated_at or publication.published_at
    surrogate_keys = [
        keys.article(identity),
        keys.section(publication.section_id),
        *(keys.article(line.article_id) for line in found.read_also if line.article_id),
        *(keys.author(byline.person_id) for byline in found.bylines if byline.person_id),
        *(keys.topic(topic.topic_id) for topic in found.topics),
    ]
    return page(
        request,
        "reader/article.html",
        {"page": found, "section": site.section(publication.section_id)},
        policy=policies.for_article(changed, timezone.now()),
        surrogate_keys=surrogate_keys,
        shown=found.shown_ids,
    )
