"""Where an article stands, edition by edition, for the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, Edition, EditionSection, FrontPin, Publication, Section

State = Publication.State


@dataclass(frozen=True, slots=True)
class EditionPlacement:
    """One edition that could carry the article, and how it stands there (None: not at all)."""

    edition: Edition
    publication: Publication | None
    sections: tuple[Section, ...]
    """The sections that this edition shows, in its order."""
    pinned_until: datetime | None = None
    """While the article is pinned to the edition's home."""

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
    """Every edition of the article's language, and any other where it stands all the same. Four queries."""
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
    return [
        EditionPlacement(
            edition,
            standing.get(edition.pk),
            _choices(shown[edition.pk], standing.get(edition.pk)),
            pinned.get(edition.pk),
        )
        for edition in editions
    ]


def _choices(shown: Sequence[Section], publication: Publication | None) -> tuple[Section, ...]:
    """A placement in a section that the edition no longer shows keeps its own among the choices."""
    if publication is not None and publication.section_id not in {section.pk for section in shown}:
        return (*shown, publication.section)
    return tuple(shown)
