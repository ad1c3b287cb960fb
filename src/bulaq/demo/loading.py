"""Loading the demo newsroom: idempotent, with dates relative to the day of loading."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from bulaq.arabic.normalise import for_matching
from bulaq.arabic.slugs import slug as make_slug
from bulaq.demo import article_file, bodies, pictures, readings, standing
from bulaq.newsroom.models import (
    Agency,
    Article,
    ArticleTopic,
    Byline,
    Correction,
    Edition,
    EditionSection,
    Network,
    NewsImage,
    OutboxEntry,
    Person,
    Publication,
    ReadAlso,
    Section,
    Topic,
    TopicVariant,
)

CONTENT = Path(str(files("bulaq.demo"))) / "content"

ACCENTS = {
    "mashriq": ("#8f1d2c", "#f2929b"),
    "maghrib": ("#0b5f4c", "#6cc9ae"),
    "english": ("#1d4f8f", "#8fbcf2"),
}
"""Madder, palm and indigo: 7:1 or better on paper, and on ink in dark mode."""


def load(*, plain_pictures: bool = False) -> int:
    """Loads what is not there yet; returns how many articles were added. A second call adds nothing.

    `plain_pictures` leaves the drawings out: an empty field stands for each, with its caption and credit.
    """
    newsroom = tomllib.loads((CONTENT / "newsroom.toml").read_text(encoding="utf-8"))
    articles = read_articles()
    present = set(
        Article.objects.filter(source_identity__startswith="demo:").values_list("source_identity", flat=True)
    )
    missing = [article for article in articles if identity(article.key) not in present]
    if not missing and Edition.objects.exists():
        return 0
    drawn = pictures.draw_all(
        [(a.key, a.image.pattern) for a in missing if a.image is not None],
        plain=plain_pictures,
        progress=_progress("pictures / صور"),
    )
    with transaction.atomic():
        editions, sections, people, agencies = _load_newsroom(newsroom)
        standing.load(CONTENT / "standing.toml", editions)
        topics = _load_topics(articles)
        now = timezone.now()
        for article in missing:
            image = _image(article, drawn.get(article.key))
            _load_article(article, image, editions, sections, people, agencies, topics, now)
        _link(articles)
        readings.load(now)
        OutboxEntry.objects.bulk_create(
            OutboxEntry(consumer=consumer, kind="publish", article_id=article_id, payload={})
            for article_id in Article.objects.filter(
                source_identity__in=[identity(a.key) for a in missing]
            ).values_list("pk", flat=True)
            for consumer in (OutboxEntry.Consumer.INDEX, OutboxEntry.Consumer.RELATED)
        )
    return len(missing)


def read_articles() -> list[article_file.ArticleFile]:
    """Every article of the demo, oldest first, so that ids grow with time as in a living newsroom."""
    found = [article_file.read_article_file(path) for path in sorted((CONTENT / "articles").glob("*.md"))]
    return sorted(found, key=lambda article: (-article.hours_ago, article.key))


def identity(key: str) -> str:
    """The name under which a demo article is known across loadings."""
    return f"demo:{key}"


def _progress(label: str):
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else "\r"
            print(f"  {label}: {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show


def _load_newsroom(data: dict[str, Any]):
    network, _ = Network.objects.get_or_create(name=data["network"]["name"])
    sections = {}
    for entry in data["sections"]:
        sections[entry["slug"]], _ = Section.objects.get_or_create(
            slug=entry["slug"], defaults={"name": entry["name"]}
        )
    editions = {}
    english_names = {entry["slug"]: entry["name_en"] for entry in data["sections"]}
    for position, entry in enumerate(data["editions"]):
        accent, accent_dark = ACCENTS[entry["slug"]]
        edition, made = Edition.objects.get_or_create(
            slug=entry["slug"],
            defaults={
                "network": network,
                "name": entry["name"],
                "label": entry["label"],
                "host": entry["host"],
                "profile_key": entry["profile"],
                "tagline": entry.get("tagline", ""),
                "accent": accent,
                "accent_dark": accent_dark,
                "position": position,
                "is_default": position == 0,
            },
        )
        editions[entry["slug"]] = edition
        if made:
            foreign = edition.profile.content_language != "ar"
            EditionSection.objects.bulk_create(
                EditionSection(
                    edition=edition,
                    section=sections[slug],
                    position=place,
                    name=english_names[slug] if foreign else "",
                    in_boxes=slug in entry.get("boxes", entry["sections"]),
                )
                for place, slug in enumerate(entry["sections"])
            )
    people = {
        entry["key"]: Person.objects.get_or_create(
            name=entry["name"],
            defaults={
                "name_latin": entry["name_en"],
                "role": entry["role"],
                "biography": entry["biography"],
            },
        )[0]
        for entry in data["people"]
    }
    agencies = {}
    for entry in data["agencies"]:
        agencies[entry["key"]] = Agency.objects.filter(name=entry["name"]).first() or Agency.objects.create(
            name=entry["name"]
        )
    return editions, sections, people, agencies


def _load_topics(articles: Iterable[article_file.ArticleFile]) -> dict[tuple[str, str], Topic]:
    path = CONTENT / "topics.toml"
    described = tomllib.loads(path.read_text(encoding="utf-8"))["topics"] if path.exists() else []
    kinds = {(entry["name"], entry.get("lang", "ar")): entry for entry in described}
    topics: dict[tuple[str, str], Topic] = {}
    for article in articles:
        for named in article.topics:
            key = (named.name, article.lang)
            if key in topics:
                continue
            entry = kinds.get(key, {})
            topic = Topic.objects.filter(name=named.name, language=article.lang).first()
            if topic is None:
                topic = Topic.objects.create(
                    name=named.name, language=article.lang, kind=entry.get("kind", Topic.Kind.SUBJECT)
                )
                # Spellings that match alike anyway are one: only those that differ to a reader's search are kept.
                spellings = {
                    for_matching(text): text for text in (*named.variants, *entry.get("variants", ()))
                }
                spellings.pop(topic.matching_name, None)
                for text in spellings.values():
                    TopicVariant.objects.create(topic=topic, text=text)
            topics[key] = topic
    return topics


def _image(article: article_file.ArticleFile, drawn: pictures.Drawn | None) -> NewsImage | None:
    if drawn is None or article.image is None:
        return None
    return pictures.store(
        drawn, title=article.headline[:200], caption=article.image.caption, credit=article.image.credit,
        alt=article.image.alt,
    )  # fmt: skip


def _load_article(
    file: article_file.ArticleFile,
    image: NewsImage | None,
    editions: dict[str, Edition],
    sections: dict[str, Section],
    people: dict[str, Person],
    agencies: dict[str, Agency],
    topics: dict[tuple[str, str], Topic],
    now: datetime,
) -> Article:
    published = now - timedelta(hours=file.hours_ago)
    article = Article(
        language=file.lang,
        source_identity=identity(file.key),
        kicker=file.kicker,
        headline=file.headline,
        standfirst=file.standfirst,
        dateline=file.dateline,
        section=sections[file.section],
        lead_image=image,
        carrier_label=file.carrier,
        body=bodies.stream(file.body),
        live=True,
        first_published_at=published,
        last_published_at=published,
        created_at=published,
    )
    article.save()
    contributors = [{"person": people[key]} for key in file.authors] + [
        {"agency": agencies[key]} for key in file.agencies
    ]
    Byline.objects.bulk_create(
        Byline(article=article, sort_order=order, **contributor)
        for order, contributor in enumerate(contributors)
    )
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=article, sort_order=order, topic=topics[topic.name, file.lang])
        for order, topic in enumerate(file.topics)
    )
    Correction.objects.bulk_create(
        Correction(
            article=article,
            sort_order=order,
            text=correction.text,
            corrected_at=max(now - timedelta(hours=correction.hours_ago), published + timedelta(minutes=40)),
        )
        for order, correction in enumerate(file.corrections)
    )
    if file.corrections:
        article.text_updated_at = max(c.corrected_at for c in article.corrections.all())
        article.save(update_fields=["text_updated_at"])
    Publication.objects.bulk_create(
        Publication(
            article=article,
            edition=editions[slug],
            section=sections[file.section],
            state=Publication.State.PUBLISHED,
            # A sister edition takes an article over a little later than the edition that wrote it.
            published_at=published + timedelta(minutes=min(35 * place, int(file.hours_ago * 60))),
            updated_at=article.text_updated_at,
            slug=make_slug(file.headline),
            is_canonical=place == 0,
        )
        for place, slug in enumerate(file.editions)
    )
    return article


def _link(files_: Iterable[article_file.ArticleFile]) -> None:
    """Read-also, in lists and in bodies, and translations: possible only when all articles are there."""
    by_key = {
        article.source_identity.removeprefix("demo:"): article
        for article in Article.objects.filter(source_identity__startswith="demo:")
    }
    linked = set(ReadAlso.objects.values_list("article_id", flat=True))
    lines = []
    for file in files_:
        article = by_key[file.key]
        if article.pk not in linked:
            targets = [by_key[key] for key in file.read_also if key in by_key]
            lines += [
                ReadAlso(article=article, sort_order=order, target=target)
                for order, target in enumerate(targets)
            ]
        if any(isinstance(block, article_file.ReadAlso) for block in file.body):
            article.body = bodies.stream(file.body, by_key)
            article.save(update_fields=["body"])
        origin = by_key.get(file.translation_of)
        if origin is not None and article.translation_of_id != origin.pk:
            article.translation_of = origin
            article.save(update_fields=["translation_of"])
    ReadAlso.objects.bulk_create(lines)
