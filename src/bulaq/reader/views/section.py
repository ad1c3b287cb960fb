"""A section's front and the pages further back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom.queries import headlines
from bulaq.reader.lists import asked_cursor, list_page
from bulaq.reader.old_addresses import led_on, names_an_article
from bulaq.reader.renamed_sections import renamed_section
from bulaq.reader.views.errors import not_found


def section(request: HttpRequest, section: str) -> HttpResponse:
    """`/<section>/`."""
    site = request.site
    place = site.section_by_slug(section) if site is not None else None
    if place is None:
        return renamed_section(request, section) or not_found(request)
    if names_an_article(request) and (article := led_on(request)):
        return article
    before = asked_cursor(request)
    found = headlines.page_of_section(site.edition, place.id, site.profile.counts.page, before)
    return list_page(
        request,
        "reader/section.html",
        {"section": place, "section_mark": "page", "lead_first": True},
        found=found,
        path=place.path,
        before=before,
        policy=policies.FRONT,
        surrogate_keys=[keys.section(place.id), keys.box("section", f"{site.edition.pk}-{place.id}")],
    )
