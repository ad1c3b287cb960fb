"""One article of the demo, from its file into the newsroom: published, with hours counted back from the loading."""

from __future__ import annotations

from datetime import datetime, timedelta

from bulaq.arabic.slugs import slug as make_slug
from bulaq.demo import bodies
from bulaq.demo.article_file import ArticleFile
from bulaq.demo.newsroom_file import Newsroom
from bulaq.demo.topics import Topics
from bulaq.newsroom.models import Article, ArticleTopic, Byline, Correction, NewsImage, Publication

_CORRECTED_AFTER = timedelta(minutes=40)
"""A correction comes no sooner after its article, however young that is."""
_TAKEN_OVER_AFTER = 35
"""Minutes between the edition that wrote an article and each sister that takes it over."""


def identity(key: str) -> str:
    """The name under which a demo article is known across loadings."""
    return f"demo:{key}"


def store(
    file: ArticleFile, image: NewsImage | None, newsroom: Newsroom, topics: Topics, now: datetime
) -> None:
    """The article with all that belongs to it alone; links between articles come when all are there."""
    published = now - timedelta(hours=file.hours_ago)
    article = Article.objects.create(
        language=file.lang,
        source_identity=identity(file.key),
        kicker=file.kicker,
        headline=file.headline,
        standfirst=file.standfirst,
        dateline=file.dateline,
        section=newsroom.sections[file.section],
        lead_image=image,
        carrier_label=file.carrier,
        body=bodies.stream(file.body),
        live=True,
        first_published_at=published,
        last_published_at=published,
        created_at=published,
    )
    _sign(article, file, newsroom)
    ArticleTopic.objects.bulk_create(
        ArticleTopic(article=article, sort_order=order, topic=topics[topic.name, file.lang])
        for order, topic in enumerate(file.topics)
    )
    _correct(article, file, published, now)
    _publish(article, file, newsroom, published)


def _sign(article: Article, file: ArticleFile, newsroom: Newsroom) -> None:
    people = [{"person": newsroom.people[key]} for key in file.authors]
    agencies = [{"agency": newsroom.agencies[key]} for key in file.agencies]
    Byline.objects.bulk_create(
        Byline(article=article, sort_order=order, **contributor)
        for order, contributor in enumerate([*people, *agencies])
    )


def _correct(article: Article, file: ArticleFile, published: datetime, now: datetime) -> None:
    notes = [
        Correction(
            article=article,
            sort_order=order,
            text=correction.text,
            corrected_at=max(now - timedelta(hours=correction.hours_ago), published + _CORRECTED_AFTER),
        )
        for order, correction in enumerate(file.corrections)
    ]
    if notes:
        Correction.objects.bulk_create(notes)
        article.text_updated_at = max(note.corrected_at for note in notes)
        article.save(update_fields=["text_updated_at"])


def _publish(article: Article, file: ArticleFile, newsroom: Newsroom, published: datetime) -> None:
    oldest = int(file.hours_ago * 60)
    Publication.objects.bulk_create(
        Publication(
            article=article,
            edition=newsroom.editions[slug],
            section=newsroom.sections[file.section],
            state=Publication.State.PUBLISHED,
            published_at=published + timedelta(minutes=min(_TAKEN_OVER_AFTER * place, oldest)),
            updated_at=article.text_updated_at,
            slug=make_slug(file.headline),
            is_canonical=place == 0,
        )
        for place, slug in enumerate(file.editions)
    )
