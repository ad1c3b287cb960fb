"""Names found in arriving articles: known topics are put on them, others are offered to the editors.

What the finder has learned is read from the tables – accepted topics with their spellings, and the editors' answers –
so that nothing can fall apart from them, and a rejected name stays rejected after any restart.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F

from bulaq.arabic.normalise import matching_key
from bulaq.discovery.document import Document
from bulaq.discovery.topics import TopicCandidate, TopicFinder, TopicMemory
from bulaq.newsroom.actions import topics as acts
from bulaq.newsroom.models import Topic, TopicMention, TopicOffer, TopicVariant

LEAST = 0.5
"""Confidence from which a name is offered: every second offer would be wrong below it."""

MOST_NAMES = 12
"""Names kept of one article, the most telling first."""

EXAMPLES = 3
FRESH_SECONDS = 60.0
"""How old what was learned may be: an editor's answers come in while the worker goes on."""

LANGUAGES = frozenset({"ar"})
"""The finder knows Arabic."""

FINDER_KINDS = frozenset({"person", "place", "organisation"})


@dataclass
class _Learned:
    finder: TopicFinder
    topics: dict[str, int]
    """Matching key of a topic's name → its id."""
    at: float


_learned: _Learned | None = None


def forget() -> None:
    """Reads what was learned anew at the next use."""
    global _learned
    _learned = None


def follow(found: Sequence[Document]) -> None:
    """Finds the names of articles that were not looked through before. Done twice it does nothing more.

    An article is looked through once: a topic that an editor took off it does not come back with the next change.
    """
    wanted = [document for document in found if document.lang in LANGUAGES and document.headline]
    known = set(
        TopicMention.objects.filter(article_id__in=[one.id for one in wanted]).values_list(
            "article_id", flat=True
        )
    )
    for document in wanted:
        if document.id not in known:
            _look_through(document)


def _look_through(document: Document) -> None:
    learned = _fresh()
    text = "\n".join((document.headline, document.standfirst, document.body))
    in_headline = len(document.headline)
    about: list[int] = []
    with transaction.atomic():
        for candidate in learned.finder.find(text, least=LEAST)[:MOST_NAMES]:
            telling = candidate.count > 1 or candidate.spans[0].start < in_headline
            topic_id = learned.topics.get(matching_key(candidate.name))
            offer = _offer(candidate, document, topic_id)
            if offer is None:
                continue
            TopicMention.objects.create(
                offer=offer,
                article_id=document.id,
                count=min(candidate.count, 30_000),
                telling=telling,
            )
            if telling and offer.state == TopicOffer.State.ACCEPTED and offer.topic_id:
                about.append(offer.topic_id)
        if about:
            acts.link_found(article_id=document.id, topic_ids=about)


def _offer(candidate: TopicCandidate, document: Document, topic_id: int | None) -> TopicOffer | None:
    """The offer of a name, made or brought up to date; None when the article has been counted under it."""
    key = matching_key(candidate.name)[:160]
    if not key:
        return None
    state = TopicOffer.State.ACCEPTED if topic_id else TopicOffer.State.OFFERED
    offer, _made = TopicOffer.objects.get_or_create(
        matching_name=key,
        language=document.lang,
        defaults={
            "name": candidate.name[:160],
            "kind": candidate.kind,
            "rule": candidate.rule,
            "variants": list(candidate.variants[:8]),
            "confidence": candidate.confidence,
            "state": state,
            "topic_id": topic_id,
        },
    )
    if TopicMention.objects.filter(offer=offer, article_id=document.id).exists():
        return None
    if topic_id and offer.state == TopicOffer.State.OFFERED:
        offer.state, offer.topic_id = state, topic_id
    offer.variants = list(dict.fromkeys([*offer.variants, *candidate.variants]))[:8]
    offer.examples = [document.id, *(pk for pk in offer.examples if pk != document.id)][:EXAMPLES]
    TopicOffer.objects.filter(pk=offer.pk).update(
        articles=F("articles") + 1,
        variants=offer.variants,
        examples=offer.examples,
        confidence=max(offer.confidence, candidate.confidence),
        state=offer.state,
        topic_id=offer.topic_id,
    )
    return offer


def _fresh() -> _Learned:
    global _learned
    if _learned is None or time.monotonic() - _learned.at > FRESH_SECONDS:
        _learned = _read()
    return _learned


def _read() -> _Learned:
    """What the tables hold. A newsroom has some ten thousand topics: a second and some megabytes, at most each minute."""
    memory = TopicMemory()
    ids: dict[str, int] = {}
    names: dict[int, tuple[str, str]] = {}
    topics = Topic.objects.filter(accepted=True, language__in=LANGUAGES)
    for pk, name, kind in topics.values_list("pk", "name", "kind"):
        ids[matching_key(name)] = pk
        names[pk] = (name, kind)
        if kind in FINDER_KINDS:
            memory.add(name, kind)
    for topic_id, text in TopicVariant.objects.filter(topic__in=topics).values_list("topic_id", "text"):
        name, kind = names.get(topic_id, ("", ""))
        if kind in FINDER_KINDS:
            memory.add(name, kind, [text])
    answered = TopicOffer.objects.filter(answered_at__isnull=False)
    for rule, state, number in (
        answered.values_list("rule", "state")
        .annotate(number=Count("id"))
        .values_list("rule", "state", "number")
    ):
        place = 0 if state == TopicOffer.State.ACCEPTED else 1
        memory.rules.setdefault(rule, [0, 0])[place] += number
    for key, state in answered.values_list("matching_name", "state"):
        # A rejection on the desk is meant for good; the library asks for two of them.
        memory.names[key] = [1, 0] if state == TopicOffer.State.ACCEPTED else [0, 2]
    return _Learned(TopicFinder(memory), ids, time.monotonic())
