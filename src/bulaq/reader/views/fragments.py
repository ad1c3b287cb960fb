"""Boxes as pages of their own, for composition: `/_/box/…`."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
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
    """The related articles of one article in an edition; where there are none, the mark of what its section shares."""
    site = _site(edition_id)
    if site is None:
        return HttpResponse(status=404)
    box = boxes.related_box(site, article_id)
    html = render_related(site, box)
    if box is None:
        section = site.section(headlines.section_of(site.edition, article_id) or 0)
        mark = addresses.box("section", edition_id, section.id) if section else ""
        html = f'<esi:include src="{mark}"/>' if mark else ""
    return with_policy(
        HttpResponse(html),
        policies.BOX_STEADY if box else policies.BOX_OF_MARKS,
        [
            keys.edition(edition_id),
            keys.box("related", article_id),
            keys.article(article_id),
            *(keys.article(number) for number in (headlines.ids_of(box.items) if box else ())),
        ],
    )


def of_section(request: HttpRequest, edition_id: int, section_id: int) -> HttpResponse:
    """More from a section, under its articles that have nothing related: rendered once for all of them."""
    site = _site(edition_id)
    section = site.section(section_id) if site is not None else None
    if site is None or section is None:
        return HttpResponse(status=404)
    box = boxes.section_box(site, section)
    return with_policy(
        HttpResponse(render_related(site, box)),
        policies.BOX_STEADY,
        [
            keys.edition(edition_id),
            keys.box("section", f"{edition_id}-{section_id}"),
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
        render_to_string(
            "reader/boxes/breaking.html",
            {"line": line, "text": _behind(site.profile.strings.breaking, line.text)} | _frame(site),
        ).strip()
        if line
        else ""
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


def _behind(label: str, text: str) -> str:
    """The text of a line without the word of its label, which stands beside it: «عاجل: فاز …», «#عاجل | فاز …», «عاجل.. فاز …»."""
    kept = re.sub(rf"^\s*(?:#{label}\b|{label}\b\s*(?=[:|!.،\-–—…]))[\s:|!.،\-–—…]*", "", text, flags=re.I)
    return kept or text


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
