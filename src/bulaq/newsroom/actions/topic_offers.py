"""What becomes of offered topics afterwards: when an answer was a slip, and when articles that hold their names go."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from bulaq.newsroom.models import TopicMention, TopicOffer


@transaction.atomic
def offer_again(*, offer_id: int) -> bool:
    """Takes a rejection back: the name waits for an answer again, and nothing is learned from the old one. False when it was
    not rejected."""
    rejected = TopicOffer.objects.filter(pk=offer_id, state=TopicOffer.State.REJECTED)
    return bool(rejected.update(state=TopicOffer.State.OFFERED, answered_at=None))


@transaction.atomic
def leave_offers(article_ids: Iterable[int]) -> None:
    """Before articles are deleted: the offers go on without them, and those that nothing else holds go. What an editor
    answered stays, for the finder has learned from it."""
    gone = set(article_ids)
    mentions = TopicMention.objects.filter(article_id__in=gone)
    number = dict(mentions.order_by().values_list("offer").annotate(Count("id")))
    mentions._raw_delete(mentions.db)  # nothing points at one
    left = []
    for offer in TopicOffer.objects.filter(pk__in=list(number)).select_for_update():
        offer.articles = max(0, offer.articles - number[offer.pk])
        offer.examples = [pk for pk in offer.examples if pk not in gone]
        left.append(offer)
    TopicOffer.objects.bulk_update(left, ["articles", "examples"], batch_size=200)
    TopicOffer.objects.filter(
        pk__in=list(number), state=TopicOffer.State.OFFERED, mentions__isnull=True
    ).delete()
