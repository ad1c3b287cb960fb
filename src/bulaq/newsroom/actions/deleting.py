"""Deleting an article for good: readers lose it at once, and search forgets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bulaq.delivery import keys
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.stories import leave_stories
from bulaq.newsroom.actions.topic_offers import leave_offers
from bulaq.newsroom.models import Article, Publication

_told = ContextVar("told of deleted articles", default=False)


@contextmanager
def told_already() -> Iterator[None]:
    """Within it, whoever deletes articles has told all that show them, many at a time."""
    token = _told.set(True)
    try:
        yield
    finally:
        _told.reset(token)


def article_goes(article: Article) -> None:
    """Just before its rows are deleted, in that transaction: its pages are gone for good, whatever state it is in."""
    if _told.get():
        return
    placed = list(Publication.objects.filter(article=article).select_related("edition"))
    found = keys_of(article.pk, [each for each in placed if each.state == Publication.State.PUBLISHED])
    found += [keys.box("author", pk) for pk in article.bylines.values_list("person_id", flat=True) if pk]
    found += [keys.box("topic", pk) for pk in article.article_topics.values_list("topic_id", flat=True)]
    record(
        "withdraw",
        article_id=article.pk,
        keys=found,
        hard=True,
        consumers=(Consumer.INDEX, Consumer.RELATED),
        payload={"editions": [each.edition_id for each in placed]},
    )
    leave_stories([article.pk])
    leave_offers([article.pk])
