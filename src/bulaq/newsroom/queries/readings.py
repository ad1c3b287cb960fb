"""Readings for the desk: curves by the hour, most read, rising. Each answer takes a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Sum
from django.utils import timezone

from bulaq.newsroom.models import Article, Edition, MostRead, Publication, ReadingHour
from bulaq.newsroom.queries.headlines import Headline, by_ids

FRESH_SECONDS, DONE_SECONDS = 60, 26 * 3600
"""How long an hour's sum is kept: of the hour that runs, and of one that is over. A whole day of a great site is
hundreds of thousands of rows, an hour some ten thousand."""

SETTLED = timedelta(hours=2)
"""After its end an hour may still get the last batches."""


@dataclass(frozen=True, slots=True)
class Hour:
    """Readings in one hour."""

    start: datetime
    readers: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of a list: an article as the edition shows it, and its readers (a rate for rising)."""

    headline: Headline
    score: float


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def today(edition: Edition) -> list[Hour]:
    """The hours of the edition's own day so far, each with the readings of all articles."""
    now = timezone.now()
    start = now.astimezone(edition.profile.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = []
    hour = hour_of(start.astimezone(now.tzinfo))
    while hour <= now:
        hours.append(hour)
        hour += timedelta(hours=1)
    names = {one: f"readings:{edition.pk}:{one:%Y%m%d%H}" for one in hours}
    known = cache.get_many(list(names.values()))
    missing = [one for one in hours if names[one] not in known]
    if missing:
        counted = dict(
            ReadingHour.objects.filter(edition=edition, hour__gte=missing[0], hour__lte=missing[-1])
            .values("hour")
            .annotate(total=Sum("readers"))
            .values_list("hour", "total")
        )
        for one in missing:
            known[names[one]] = counted.get(one, 0)
            over = now - one > timedelta(hours=1) + SETTLED
            cache.set(names[one], known[names[one]], DONE_SECONDS if over else FRESH_SECONDS)
    return [Hour(one.astimezone(edition.profile.zone), known[names[one]]) for one in hours]


def of_article(article: Article, edition: Edition, *, most_hours: int = 72) -> list[Hour]:
    """The first hours of an article in an edition since it was published, at most `most_hours`."""
    published = (
        Publication.objects.filter(article=article, edition=edition)
        .values_list("published_at", flat=True)
        .first()
    )
    rows = ReadingHour.objects.filter(article=article, edition=edition).order_by("hour")
    if published is not None:
        rows = rows.filter(hour__gte=hour_of(published))
    counted = dict(rows.values_list("hour", "readers")[:most_hours])
    if not counted:
        return []
    start = hour_of(published) if published is not None else min(counted)
    end = min(max(counted), start + timedelta(hours=most_hours - 1))
    hours = int((end - start) / timedelta(hours=1)) + 1
    zone = edition.profile.zone
    return [
        Hour((one := start + timedelta(hours=number)).astimezone(zone), counted.get(one, 0))
        for number in range(hours)
    ]


def standings(edition: Edition, window: str, limit: int) -> list[Standing]:
    """The computed list of a window (`MostRead.Window`), with what is published of it."""
    lines = MostRead.objects.filter(edition=edition, section=None, window=window).order_by("position")
    scores = dict(lines.values_list("article_id", "score")[: 2 * limit])
    return [Standing(item, scores[item.article_id]) for item in by_ids(edition, list(scores))][:limit]
