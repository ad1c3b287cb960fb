"""«Front» at the desk: the breaking line and the pinned articles of every edition, each act one button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.widgets import AdminSnippetChooser

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions import breaking, pinning
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.models import Article, BreakingLine, Edition, FrontPin

BREAKING_STAYS = (
    (15, gettext_lazy("a quarter of an hour")),
    (30, gettext_lazy("half an hour")),
    (60, gettext_lazy("an hour")),
    (180, gettext_lazy("three hours")),
    (360, gettext_lazy("six hours")),
    (720, gettext_lazy("twelve hours")),
)
"""Minutes."""

PIN_STAYS = (
    (180, gettext_lazy("three hours")),
    (360, gettext_lazy("six hours")),
    (720, gettext_lazy("twelve hours")),
    (1440, gettext_lazy("a day")),
    (4320, gettext_lazy("three days")),
    (10080, gettext_lazy("a week")),
)

HOME, SECTION = "home", "section"
FRONTS = (
    (HOME, gettext_lazy("The edition: its home page")),
    (SECTION, gettext_lazy("The section that it stands in")),
)

OLD = timedelta(hours=24)
"""A pin as old as this is pointed out: fronts rot by hand-made choices that nobody looks at again."""


def _minutes(text: str) -> timedelta:
    return timedelta(minutes=int(text))


def _article_field(**kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Article.objects.defer("body", "standfirst"), label=gettext_lazy("Article"),
        **kwargs,
    )  # fmt: skip


class _WithArticle(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here, not above: the chooser speaks the language in which it is made.
        self.fields["article"].widget = AdminSnippetChooser(Article)


class BreakingForm(_WithArticle):
    """What breaks, where, and how long it stands."""

    prefix = "breaking"
    text = forms.CharField(
        label=gettext_lazy("Line"), max_length=breaking.LONGEST_TEXT, required=False,
        help_text=gettext_lazy("Empty: the headline of the article."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    article = _article_field(
        required=False, help_text=gettext_lazy("Where the line leads. It may stand without.")
    )
    editions = forms.ModelMultipleChoiceField(
        Edition.objects.all(), label=gettext_lazy("Editions"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one edition.")},
    )  # fmt: skip
    lasts = forms.TypedChoiceField(
        label=gettext_lazy("Stands for"), choices=BREAKING_STAYS, coerce=_minutes, initial=60,
        help_text=gettext_lazy("Then it goes by itself."),
    )  # fmt: skip


class PinForm(_WithArticle):
    """What leads, where, and how long."""

    prefix = "pin"
    article = _article_field(error_messages={"required": gettext_lazy("Choose the article.")})
    edition = forms.ModelChoiceField(Edition.objects.all(), label=gettext_lazy("Edition"), empty_label=None)
    where = forms.ChoiceField(
        label=gettext_lazy("Front of"), choices=FRONTS, initial=HOME, widget=forms.RadioSelect, required=False
    )
    lasts = forms.TypedChoiceField(
        label=gettext_lazy("Stands for"), choices=PIN_STAYS, coerce=_minutes, initial=720
    )


def front(request: HttpRequest) -> HttpResponse:
    """`/desk/front/`: what stands by hand in each edition; a POST names one act."""
    rights.require(rights.may_edit(request.user))
    forms_of = {"break": BreakingForm, "pin": PinForm}
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        rights.require(rights.may_publish(request.user))
        act = request.POST.get("act", "")
        try:
            if act in forms_of:
                form = bound[act] = forms_of[act](request.POST)
                if form.is_valid():
                    _require(request, act, form.cleaned_data["article"])
                    messages.success(request, _FORM_ACTS[act](form.cleaned_data, request.user))
                    return redirect("newsroom_front")
                messages.error(request, _("Nothing was changed: see what is marked below."))
            elif act in _BUTTON_ACTS:
                edition_id, article_id, section_id = (
                    row_number(request.POST.get(name)) for name in ("edition", "article", "section")
                )
                _require(request, act, Article.objects.only("section_id").filter(pk=article_id).first())
                done = _BUTTON_ACTS[act](edition_id, article_id, section_id or None, request.user)
                messages.success(request, done)
                return redirect("newsroom_front")
            else:
                raise Http404
        except ActRefused as refusal:
            messages.error(request, str(refusal))
            if act not in forms_of:
                return redirect("newsroom_front")
    return _page(request, bound)


def _require(request: HttpRequest, act: str, article: Article | None) -> None:
    """A pin is a matter of its article; the breaking line stands above all sections."""
    allowed = (
        rights.may_lead(request.user)
        if act in {"break", "clear"}
        else rights.may_publish(request.user, article)
    )
    rights.require(allowed)


def _page(request: HttpRequest, bound: Mapping[str, forms.Form]) -> TemplateResponse:
    now = timezone.now()
    editions = list(Edition.objects.all())
    lines = {
        line.edition_id: line
        for line in BreakingLine.objects.filter(ended_at__isnull=True, ends_at__gt=now).select_related(
            "article"
        )
    }
    pins = (
        FrontPin.objects.filter(ends_at__gt=now)
        .select_related("article", "section")
        .defer("article__body", "article__standfirst")
        .order_by(F("section_id").asc(nulls_first=True), "position", "pk")
    )
    by_edition: dict[int, list[FrontPin]] = {edition.pk: [] for edition in editions}
    for one in pins:
        by_edition[one.edition_id].append(one)
    own = {
        one.article_id
        for held in by_edition.values()
        for one in held
        if rights.may_publish(request.user, one.article)
    }
    article, edition = (row_number(request.GET.get(name)) for name in ("article", "edition"))
    wanted = {"article": article or None, "edition": edition or None}
    breaking_form = bound.get("break") or BreakingForm(
        initial={"article": wanted["article"], "editions": [edition] if edition else []}
    )
    pin_form = bound.get("pin") or PinForm(initial=wanted)
    context = {
        "page_title": _("Front"),
        "header_title": _("Front and breaking"),
        "header_icon": "pick",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Front")},
        ],
        "editions": [(one, lines.get(one.pk), by_edition[one.pk]) for one in editions],
        "old": now - OLD,
        "own": own,
        "breaking_form": breaking_form,
        "pin_form": pin_form,
        "may_change": rights.may_publish(request.user),
        "may_lead": rights.may_lead(request.user),
        "media": breaking_form.media + pin_form.media,
    }
    return TemplateResponse(request, "desk/front.html", context)


def _break(values: Mapping[str, Any], user: Any) -> str:
    lines = breaking.set_breaking(
        edition_ids=[edition.pk for edition in values["editions"]],
        text=values["text"],
        article_id=values["article"].pk if values["article"] else None,
        lasts=values["lasts"],
        by=user,
    )
    names = commas(isolate_text(line.edition.short_name) for line in lines)
    return _("Breaking now: %(editions)s") % {"editions": names}


def _pin(values: Mapping[str, Any], user: Any) -> str:
    pinning.pin(
        article_id=values["article"].pk,
        edition_id=values["edition"].pk,
        on_section=values["where"] == SECTION,
        lasts=values["lasts"],
        by=user,
    )
    return _("Pinned: it leads the front now.")


def _clear(edition_id: int, article_id: int, section_id: int | None, user: Any) -> str:
    breaking.clear_breaking(edition_id=edition_id, by=user)
    return _("The breaking line is taken down.")


def _unpin(edition_id: int, article_id: int, section_id: int | None, user: Any) -> str:
    pinning.unpin(article_id=article_id, edition_id=edition_id, section_id=section_id, by=user)
    return _("Unpinned: the front fills itself there again.")


def _up(edition_id: int, article_id: int, section_id: int | None, user: Any) -> str:
    pinning.move_up(article_id=article_id, edition_id=edition_id, section_id=section_id)
    return _("Moved up.")


_FORM_ACTS: Mapping[str, Callable[[Mapping[str, Any], Any], str]] = {"break": _break, "pin": _pin}
_BUTTON_ACTS: Mapping[str, Callable[[int, int, int | None, Any], str]] = {
    "clear": _clear,
    "unpin": _unpin,
    "up": _up,
}


class FrontMenuItem(MenuItem):
    """For whoever sees the list of articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_edit(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """`/desk/front/`."""
    return [path("front/", front, name="newsroom_front")]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Right after the list of articles: on a great day it is opened as often."""
    return FrontMenuItem(
        gettext_lazy("Front and breaking"), reverse("newsroom_front"), name="front", icon_name="pick", order=6
    )
