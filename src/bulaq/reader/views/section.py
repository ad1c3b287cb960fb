"""A section's front and the pages further back."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom.models import Edition
from bulaq.newsroom.queries import front, headlines
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
    found = _pinned_first(site.edition, place.id, found, first_page=before is None)
    return list_page(
        request,
        "reader/section.html",
        {"section": place, "section_mark": "page", "lead_first": True},
        found=found,
        path=place.path,
        before=before,
        policy=policies.FRONT,
        surrogate_keys=[
            keys.section(place.id),
            keys.box("section", f"{site.edition.pk}-{place.id}"),
            keys.box("front", f"{site.edition.pk}-{place.id}"),
        ],
    )


def _pinned_first(
    edition: Edition, section_id: int, found: headlines.Page, *, first_page: bool
) -> headlines.Page:
    """The page with what editors pinned at its head, which then stands nowhere else in the list."""
    pinned_ids = front.pinned_ids(edition, section_id=section_id)
    if not pinned_ids:
        return found
    rest = [item for item in found.items if item.article_id not in pinned_ids]
    pinned = headlines.by_ids(edition, pinned_ids, with_standfirst=True) if first_page else []
    # One that has moved to another section since is no longer this front's.
    held = [item for item in pinned if item.section_id == section_id]
    return replace(found, items=(*held, *rest))
