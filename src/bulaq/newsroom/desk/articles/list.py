"""The list of articles: newest change first, as fast at a million as at ten.

Pages follow each other by the last item seen (keyset), in both directions. Nothing is counted and there is no link to
a last page: both cost more than the page itself on a large archive. All that a row shows is fetched with the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView

from bulaq.arabic.digits import format_number
from bulaq.arabic.lists import join
from bulaq.discovery.index import two_figures
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.articles.filters import ArticleFilterSet
from bulaq.newsroom.models import Article, Byline, Publication
from bulaq.newsroom.queries import desk_search
from bulaq.newsroom.queries.placements import public_url

PER_PAGE = 30

HEAVY = ("body", "standfirst", "lead_caption", "lead_alt", "carrier_url", "carrier_label")
"""Columns that no row of a list shows."""


class Place(NamedTuple):
    """A place in the list: the last item seen."""

    edited_at: datetime
    article_id: int

    def __str__(self) -> str:
        return f"{int(self.edited_at.timestamp() * 1_000_000)}-{self.article_id}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place written as `text`, or None when it is not one."""
        stamp, _dash, identity = text.partition("-")
        if not (stamp.isdecimal() and identity.isdecimal() and len(stamp) < 18 and len(identity) < 19):
            return None
        return cls(datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(stamp)), int(identity))


class HeadlineColumn(TitleColumn):
    """The headline; where there is none, what the import suggests, in quiet letters."""

    cell_template_name = "desk/cells/headline.html"

    def get_cell_context_data(self, instance: Article, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Adds what stands under the headline."""
        context = super().get_cell_context_data(instance, parent_context)
        context["article"] = instance
        context["foreign"] = not rights.may_edit(parent_context["request"].user, instance)
        context["workflow_states"] = instance._current_workflow_states
        return context


class PlacementColumn(Column):
    """Where it stands, edition by edition, with its time."""

    cell_template_name = "desk/cells/placement.html"

    def get_cell_context_data(self, instance: Article, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Adds the placements with their public addresses."""
        context = super().get_cell_context_data(instance, parent_context)
        context["article"] = instance
        context["placements"] = [
            (publication, public_url(publication, publication.edition))
            for publication in instance.publications.all()
        ]
        return context


class EditedColumn(Column):
    """How long ago it changed."""

    cell_template_name = "desk/cells/edited.html"


def for_list(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With all that the rows show, in a fixed number of queries whatever the number of rows."""
    return (
        articles.select_related("section")
        .defer(*HEAVY)
        .prefetch_related(
            Prefetch(
                "publications",
                Publication.objects.select_related("edition", "section").order_by("edition__position", "id"),
            ),
            Prefetch("bylines", Byline.objects.select_related("person", "agency").order_by("sort_order")),
            Prefetch(
                "workflow_states",
                WorkflowState.objects.active().select_related("current_task_state__task"),
                to_attr="_current_workflow_states",
            ),
        )
    )


class ArticleIndexView(IndexView):
    """`/desk/articles/`. Parameters: `q`, the filters, and `older` or `newer` with a `Place`."""

    results_template_name = "desk/articles_results.html"
    filterset_class = ArticleFilterSet
    paginate_by = PER_PAGE
    is_searchable = True
    list_export = ()
    older: str = ""
    newer: str = ""
    more_hits = False
    known_hits = ""
    about = False

    @cached_property
    def columns(self) -> list[Column]:
        """Headline, section, placements, author, last change; a box to tick for whoever may act on several at once."""
        ticks = [BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet")] if self.may_publish else []
        return [
            *ticks,
            HeadlineColumn("headline", label=_("Headline"), accessor=str, get_url=self.row_url),
            Column("section", label=_("Section"), accessor="section.name", width="12%"),
            PlacementColumn("placements", label=_("Where it stands"), width="26%"),
            Column("bylines", label=_("Author"), accessor=_authors, width="14%"),
            EditedColumn("edited_at", label=_("Last edited"), width="10%"),
        ]

    def get_base_queryset(self) -> QuerySet[Article]:
        """All articles; the rows' company is fetched for one page only."""
        return Article.objects.all()

    def order_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Newest change first: the one order that an index gives at any size."""
        return queryset.order_by("-edited_at", "-id")

    def search_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Narrowed to what the search engine found; the order is restored when the page is cut."""
        if not self.is_searching:
            return queryset
        found = desk_search.find(self.search_query)
        self.hits, self.more_hits = list(found.article_ids), found.more
        if found.total:
            self.known_hits = format_number(two_figures(found.total) if found.approximate else found.total)
        self.about = found.approximate
        return queryset.filter(pk__in=self.hits)

    def paginate_queryset(self, queryset: QuerySet[Article], page_size: int) -> tuple[Any, ...]:
        """One page, and where its neighbours begin (`older`, `newer`)."""
        rows = (
            self._page_of_hits(queryset, page_size) if self.is_searching else self._page(queryset, page_size)
        )
        return None, None, rows, False

    def _page(self, queryset: QuerySet[Article], page_size: int) -> list[Article]:
        before = Place.parse(self.request.GET.get("older", ""))
        after = Place.parse(self.request.GET.get("newer", "")) if before is None else None
        if before is not None:
            queryset = queryset.filter(
                Q(edited_at__lt=before.edited_at) | Q(edited_at=before.edited_at, id__lt=before.article_id),
                # The same once more in the form that an index range scan understands.
                edited_at__lte=before.edited_at,
            )
        elif after is not None:
            queryset = queryset.filter(
                Q(edited_at__gt=after.edited_at) | Q(edited_at=after.edited_at, id__gt=after.article_id),
                edited_at__gte=after.edited_at,
            ).order_by("edited_at", "id")
        rows = list(for_list(queryset)[: page_size + 1])
        more, rows = len(rows) > page_size, rows[:page_size]
        if after is not None:
            rows.reverse()
        if rows and (more or after is not None):
            self.older = str(Place(rows[-1].edited_at, rows[-1].pk))
        if rows and (before is not None or (after is not None and more)):
            self.newer = str(Place(rows[0].edited_at, rows[0].pk))
        return rows

    def _page_of_hits(self, queryset: QuerySet[Article], page_size: int) -> list[Article]:
        kept = set(queryset.order_by().values_list("pk", flat=True))
        ranked = [pk for pk in self.hits if pk in kept]
        self.total = len(ranked)
        start = self.request.GET.get("older", "")
        first = int(start) if start.isdecimal() and len(start) < 6 else 0
        ids = ranked[first : first + page_size]
        if first + page_size < len(ranked):
            self.older = str(first + page_size)
        if first:
            self.newer = "first"
        found = {article.pk: article for article in for_list(Article.objects.filter(pk__in=ids))}
        return [found[pk] for pk in ids if pk in found]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the neighbouring pages, and the number of hits of a search."""
        context = super().get_context_data(*args, **kwargs)
        context["older_url"], context["newer_url"] = self._neighbours()
        context["at_top"] = not (self.request.GET.get("older") or self.request.GET.get("newer"))
        context["top_url"] = self._address({})
        context["more_hits"] = self.more_hits
        context["known_hits"] = "" if self.is_filtering else self.known_hits
        context["about"] = self.about
        if self.is_searching:
            context["items_count"] = self.total
        return context

    def _neighbours(self) -> tuple[str, str]:
        older = self._address({"older": self.older}) if self.older else ""
        if self.is_searching:
            return older, self._address({}) if self.newer else ""
        return older, self._address({"newer": self.newer}) if self.newer else ""

    def _address(self, place: Mapping[str, str]) -> str:
        parameters = self.request.GET.copy()
        for name in ("older", "newer", "p", "_w_filter_fragment"):
            parameters.pop(name, None)
        parameters.update(place)
        query = parameters.urlencode()
        return f"{self.index_url}?{query}" if query else self.index_url

    def get_list_buttons(self, instance: Article) -> list[Any]:
        """None: a row's own links say what can be done, and thirty menus cost more than the list."""
        return []

    @cached_property
    def may_publish(self) -> bool:
        """Whether rows offer the placement page as something to act on."""
        return rights.may_publish(self.request.user)

    def row_url(self, article: Article) -> str:
        """Where a headline leads: the editor or, for an article of sections that are not the user's, its page to read."""
        if rights.may_edit(self.request.user, article):
            return self.get_edit_url(article)
        return reading_url(article)

    def placement_url(self, article: Article) -> str:
        """The page of an article's placements."""
        return reverse("wagtailsnippets_newsroom_article:placement", args=[article.pk])


def reading_url(article: Article) -> str:
    """Where an article is read by whoever may not edit it: its newest text or, as long as it has but one, its history."""
    if article.latest_revision_id is None:
        return reverse("wagtailsnippets_newsroom_article:history", args=[article.pk])
    return reverse(
        "wagtailsnippets_newsroom_article:revisions_view", args=[article.pk, article.latest_revision_id]
    )


def _authors(article: Article) -> str:
    names = [str(byline) for byline in article.bylines.all()]
    return join(names[:3]) + ("…" if len(names) > 3 else "")
