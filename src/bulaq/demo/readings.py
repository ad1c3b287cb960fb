"""Sample readings, so that «most read» is alive from the first minute."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from bulaq.newsroom.models import Publication, ReadingHour


def load(now: datetime) -> None:
    """Counted readers of the last day for each edition: some articles loved, most read a little. The same every time."""
    if ReadingHour.objects.exists():
        return
    chance = random.Random(1820)  # noqa: S311 - the year of the press; nothing secret is drawn
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    rows = []
    published = Publication.objects.filter(state=Publication.State.PUBLISHED).order_by("id")
    for article_id, edition_id in published.values_list("article_id", "edition_id"):
        love = chance.paretovariate(1.1)
        for hours in range(24):
            # A day has its shape: quiet at night, full in the evening.
            crowd = 1.4 + (0.9 if 7 <= (this_hour - timedelta(hours=hours)).hour <= 20 else -0.8)
            readers = int(chance.gauss(4 * love * crowd, love))
            if readers > 0:
                rows.append(
                    ReadingHour(
                        article_id=article_id,
                        edition_id=edition_id,
                        hour=this_hour - timedelta(hours=hours),
                        readers=readers,
                    )
                )
    ReadingHour.objects.bulk_create(rows, batch_size=500)
