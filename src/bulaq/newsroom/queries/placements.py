"""Where an article stands, edition by edition, for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import ModelLogEntry

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, Edition, EditionSection, FrontPin, Publication, Section

State = Publication.State


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When an article was taken off, by whom (a name; "" by a command) and why."""

    at: datetime
    by: str
    reason: str
    unseen: bool = False
    """Whether it was taken back before its hour: no reader saw it there."""


@dataclass(frozen=True, slots=True)
class EditionPlacement:
    """One edition that could carry the article, and how it stands there (None: not at all)."""

    edition: Edition
    publication: Publication | None
    sections: tuple[Section, ...]
    """The sections that this edition shows, in its order."""
    pinned_until: datetime | None = None
    """While the article is pinned to the edition's home."""
    embargo: Publication | None = None
    """The placement, here or in another edition, whose embargo still holds the article back everywhere."""
    withdrawal: Withdrawal | None = None
    """How it was withdrawn here, when that is how it stands."""

    @property
    def state(self) -> str:
        """A `Publication.State`, or "" where the article was never placed."""
        return self.publication.state if self.publication else ""

    @property
    def is_published(self) -> bool:
        """Whether readers of this edition can open it."""
        return self.state == State.PUBLISHED

    @property
    def public_url(self) -> str:
        """The full address for readers; "" when it does not stand there."""
        return public_url(self.publication, self.edition) if self.publication else ""


def public_url(publication: Publication, edition: Edition) -> str:
    """The full address of a published placement (its section must be loaded); "" when readers cannot open it."""
    if publication.state != State.PUBLISHED:
        return ""
    return addresses.absolute(edition, addresses.of_publication(publication))


def of_article(article: Article) -> list[EditionPlacement]:
    """Every edition of the article's language, and any other where it stands all the same. Four queries,
    a fifth when it is withdrawn somewhere."""
    standing: Mapping[int, Publication] = {
        publication.edition_id: publication
        for publication in Publication.objects.filter(article_id=article.pk).select_related("section")
    }
    editions = [
        edition
        for edition in Edition.objects.all()
        if edition.profile.content_language == article.language or edition.pk in standing
    ]
    pins = FrontPin.objects.filter(article_id=article.pk, section__isnull=True, ends_at__gt=timezone.now())
    pinned = dict(pins.values_list("edition_id", "ends_at"))
    shown: dict[int, list[Section]] = {edition.pk: [] for edition in editions}
    for place in EditionSection.objects.filter(edition__in=editions).select_related("section"):
        shown[place.edition_id].append(place.section)
    embargo = _embargo(standing.values(), {edition.pk: edition for edition in editions})
    gone = any(publication.state == State.WITHDRAWN for publication in standing.values())
    withdrawals = _withdrawals(article) if gone else {}
    return [
        EditionPlacement(
            edition,
            (publication := standing.get(edition.pk)),
            _choices(shown[edition.pk], publication),
            pinned.get(edition.pk),
            embargo,
            withdrawals.get(edition.slug)
            if publication is not None and publication.state == State.WITHDRAWN
            else None,
        )
        for edition in editions
    ]


def _embargo(placed: Iterable[Publication], editions: Mapping[int, Edition]) -> Publication | None:
    now = timezone.now()
    held = [each for each in placed if each.embargo_until is not None and each.embargo_until > now]
    longest = max(held, key=lambda each: each.embargo_until or now, default=None)
    if longest is not None:
        longest.edition = editions[longest.edition_id]
    return longest


def _withdrawals(article: Article) -> dict[str, Withdrawal]:
    """The last one from each edition, by its slug."""
    found: dict[str, Withdrawal] = {}
    entries = ModelLogEntry.objects.for_instance(article).filter(action="newsroom.withdraw")
    for entry in entries.select_related("user").order_by("timestamp", "pk"):
        by = (entry.user.get_full_name() or entry.user.get_username()) if entry.user else ""
        unseen = set(entry.data.get("unseen", []))
        for edition in entry.data.get("editions", []):
            found[edition] = Withdrawal(
                entry.timestamp, by, str(entry.data.get("reason", "")), edition in unseen
            )
    return found


def _choices(shown: Sequence[Section], publication: Publication | None) -> tuple[Section, ...]:
    """A placement in a section that the edition no longer shows keeps its own among the choices."""
    if publication is not None and publication.section_id not in {section.pk for section in shown}:
        return (*shown, publication.section)
    return tuple(shown)
