"""Publishing what an import stored: many articles in one act, under their old times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from bulaq.arabic.slugs import slug as make_slug
from bulaq.delivery import keys
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.models import Article, Edition, OutboxEntry, Publication
from bulaq.newsroom.row_writing import Row, update_rows, write_rows

NEWS_AGE = timedelta(days=2)
"""Search engines are told only of what is news to them: what is older comes from an archive (a news sitemap holds
two days too)."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An article that is complete, and where it goes. `published_at` is its old time, or now."""

    article_id: int
    headline: str
    edition: Edition
    section_id: int
    published_at: datetime
    updated_at: datetime | None = None

    @property
    def edition_id(self) -> int:
        """Of its edition."""
        return self.edition.pk


def place_imported(placements: Sequence[Placement]) -> set[int]:
    """Publishes the articles where they stand nowhere yet; returns the ids of those that it did publish.

    An article that stands, or stood, in the edition is left alone: what an editor withdrew does not come back with
    the next import. So is one that an editor put under embargo, in whatever edition. To be called inside a transaction;
    `announce_imported` tells the others.
    """
    ids = [placement.article_id for placement in placements]
    placed = list(
        Publication.objects.filter(article_id__in=ids).values_list(
            "article_id", "edition_id", "embargo_until"
        )
    )
    standing = {(article_id, edition_id) for article_id, edition_id, _until in placed}
    now = timezone.now()
    held = {article_id for article_id, _edition_id, until in placed if until is not None and until > now}
    canonical = set(
        Publication.objects.filter(article_id__in=ids, is_canonical=True).values_list("article_id", flat=True)
    )
    chosen = [
        p for p in placements if (p.article_id, p.edition.pk) not in standing and p.article_id not in held
    ]
    write_rows(
        Publication,
        [
            {
                "article_id": placement.article_id,
                "edition_id": placement.edition.pk,
                "section_id": placement.section_id,
                "state": Publication.State.PUBLISHED,
                "published_at": placement.published_at,
                "updated_at": placement.updated_at,
                "slug": make_slug(placement.headline),
                "is_canonical": placement.article_id not in canonical,
            }
            for placement in chosen
        ],
    )
    return {placement.article_id for placement in chosen}


def announce_imported(
    published: Iterable[Placement],
    stored_ids: Iterable[int],
    *,
    people: Iterable[int] = (),
    topics: Iterable[int] = (),
    now: datetime,
) -> None:
    """Writes what follows from a batch: one purge for all that shows it, and each article's place in the indexes.

    `stored_ids` are all articles of the batch, drafts too: the desk's search finds them.
    """
    published = list(published)
    placed_ids = {placement.article_id for placement in published}
    found: dict[str, None] = {}
    for placement in published:
        found.update(dict.fromkeys(keys_of(placement.article_id, [placement])))
    if published:
        found.update((keys.box("author", pk), None) for pk in people)
        found.update((keys.box("topic", pk), None) for pk in topics)
    if found:
        record("import", keys=found)
    entries: list[Row] = []
    for placement in published:
        wanted = [Consumer.INDEX, Consumer.RELATED]
        if placement.published_at > now - NEWS_AGE:
            wanted.append(Consumer.PING)
        entries += [
            _entry(consumer, "publish", placement.article_id, [placement.edition.pk]) for consumer in wanted
        ]
    entries += [_entry(Consumer.INDEX, "update", pk, []) for pk in stored_ids if pk not in placed_ids]
    write_rows(OutboxEntry, entries)


def announce_rewritten(
    texts: Mapping[int, tuple[str, datetime]],
    *,
    people: Mapping[int, Sequence[int]],
    topics: Mapping[int, Sequence[int]],
) -> set[int]:
    """What follows when an import wrote articles anew that readers have: for each id its headline and the time of the change,
    the people and topics that it has now. Returns the ids of those that stand somewhere; the others are nobody's news.

    As `article_changed.text_changed`, for many in one act, and giving way to editors.
    """
    placed = _standing(texts)
    found: dict[str, None] = {}
    entries: list[Row] = []
    for pk, publications in placed.items():
        found.update(dict.fromkeys(keys_of(pk, publications)))
        found.update((keys.box("author", person), None) for person in people.get(pk, ()))
        found.update((keys.box("topic", topic), None) for topic in topics.get(pk, ()))
        editions = [publication.edition_id for publication in publications]
        entries += [
            _entry(consumer, "update", pk, editions)
            for consumer in (Consumer.INDEX, Consumer.RELATED, Consumer.PING)
        ]
    update_rows(
        Publication,
        [
            {
                "id": publication.pk,
                "slug": make_slug(publication.headline_override or texts[pk][0]),
                "updated_at": texts[pk][1],
            }
            for pk, publications in placed.items()
            for publication in publications
        ],
    )
    update_rows(Article, [{"id": pk, "text_updated_at": texts[pk][1]} for pk in placed])
    if found:
        record("update", keys=found)
    write_rows(OutboxEntry, entries)
    return set(placed)


def _standing(ids: Iterable[int]) -> dict[int, list[Publication]]:
    """Where each of these articles stands now, of those that stand somewhere."""
    placed: dict[int, list[Publication]] = {}
    published = Publication.objects.filter(article_id__in=list(ids), state=Publication.State.PUBLISHED)
    for publication in published.select_related("edition").order_by("pk"):
        placed.setdefault(publication.article_id, []).append(publication)
    return placed


def _entry(consumer: Consumer, kind: str, article_id: int, editions: list[int]) -> Row:
    return {
        "consumer": consumer, "kind": kind, "article_id": article_id, "later": True, "payload": {"editions": editions}
    }  # fmt: skip


def approve_imported(placements: Sequence[Placement]) -> None:
    """Marks the texts as approved: articles that were stored as drafts by an earlier import."""
    for placement in placements:
        Article.objects.filter(pk=placement.article_id, live=False).update(
            live=True,
            has_unpublished_changes=False,
            first_published_at=placement.published_at,
            last_published_at=placement.published_at,
        )
