"""What follows from Wagtail's and Django's own signals: after the desk's own buttons the same as after our acts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.signals import published, unpublished
from wagtail.users.models import UserProfile

from bulaq.newsroom.actions import appearance
from bulaq.newsroom.actions.approving import publishing_by_ourselves
from bulaq.newsroom.actions.article_changed import text_changed
from bulaq.newsroom.actions.deleting import article_goes
from bulaq.newsroom.actions.publishing import withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk.roles import make_roles
from bulaq.newsroom.models import (
    Agency,
    Article,
    Edition,
    EditionSection,
    NewsImage,
    Person,
    Section,
    StandingPage,
    Topic,
)


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


@receiver(pre_delete, sender=Article)
def article_is_deleted(instance: Article, **_: Any) -> None:
    """Deleted at the desk, one or many at a time."""
    article_goes(instance)


@receiver(user_logged_in)
def a_desk_has_a_clock(user: Any, **_: Any) -> None:
    """Whoever never chose a clock reads that of the first edition, not that of the server."""
    profile = UserProfile.get_for_user(user)
    edition = (
        None if profile.current_time_zone else Edition.objects.order_by("-is_default", "position").first()
    )
    if edition is not None:
        profile.current_time_zone = edition.profile.time_zone
        profile.save(update_fields=["current_time_zone"])


FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")

SHOWN: dict[type[Model], tuple[str, ...]] = {
    Edition: (
        "network_id", "name", "label", "host", "profile_key", "time_zone", "tagline", "accent", "accent_dark", "logo_id", "logo_dark_id",
        "position", "is_default",
    ),
    EditionSection: ("edition_id", "section_id", "position", "name", "in_boxes"),
    Section: ("name", "slug", "parent_id", "description"),
    StandingPage: (*appearance.LED_TO, "description", "body"),
    Person: ("name", "name_latin", "role", "biography", "portrait_id"),
    Agency: ("name", "url"),
    Topic: ("name", "kind", "language", "description", "accepted"),
    NewsImage: ("file", "description", "caption", "credit", "rights_expire_on", *FOCUS),
}  # fmt: skip
"""Of what stands on many pages, the fields that readers see: a change of another renews nothing."""

WHEN_MADE = (Edition, EditionSection, StandingPage)
"""What others show as soon as it is there; the rest is shown by the first article that names it."""


def _edition(edition: Edition, before: dict[str, Any] | None) -> None:
    appearance.edition_changed(
        edition,
        hosts=before is None
        or any(before[name] != getattr(edition, name) for name in ("network_id", "host", "is_default")),
        old_host=before["host"] if before else "",
    )


def _section(section: Section, before: dict[str, Any] | None) -> None:
    appearance.section_changed(section, old_slug=before["slug"] if before else None)


def _image(image: NewsImage, before: dict[str, Any] | None) -> None:
    refocused = before is not None and any(before[name] != getattr(image, name) for name in FOCUS)
    appearance.image_changed(image, refocused=refocused)


ACTS: dict[type[Model], Callable[[Any, dict[str, Any] | None], None]] = {
    Edition: _edition,
    EditionSection: lambda place, before: appearance.edition_changed(place.edition, hosts=False),
    Section: _section,
    StandingPage: lambda page, before: appearance.standing_page_changed(page, before=before),
    Person: lambda person, before: appearance.person_changed(person),
    Agency: lambda agency, before: appearance.agency_changed(agency),
    Topic: lambda topic, before: appearance.topic_changed(topic),
    NewsImage: _image,
}
"""What follows a change, with the values before it (None: made just now, or about to be deleted)."""

_BEFORE = "_shown_before_this_save"


def _look_before(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    known = None
    if not raw and instance.pk is not None:
        known = sender._default_manager.filter(pk=instance.pk).values(*SHOWN[sender]).first()
    setattr(instance, _BEFORE, known)


def _follow_save(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    before = instance.__dict__.pop(_BEFORE, None)
    if raw or (before is None and sender not in WHEN_MADE):
        return
    if before is not None and all(_plain(getattr(instance, name)) == before[name] for name in SHOWN[sender]):
        return
    with transaction.atomic():
        ACTS[sender](instance, before)


def _follow_delete(sender: type[Model], instance: Model, **_: Any) -> None:
    with transaction.atomic():
        ACTS[sender](instance, None)


def _plain(value: Any) -> Any:
    return getattr(value, "name", value) if hasattr(value, "storage") else value


for _model in SHOWN:
    pre_save.connect(_look_before, sender=_model, dispatch_uid=f"newsroom.before.{_model.__name__}")
    post_save.connect(_follow_save, sender=_model, dispatch_uid=f"newsroom.saved.{_model.__name__}")
    # Of names and pictures the articles are known only as long as they point there; of editions what is left counts.
    (post_delete if _model in WHEN_MADE else pre_delete).connect(
        _follow_delete, sender=_model, dispatch_uid=f"newsroom.deleted.{_model.__name__}"
    )

post_migrate.connect(make_roles, sender=installed.get_app_config("newsroom"), dispatch_uid="newsroom.roles")
