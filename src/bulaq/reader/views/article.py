"""The article page. The id in the address finds it; a wrong section or slug is corrected by a redirect."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Publication
from bulaq.newsroom.queries import articles
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader import body, stylesheet
from bulaq.reader.absent import gone
from bulaq.reader.editions import Site
from bulaq.reader.names import story_path
from bulaq.reader.old_addresses import led_on
from bulaq.reader.responses import moved, page
from bulaq.reader.views.errors import not_found

WAITING = {Publication.State.PLANNED, Publication.State.SCHEDULED, Publication.State.FAILED}
"""States of what readers have never seen: their address does not say that anything is there."""
SETTLING = timedelta(minutes=5)
"""A text that is changed so soon after its hour is still being published: readers are told of no update. Machines are."""


def article(request: HttpRequest, section: str, identity: int, slug: str) -> HttpResponse:
    """`/<section>/<id>-<slug>/`."""
    site = request.site
    publication = articles.placement(site.edition, identity) if site is not None else None
    own = addresses.of_publication(publication) if publication is not None else ""
    if publication is not None and request.path != unquote(own) and (before := led_on(request)):
        return before
    if publication is None or publication.state in WAITING:
        return not_found(request)
    if publication.state == Publication.State.WITHDRAWN:
        return gone(request, identity)
    if redirect := moved(request, own, [keys.article(identity)]):
        return redirect
    found = articles.article_page(publication)
    return page(
        request,
        "reader/article.html",
        context(site, found),
        policy=policies.for_article(publication.updated_at or publication.published_at, timezone.now()),
        surrogate_keys=surrogate_keys(found),
        shown=found.shown_ids,
        own=identity,
        files=stylesheet.ARTICLE,
    )


def context(site: Site, found: ArticlePage) -> dict[str, object]:
    """What the article's template prints."""
    publication = found.publication
    lead = body.lead_figure(found)
    parts = body.parts(found.article.body, site, found.inline_read_also)
    return {
        "page": found,
        "notes": list(found.article.corrections.all()),
        "article": found.article,
        "publication": publication,
        "updated_at": _update_to_tell(publication),
        "section": site.section(publication.section_id),
        "lead": lead,
        "parts": parts,
        "brief": body.is_brief(lead, parts),
        "story_path": story_path(found.story) if found.story else None,
        "canonical": addresses.absolute(found.canonical.edition, addresses.of_publication(found.canonical)),
        "alternates": [
            (
                other.edition,
                addresses.absolute(other.edition, addresses.of_publication(other)),
                other.headline_override or other.article.headline,
            )
            for other in found.translations
        ],
        "elsewhere": found.canonical if found.canonical.edition_id != site.edition.pk else None,
    }


def _update_to_tell(publication: Publication) -> datetime | None:
    """When readers are told that the text was last changed; None for what is as it was published."""
    changed, published = publication.updated_at, publication.published_at
    return changed if changed and (published is None or changed - published >= SETTLING) else None


def surrogate_keys(found: ArticlePage) -> list[str]:
    """Everything whose change must renew the page: what it shows by name, and no list that it only leads to."""
    publication = found.publication
    return [
        keys.article(found.article.pk),
        keys.article_page(found.article.pk),
        keys.section(publication.section_id),
        *(keys.article(number) for number in (*found.shown_ids, *found.unseen)),
        *(keys.article(other.article_id) for other in found.translations),
        *(keys.author(byline.person_id) for byline in found.bylines if byline.person_id),
        *(keys.topic(topic.topic_id) for topic in found.topics),
        *([keys.image(found.article.lead_image_id)] if found.article.lead_image_id else []),
    ]
