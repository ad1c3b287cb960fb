"""Links between the demo's articles: read-also, in lists and in bodies, and translations."""

from __future__ import annotations

from collections.abc import Iterable

from bulaq.demo import article_file, bodies
from bulaq.demo.articles import identity
from bulaq.newsroom.models import Article, ReadAlso


def load(files: Iterable[article_file.ArticleFile]) -> None:
    """Makes what is not there yet; possible only when all articles are there."""
    by_key = {
        article.source_identity.removeprefix(identity("")): article
        for article in Article.objects.filter(source_identity__startswith=identity(""))
    }
    linked = set(ReadAlso.objects.values_list("article_id", flat=True))
    lines: list[ReadAlso] = []
    for file in files:
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
