"""Boxes as pages of their own, for composition: `/_/box/…`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.newsroom.models import Edition
from bulaq.newsroom.queries import front, headlines
from bulaq.reader import boxes
from bulaq.reader.editions import Site, site_of
from bulaq.reader.responses import with_policy


def shared(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The boxes that every page of an edition shows: rendered once for all of them, with spare items."""
    site = _site(edition_id)
    if site is None:
        return HttpResponse(status=404)
    found = boxes.shared_boxes(site)
    owner = site.edition.pk
    response = HttpResponse(render_shared(site, found))
    return with_policy(
        response,
        policies.BOX,
        [
            keys.edition(owner),
            keys.box("latest", owner),
            keys.box("most-read", owner),
            *(keys.box("section", f"{owner}-{section.id}") for section in boxes.sections_with_boxes(site)),
            *(keys.article(number) for box in found for number in headlines.ids_of(box.items)),
        ],
    )


def related(request: HttpRequest, edition_id: int, article_id: int) -> HttpResponse:
    """The related articles of one article in an edition; empty when there are none."""
    site = _site(edition_id)
    if site is None:
        return HttpResponse(status=404)
    box = boxes.related_box(site, article_id)
    response = HttpResponse(render_related(site, box))
    # With nothing related, the box shows the section's newest: it changes when they do.
    section = next((place for place in site.sections if box and box.path == place.path), None)
    return with_policy(
        response,
        policies.BOX_STEADY,
        [
            keys.edition(edition_id),
            keys.box("related", article_id),
            *([keys.box("section", f"{edition_id}-{section.id}")] if section else []),
            *(keys.article(number) for number in (headlines.ids_of(box.items) if box else ())),
        ],
    )


def breaking(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The breaking line above every page of an edition; empty, and kept long, when nothing is breaking."""
    site = _site(edition_id)
    if site is None:
        return HttpResponse(status=404)
    now = timezone.now()
    line = front.breaking_line(site.edition, now)
    html = (
        render_to_string("reader/boxes/breaking.html", {"line": line} | _frame(site)).strip() if line else ""
    )
    return with_policy(
        HttpResponse(html),
        policies.until(policies.BREAKING, line.ends_at, now) if line else policies.BOX_STEADY,
        [
            keys.edition(edition_id),
            keys.box("breaking", edition_id),
            *([keys.article(line.article_id)] if line and line.article_id else []),
        ],
    )


def render_shared(site: Site, found: list[boxes.HeadlineBox]) -> str:
    """The shared boxes as HTML."""
    return render_to_string("reader/boxes/shared.html", {"boxes": found} | _frame(site)).strip()


def render_related(site: Site, box: boxes.HeadlineBox | None) -> str:
    """The related box as HTML; "" without one."""
    return render_to_string("reader/boxes/related.html", {"box": box} | _frame(site)).strip() if box else ""


def _frame(site: Site) -> dict[str, object]:
    return {"site": site, "profile": site.profile, "strings": site.profile.strings}


def _site(edition_id: int) -> Site | None:
    edition = Edition.objects.filter(pk=edition_id).first()
    return site_of(edition, ()) if edition is not None else None
