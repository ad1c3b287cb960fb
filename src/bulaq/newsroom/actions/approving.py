"""The newest text of an article and its approval, through Wagtail where that keeps a revision of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils import timezone

from bulaq.newsroom.models import Article

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_being_approved: set[int] = set()


def newest_text(article: Article) -> Article:
    """The text of the newest draft, or of the article itself when it has none."""
    if article.has_unpublished_changes and article.latest_revision_id:
        return article.latest_revision.as_object()
    return article


def approve_text(article: Article, by: AbstractBaseUser | None) -> None:
    """Makes the newest text the approved one."""
    revision = article.latest_revision
    if revision is None:
        article.live = True
        article.has_unpublished_changes = False
        now = timezone.now()
        article.first_published_at = article.first_published_at or now
        article.last_published_at = now
        article.save(
            update_fields=["live", "has_unpublished_changes", "first_published_at", "last_published_at"]
        )
        return
    with _approving(article.pk):
        revision.publish(user=by, log_action=False)
    article.refresh_from_db()


def publishing_by_ourselves(article_id: int) -> bool:
    """Whether an act is just now approving this article's text, so that Wagtail's signal starts no second one."""
    return article_id in _being_approved


@contextmanager
def _approving(article_id: int) -> Iterator[None]:
    _being_approved.add(article_id)
    try:
        yield
    finally:
        _being_approved.discard(article_id)
