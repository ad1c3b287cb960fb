"""The clock publishes what is due, item by item."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.scheduling import publish_due
from bulaq.newsroom.models import Article, Publication
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db
State = Publication.State


def schedule(article, hours):
    return publish(article_id=article.pk, at=timezone.now() + timedelta(hours=hours))


def test_what_is_due_is_published_with_its_own_time_and_the_rest_waits():
    make_edition()
    due, later = schedule(make_article("مادة حان وقتها"), 1), schedule(make_article("مادة لم يحن وقتها"), 3)
    assert publish_due(timezone.now() + timedelta(hours=2)) == 1
    stored = Publication.objects.get(pk=due.pk)
    assert (stored.state, stored.published_at) == (State.PUBLISHED, due.published_at)
    assert Publication.objects.get(pk=later.pk).state == State.SCHEDULED


def test_an_item_that_cannot_be_published_fails_with_the_reason_and_stops_no_other():
    make_edition()
    bad, good = schedule(make_article("مادة تفقد عنوانها"), 1), schedule(make_article("مادة سليمة"), 1)
    Article.objects.filter(pk=bad.article_id).update(headline="")
    assert publish_due(timezone.now() + timedelta(hours=2)) == 1
    stored = Publication.objects.get(pk=bad.pk)
    assert stored.state == State.FAILED
    assert stored.failure
    assert Publication.objects.get(pk=good.pk).state == State.PUBLISHED


def test_nothing_is_published_twice():
    make_edition()
    schedule(make_article(), 1)
    later = timezone.now() + timedelta(hours=2)
    assert (publish_due(later), publish_due(later)) == (1, 0)
