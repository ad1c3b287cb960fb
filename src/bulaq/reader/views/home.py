"""The front page of an edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.reader import stylesheet
from bulaq.reader.fronts import home_front
from bulaq.reader.old_addresses import led_on, names_an_article
from bulaq.reader.responses import page


def home(request: HttpRequest) -> HttpResponse:
    """`/`."""
    site = request.site
    if site is None:
        # A newsroom that begins: the desk says what comes first. Nobody may keep this answer.
        return HttpResponse(status=302, headers={"Location": "/desk/", "Cache-Control": "no-store"})
    if names_an_article(request) and (before := led_on(request)):
        return before
    front = home_front(site)
    owner = site.edition.pk
    return page(
        request,
        "reader/home.html",
        {"front": front, "today": timezone.now()},
        policy=policies.FRONT,
        surrogate_keys=[
            keys.box("front", owner),
            keys.box("latest", owner),
            keys.box("most-read", owner),
            *(keys.box("section", f"{owner}-{section.id}") for section in site.sections),
            *(keys.article(number) for number in front.shown_ids),
        ],
        shown=front.shown_ids,
        files=stylesheet.HOME,
    )
