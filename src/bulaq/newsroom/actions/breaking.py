"""The breaking line: set in one or more editions, taken down, and ended by itself at its hour."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import BreakingLine, Edition, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LASTS = timedelta(hours=1)
"""Unless somebody says otherwise: a line nobody thinks of again must not stand all night."""

LONGEST_STAY = timedelta(hours=12)
"""What broke yesterday is not breaking."""

LONGEST_TEXT = 140
"""Two lines on a telephone."""


@transaction.atomic
def set_breaking(
    *,
    edition_ids: Collection[int],
    text: str = "",
    article_id: int | None = None,
    lasts: timedelta = LASTS,
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> list[BreakingLine]:
    """Puts a line above every page of the editions, in the place of the one that stands there; readers see it when this
    commits. With an article the line leads to it (it must be published in each of the editions); without a text it is
    the article's headline there. It ends by itself after `lasts`.
    """
    now = now or timezone.now()
    text = " ".join(text.split())
    if not text and article_id is None:
        raise ActRefused("no-text", _("Write the line, or choose an article."))
    if len(text) > LONGEST_TEXT:
        raise ActRefused(
            "too-long",
            _("The line has %(length)s characters; at most %(limit)s fit.")
            % {"length": len(text), "limit": LONGEST_TEXT},
        )
    if not timedelta(minutes=1) <= lasts <= LONGEST_STAY:
        raise ActRefused("stay", _("A breaking line stands from a minute to twelve hours."))
    editions = list(Edition.objects.filter(pk__in=set(edition_ids)))
    if not editions:
        raise ActRefused("no-edition", _("Choose at least one edition."))
    lines = []
    for edition in editions:
        headline = _headline(article_id, edition) if article_id is not None else ""
        _end_standing(edition.pk, now)
        line = BreakingLine.objects.create(
            edition=edition, text=text or headline[:200], article_id=article_id, began_at=now, ends_at=now + lasts
        )  # fmt: skip
        log(line, "newsroom.breaking", user=by, data={"edition": edition.slug, "text": line.text})
        _follow(edition.pk)
        lines.append(line)
    return lines


@transaction.atomic
def clear_breaking(
    *, edition_id: int, by: AbstractBaseUser | None = None, now: datetime | None = None
) -> BreakingLine:
    """Takes the line of an edition down before its hour."""
    line = BreakingLine.objects.filter(edition_id=edition_id, ended_at__isnull=True).first()
    if line is None:
        raise ActRefused("no-line", _("No breaking line stands there."))
    _end_standing(edition_id, now or timezone.now())
    log(line, "newsroom.breaking_end", user=by, data={"text": line.text})
    _follow(edition_id)
    return line


@transaction.atomic
def end_lines_of(article_id: int, edition_ids: Collection[int], *, now: datetime | None = None) -> None:
    """Takes down the lines that lead to an article which was withdrawn: what is withdrawn is not news."""
    standing = BreakingLine.objects.filter(
        article_id=article_id, edition_id__in=edition_ids, ended_at__isnull=True
    )
    for edition_id in list(standing.values_list("edition_id", flat=True)):
        _end_standing(edition_id, now or timezone.now())
        _follow(edition_id)


def end_due_lines(now: datetime | None = None) -> int:
    """Ends the lines whose hour has come (the worker, every few seconds); returns how many there were."""
    now = now or timezone.now()
    due = BreakingLine.objects.filter(ended_at__isnull=True, ends_at__lte=now)
    ended = 0
    # Looked at without a lock, which is all there is to do nearly always; one replaced meanwhile is not ended.
    for line_id, edition_id in list(due.values_list("pk", "edition_id")):
        with transaction.atomic():
            if due.filter(pk=line_id).update(ended_at=now):
                _follow(edition_id)
                ended += 1
    return ended


def _headline(article_id: int, edition: Edition) -> str:
    """The article's headline in the edition; refused where readers cannot open it."""
    publication = (
        Publication.objects.filter(article_id=article_id, edition=edition, state=Publication.State.PUBLISHED)
        .select_related("article")
        .first()
    )
    if publication is None:
        raise ActRefused(
            "not-published",
            _("The article is not published in %(edition)s.") % {"edition": edition.short_name},
        )
    return publication.headline


def _end_standing(edition_id: int, now: datetime) -> None:
    BreakingLine.objects.filter(edition_id=edition_id, ended_at__isnull=True).update(ended_at=now)


def _follow(edition_id: int) -> None:
    # Hard: the next reader of any page sees the line as it is now, not once more as it was.
    record("breaking", edition_id=edition_id, keys=[keys.box("breaking", edition_id)], hard=True)
