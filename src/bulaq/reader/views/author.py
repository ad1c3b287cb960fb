"""A person's page: who they are and what they made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom.queries import headlines, people
from bulaq.reader.lists import asked_cursor, list_page
from bulaq.reader.names import person_name, person_path
from bulaq.reader.responses import moved
from bulaq.reader.views.errors import not_found


def author(request: HttpRequest, identity: int, slug: str) -> HttpResponse:
    """`/author/<id>-<slug>/`: not there for a person of whom this edition has nothing."""
    site = request.site
    person = people.person(identity) if site is not None else None
    if person is None:
        return not_found(request)
    before = asked_cursor(request)
    found = headlines.page_of_author(site.edition, person.pk, site.profile.counts.page, before)
    if not found.items and before is None:
        return not_found(request)
    path = person_path(person, site.profile)
    if redirect := moved(request, path, [keys.author(identity)]):
        return redirect
    return list_page(
        request,
        "reader/author.html",
        {"person": person, "name": person_name(person, site.profile)},
        found=found,
        path=path,
        before=before,
        policy=policies.TOPIC,
        surrogate_keys=[keys.author(identity), keys.box("author", identity)],
    )
