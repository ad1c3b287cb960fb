"""«This was published on …» at the desk: an article beside the one that it repeats, the differing passages marked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from bulaq.newsroom.desk import rights
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.duplicates import compare, text_of


def comparison(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """The two texts side by side as they are stored."""
    rights.require(rights.may_edit(request.user))
    found = {document.id: document for document in documents([pk, other])}
    if len(found) < 2:
        raise Http404
    this, that = found[pk], found[other]
    context = {
        "page_title": _("Compare"),
        "header_title": _("Compare"),
        "header_icon": "copy",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {
                "url": reverse("wagtailsnippets_newsroom_article:edit", args=[pk]),
                "label": this.headline or f"#{pk}",
            },
            {"url": "", "label": _("Compare")},
        ],
        "this": this,
        "that": that,
        "comparison": compare(text_of(that), text_of(this)),
    }
    return TemplateResponse(request, "desk/duplicates.html", context)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """`/desk/compare/<article>/<other>/`."""
    return [path("compare/<int:pk>/<int:other>/", comparison, name="newsroom_compare")]
