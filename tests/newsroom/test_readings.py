"""Readings reach the table, and the lists are computed from them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulaq.delivery.reading_spool import Reading, ReadingSpool
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.readings import ReadingBook
from bulaq.newsroom.models import MostRead, ReadingHour
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def spool(tmp_path):
    return ReadingSpool(tmp_path / "readings")


def this_hour():
    return int(timezone.now().timestamp()) // 3600


def published(headline):
    article = make_article(headline)
    publish(article_id=article.pk)
    return article.pk


def listed(edition, window=MostRead.Window.HOURS_24, section=None):
    lines = MostRead.objects.filter(edition=edition, window=window, section_id=section).order_by("position")
    return list(lines.values_list("article_id", flat=True))


def test_batches_become_counts_and_lists_and_are_counted_once(spool):
    edition = make_edition()
    much, little = published("مادة يقرأها كثيرون"), published("مادة يقرأها قليلون")
    hour = this_hour()
    readings = [Reading(hour, edition.pk, much, reader) for reader in range(9)]
    readings += [Reading(hour, edition.pk, little, reader) for reader in range(3)]
    spool.put(readings)
    book = ReadingBook(spool)
    assert book.store() == 1
    spool.put(readings)  # the same hand-over again, after a crash
    book.store()
    assert dict(ReadingHour.objects.values_list("article_id", "readers")) == {much: 9, little: 3}
    book.compute()
    assert listed(edition) == [much, little]
    assert spool.waiting() == 0


def test_a_new_worker_goes_on_from_the_stored_counts(spool):
    edition = make_edition()
    article = published("مادة قُرئت قبل إعادة التشغيل")
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    ReadingHour.objects.create(article_id=article, edition=edition, hour=hour, readers=40)
    spool.put([Reading(this_hour(), edition.pk, article, 1)])
    book = ReadingBook(spool)
    book.store()
    assert ReadingHour.objects.get().readers == 41


def test_what_is_not_published_or_not_there_is_on_no_list(spool):
    edition = make_edition()
    shown, withdrawn = published("مادة باقية"), published("مادة سُحبت")
    withdraw(article_id=withdrawn)
    hour = this_hour()
    spool.put(
        [
            Reading(hour, edition.pk, article, reader)
            for article in (shown, withdrawn, 987654)
            for reader in range(5)
        ]
    )
    book = ReadingBook(spool)
    book.store()
    book.compute()
    assert listed(edition) == [shown]
    assert not ReadingHour.objects.filter(article_id=987654).exists()


def test_a_list_without_readings_for_half_a_day_goes(spool):
    edition = make_edition()
    article = published("مادة قديمة القراءة")
    old = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=20)
    ReadingHour.objects.create(article_id=article, edition=edition, hour=old, readers=40)
    MostRead.objects.create(
        edition=edition, window=MostRead.Window.HOURS_24, position=0, article_id=article, score=1,
        computed_at=timezone.now() - timedelta(hours=20),
    )  # fmt: skip
    ReadingBook(spool).compute()
    assert listed(edition) == []
