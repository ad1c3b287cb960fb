"""The first steps of a newsroom at its desk: found it, name its sections, bring in people, write. Gone once all are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from bulaq.newsroom import profiles
from bulaq.newsroom.actions.founding import STARTER_SECTIONS, found
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.models import Article, Edition, Publication, Section


class FoundingForm(forms.Form):
    """What a newsroom must say of itself before it can publish; all of it can be changed later."""

    name = forms.CharField(
        label=gettext_lazy("Name of the newspaper"), max_length=120,
        help_text=gettext_lazy("Stands in the masthead."),
        widget=forms.TextInput(attrs={"dir": "auto", "autofocus": True}),
    )  # fmt: skip
    profile = forms.ChoiceField(
        label=gettext_lazy("Profile of the edition"), choices=profiles.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Decides digits, names of months, clock and the words of the site's frame."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), required=False,
        choices=lambda: [("", gettext_lazy("The time of the profile")), *profiles.zone_choices()],
    )  # fmt: skip
    host = forms.CharField(
        label=gettext_lazy("Host"), max_length=253, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("The host name readers use, without a port."),
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Sections"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(one.slug, one.arabic) for one in STARTER_SECTIONS],
    )  # fmt: skip
    more_sections = forms.CharField(
        label=gettext_lazy("Further sections"), required=False, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Separated by commas."),
    )  # fmt: skip

    def all_sections(self) -> list[str]:
        """Those chosen, then those written."""
        written = self.cleaned_data["more_sections"].replace("،", ",").split(",")
        return [*self.cleaned_data["sections"], *written]


def found_newsroom(request: HttpRequest) -> HttpResponse:
    """`/desk/begin/`: one form, for an administrator of a newsroom without an edition."""
    rights.require(request.user.has_perm("newsroom.add_edition"))
    if Edition.objects.exists():
        return redirect("wagtailadmin_home")
    asked = request.get_host().rsplit(":", 1)[0]
    host = (
        asked if any(letter.isalpha() for letter in asked) else "localhost"
    )  # a bare number is no name to keep
    form = FoundingForm(
        request.POST or None,
        initial={
            "host": host, "profile": "mashriq",
            "sections": [one.slug for one in STARTER_SECTIONS if one.slug not in {"technology", "health"}],
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            found(
                name=values["name"], profile_key=values["profile"], host=values["host"],
                time_zone=values["time_zone"], sections=form.all_sections(),
            )  # fmt: skip
        except ActRefused as refusal:
            _point_out(request, form, refusal)
        else:
            messages.success(request, _("The newsroom is founded. Now its first article."))
            return redirect("wagtailadmin_home")
    context = {
        "page_title": _("Found the newsroom"),
        "header_title": _("Found the newsroom"),
        "header_icon": "site",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Found the newsroom")},
        ],
        "form": form,
    }
    return TemplateResponse(request, "desk/founding.html", context)


ASKED_FOR = {
    "name": "name",
    "host": "host",
    "profile_key": "profile",
    "time_zone": "time_zone",
    "slug": "more_sections",
}
"""What an edition or a section refuses, and the field of the form that asked for it."""


def _point_out(request: HttpRequest, form: FoundingForm, refusal: ActRefused) -> None:
    wrong = getattr(refusal.__cause__, "message_dict", {})
    for name, reasons in wrong.items():
        if name in ASKED_FOR:
            form.add_error(ASKED_FOR[name], reasons)
    if form.is_valid():
        messages.error(request, str(refusal))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a new newsroom does once."""

    text: Any
    hint: Any
    url: str
    done: bool


class FirstSteps(Component):
    """On the first page, until the newsroom stands: what is done, and what comes next."""

    template_name = "desk/home/first_steps.html"
    order = 1

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def steps(self) -> list[Step]:
        """In the order in which they are taken; those only that the user may take."""
        user = self.request.user
        founded = Edition.objects.exists()
        found = [
            (
                "newsroom.add_edition",
                Step(
                    _("Found the newsroom"), _("Name, host, digits and months, sections."),
                    reverse("newsroom_found"), founded,
                ),
            ),
            (
                "newsroom.add_section",
                Step(
                    _("Name the sections"), _("And set their order in the edition."),
                    reverse("wagtailsnippets_newsroom_section:list"), Section.objects.exists(),
                ),
            ),
            (
                "auth.add_user",
                Step(
                    _("Bring in editors and reporters"), _("Everyone with a login and a role."),
                    reverse("wagtailusers_users:index"), get_user_model().objects.all()[:2].count() > 1,
                ),
            ),
            (
                "newsroom.add_article",
                Step(
                    _("Write the first article"), _("Or bring in an archive under «Intake»."),
                    reverse("wagtailsnippets_newsroom_article:add"), Article.objects.exists(),
                ),
            ),
            (
                "newsroom.publish_article",
                Step(
                    _("Publish it"), _("With the arrow beside «Save draft» in the article."),
                    reverse("wagtailsnippets_newsroom_article:list"), Publication.objects.exists(),
                ),
            ),
        ]  # fmt: skip
        return [step for right, step in found if user.has_perm(right)]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The steps, and which is next."""
        steps = self.steps()
        return {"steps": steps, "next": next((step for step in steps if not step.done), None)}


def first_steps_for(request: HttpRequest) -> FirstSteps | None:
    """None in a newsroom that has published: one look at one row, on every later day."""
    return None if Publication.objects.exists() else FirstSteps(request)


@hooks.register("register_admin_urls")
def register_founding_url() -> list[Any]:
    """The page."""
    return [path("begin/", found_newsroom, name="newsroom_found")]
