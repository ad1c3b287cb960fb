"""Acts on topics: accepting what was found, merging, renaming, rejecting, and linking articles.

What an editor answers is kept in the offers themselves, and the finder learns from it (`finding.topics.memory`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from bulaq.arabic.normalise import for_matching
from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    ImportCreation,
    MergedTopic,
    OutboxEntry,
    Topic,
    TopicMention,
    TopicOffer,
    TopicVariant,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LINKED_AT_ONCE = 5000
"""Articles that are linked when an offer is accepted, newest first. The older ones keep their mentions, and are found by
the search for the topic's name."""

MOST_TOPICS = 12
"""Topics of one article that the machine adds to: a longer list says nothing."""

_BATCH = 400
State = TopicOffer.State


@transaction.atomic
def accept_topic(
    *,
    offer_id: int,
    name: str | None = None,
    kind: str | None = None,
    by: AbstractBaseUser | None = None,
) -> Topic:
    """The offer becomes a topic, under another name or as another kind if so given, with its spellings, and is linked
    to the articles that are about it. A name that a topic has already is merged into that topic."""
    offer = _offer(offer_id)
    name = _one_line(name or offer.name)
    kind = Topic.Kind(kind or offer.kind)
    topic = _by_name(name, offer.language)
    if topic is None:
        topic = Topic.objects.create(name=name, kind=kind, language=offer.language)
    elif not topic.accepted:
        topic.accepted = True
        topic.save()
    _take(offer, topic)
    log(topic, "newsroom.accept_topic", user=by, data={"offered": offer.name})
    return topic


@transaction.atomic
def accept_into(*, offer_id: int, topic_id: int, by: AbstractBaseUser | None = None) -> Topic:
    """The offer is another name of a topic that is there."""
    offer = _offer(offer_id)
    topic = _topic(topic_id)
    if topic.language != offer.language:
        raise ActRefused("other-language", _("The topic is in another language."))
    _take(offer, topic)
    log(topic, "newsroom.accept_topic", user=by, data={"offered": offer.name})
    return topic


@transaction.atomic
def reject_topic(*, offer_id: int) -> TopicOffer:
    """The name is no topic, and is not offered again."""
    offer = _offer(offer_id)
    offer.state, offer.topic, offer.answered_at = State.REJECTED, None, timezone.now()
    offer.save(update_fields=["state", "topic", "answered_at"])
    return offer


@transaction.atomic
def rename_topic(*, topic_id: int, name: str, by: AbstractBaseUser | None = None) -> Topic:
    """Another name; the old one stays as a spelling, and the old address leads to the new one by its number."""
    topic = _topic(topic_id)
    name = _one_line(name)
    if not name:
        raise ActRefused("no-name", _("A topic needs a name."))
    other = Topic.objects.filter(matching_name=for_matching(name), language=topic.language)
    if other.exclude(pk=topic.pk).exists():
        raise ActRefused("name-taken", _("Another topic has this name: merge them."))
    before = topic.name
    topic.name = name
    topic.save()  # `desk_events` renews what shows it
    keep_former_name(topic_id=topic_id, former=before, by=by)
    return topic


@transaction.atomic
def keep_former_name(*, topic_id: int, former: str, by: AbstractBaseUser | None = None) -> None:
    """A topic has been given its name in a form: the former one stays as a spelling."""
    topic = _topic(topic_id)
    _remember_spellings(topic, [former])
    log(topic, "newsroom.rename_topic", user=by, data={"before": former})


@transaction.atomic
def merge_topics(*, keep: int, merged: int, by: AbstractBaseUser | None = None) -> Topic:
    """One topic instead of two: articles, spellings and offers are `keep`'s; the old address leads there for good."""
    if keep == merged:
        raise ActRefused("same-topic", _("It is the same topic."))
    kept, gone = _topic(keep), _topic(merged)
    if kept.language != gone.language:
        raise ActRefused("other-language", _("The topics are in different languages."))
    article_ids = _articles_of(gone.pk)
    for some in _batches(article_ids):
        doubled = ArticleTopic.objects.filter(topic=kept, article_id__in=some).values_list(
            "article_id", flat=True
        )
        ArticleTopic.objects.filter(topic=gone, article_id__in=list(doubled)).delete()
    ArticleTopic.objects.filter(topic=gone).update(topic=kept)
    _into_drafts(article_ids, lambda _article, entries: _replaced(entries, merged, keep))
    _remember_spellings(kept, [gone.name, *gone.variants.values_list("text", flat=True)])
    TopicOffer.objects.filter(topic=gone).update(topic=kept)
    MergedTopic.objects.filter(topic=gone).update(topic=kept)
    ImportCreation.objects.filter(kind=ImportCreation.Kind.TOPIC, object_id=gone.pk).delete()
    name = gone.name
    gone.delete()
    MergedTopic.objects.create(old_id=merged, topic=kept)
    log(kept, "newsroom.merge_topics", user=by, data={"merged": name})
    record("merge_topics", keys=[keys.topic(merged)])
    _renew(kept.pk, article_ids, "merge_topics")
    return kept


@transaction.atomic
def link_article(*, article_id: int, topic_id: int) -> bool:
    """Puts a topic on an article, in its open draft as well. False when it is there already."""
    return bool(_link(_topic(topic_id), [article_id], most=None))


@transaction.atomic
def link_found(*, article_id: int, topic_ids: Sequence[int]) -> int:
    """The machine puts accepted topics, just found in an arriving article, on it; returns how many were new."""
    topics = Topic.objects.filter(pk__in=topic_ids, accepted=True)
    return sum(_link(topic, [article_id], most=MOST_TOPICS) for topic in topics)


def _take(offer: TopicOffer, topic: Topic) -> None:
    offer.state, offer.topic, offer.answered_at = State.ACCEPTED, topic, timezone.now()
    offer.save(update_fields=["state", "topic", "answered_at"])
    _remember_spellings(topic, [offer.name, *(form for form in offer.variants if _stands_for(form, offer))])
    telling = TopicMention.objects.filter(offer=offer, telling=True).order_by("-article_id")
    _link(topic, list(telling.values_list("article_id", flat=True)[:LINKED_AT_ONCE]), most=MOST_TOPICS)
    record("accept_topic", keys=[keys.topic(topic.pk)])


def _stands_for(form: str, offer: TopicOffer) -> bool:
    """A bare «محمد» must not stand for one person everywhere."""
    return offer.kind != Topic.Kind.PERSON or " " in form.strip()


def _link(topic: Topic, article_ids: Sequence[int], *, most: int | None) -> int:
    linked: list[int] = []
    for some in _batches(article_ids):
        there = set(Article.objects.filter(pk__in=some).values_list("pk", flat=True))
        there -= set(
            ArticleTopic.objects.filter(topic=topic, article_id__in=some).values_list("article_id", flat=True)
        )
        last: dict[int, int] = {}
        count: dict[int, int] = {}
        for article_id, order in ArticleTopic.objects.filter(article_id__in=there).values_list(
            "article_id", "sort_order"
        ):
            last[article_id] = max(last.get(article_id, -1), order or 0)
            count[article_id] = count.get(article_id, 0) + 1
        fit = [pk for pk in some if pk in there and (most is None or count.get(pk, 0) < most)]
        rows = ArticleTopic.objects.bulk_create(
            ArticleTopic(article_id=pk, topic=topic, sort_order=last.get(pk, -1) + 1) for pk in fit
        )
        row_of = {row.article_id: row for row in rows}
        _into_drafts(fit, lambda article, entries, row_of=row_of: _added(entries, row_of[article]))
        linked += fit
    if linked:
        _renew(topic.pk, linked, "link_topic")
    return len(linked)


Entries = list[dict[str, Any]]


def _into_drafts(article_ids: Sequence[int], change: Callable[[int, Entries], Entries | None]) -> None:
    """The same change in the newest revision of each article, or the next save of an open draft would take it back.

    `change` takes an article's id and its revision's list of topics, and returns another list or None for no change.
    """
    for some in _batches(article_ids):
        wanted = Article.objects.filter(pk__in=some, latest_revision__isnull=False).values(
            "latest_revision_id"
        )
        changed = []
        for revision in Revision.objects.filter(pk__in=wanted):
            entries = change(
                int(revision.object_id),
                [dict(entry) for entry in revision.content.get("article_topics") or ()],
            )
            if entries is not None:
                revision.content["article_topics"] = entries
                changed.append(revision)
        # Past `save`, which would make it the newest revision once more and date it now.
        Revision.objects.bulk_update(changed, ["content"])


def _added(entries: Entries, row: ArticleTopic) -> Entries | None:
    if any(entry.get("topic") == row.topic_id for entry in entries):
        return None
    last = max((entry.get("sort_order") or 0 for entry in entries), default=-1)
    added = {"pk": row.pk, "sort_order": last + 1, "article": row.article_id, "topic": row.topic_id}
    return [*entries, added]


def _replaced(entries: Entries, old: int, new: int) -> Entries | None:
    if not any(entry.get("topic") == old for entry in entries):
        return None
    if any(entry.get("topic") == new for entry in entries):
        return [entry for entry in entries if entry.get("topic") != old]
    return [entry | {"topic": new} if entry.get("topic") == old else entry for entry in entries]


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _remember_spellings(topic: Topic, texts: Iterable[str]) -> None:
    known = {for_matching(topic.name), *topic.variants.values_list("matching_text", flat=True)}
    for text in map(_one_line, texts):
        key = for_matching(text)
        if key and key not in known:
            known.add(key)
            TopicVariant.objects.create(topic=topic, text=text)


def _renew(topic_id: int, article_ids: Sequence[int], kind: str) -> None:
    """The topic's list, the pages of these articles, and what search knows of them."""
    record(kind, keys=[keys.box("topic", topic_id), *(keys.article_page(pk) for pk in article_ids)])
    OutboxEntry.objects.bulk_create(
        (
            OutboxEntry(consumer=Consumer.INDEX, kind="update", article_id=pk, later=True)
            for pk in article_ids
        ),
        batch_size=_BATCH,
    )


def _articles_of(topic_id: int) -> list[int]:
    return list(
        ArticleTopic.objects.filter(topic_id=topic_id)
        .order_by("-article_id")
        .values_list("article_id", flat=True)
    )


def _by_name(name: str, language: str) -> Topic | None:
    key = for_matching(name)
    return (
        Topic.objects.filter(matching_name=key, language=language).first()
        or Topic.objects.filter(variants__matching_text=key, language=language).first()
    )


def _offer(offer_id: int) -> TopicOffer:
    offer = TopicOffer.objects.select_for_update().filter(pk=offer_id).first()
    if offer is None:
        raise ActRefused("no-offer", _("There is no such suggestion any more."))
    return offer


def _topic(topic_id: int) -> Topic:
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is None:
        raise ActRefused("no-topic", _("There is no such topic any more."))
    return topic


def _one_line(text: str) -> str:
    return " ".join(text.split())[:160]
