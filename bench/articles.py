"""A newsroom of any size: articles written from the demo's own words, multiplied inside the database.

A few thousand articles are made as the newsroom makes them; the rest are copies of their rows by INSERT … SELECT, each
under its own id, headline and times, with publication and byline (about 20,000 articles a second).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

SEEDS = 1_000
"""Articles that are really made; the others are copies of them."""

STEP = 97
"""Seconds between one article and the next: a million of them reach back about three years."""


def fill(
    count: int, *, seed: int = 7, paragraphs: int = 6, progress: Callable[[int], None] = lambda done: None
) -> None:
    """Adds `count` articles, all but one in a hundred of them published in the first edition. Django must be set up.
    Six paragraphs take about 12 kB an article in the database, one 4 kB.

    Nothing is indexed and no outbox entry is written: these are rows, as after a restored backup.
    """
    from django.db import connection, transaction

    from bulaq.newsroom.models import Article, Byline, Publication

    seeds = min(SEEDS, count)
    with transaction.atomic():
        first = _seed(seeds, paragraphs, random.Random(seed))
        copies = -(-count // seeds)
        for start in range(1, copies, 50):
            stop = min(start + 50, copies)
            with connection.cursor() as cursor:
                for model in (Article, Publication, Byline):
                    cursor.execute(_copies(model, first, seeds, start, stop))
            progress(stop * seeds)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for model in (Article, Publication, Byline):
                    table = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _seed(count: int, paragraphs: int, chance: random.Random) -> dict[Any, int]:
    """The first articles; returns the first id of each table."""
    from django.utils import timezone

    from bulaq.arabic.slugs import slug
    from bulaq.newsroom.models import Article, Byline, Edition, Person, Publication

    edition = Edition.objects.first()
    sections = list(edition.sections.all())
    people = list(Person.objects.all()) or [Person.objects.create(name="كاتب")]
    words = _words()
    now = timezone.now()

    def text(least: int, most: int) -> str:
        return " ".join(chance.choice(words) for _ in range(chance.randint(least, most)))

    articles = []
    for number in range(count):
        published = now - timedelta(seconds=(number + 1) * STEP)
        articles.append(
            Article(
                headline=text(6, 12), kicker=text(1, 2), standfirst=text(15, 30), section=chance.choice(sections),
                body=[("paragraph", f"<p>{text(40, 70)}</p>") for _ in range(paragraphs)], live=number % 100 != 0,
                created_at=published, first_published_at=published, last_published_at=published,
            )
        )  # fmt: skip
    Article.objects.bulk_create(articles)
    for article in articles:
        article.edited_at = article.created_at
    Article.objects.bulk_update(articles, ["edited_at"], batch_size=500)
    publications = Publication.objects.bulk_create(
        Publication(
            article=article, edition=edition, section_id=article.section_id, slug=slug(article.headline),
            state="published" if article.live else "planned",
            published_at=article.created_at if article.live else None, is_canonical=True,
        )
        for article in articles
    )  # fmt: skip
    bylines = Byline.objects.bulk_create(
        Byline(article=article, person=chance.choice(people), sort_order=0) for article in articles
    )
    return {Article: articles[0].pk, Publication: publications[0].pk, Byline: bylines[0].pk}


def _words() -> list[str]:
    from bulaq.demo.loading import CONTENT

    text = "\n".join(
        path.read_text("utf-8").rpartition("+++")[2] for path in sorted(CONTENT.glob("articles/*.md"))
    )
    return sorted(set(re.findall(r"[ء-ي]{3,}", text)))


def _copies(model: Any, first: dict[Any, int], seeds: int, start: int, stop: int) -> str:
    """One statement that copies all seeds of a table for the copies `start` … `stop`."""
    from django.db import connection

    from bulaq.newsroom.models import Article

    quote = connection.ops.quote_name
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = []
    for field in model._meta.local_concrete_fields:
        name = f"t.{quote(field.column)}"
        kind = field.get_internal_type()
        if field.primary_key or (field.related_model is Article and field.column == "article_id"):
            values.append(f"{name} + k.n * {seeds}")
        elif field.column == "headline":
            values.append(f"{name} || ' ' || k.n")
        elif kind == "DateTimeField":
            values.append(_earlier(name, seeds * STEP))
        else:
            values.append(name)
    numbers = f"WITH RECURSIVE k(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM k WHERE n + 1 < {stop})"
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) {numbers} "
        f"SELECT {', '.join(values)} FROM {quote(model._meta.db_table)} t, k "
        f"WHERE t.id >= {first[model]} AND t.id < {first[model] + seeds}"
    )


def _earlier(name: str, seconds: int) -> str:
    """The time in the column `name`, k.n times so many seconds earlier."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"{name} - k.n * interval '{seconds} seconds'"
    # The form in which Django writes times to SQLite, so that comparisons as text hold.
    return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '-' || (k.n * {seconds}) || ' seconds')"
