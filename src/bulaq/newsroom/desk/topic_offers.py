"""Names offered as topics, at the desk: many are answered at once, each with its articles to judge by.

The name of an offer can be changed before it is accepted; a name that a topic has already means that topic.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.widgets import AdminSnippetChooser

from bulaq.arabic.normalise import for_matching
from bulaq.newsroom.actions import topics as acts
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.actions.topic_offers import offer_again
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.models import Article, Topic, TopicOffer

PER_PAGE = 50
REJECTED = "rejected"
"""In the place of a kind: the list of what was rejected."""
KINDS = (Topic.Kind.PERSON, Topic.Kind.PLACE, Topic.Kind.ORGANISATION)


class MergeForm(forms.Form):
    """Two topics, chosen and not written: there is no way back, and a name may be that of two, in two languages."""

    keep = forms.ModelChoiceField(Topic.objects.all(), label=gettext_lazy("The topic that stays"))
    merged = forms.ModelChoiceField(Topic.objects.all(), label=gettext_lazy("The topic that is the same"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here, not above: the chooser speaks the language in which it is made.
        for field in self.fields.values():
            field.widget = AdminSnippetChooser(Topic)


def index(request: HttpRequest) -> HttpResponse:
    """The offers that wait, those in most articles first; or those that were rejected, for second thoughts."""
    rights.require(rights.may_lead(request.user))
    if request.method == "POST":
        _answer(request)
        return redirect(next_page(request, reverse("newsroom_topic_offers:index")))
    kind = request.GET.get("kind", "")
    offers = TopicOffer.objects.filter(
        state=TopicOffer.State.REJECTED if kind == REJECTED else TopicOffer.State.OFFERED
    )
    if kind in KINDS:
        offers = offers.filter(kind=kind)
    if after := _place(request.GET.get("after", "")):
        articles, pk = after
        offers = offers.filter(
            Q(articles__lt=articles) | Q(articles=articles, pk__lt=pk), articles__lte=articles
        )
    shown = list(offers.order_by("-articles", "-id")[: PER_PAGE + 1])
    last = shown[PER_PAGE - 1] if len(shown) > PER_PAGE else None
    shown = shown[:PER_PAGE]
    examples = Article.objects.only("headline", "headline_suggestion").in_bulk(
        [pk for offer in shown for pk in offer.examples]
    )
    context = {
        "lines": [
            {"offer": offer, "examples": [examples[pk] for pk in offer.examples if pk in examples]}
            for offer in shown
        ],
        "kinds": [(kind.value, kind.label) for kind in KINDS],
        "kind": kind,
        "rejected": kind == REJECTED,
        "next": f"{last.articles}-{last.pk}" if last else "",
    }
    return _page(request, "desk/topic_offers/index.html", _("Suggested topics"), context)


def merge(request: HttpRequest) -> HttpResponse:
    """Two topics become one, both found by any of their spellings."""
    rights.require(rights.may_lead(request.user))
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep, gone = form.cleaned_data["keep"], form.cleaned_data["merged"]
        try:
            acts.merge_topics(keep=keep.pk, merged=gone.pk, by=request.user)
        except ActRefused as refusal:
            form.add_error("merged", str(refusal))
        else:
            messages.success(request, _("They are one topic now: %(name)s.") % {"name": keep.name})
            return redirect("newsroom_topic_offers:merge")
    return _page(
        request, "desk/topic_offers/merge.html", _("Merge topics"), {"form": form, "media": form.media}
    )


def named(name: str) -> Topic | None:
    """The topic that a person means by a name, in any of its spellings."""
    key = for_matching(" ".join(name.split()))
    if not key:
        return None
    return (
        Topic.objects.filter(matching_name=key).order_by("-accepted", "pk").first()
        or Topic.objects.filter(variants__matching_text=key).order_by("-accepted", "pk").first()
    )


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Where the form asked to go on, when that is a page of the desk."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and safe else otherwise


def _answer(request: HttpRequest) -> None:
    act = request.POST.get("act", "")
    if one := request.POST.get("accept", ""):
        act, chosen = "accept", [one]
    else:
        chosen = request.POST.getlist("offer")[: 4 * PER_PAGE]
    ids = [number for number in map(row_number, chosen) if number]
    into = named(request.POST.get("into", "")) if act == "into" else None
    if act not in {"accept", "reject", "into", "again"} or not ids:
        messages.error(request, _("Choose some names first."))
    elif act == "into" and into is None:
        messages.error(request, _("There is no topic of that name."))
    else:
        done = _each(request, act, ids, into)
        if done:
            messages.success(request, _said(act, done) % {"number": done}, buttons=_second_thoughts(act))


def _said(act: str, done: int) -> str:
    if act == "reject":
        return ngettext("%(number)s name rejected.", "%(number)s names rejected.", done)
    if act == "again":
        return ngettext("%(number)s name is offered again.", "%(number)s names are offered again.", done)
    return ngettext("%(number)s name accepted.", "%(number)s names accepted.", done)


def _second_thoughts(act: str) -> list[Any]:
    if act != "reject":
        return []
    rejected = f"{reverse('newsroom_topic_offers:index')}?kind={REJECTED}"
    return [messages.button(rejected, _("The rejected ones"))]


def _each(request: HttpRequest, act: str, ids: Iterable[int], into: Topic | None) -> int:
    done = 0
    for pk in ids:
        try:
            if act == "reject":
                acts.reject_topic(offer_id=pk)
            elif act == "again":
                offer_again(offer_id=pk)
            elif into is not None:
                acts.accept_into(offer_id=pk, topic_id=into.pk, by=request.user)
            else:
                kind = request.POST.get(f"kind-{pk}", "")
                acts.accept_topic(
                    offer_id=pk,
                    name=request.POST.get(f"name-{pk}"),
                    kind=kind if kind in KINDS else None,
                    by=request.user,
                )
            done += 1
        except ActRefused as refusal:
            messages.error(request, str(refusal))
    return done


def _place(text: str) -> tuple[int, int] | None:
    articles, _dash, pk = text.partition("-")
    place = row_number(articles), row_number(pk)
    return place if all(place) else None


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> TemplateResponse:
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": "tag",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("newsroom_topic_offers:index"), "label": title},
        ],
    }
    return TemplateResponse(request, template, frame | context)


class TopicOffersMenuItem(MenuItem):
    """For those who decide what stands above all sections."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_lead(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """Under `/desk/topic-offers/`."""
    patterns = [path("", index, name="index"), path("merge/", merge, name="merge")]
    return [path("topic-offers/", include((patterns, "newsroom_topic_offers")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Beside the stories."""
    return TopicOffersMenuItem(
        gettext_lazy("Suggested topics"),
        reverse("newsroom_topic_offers:index"),
        name="topic-offers",
        icon_name="tag",
        order=52,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names the acts for the history of a topic."""
    for name, label, message in (
        ("accept_topic", gettext_lazy("Accept a topic"), gettext_lazy("Accepted from the suggestions")),
        ("merge_topics", gettext_lazy("Merge topics"), gettext_lazy("Merged with another topic")),
        ("rename_topic", gettext_lazy("Rename a topic"), gettext_lazy("Renamed")),
    ):
        actions.register_action(f"newsroom.{name}", label, message)
