"""What follows when the desk's own buttons change an article (Wagtail's signals): the same as after our acts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from bulaq.newsroom.actions.publishing import publishing_by_ourselves, text_changed, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article


@receiver(published, sender=Article)
def text_was_approved(instance: Article, **_: Any) -> None:
    """The approved text changed: every page and box that shows it follows."""
    if not publishing_by_ourselves(instance.pk):
        with transaction.atomic():
            text_changed(instance)


@receiver(unpublished, sender=Article)
def text_was_taken_back(instance: Article, **_: Any) -> None:
    """An article without an approved text stands nowhere."""
    try:
        withdraw(article_id=instance.pk)
    except ActRefused:
        pass  # it stood nowhere before either
