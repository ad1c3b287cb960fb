"""What follows from Wagtail's and Django's own signals: after the desk's own buttons the same as after our acts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.apps import apps as installed
from django.db import transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from bulaq.newsroom.actions.publishing import publishing_by_ourselves, text_changed, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk.roles import make_roles
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
    with suppress(ActRefused):  # it may have stood nowhere before either
        withdraw(article_id=instance.pk)


post_migrate.connect(make_roles, sender=installed.get_app_config("newsroom"), dispatch_uid="newsroom.roles")
