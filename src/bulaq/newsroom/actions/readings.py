"""Counted readings into the database, and the lists made of them.

`ReadingBook` lives in the worker: it takes the batches that the edge handed over, stores how many readers each article
had in each hour, and computes most read and rising ahead, so that no page ever does.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bulaq.delivery import keys
from bulaq.delivery.ranking import Ranking, ReadingTally, Standing
from bulaq.delivery.reading_spool import Batch, ReadingSpool
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.models import Article, Edition, MostRead, Publication, ReadingHour

LIST_LENGTH = 20
"""Longer than any box: repeated headlines are left out on pages, and withdrawn articles before the next computation."""

KEPT = timedelta(hours=48)
Window = MostRead.Window


class ReadingBook:
    """What the worker knows of the last two days. After a restart it goes on from the stored counts."""

    def __init__(self, spool: ReadingSpool) -> None:
        self._spool = spool
        self._tally = ReadingTally()
        self._recalled = False

    def store(self) -> int:
        """Takes the batches that wait into the tally and the table; returns how many."""
        self._recall()
        batches = list(self._spool.take())
        if not batches:
            return 0
        touched: dict[tuple[int, int], set[int]] = defaultdict(set)
        for batch in batches:
            self._tally.add(batch.readings)
            for reading in batch.readings:
                touched[reading.edition, reading.article].add(reading.hour)
        self._tally.heard(time.time())
        self._write(touched)
        _acknowledge(batches)
        return len(batches)

    def compute(self) -> int:
        """Computes every list anew; returns how many changed. A list without fresh readings stays as it was until the
        tally's own limit, then it goes."""
        self._recall()
        now = time.time()
        self._tally.forget(now)
        return sum(self._compute_edition(edition, now) for edition in Edition.objects.all())

    def _recall(self) -> None:
        if self._recalled:
            return
        since = timezone.now() - KEPT
        rows = ReadingHour.objects.filter(hour__gte=since).values_list(
            "edition_id", "article_id", "hour", "readers"
        )
        for edition_id, article_id, hour, readers in rows.iterator():
            self._tally.recall(edition_id, article_id, int(hour.timestamp()) // 3600, readers)
        self._recalled = True

    def _write(self, touched: dict[tuple[int, int], set[int]]) -> None:
        editions = set(Edition.objects.values_list("pk", flat=True))
        wanted = {article for _, article in touched}
        # A beacon may name anything; only articles that are there are stored.
        known = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        rows = []
        for (edition, article), hours in touched.items():
            if edition not in editions or article not in known:
                continue
            counts = self._tally.hourly(edition, article)
            rows += [
                ReadingHour(
                    edition_id=edition,
                    article_id=article,
                    hour=datetime.fromtimestamp(hour * 3600, UTC),
                    readers=counts.get(hour, 0),
                )
                for hour in hours
            ]
        ReadingHour.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["article", "edition", "hour"],
            update_fields=["readers"],
        )

    def _compute_edition(self, edition: Edition, now: float) -> int:
        placed: dict[int, int] = dict(
            Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
            .filter(article_id__in=list(self._tally.articles(edition.pk)))
            .values_list("article_id", "section_id")
        )
        rankings: list[tuple[str, int | None, Ranking]] = []
        for window, hours in ((Window.HOURS_3, 3), (Window.HOURS_24, 24)):
            rankings.append(
                (
                    window,
                    None,
                    self._tally.most_read(edition.pk, now, hours, LIST_LENGTH, placed.__contains__),
                )
            )
            for section in set(placed.values()):
                ranking = self._tally.most_read(
                    edition.pk, now, hours, LIST_LENGTH, lambda article, of=section: placed.get(article) == of
                )
                rankings.append((window, section, ranking))
        rankings.append(
            (Window.RISING, None, self._tally.rising(edition.pk, now, LIST_LENGTH, placed.__contains__))
        )
        return self._replace(edition, rankings, now)

    def _replace(self, edition: Edition, rankings: list[tuple[str, int | None, Ranking]], now: float) -> int:
        before: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        stored = MostRead.objects.filter(edition=edition).order_by("position")
        for window, section, article in stored.values_list("window", "section_id", "article_id"):
            before[window, section].append(article)
        computed_at = datetime.fromtimestamp(now, UTC)
        rows: list[MostRead] = []
        changed = 0
        kept: set[tuple[str, int | None]] = set()
        for window, section, ranking in rankings:
            items = [] if ranking.standing(now) is Standing.EXPIRED else ranking.items
            kept.add((window, section))
            changed += [item.article for item in items] != before.get((window, section), [])
            rows += [
                MostRead(
                    edition=edition, section_id=section, window=window, position=position, article_id=item.article,
                    score=item.score, computed_at=computed_at,
                )
                for position, item in enumerate(items)
            ]  # fmt: skip
        changed += len(before.keys() - kept)
        with transaction.atomic():
            MostRead.objects.filter(edition=edition).delete()
            MostRead.objects.bulk_create(rows, batch_size=500)
            if changed:
                record("most read", edition_id=edition.pk, keys=[keys.box("most-read", edition.pk)])
        return changed


def _acknowledge(batches: list[Batch]) -> None:
    for batch in batches:
        batch.acknowledge()
