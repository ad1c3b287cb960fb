"""Loading the demo newsroom: idempotent, with dates relative to the day of loading."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bulaq.demo import articles, links, newsroom_file, pictures, readings, standing, topics
from bulaq.demo.article_file import ArticleFile, read_article_file
from bulaq.demo.articles import identity
from bulaq.newsroom.models import Article, Edition, NewsImage, OutboxEntry

CONTENT = Path(str(files("bulaq.demo"))) / "content"


def load(*, plain_pictures: bool = False) -> int:
    """Loads what is not there yet; returns how many articles were added. A second call adds nothing.

    `plain_pictures` leaves the drawings out: an empty field stands for each, with its caption and credit.
    """
    told = read_articles()
    present = set(
        Article.objects.filter(source_identity__startswith=identity("")).values_list(
            "source_identity", flat=True
        )
    )
    missing = [article for article in told if identity(article.key) not in present]
    if not missing and Edition.objects.exists():
        return 0
    drawn = pictures.draw_all(
        [(a.key, a.image.pattern) for a in missing if a.image is not None],
        plain=plain_pictures,
        progress=_progress("pictures / صور"),
    )
    with transaction.atomic():
        newsroom = newsroom_file.load(CONTENT / "newsroom.toml")
        standing.load(CONTENT / "standing.toml", newsroom.editions)
        named = topics.load(CONTENT / "topics.toml", told)
        now = timezone.now()
        for article in missing:
            articles.store(article, _image(article, drawn.get(article.key)), newsroom, named, now)
        links.load(told)
        readings.load(now)
        _tell_the_worker(missing)
    return len(missing)


def read_articles() -> list[ArticleFile]:
    """Every article of the demo, oldest first, so that ids grow with time as in a living newsroom."""
    found = [read_article_file(path) for path in sorted((CONTENT / "articles").glob("*.md"))]
    return sorted(found, key=lambda article: (-article.hours_ago, article.key))


def _progress(label: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else "\r"
            print(f"  {label}: {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show


def _image(article: ArticleFile, drawn: pictures.Drawn | None) -> NewsImage | None:
    if drawn is None or article.image is None:
        return None
    return pictures.store(
        drawn, title=article.headline[:200], caption=article.image.caption, credit=article.image.credit,
        alt=article.image.alt,
    )  # fmt: skip


def _tell_the_worker(added: Iterable[ArticleFile]) -> None:
    """They are not in the index yet, and nothing is related to them."""
    names = [identity(article.key) for article in added]
    OutboxEntry.objects.bulk_create(
        OutboxEntry(consumer=consumer, kind="publish", article_id=article_id, payload={})
        for article_id in Article.objects.filter(source_identity__in=names).values_list("pk", flat=True)
        for consumer in (OutboxEntry.Consumer.INDEX, OutboxEntry.Consumer.RELATED)
    )
