"""Readings at the desk: today's curve of each edition, most read now, rising; and an article's own curve.

Charts are drawn here as SVG, time running from right to left where the desk reads so, each with the same numbers as a
table. No script, no library: they print, zoom and are read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from bulaq.newsroom.desk import rights
from bulaq.newsroom.models import Article, Edition, MostRead, Publication
from bulaq.newsroom.queries import readings
from bulaq.newsroom.queries.readings import Hour

LISTED, LISTED_AT_HOME = 10, 5
WIDTH, HEIGHT = 640, 180
LEFT, BOTTOM, TOP = 44, 24, 10
"""Room for the numbers of the axes, in the chart's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour as it is drawn."""

    x: float
    y: float
    width: float
    height: float
    hour: Hour


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of note, over the curve."""

    x: float
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A curve ready for its template. `begins` and `ends` are the x of the first and last hour."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    total: int
    begins: float
    ends: float
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def base(self) -> int:
        """The y of nothing."""
        return HEIGHT - BOTTOM


def chart(hours: Sequence[Hour], marks: Sequence[tuple[datetime, str]] = ()) -> Chart | None:
    """A chart of hours in order; None when nobody read anything."""
    total = sum(hour.readers for hour in hours)
    if not total:
        return None
    right_to_left = get_language_bidi()
    top = _scale(max(hour.readers for hour in hours))
    room, height = WIDTH - LEFT, HEIGHT - BOTTOM - TOP
    step = room / max(len(hours), 6)

    def place(position: float) -> float:
        return WIDTH - LEFT - position if right_to_left else LEFT + position

    bars = []
    for number, hour in enumerate(hours):
        tall = height * hour.readers / top
        edge = place((number + 1) * step if right_to_left else number * step)
        bars.append(
            Bar(
                round(edge + step * 0.1, 1),
                round(HEIGHT - BOTTOM - tall, 1),
                round(step * 0.8, 1),
                round(tall, 1),
                hour,
            )
        )
    drawn = []
    start = hours[0].start
    for at, label in marks:
        position = (at - start).total_seconds() / 3600 * step
        if 0 <= position <= room:
            drawn.append(Mark(round(place(position), 1), label, at))
    lines = tuple(Line(round(HEIGHT - BOTTOM - height * part / 2, 1), top * part // 2) for part in (1, 2))
    return Chart(
        tuple(bars),
        tuple(drawn),
        lines,
        total,
        bars[0].x + bars[0].width / 2,
        bars[-1].x + bars[-1].width / 2,
    )


def _scale(most: int) -> int:
    """The least round number that is even and not below `most`: 2, 4, 10, 20, 40, 100 …"""
    unit = 1
    while True:
        for step in (2, 4, 10):
            if step * unit >= most:
                return step * unit
        unit *= 10


def index(request: HttpRequest) -> HttpResponse:
    """`/desk/readings/?edition=…`."""
    rights.require(rights.may_edit(request.user))
    editions = list(Edition.objects.all())
    wanted = request.GET.get("edition", "")
    edition = next((one for one in editions if str(one.pk) == wanted), editions[0] if editions else None)
    context: dict[str, Any] = {"editions": editions, "edition": edition}
    if edition is not None:
        context |= of_edition(edition, LISTED)
    return _page(request, "desk/readings/index.html", _("Readings"), context)


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """The first days of an article in each edition, with the times of its publications."""
    found = get_object_or_404(Article.objects.defer("body"), pk=pk)
    rights.require(rights.may_edit(request.user, found))
    placed = list(
        Publication.objects.filter(article=found, published_at__isnull=False).select_related("edition")
    )
    marks = []
    for publication in placed:
        name = publication.edition.short_name
        marks.append((publication.published_at, _("Published: %(edition)s") % {"edition": name}))
        if publication.updated_at:
            marks.append((publication.updated_at, _("Updated: %(edition)s") % {"edition": name}))
    charts = [
        (publication.edition, chart(readings.of_article(found, publication.edition), sorted(marks)))
        for publication in placed
    ]
    context = {"article": found, "charts": charts, "marks": sorted(marks)}
    return _page(request, "desk/readings/article.html", _("Readings"), context)


def of_edition(edition: Edition, limit: int) -> dict[str, Any]:
    """What a panel shows of an edition."""
    return {
        "chart": chart(readings.today(edition)),
        "lists": [
            (_("Most read now"), readings.standings(edition, MostRead.Window.HOURS_3, limit)),
            (_("Rising"), readings.standings(edition, MostRead.Window.RISING, limit)),
        ],
    }


class ReadingsPanel(Component):
    """On the desk's first page: the first edition's day."""

    name = "readings"
    order = 45
    template_name = "desk/readings/panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The default edition, with the way to the others."""
        edition = Edition.objects.order_by("-is_default", "position", "id").first()
        if edition is None:
            return {"edition": None}
        return {"edition": edition} | of_edition(edition, LISTED_AT_HOME)


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> TemplateResponse:
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": "view",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("newsroom_readings:index"), "label": _("Readings")},
        ],
    }
    return TemplateResponse(request, template, frame | context)


class ReadingsMenuItem(MenuItem):
    """For whoever sees the list of articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_edit(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """Under `/desk/readings/`."""
    patterns = [path("", index, name="index"), path("<int:pk>/", article, name="article")]
    return [path("readings/", include((patterns, "newsroom_readings")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Below the newsroom's own things."""
    return ReadingsMenuItem(
        gettext_lazy("Readings"),
        reverse("newsroom_readings:index"),
        name="readings",
        icon_name="view",
        order=53,
    )
