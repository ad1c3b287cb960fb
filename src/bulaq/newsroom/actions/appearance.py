"""What follows when something changes that stands on many pages: an edition, a section, a person, an agency, a topic, a
picture. Readers see it as soon as they see a publish.

The desk edits these in plain forms; `newsroom.desk_events` calls these acts inside the transaction of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ReferenceIndex

from bulaq.delivery import keys
from bulaq.intake.sites import host_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.models import (
    Agency,
    Article,
    ArticleTopic,
    Byline,
    Edition,
    FormerPageSlug,
    FormerSlug,
    ImportHost,
    NewsImage,
    OutboxEntry,
    Person,
    Section,
    StandingPage,
    Topic,
)

MOST_NAMED = 5000
"""Articles that are purged by name, newest first; what stands on more of them is on so many pages and lists that all of
their editions are purged. Search entries of the rest wait for the next `reindex`."""

LED_TO = ("edition_id", "slug", "title", "live", "in_footer", "position")
"""Of a standing page, what the footer of every page shows, or decides whether it is there."""

_BATCH = 500


def edition_changed(edition: Edition, *, hosts: bool, old_host: str = "") -> None:
    """Its name, looks, profile, or sections: they stand on all its pages, and its name on those of its sisters. ``hosts``:
    another edition may answer on some host now, so that no stored page is certain. ``old_host`` leads to it from now on,
    as the hosts of old sites do whose archives it took in."""
    if old_host and old_host != edition.host:
        ImportHost.objects.get_or_create(edition=edition, host=host_of(f"//{old_host}"))
    if hosts:
        record("edition", edition_id=edition.pk, keys=[keys.everything()])
        return
    sisters = Edition.objects.filter(network_id=edition.network_id).values_list("pk", flat=True)
    record("edition", edition_id=edition.pk, keys=map(keys.edition, {edition.pk, *sisters}))


def section_changed(section: Section, *, old_slug: str | None = None) -> None:
    """Its name stands in the navigation of every page, its slug in addresses; ``old_slug`` leads to it from now on."""
    FormerSlug.objects.filter(slug=section.slug).delete()  # whoever has an address answers there
    if old_slug is not None and old_slug != section.slug:
        FormerSlug.objects.update_or_create(slug=old_slug, defaults={"section": section})
    record("section", keys=[keys.section(section.pk), *_all_editions()])


def standing_page_changed(page: StandingPage, *, before: Mapping[str, Any] | None) -> None:
    """Any of it; ``before``: what it was, None when it was made just now or is deleted. An address that it had leads to it
    from now on. Where its place in the footer or its address is another, all pages of its edition follow; of one that readers
    never saw nothing does."""
    if before is not None and (before["edition_id"], before["slug"]) != (page.edition_id, page.slug):
        FormerPageSlug.objects.update_or_create(
            edition_id=before["edition_id"], slug=before["slug"], defaults={"page": page}
        )
    if not page.live and not (before and before["live"]):
        return
    # Hard: what was taken back is not shown once more.
    record("standing_page", edition_id=page.edition_id, keys=[keys.page(page.pk)], hard=True)
    if before is None or any(getattr(page, name) != before[name] for name in LED_TO):
        editions = {page.edition_id, before["edition_id"] if before else page.edition_id}
        record("standing_page", edition_id=page.edition_id, keys=map(keys.edition, editions))


def person_changed(person: Person) -> None:
    """Name, role, biography or portrait; also before it is deleted."""
    articles = (
        Byline.objects.filter(person=person).order_by("-article_id").values_list("article_id", flat=True)
    )
    _renew("person", [keys.author(person.pk)], articles[: MOST_NAMED + 1])


def person_spelled_otherwise(person_id: int) -> None:
    """Only the spelling of the name: what search finds under it is the same."""
    articles = Byline.objects.filter(person=person_id).order_by("-article_id")
    named = articles.values_list("article_id", flat=True)[: MOST_NAMED + 1]
    _renew("person", [keys.author(person_id)], named, search=False)


def agency_changed(agency: Agency) -> None:
    """Name or address; also before it is deleted."""
    articles = (
        Byline.objects.filter(agency=agency).order_by("-article_id").values_list("article_id", flat=True)
    )
    _renew("agency", [], articles[: MOST_NAMED + 1])


def topic_changed(topic: Topic) -> None:
    """Name, kind, description or acceptance; also before it is deleted."""
    linked = ArticleTopic.objects.filter(topic=topic).order_by("-article_id")
    _renew("topic", [keys.topic(topic.pk)], linked.values_list("article_id", flat=True)[: MOST_NAMED + 1])


def image_changed(image: NewsImage, *, refocused: bool = False) -> None:
    """File, crop, caption, credit, alternative text or rights; also before it is deleted.

    `refocused`: its point of focus is another; what was cut around the old one goes, and the worker cuts it anew.
    """
    if refocused:
        image.renditions.filter(filter_spec__startswith="fill-").delete()
    found = set(
        Article.objects.filter(lead_image=image)
        .order_by("-pk")
        .values_list("pk", flat=True)[: MOST_NAMED + 1]
    )
    kinds = ContentType.objects.get_for_models(Article, StandingPage)
    pages = []
    for model, object_id in ReferenceIndex.get_references_to(image).values_list(
        "base_content_type", "object_id"
    )[: MOST_NAMED + 1]:
        if model == kinds[Article].pk:
            found.add(int(object_id))
        elif model == kinds[StandingPage].pk:
            pages.append(keys.page(int(object_id)))
    people = Person.objects.filter(portrait=image).values_list("pk", flat=True)
    mastheads = Edition.objects.filter(Q(logo=image) | Q(logo_dark=image)).values_list("pk", flat=True)
    _renew(
        "image",
        [keys.image(image.pk), *pages, *map(keys.author, people), *map(keys.edition, mastheads)],
        sorted(found, reverse=True),
        search=False,
    )


def _renew(kind: str, found: Iterable[str], articles: Iterable[int], *, search: bool = True) -> None:
    """Purges the keys and the articles, and tells search of the articles."""
    article_ids = list(dict.fromkeys(articles))
    named = _all_editions() if len(article_ids) > MOST_NAMED else map(keys.article, article_ids)
    record(kind, keys=[*found, *named])
    if search:
        _index(article_ids[:MOST_NAMED])


def _index(article_ids: Sequence[int]) -> None:
    OutboxEntry.objects.bulk_create(
        (
            OutboxEntry(consumer=Consumer.INDEX, kind="update", article_id=pk, later=True)
            for pk in article_ids
        ),
        batch_size=_BATCH,
    )


def _all_editions() -> list[str]:
    return [keys.edition(pk) for pk in Edition.objects.values_list("pk", flat=True)]
