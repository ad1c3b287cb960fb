"""Addresses under a section's former name: its front, the pages further back, its feeds."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys
from bulaq.newsroom.models import FormerSlug
from bulaq.reader.responses import moved


def renamed_section(request: HttpRequest, slug: str) -> HttpResponse | None:
    """The redirect for good to the same page under the section's present name; None when none that this edition shows
    was called so."""
    if request.site is None:
        return None
    former = FormerSlug.objects.filter(slug=slug).first()
    place = request.site.section(former.section_id) if former is not None else None
    if place is None or place.slug == slug:
        return None
    rest = request.path.split("/", 2)[2]
    return moved(request, place.path + quote(rest), [keys.section(place.id)])
