"""The topics that the demo's articles name, with what `content/topics.toml` says of some of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from bulaq.arabic.normalise import for_matching
from bulaq.demo.article_file import ArticleFile
from bulaq.newsroom.models import Topic, TopicVariant

Topics = Mapping[tuple[str, str], Topic]
"""By name and language."""


def load(path: Path, articles: Iterable[ArticleFile]) -> Topics:
    """Makes what is not there yet."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["topics"]
    described = {(entry["name"], entry.get("lang", "ar")): entry for entry in entries}
    topics: dict[tuple[str, str], Topic] = {}
    for article in articles:
        for named in article.topics:
            key = (named.name, article.lang)
            if key not in topics:
                entry = described.get(key, {})
                variants = (*named.variants, *entry.get("variants", ()))
                topics[key] = _topic(*key, entry.get("kind", Topic.Kind.SUBJECT), variants)
    return topics


def _topic(name: str, language: str, kind: str, variants: Iterable[str]) -> Topic:
    topic = Topic.objects.filter(name=name, language=language).first()
    if topic is not None:
        return topic
    topic = Topic.objects.create(name=name, language=language, kind=kind)
    # Spellings that match alike anyway are one: only those that differ to a reader's search are kept.
    spellings = {for_matching(text): text for text in variants}
    spellings.pop(topic.matching_name, None)
    for text in spellings.values():
        TopicVariant.objects.create(topic=topic, text=text)
    return topic
