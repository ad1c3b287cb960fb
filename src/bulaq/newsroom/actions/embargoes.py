"""What no reader may see before an hour.

The hour is written where an article is planned, in one edition, and holds in all: what is public in one is read, shared and
indexed everywhere, so an embargo of one edition alone would hold back nothing. Whoever only wants an edition to follow later
schedules it there.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Edition, Publication

State = Publication.State


def embargo_of(article_id: int, now: datetime) -> Publication | None:
    """The placement whose embargo of the article lasts longest; None when nothing holds it back any more.

    One that was withdrawn counts: an embargo is what the newsroom has promised to whoever gave it the text, and taking the
    article off an edition keeps that promise rather than ending it. It is lifted by planning there anew without it.
    """
    held = Publication.objects.filter(article_id=article_id, embargo_until__gt=now)
    return held.select_related("edition").order_by("-embargo_until").first()


def require_no_embargo(publication: Publication, at: datetime | None, now: datetime) -> None:
    """Refuses (`embargo`) what readers of the publication's edition would see too early; `at` is its hour, None at once."""
    held = embargo_of(publication.article_id, now)
    # One that was written into this very publication and is not stored yet counts too.
    ends = [each.embargo_until for each in (publication, held) if each is not None and each.embargo_until]
    until = max(ends, default=None)
    if until is None or until <= now or (at is not None and at >= until):
        return
    said = {"time": _clock(until, publication.edition)}
    if held is not None and held.edition_id != publication.edition_id:
        said["edition"] = isolate_text(held.edition.short_name)
        raise ActRefused(
            "embargo",
            _(
                "The article is under embargo until %(time)s. It was set in %(edition)s and holds in every edition."
            )
            % said,
        )
    raise ActRefused("embargo", _("The article is under embargo until %(time)s.") % said)


def pass_on_embargo(removed: Publication, now: datetime | None = None) -> bool:
    """Writes the embargo of a placement that is taken back into another of the article. True when there is no other, and
    the embargo has ended."""
    until = removed.embargo_until
    if until is None or until <= (now or timezone.now()):
        return False
    others = Publication.objects.filter(article_id=removed.article_id).exclude(state=State.PUBLISHED)
    keeper = others.order_by("edition__position", "id").first()
    if keeper is None:
        return True
    keeper.embargo_until = max(until, keeper.embargo_until or until)
    keeper.save(update_fields=["embargo_until"])
    return False


def require_not_public_before(publication: Publication, until: datetime) -> None:
    """Refuses (`embargo-too-late`) an embargo on what another edition shows, or will show before that hour."""
    seen = (
        Publication.objects.filter(article_id=publication.article_id)
        .filter(Q(state=State.PUBLISHED) | Q(state=State.SCHEDULED, published_at__lt=until))
        .exclude(edition_id=publication.edition_id)
        .select_related("edition")
        .order_by("state", "published_at")
        .first()
    )
    if seen is None:
        return
    said = {"edition": isolate_text(seen.edition.short_name)}
    if seen.state == State.PUBLISHED:
        message = _("%(edition)s has published the article already: an embargo would hold back nothing.")
    else:
        said["time"] = _clock(seen.published_at, publication.edition)
        message = _("%(edition)s publishes the article before that, at %(time)s. Change that schedule first.")
    raise ActRefused("embargo-too-late", message % said)


def _clock(moment: datetime, edition: Edition) -> str:
    return date_format(moment.astimezone(edition.profile.zone), "DATETIME_FORMAT")
