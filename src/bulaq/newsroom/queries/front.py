"""What stands on an edition's front by hand: its breaking line and its pinned articles. One query each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bulaq.newsroom import addresses
from bulaq.newsroom.models import BreakingLine, Edition, FrontPin, Publication


@dataclass(frozen=True, slots=True)
class StandingLine:
    """The breaking line that readers see now."""

    text: str
    began_at: datetime
    ends_at: datetime
    article_id: int | None
    path: str
    """Of its article in this edition; "" when it leads nowhere."""


def breaking_line(edition: Edition, now: datetime | None = None) -> StandingLine | None:
    """The line of an edition; None when nothing is breaking. One query, a second when it leads to an article."""
    line = BreakingLine.objects.filter(
        edition=edition, ended_at__isnull=True, ends_at__gt=now or timezone.now()
    ).first()
    if line is None:
        return None
    path = ""
    if line.article_id is not None:
        publication = (
            Publication.objects.filter(
                article_id=line.article_id, edition=edition, state=Publication.State.PUBLISHED
            )
            .select_related("section")
            .first()
        )
        path = addresses.of_publication(publication) if publication else ""
    return StandingLine(line.text, line.began_at, line.ends_at, line.article_id, path)


def pinned_ids(edition: Edition, now: datetime | None = None, *, section_id: int | None = None) -> list[int]:
    """The articles pinned to the edition's home, or to a section's front in it, in their order."""
    pins = FrontPin.objects.filter(edition=edition, section_id=section_id, ends_at__gt=now or timezone.now())
    return list(pins.values_list("article_id", flat=True))
