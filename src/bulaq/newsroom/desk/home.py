"""The desk's first page: what waits for me, what waits for anyone, what went out last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import ModelLogEntry, TaskState

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.founding import first_steps_for
from bulaq.newsroom.desk.readings import ReadingsPanel
from bulaq.newsroom.models import Article, Edition, Publication
from bulaq.newsroom.queries.placements import public_url

LINES = 6
"""Lines of each panel: the page fits a screen."""

LOOKED_AT = 200
"""Entries of one's own history in which the drafts are found: the work of some weeks."""

State = Publication.State


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel."""

    article: Article
    moment: Any
    note: str = ""
    public_url: str = ""


class DeskPanel(Component):
    """A titled list of articles with its own words for when there is nothing."""

    template_name = "desk/home/panel.html"
    name = ""
    heading: Any = ""
    empty: Any = ""
    icon = "doc-full"
    urgent = False
    hide_when_empty = False
    order = 100

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def lines(self) -> list[Line]:
        """What the panel shows."""
        raise NotImplementedError

    def more_url(self) -> str:
        """The list that holds the rest; "" when there is none."""
        return ""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The lines."""
        return {"panel": self, "lines": self.lines(), "more_url": self.more_url()}

    def list_url(self, query: str = "") -> str:
        """The list of articles, narrowed."""
        return reverse("wagtailsnippets_newsroom_article:list") + query


class MyDrafts(DeskPanel):
    """Articles that I touched and whose newest text is not public."""

    name = "my-drafts"
    heading = _("My drafts")
    empty = _("You have no open draft. A new article begins with its headline.")
    icon = "edit"
    order = 10

    def lines(self) -> list[Line]:
        """From my own history: the latest touch of each article."""
        touched: dict[int, Any] = {}
        history = ModelLogEntry.objects.filter(
            user=self.request.user, content_type__app_label="newsroom", content_type__model="article"
        ).order_by("-timestamp", "-id")
        for identity, moment in history.values_list("object_id", "timestamp")[:LOOKED_AT]:
            touched.setdefault(int(identity), moment)
        open_drafts = (
            Article.objects.filter(pk__in=touched)
            .exclude(live=True, has_unpublished_changes=False)
            .only("headline", "headline_suggestion", "live")
            .in_bulk()
        )
        return [
            Line(open_drafts[pk], moment, str(_("Unpublished changes")) if open_drafts[pk].live else "")
            for pk, moment in touched.items()
            if pk in open_drafts
        ][:LINES]

    def more_url(self) -> str:
        """All drafts."""
        return self.list_url("?state=draft")


class FailedSchedules(DeskPanel):
    """What should be public and is not."""

    name = "failed"
    heading = _("Failed schedules")
    icon = "warning"
    urgent = True
    hide_when_empty = True
    order = 5

    def lines(self) -> list[Line]:
        """The newest failures with their reasons."""
        failed = (
            Publication.objects.filter(state=State.FAILED)
            .select_related("article", "edition")
            .defer("article__body", "article__standfirst")
            .order_by("-published_at", "-id")
        )
        return [
            Line(p.article, p.published_at, f"{p.edition.short_name}: {p.failure}") for p in failed[:LINES]
        ]

    def more_url(self) -> str:
        """All of them."""
        return self.list_url("?state=failed")


class WaitingReviews(DeskPanel):
    """What reporters submitted, and this user may approve."""

    name = "reviews"
    heading = _("Waiting for your review")
    icon = "clipboard-list"
    hide_when_empty = True
    order = 8

    def lines(self) -> list[Line]:
        """Longest waiting first, each with who sent it."""
        waiting = (
            TaskState.objects.reviewable_by(self.request.user)
            .filter(revision__content_type__app_label="newsroom", revision__content_type__model="article")
            .select_related("workflow_state__requested_by", "revision")
            .order_by("started_at", "pk")[:LINES]
        )
        states = {int(state.revision.object_id): state for state in waiting}
        articles = Article.objects.only("headline", "headline_suggestion", "section").in_bulk(states)
        return [
            Line(articles[pk], state.started_at, self._sender(state))
            for pk, state in states.items()
            if pk in articles and rights.may_edit(self.request.user, articles[pk])
        ]

    def _sender(self, state: TaskState) -> str:
        sender = state.workflow_state.requested_by
        return (sender.get_full_name() or sender.get_username()) if sender else ""

    def more_url(self) -> str:
        """All of them."""
        return self.list_url("?state=review")


class Scheduled(DeskPanel):
    """What goes out next."""

    name = "scheduled"
    heading = _("Scheduled")
    icon = "calendar-alt"
    hide_when_empty = True
    order = 30

    def lines(self) -> list[Line]:
        """Soonest first."""
        waiting = (
            Publication.objects.filter(state=State.SCHEDULED)
            .select_related("article", "edition")
            .defer("article__body", "article__standfirst")
            .order_by("published_at", "id")
        )
        return [Line(p.article, p.published_at, p.edition.short_name) for p in waiting[:LINES]]

    def more_url(self) -> str:
        """All of them."""
        return self.list_url("?state=scheduled")


class WaitingImports(DeskPanel):
    """Imported articles that came without a headline."""

    name = "headless"
    heading = _("Imported, waiting for a headline")
    icon = "download"
    hide_when_empty = True
    order = 20

    def lines(self) -> list[Line]:
        """Newest first; the suggestion stands in the headline's place."""
        waiting = Article.objects.filter(headline="").order_by("-edited_at", "-id")
        return [
            Line(article, article.edited_at)
            for article in waiting.only("headline", "headline_suggestion", "edited_at")[:LINES]
        ]

    def more_url(self) -> str:
        """All of them."""
        return self.list_url("?state=headless")


class RecentlyPublished(DeskPanel):
    """What readers got last, in all editions."""

    name = "published"
    heading = _("Recently published")
    empty = _("Nothing is published yet.")
    icon = "site"
    order = 40

    def lines(self) -> list[Line]:
        """Newest first, each article once."""
        newest: dict[int, Line] = {}
        for edition in Edition.objects.all():
            for publication in self._newest_of(edition):
                known = newest.get(publication.article_id)
                if known is None or publication.published_at > known.moment:
                    newest[publication.article_id] = Line(
                        publication.article,
                        publication.published_at,
                        edition.short_name,
                        public_url(publication, edition),
                    )
        return sorted(newest.values(), key=lambda line: line.moment, reverse=True)[:LINES]

    def _newest_of(self, edition: Edition) -> list[Publication]:
        # One short range of the index for each edition: an order over all editions would sort a million rows.
        return list(
            Publication.objects.filter(edition=edition, state=State.PUBLISHED)
            # Not joined: with few sections SQLite begins at them and sorts all that was ever published.
            .prefetch_related(
                Prefetch("article", Article.objects.only("headline", "headline_suggestion")), "section"
            )
            .order_by("-published_at", "-id")[:LINES]
        )

    def more_url(self) -> str:
        """All of them."""
        return self.list_url("?state=published")


PANELS: tuple[type[DeskPanel], ...] = (
    FailedSchedules,
    WaitingReviews,
    MyDrafts,
    WaitingImports,
    Scheduled,
    RecentlyPublished,
)


def panels_for(request: HttpRequest) -> list[Component]:
    """The panels of a user, in their order: what failed first, what is mine, what waits."""
    if not rights.may_edit(request.user):
        return []
    panels: list[Any] = [panel(request) for panel in (*PANELS, ReadingsPanel)]
    if first := first_steps_for(request):
        panels.append(first)
    return sorted(panels, key=lambda panel: panel.order)
