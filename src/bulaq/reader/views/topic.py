"""A topic's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom.queries import headlines, topics
from bulaq.reader.lists import asked_cursor, list_page
from bulaq.reader.names import topic_path
from bulaq.reader.responses import moved
from bulaq.reader.views.errors import not_found


def topic(request: HttpRequest, identity: int, slug: str) -> HttpResponse:
    """`/topic/<id>-<slug>/`: not there for a topic on which this edition has nothing."""
    site = request.site
    found_topic = topics.topic(identity) if site is not None else None
    if found_topic is None:
        return not_found(request)
    before = asked_cursor(request)
    found = headlines.page_of_topic(site.edition, found_topic.pk, site.profile.counts.page, before)
    if not found.items and before is None:
        return not_found(request)
    path = topic_path(found_topic)
    if redirect := moved(request, path, [keys.topic(identity)]):
        return redirect
    return list_page(
        request,
        "reader/topic.html",
        {"topic": found_topic},
        found=found,
        path=path,
        before=before,
        policy=policies.TOPIC,
        surrogate_keys=[keys.topic(identity), keys.box("topic", identity)],
    )
