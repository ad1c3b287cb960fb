"""Names found in arriving articles: known topics are put on them, others are offered to the editors.

What the finder has learned is read from the tables – accepted topics with their spellings, and the editors' answers –
so that nothing can fall apart from them, and a rejected name stays rejected after any restart. Which words are parts of
names it learns from the archive itself, at a rebuild and each week; that lies in a file beside the indexes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count

from bulaq.arabic.normalise import matching_key
from bulaq.discovery.document import Document
from bulaq.discovery.topics import TopicCandidate, TopicFinder, TopicMemory
from bulaq.discovery.topics.name_parts import MOST_ARTICLES, NameParts
from bulaq.newsroom.actions import topics as acts
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.indexes import folder
from bulaq.newsroom.models import Article, Topic, TopicMention, TopicOffer, TopicVariant

LEAST = 0.5
"""Confidence from which a name is offered: every second offer would be wrong below it."""

MOST_NAMES = 12
"""Names kept of one article, the most telling first."""

EXAMPLES = 3
FRESH_SECONDS = 60.0
"""How old what was learned may be: an editor's answers come in while the worker goes on."""

LANGUAGES = frozenset({"ar", "en"})
"""Those that the finder knows."""

FINDER_KINDS = frozenset({"person", "place", "organisation"})

State = TopicOffer.State


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
    known: set[int] = set()
    for some in _parts([document.id for document in wanted]):
        known.update(TopicMention.objects.filter(article_id__in=some).values_list("article_id", flat=True))
    learned = _fresh()
    named = [
        _Named(document, candidate, _key(candidate.name))
        for document in wanted
        if document.id not in known
        for candidate in learned.finder.find(_text(document), least=LEAST)[:MOST_NAMES]
        if _key(candidate.name)
    ]
    if named:
        _offer(named, learned)


@dataclass(frozen=True, slots=True)
class _Named:
    document: Document
    candidate: TopicCandidate
    key: str

    @property
    def telling(self) -> bool:
        """The article is about it: it stands in the headline, or more than once."""
        return self.candidate.count > 1 or self.candidate.spans[0].start < len(self.document.headline)


def _text(document: Document) -> str:
    return "\n".join((document.headline, document.standfirst, document.body))


def _key(name: str) -> str:
    return matching_key(name)[:160]


@transaction.atomic
def _offer(named: Sequence[_Named], learned: _Learned) -> None:
    """Makes the offers of these names or brings them up to date, and puts accepted topics on their articles. The number
    of queries does not grow with the number of articles, but for the links."""
    offers = _offers_of(named, learned)
    mentions: dict[tuple[int, int], TopicMention] = {}
    changed: dict[int, TopicOffer] = {}
    about: dict[int, list[int]] = {}
    for one in named:
        offer = offers[one.document.lang, one.key]
        if (offer.pk, one.document.id) in mentions:
            continue  # two spellings of one name in one article
        mentions[offer.pk, one.document.id] = TopicMention(
            offer=offer,
            article_id=one.document.id,
            count=min(one.candidate.count, 30_000),
            telling=one.telling,
        )
        topic_id = learned.topics.get(one.key)
        if topic_id and offer.state == State.OFFERED:
            offer.state, offer.topic_id = State.ACCEPTED, topic_id
        offer.articles += 1
        offer.variants = list(dict.fromkeys([*offer.variants, *one.candidate.variants]))[:8]
        offer.examples = [one.document.id, *(pk for pk in offer.examples if pk != one.document.id)][:EXAMPLES]
        offer.confidence = max(offer.confidence, one.candidate.confidence)
        changed[offer.pk] = offer
        if one.telling and offer.state == State.ACCEPTED and offer.topic_id:
            about.setdefault(one.document.id, []).append(offer.topic_id)
    TopicMention.objects.bulk_create(mentions.values(), batch_size=500)
    TopicOffer.objects.bulk_update(
        changed.values(),
        ["state", "topic_id", "articles", "variants", "examples", "confidence"],
        batch_size=200,
    )
    for article_id, topic_ids in about.items():
        acts.link_found(article_id=article_id, topic_ids=topic_ids)


def _offers_of(named: Sequence[_Named], learned: _Learned) -> dict[tuple[str, str], TopicOffer]:
    """The offer of each name, by language and key; those that are new are made."""
    first: dict[tuple[str, str], _Named] = {}
    for one in named:
        first.setdefault((one.document.lang, one.key), one)
    offers: dict[tuple[str, str], TopicOffer] = {}

    def look() -> None:
        for some in _parts([key for _, key in first]):
            for offer in TopicOffer.objects.select_for_update().filter(matching_name__in=some):
                offers[offer.language, offer.matching_name] = offer

    look()
    new = [
        TopicOffer(
            matching_name=key,
            language=language,
            name=one.candidate.name[:160],
            kind=one.candidate.kind,
            rule=one.candidate.rule,
            variants=[],
            state=State.ACCEPTED if key in learned.topics else State.OFFERED,
            topic_id=learned.topics.get(key),
        )
        for (language, key), one in first.items()
        if (language, key) not in offers
    ]
    if new:
        TopicOffer.objects.bulk_create(new, batch_size=200, ignore_conflicts=True)
        look()
    return offers


def _parts(items: list[Any], size: int = 400) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def learn_names() -> int:
    """Learns from the newest articles that readers see which words are parts of names; returns how many it knows."""
    found = Article.objects.filter(live=True, language__in=LANGUAGES).exclude(headline="")
    ids = list(found.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES])
    names = TopicFinder.learn(_text(document) for document in documents(ids))
    names.save(_names_path())
    forget()
    return len(names.parts)


def _names_path() -> Path:
    return folder() / "names.json"


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
    return _Learned(TopicFinder(memory, NameParts.load(_names_path())), ids, time.monotonic())
