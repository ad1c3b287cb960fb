"""An editor's look at what an import was unsure of: what is left to look at, one after the other, and «it is right»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from bulaq.newsroom.models import ImportItem, ImportRun

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

BROUGHT = (ImportItem.Outcome.CREATED, ImportItem.Outcome.UPDATED)


def left(run: ImportRun) -> QuerySet[ImportItem]:
    """The doubtful items of a run that an editor has not looked at yet, in their order. What a later import or a correction
    brought up to date is that one's to show; what was published by hand has been looked at."""
    brought = run.items.filter(verdict=ImportItem.Verdict.DOUBTFUL, outcome__in=BROUGHT, looked_at=None)
    here = Q(article__imported__run=run) | Q(article__imported__run=None)
    return (
        brought.filter(here, article__isnull=False)
        .exclude(published=False, article__live=True)
        .order_by("pk")
    )


def with_reason(items: QuerySet[ImportItem], code: str) -> QuerySet[ImportItem]:
    """Those among `items` that have the reason `code`; all for an empty one."""
    if not code:
        return items
    # The same words in both databases: SQLite has no question about what a JSON array holds.
    return items.annotate(told=Cast("reasons", TextField())).filter(told__contains=f'"code": "{code}"')


def following(item: ImportItem, code: str = "") -> ImportItem | None:
    """What is to be looked at after `item`: the next one that is left, or from the beginning; None when it is the last."""
    others = with_reason(left(item.run), code).exclude(pk=item.pk)
    return others.filter(pk__gt=item.pk).first() or others.first()


def may_be_looked_at(item: ImportItem) -> bool:
    """Whether it brought an article of which the import was not sure."""
    return item.verdict == ImportItem.Verdict.DOUBTFUL and item.outcome in BROUGHT and bool(item.article_id)


def looks_right(item_id: int, *, by: AbstractBaseUser | None = None) -> None:
    """An editor found it right as it was read: its reasons hold it back no longer when drafts are published."""
    ImportItem.objects.filter(pk=item_id, verdict=ImportItem.Verdict.DOUBTFUL).update(
        looked_at=timezone.now(), looked_by=by
    )


def look_again(item_id: int) -> None:
    """Takes that back."""
    ImportItem.objects.filter(pk=item_id).update(looked_at=None, looked_by=None)
