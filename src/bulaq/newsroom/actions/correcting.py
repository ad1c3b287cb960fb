"""Correcting an article in public."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.newsroom.actions.article_changed import text_changed
from bulaq.newsroom.actions.placement import locked_article
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, Correction

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def correct(
    *, article_id: int, text: str, by: AbstractBaseUser | None = None, at: datetime | None = None
) -> Correction:
    """Adds a public, dated note on what was wrong. The text itself is mended in the editor, or was already."""
    text = text.strip()
    if not text:
        raise ActRefused("empty-correction", _("A correction must say what was wrong."))
    article = locked_article(article_id)
    correction = Correction(article=article, text=text, corrected_at=at or timezone.now())
    correction.sort_order = article.corrections.count()
    correction.save()
    _add_to_draft(article, correction, by)
    log(article, "newsroom.correct", user=by, data={"text": text[:200]})
    text_changed(article, at=at)
    return correction


def _add_to_draft(article: Article, correction: Correction, by: AbstractBaseUser | None) -> None:
    """A correction belongs to the article, not to one state of its draft: an unpublished draft learns of it too, or
    publishing that draft would take the public note away again."""
    revision = article.latest_revision
    if revision is None:
        return
    draft = revision.as_object()
    if any(existing.pk == correction.pk for existing in draft.corrections.all()):
        return
    draft.corrections.add(correction)
    changed = article.has_unpublished_changes
    new_revision = draft.save_revision(user=by, log_action=False)
    if not changed:
        Article.objects.filter(pk=article.pk).update(
            has_unpublished_changes=False, live_revision=new_revision
        )
