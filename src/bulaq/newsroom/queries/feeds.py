"""Reading articles with their whole text for feeds, in a fixed number of queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from bulaq.newsroom.models import Article, ArticleTopic, Byline, Edition, Publication, StoryArticle

AUTHORS = (Byline.Role.WRITER, Byline.Role.INTERVIEWER)


@dataclass(frozen=True, slots=True)
class FeedArticle:
    """An article as an edition publishes it, with all that an entry of a feed tells."""

    article: Article
    publication: Publication
    canonical: Publication
    authors: tuple[Byline, ...]
    topics: tuple[ArticleTopic, ...]


def of_edition(edition: Edition, limit: int, *, section_id: int | None = None) -> list[FeedArticle]:
    """The newest of an edition, or of one of its sections."""
    placed = Publication.objects.all()
    if section_id is not None:
        placed = placed.filter(section_id=section_id)
    return _read(edition, placed, limit)


def of_author(edition: Edition, person_id: int, limit: int) -> list[FeedArticle]:
    """The newest that a person made."""
    theirs = Byline.objects.filter(article_id=OuterRef("article_id"), person_id=person_id)
    return _read(edition, Publication.objects.filter(Exists(theirs)), limit)


def of_topic(edition: Edition, topic_id: int, limit: int) -> list[FeedArticle]:
    """The newest on a topic."""
    about = ArticleTopic.objects.filter(article_id=OuterRef("article_id"), topic_id=topic_id)
    return _read(edition, Publication.objects.filter(Exists(about)), limit)


def of_story(edition: Edition, story_id: int, limit: int) -> list[FeedArticle]:
    """The newest of a running story."""
    members = StoryArticle.objects.filter(story_id=story_id, taken_out=False).values_list(
        "article_id", flat=True
    )
    return _read(edition, Publication.objects.filter(article_id__in=list(members)), limit)


def _read(edition: Edition, placed: QuerySet[Publication], limit: int) -> list[FeedArticle]:
    found = list(
        placed.filter(edition=edition, state=Publication.State.PUBLISHED)
        .select_related("edition", "section", "article__lead_image")
        .prefetch_related(
            "article__lead_image__renditions",
            Prefetch("article__bylines", Byline.objects.select_related("person", "agency")),
            Prefetch("article__article_topics", ArticleTopic.objects.select_related("topic")),
        )
        .order_by(F("published_at").desc(), F("id").desc())[:limit]
    )
    elsewhere = [publication.article_id for publication in found if not publication.is_canonical]
    canonical = {
        publication.article_id: publication
        for publication in Publication.objects.filter(
            article_id__in=elsewhere, is_canonical=True, state=Publication.State.PUBLISHED
        ).select_related("edition", "section")
    }
    return [
        FeedArticle(
            article=publication.article,
            publication=publication,
            canonical=canonical.get(publication.article_id, publication),
            authors=tuple(line for line in publication.article.bylines.all() if line.role in AUTHORS),
            topics=tuple(
                line
                for line in publication.article.article_topics.all()
                if line.topic.stands_beside(publication.article.language)
            ),
        )
        for publication in found
    ]
