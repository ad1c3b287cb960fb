"""An editor's word on related articles: pin a pair, ban it, or leave it to the machine again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, RelatedChoice

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MOST_PINNED = 6
"""More would leave no place for what is found."""

Kind = RelatedChoice.Kind


@transaction.atomic
def choose_related(
    *, article_id: int, other_id: int, kind: str, by: AbstractBaseUser | None = None
) -> RelatedChoice:
    """Pins `other_id` first in the related box of `article_id`, or bans it from there. The box follows in a moment."""
    kind = Kind(kind)
    if article_id == other_id:
        raise ActRefused("same-article", _("An article is not related to itself."))
    articles = {one.pk: one for one in Article.objects.filter(pk__in=[article_id, other_id]).defer("body")}
    if len(articles) < 2:
        raise ActRefused("no-article", _("There is no such article."))
    pinned = RelatedChoice.objects.filter(article_id=article_id, kind=Kind.PIN).exclude(other_id=other_id)
    if kind == Kind.PIN and pinned.count() >= MOST_PINNED:
        raise ActRefused("too-many", _("Six articles are pinned already: undo one first."))
    choice, _made = RelatedChoice.objects.update_or_create(
        article_id=article_id, other_id=other_id, defaults={"kind": kind}
    )
    _follow(articles[article_id], f"related_{kind}", other_id, by)
    return choice


@transaction.atomic
def undo_related(*, article_id: int, other_id: int, by: AbstractBaseUser | None = None) -> bool:
    """Leaves the pair to the machine again; False when nothing was decided on it."""
    deleted, _rows = RelatedChoice.objects.filter(article_id=article_id, other_id=other_id).delete()
    if deleted:
        _follow(Article.objects.get(pk=article_id), "related_undo", other_id, by)
    return bool(deleted)


def _follow(article: Article, kind: str, other_id: int, by: AbstractBaseUser | None) -> None:
    log(article, f"newsroom.{kind}", user=by, data={"other": other_id})
    record(kind, article_id=article.pk, consumers=(Consumer.RELATED,))
