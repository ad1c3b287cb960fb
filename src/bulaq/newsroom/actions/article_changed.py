"""What follows when readers see something else of an article: the pages and boxes that show it, the index, what is related."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils import timezone

from bulaq.arabic.slugs import slug as make_slug
from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.models import Article, Edition, Publication


def text_changed(article: Article, *, at: datetime | None = None, later: bool = False) -> None:
    """The approved text changed (the desk's publish button, a workflow, a correction): everything that shows it follows.
    ``later``: by an import, which gives way to editors."""
    now = at or timezone.now()
    publications = list(
        Publication.objects.filter(article=article, state=Publication.State.PUBLISHED).select_related(
            "edition", "section"
        )
    )
    Article.objects.filter(pk=article.pk).update(text_updated_at=now)
    for publication in publications:
        publication.slug = make_slug(publication.headline_override or article.headline)
        publication.updated_at = now
        publication.save(update_fields=["slug", "updated_at"])
    record_change("update", article, publications, later=later)


def record_change(
    kind: str,
    article: Article,
    publications: list[Publication],
    *,
    hard: bool = False,
    also_sections: set[int | None] = frozenset(),
    later: bool = False,
) -> None:
    """The follow-up work of a change to these placements, into the act's transaction.

    ``hard``: what was shown must not be shown again, even while its renewal is under way. ``also_sections``: ids of
    sections that showed it before. ``later``: gives way to what follows editors' acts.
    """
    found = keys_of(article.pk, publications, also_sections=also_sections)
    people = article.bylines.values_list("person_id", flat=True)
    found += [keys.box("author", person_id) for person_id in people if person_id]
    topics = article.article_topics.values_list("topic_id", flat=True)
    found += [keys.box("topic", topic_id) for topic_id in topics]
    record(
        kind,
        article_id=article.pk,
        keys=found,
        hard=hard,
        consumers=(Consumer.INDEX, Consumer.RELATED, Consumer.PING),
        payload={"editions": [publication.edition_id for publication in publications]},
        later=later,
    )


class Placed(Protocol):
    """Where an article stands: a publication, or what becomes one."""

    @property
    def edition(self) -> Edition: ...
    @property
    def edition_id(self) -> int: ...
    @property
    def section_id(self) -> int | None: ...
    @property
    def published_at(self) -> datetime | None: ...


def keys_of(
    article_id: int, publications: Sequence[Placed], *, also_sections: set[int | None] = frozenset()
) -> list[str]:
    """The surrogate keys of all that shows these publications: the page, and the boxes and fronts that list it."""
    found = [keys.article(article_id)]
    for publication in publications:
        edition_id = publication.edition_id
        found += [keys.box("latest", edition_id), keys.box("front", edition_id), keys.box("feed", edition_id)]
        for section_id in {publication.section_id, *also_sections} - {None}:
            found.append(keys.box("section", f"{edition_id}-{section_id}"))
        if publication.published_at:
            day = publication.published_at.astimezone(publication.edition.profile.zone).date()
            found.append(keys.archive_day(edition_id, day.isoformat()))
    return found
