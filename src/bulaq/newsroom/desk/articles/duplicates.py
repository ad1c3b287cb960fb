"""«This was published on …» at the desk: an article beside the one that it repeats, the differing passages marked; and the
editor's word that they are two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages

from bulaq.newsroom.actions import repeats
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.topic_offers import next_page
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.duplicates import compare, text_of, told_apart
from bulaq.newsroom.models import Article


def comparison(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """The two texts side by side as they are stored; or what an editor says of the pair."""
    rights.require(rights.may_edit(request.user))
    if request.method == "POST":
        return _decide(request, pk, other)
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
        "apart": other in {article.pk for article in told_apart(pk)},
        "may_change": rights.may_publish(request.user, Article.objects.only("section").get(pk=pk)),
    }
    return TemplateResponse(request, "desk/duplicates.html", context)


def _decide(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.only("section"), pk=pk)
    rights.require(rights.may_publish(request.user, article))
    try:
        if request.POST.get("act") == "apart":
            repeats.tell_apart(article_id=pk, other_id=other, by=request.user)
            messages.success(request, _("They are two articles, and are not shown as repeats again."))
        elif request.POST.get("act") == "ask":
            repeats.ask_again(article_id=pk, other_id=other)
            messages.success(request, _("They are shown as repeats again as long as their texts are alike."))
        else:
            raise Http404
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(next_page(request, reverse("newsroom_compare", args=[pk, other])))


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """`/desk/compare/<article>/<other>/`."""
    return [path("compare/<int:pk>/<int:other>/", comparison, name="newsroom_compare")]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names the act for the history of an article."""
    actions.register_action(
        "newsroom.told_apart",
        gettext_lazy("Not the same"),
        gettext_lazy("Told apart from an article like it"),
    )
