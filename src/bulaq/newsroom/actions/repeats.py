"""An editor's word on two texts that are alike: not the same article, however much they share; or that taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, TwoArticles

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def tell_apart(*, article_id: int, other_id: int, by: AbstractBaseUser | None = None) -> None:
    """They are two articles: neither is shown as a repeat of the other again."""
    if article_id == other_id:
        raise ActRefused("same-article", _("That is the same article."))
    articles = Article.objects.defer("body").in_bulk([article_id, other_id])
    if len(articles) < 2:
        raise ActRefused("no-article", _("There is no such article."))
    low, high = sorted(articles)
    _pair, made = TwoArticles.objects.get_or_create(one_id=low, other_id=high, defaults={"decided_by": by})
    if made:
        log(articles[article_id], "newsroom.told_apart", user=by, data={"other": other_id})


@transaction.atomic
def ask_again(*, article_id: int, other_id: int) -> None:
    """Takes back that they are two."""
    low, high = sorted((article_id, other_id))
    TwoArticles.objects.filter(one_id=low, other_id=high).delete()
