"""«Placement» at the desk: where an article stands, and every act that moves it, one button each.

The views read a form, ask `desk.rights`, call one act of `newsroom.actions` and say in a message what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.utils import get_valid_next_url_from_request

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions.pinning import pin, unpin
from bulaq.newsroom.actions.placing import make_canonical, plan, remove_plan
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.actions.restoring import restore
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.articles.placement_forms import PlacementForm
from bulaq.newsroom.models import Article
from bulaq.newsroom.queries import placements
from bulaq.newsroom.queries.placements import EditionPlacement

Values = Mapping[str, Any]


def _publish(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    publish(article_id=article_id, edition_id=edition_id, by=user, **_where(values))
    return _("Published in %(edition)s.")


def _schedule(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    at = values["at"]
    if at is None:
        raise ActRefused("no-time", _("Say when it is to be published."))
    if at <= timezone.now():
        raise ActRefused("past", _("That time is past. To publish at once, use «Publish now»."))
    publish(article_id=article_id, edition_id=edition_id, at=at, by=user, **_where(values))
    return _("Scheduled in %(edition)s.")


def _withdraw(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    if not values["reason"]:
        raise ActRefused("no-reason", _("Say why it is withdrawn: the history keeps the reason."))
    withdraw(article_id=article_id, edition_id=edition_id, reason=values["reason"], by=user)
    return _("Withdrawn from %(edition)s. Its address now says that it is gone.")


def _withdraw_everywhere(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    if not values["reason"]:
        raise ActRefused("no-reason", _("Say why it is withdrawn: the history keeps the reason."))
    withdraw(article_id=article_id, reason=values["reason"], by=user)
    return _("Withdrawn from all editions. Its addresses now say that it is gone.")


def _restore(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    restore(article_id=article_id, edition_id=edition_id, by=user)
    return _("Back in %(edition)s, where it stood before.")


def _plan(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    plan(
        article_id=article_id, edition_id=edition_id, embargo_until=values["embargo_until"], by=user,
        **_where(values),
    )  # fmt: skip
    return _("Planned for %(edition)s.")


def _unplan(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    embargo_ended = remove_plan(article_id=article_id, edition_id=edition_id, by=user)
    if embargo_ended:
        return _(
            "No longer planned for %(edition)s. The embargo that was written there has ended with the plan."
        )
    return _("No longer planned for %(edition)s.")


def _canonical(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    make_canonical(article_id=article_id, edition_id=edition_id, by=user)
    return _("%(edition)s is now the canonical edition of this article.")


def _pin(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    pin(article_id=article_id, edition_id=edition_id, by=user)
    return _("Pinned to the front of %(edition)s for twelve hours.")


def _unpin(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    unpin(article_id=article_id, edition_id=edition_id, by=user)
    return _("No longer pinned to the front of %(edition)s.")


def _choose(article_id: int, edition_id: int, values: Values, user: Any) -> str:
    """The key Enter in a field names no act."""
    raise ActRefused("no-act", _("Nothing was changed: press the button of what is to be done."))


def _where(values: Values) -> dict[str, Any]:
    if values["section"] is None:
        raise ActRefused("no-section", _("Choose a section of this edition."))
    return {"section_id": values["section"], "headline_override": values["headline_override"]}


ACTS: Mapping[str, Callable[[int, int, Values, Any], str]] = {
    "publish": _publish,
    "schedule": _schedule,
    "withdraw": _withdraw,
    "withdraw-everywhere": _withdraw_everywhere,
    "restore": _restore,
    "plan": _plan,
    "unplan": _unplan,
    "canonical": _canonical,
    "pin": _pin,
    "unpin": _unpin,
    "": _choose,
}
"""The buttons of the page: each calls one act and returns the sentence that says it was done."""


ASKED_FOR = {
    "no-time": "at",
    "past": "at",
    "no-reason": "reason",
    "no-section": "section",
    "embargo": "embargo_until",
    "embargo-too-late": "embargo_until",
}
"""Reasons to refuse an act, and the field of the page that answers each."""


class PlacementView(View):
    """`/desk/articles/placement/<id>/`: every edition with its form; a POST names the edition and the act."""

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whoever may edit sees where the article stands; only who may publish moves it."""
        self.article = get_object_or_404(Article.objects.select_related("section"), pk=pk)
        rights.require(
            rights.may_publish(request.user, self.article)
            or (request.method in {"GET", "HEAD"} and rights.may_edit(request.user, self.article))
        )
        return super().dispatch(request)

    @cached_property
    def placements(self) -> list[EditionPlacement]:
        """Every edition that could carry the article."""
        return placements.of_article(self.article)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self._show(None, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Does one act in one edition."""
        act = ACTS.get(request.POST.get("act", ""))
        wanted = request.POST.get("edition", "")
        placement = next((p for p in self.placements if str(p.edition.pk) == wanted), None)
        if act is None or placement is None:
            raise Http404
        rights.require(rights.may_publish(request.user, self.article, placement.edition))
        form = self._form(placement, self.article.section_id, request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was changed: see what is marked below."))
            return self._show(placement, form)
        try:
            done = act(self.article.pk, placement.edition.pk, form.cleaned_data, request.user)
        except ActRefused as refusal:
            messages.error(request, str(refusal))
            if refusal.code in ASKED_FOR:
                form.add_error(ASKED_FOR[refusal.code], str(refusal))
            return self._show(placement, form)
        messages.success(request, done % {"edition": isolate_text(placement.edition.short_name)})
        return redirect(
            get_valid_next_url_from_request(request)
            or reverse("wagtailsnippets_newsroom_article:placement", args=[self.article.pk])
        )

    def _form(self, placement: EditionPlacement, section_id: int | None, data: Any = None) -> PlacementForm:
        return PlacementForm(placement, section_id, data, within=rights.bounds(self.request.user))

    def _show(self, bound: EditionPlacement | None, form: PlacementForm | None) -> HttpResponse:
        edit_url = reverse("wagtailsnippets_newsroom_article:edit", args=[self.article.pk])
        latest = self.article.get_latest_revision_as_object()
        context = {
            "article": self.article,
            "headline": str(latest),
            "may_publish": rights.may_publish(self.request.user, self.article),
            "stands_in_several": sum(p.state in {"published", "scheduled"} for p in self.placements) > 1,
            "may_lead": rights.may_lead(self.request.user),
            "cards": [(p, form if p is bound else self._form(p, latest.section_id)) for p in self.placements],
            "edit_url": edit_url,
            "page_title": _("Placement"),
            "page_subtitle": str(latest),
            "header_icon": "site",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("wagtailsnippets_newsroom_article:list"), "label": _("Articles")},
                {"url": edit_url, "label": str(latest)},
                {"url": "", "label": _("Placement")},
            ],
        }
        return TemplateResponse(self.request, "desk/placement.html", context)


class PlacementSidePanel(BaseSidePanel):
    """Beside the text: where the article stands now, and the way to its placement page."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Placement")
        icon_name = "site"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Failed schedules call for attention."""
            context = super().get_context_data(parent_context)
            context["count"] = sum(placement.state == "failed" for placement in self.panel.placements)
            return context

    name = "placement"
    title = gettext_lazy("Placement")
    template_name = "desk/panels/placement.html"
    order = 50

    @cached_property
    def placements(self) -> list[EditionPlacement]:
        """Every edition that could carry the article."""
        return placements.of_article(self.object) if self.object.pk else []

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The placements, and whether the user may move the article."""
        context = super().get_context_data(parent_context)
        context["placements"] = self.placements
        context["may_publish"] = rights.may_publish(self.request.user, self.object)
        if self.object.pk:
            context["placement_url"] = reverse(
                "wagtailsnippets_newsroom_article:placement", args=[self.object.pk]
            )
        return context
