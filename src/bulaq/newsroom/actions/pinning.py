"""Pinning articles to the top of an edition's home or of a section's front, in an order, until an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, FrontPin, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LASTS = timedelta(hours=12)
"""Unless somebody says otherwise: tomorrow's front is made tomorrow."""

LONGEST_STAY = timedelta(days=7)
"""Three-year-old pins were found on great fronts; nothing is held longer than this without being held again."""

MOST = 4
"""The lead and those beside it: the rest of a front fills itself."""


@transaction.atomic
def pin(
    *,
    article_id: int,
    edition_id: int,
    on_section: bool = False,
    lasts: timedelta = LASTS,
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> FrontPin:
    """Pins a published article first on the edition's home, or (`on_section`) on the front of the section that it
    stands in there: it leads, those pinned before move down. Pinning again begins its time anew."""
    now = now or timezone.now()
    if not timedelta(minutes=1) <= lasts <= LONGEST_STAY:
        raise ActRefused("stay", _("An article is pinned for seven days at most."))
    publication = _published(article_id, edition_id)
    section_id = publication.section_id if on_section else None
    others = list(_pins(edition_id, section_id, now).exclude(article_id=article_id))
    if len(others) >= MOST:
        raise ActRefused(
            "full", _("%(most)s articles are pinned there already: unpin one first.") % {"most": MOST}
        )
    first = min((other.position for other in others), default=1) - 1
    found, _made = FrontPin.objects.update_or_create(
        edition_id=edition_id,
        article_id=article_id,
        section__isnull=not on_section,
        defaults={
            "section_id": section_id,
            "position": first,
            "pinned_at": now,
            "ends_at": now + lasts,
        },
    )
    log(publication.article, "newsroom.pin", user=by, data={"edition": publication.edition.slug})
    _follow(edition_id, section_id)
    return found


def _published(article_id: int, edition_id: int) -> Publication:
    publication = (
        Publication.objects.filter(
            article_id=article_id, edition_id=edition_id, state=Publication.State.PUBLISHED
        )
        .select_related("article", "edition")
        .first()
    )
    if publication is None:
        raise ActRefused("not-published", _("The article is not published there."))
    return publication


@transaction.atomic
def unpin(
    *,
    article_id: int,
    edition_id: int,
    section_id: int | None = None,
    by: AbstractBaseUser | None = None,
) -> None:
    """Gives the place on the home, or on a section's front, back to the automatic fill."""
    deleted, _rows = FrontPin.objects.filter(
        article_id=article_id, edition_id=edition_id, section_id=section_id
    ).delete()
    if not deleted:
        raise ActRefused("not-pinned", _("The article is not pinned there."))
    article = Article.objects.defer("body", "standfirst").get(pk=article_id)
    log(article, "newsroom.unpin", user=by, data={"edition": edition_id})
    _follow(edition_id, section_id)


@transaction.atomic
def move_up(
    *, article_id: int, edition_id: int, section_id: int | None = None, now: datetime | None = None
) -> None:
    """Changes places with the pinned article above."""
    pins = list(_pins(edition_id, section_id, now or timezone.now()))
    place = next((place for place, one in enumerate(pins) if one.article_id == article_id), None)
    if place is None:
        raise ActRefused("not-pinned", _("The article is not pinned there."))
    if place == 0:
        return
    pins[place - 1], pins[place] = pins[place], pins[place - 1]
    for position, one in enumerate(pins):
        one.position = position
    FrontPin.objects.bulk_update(pins, ["position"])
    _follow(edition_id, section_id)


def end_due_pins(now: datetime | None = None) -> int:
    """Lets go of the pins whose hour has come (the worker, every few seconds); returns how many there were."""
    due = FrontPin.objects.filter(ends_at__lte=now or timezone.now())
    ended = 0
    for pin_id, edition_id, section_id in list(due.values_list("pk", "edition_id", "section_id")):
        with transaction.atomic():
            # One that was pinned anew meanwhile is no longer due.
            if due.filter(pk=pin_id).delete()[0]:
                _follow(edition_id, section_id)
                ended += 1
    return ended


def _pins(edition_id: int, section_id: int | None, now: datetime) -> QuerySet[FrontPin]:
    return FrontPin.objects.filter(edition_id=edition_id, section_id=section_id, ends_at__gt=now)


def _follow(edition_id: int, section_id: int | None) -> None:
    front = keys.box("front", edition_id if section_id is None else f"{edition_id}-{section_id}")
    record("pins", edition_id=edition_id, keys=[front], hard=True)
