"""Reading one article whole, as an edition shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, ArticleTopic, Byline, Edition, Publication, ReadAlso
from bulaq.newsroom.queries.headlines import Headline, by_ids


@dataclass(frozen=True, slots=True)
class ReadAlsoLine:
    """One line of «قد يهمك أيضاً»: ours (with `article_id`), or a headline that points elsewhere or nowhere."""

    headline: str
    url: str
    article_id: int | None


@dataclass(frozen=True)
class ArticlePage:
    """An article and where it stands, with all that its page shows."""

    article: Article
    publication: Publication
    bylines: tuple[Byline, ...]
    topics: tuple[ArticleTopic, ...]
    read_also: tuple[ReadAlsoLine, ...]
    canonical: Publication
    """The canonical publication: this one, or the sister edition's."""
    translations: tuple[Publication, ...]
    """Publications of its translations, each in that one's canonical edition."""

    @property
    def headline(self) -> str:
        """The headline as this edition prints it."""
        return self.publication.headline_override or self.article.headline

    @property
    def shown_ids(self) -> list[int]:
        """The articles whose headline stands on the page outside of its boxes."""
        return [self.article.pk, *(line.article_id for line in self.read_also if line.article_id)]


def placement(edition: Edition, article_id: int) -> Publication | None:
    """Where the edition has the article, in whatever state."""
    return (
        Publication.objects.filter(edition=edition, article_id=article_id)
        .select_related("section", "edition")
        .first()
    )


def article_page(publication: Publication) -> ArticlePage:
    """All that the page of `publication` shows, in a fixed number of queries."""
    edition = publication.edition
    article = (
        Article.objects.select_related("lead_image")
        .prefetch_related(
            "lead_image__renditions",
            Prefetch("bylines", Byline.objects.select_related("person", "agency")),
            Prefetch(
                "article_topics", ArticleTopic.objects.select_related("topic").filter(topic__accepted=True)
            ),
            Prefetch("read_also", ReadAlso.objects.all()),
            "corrections",
        )
        .get(pk=publication.article_id)
    )
    publication.article = article
    family = [pk for pk in (article.translation_of_id, article.pk) if pk]
    canonicals = list(
        Publication.objects.filter(state=Publication.State.PUBLISHED, is_canonical=True)
        .filter(article_id__in=_translation_ids(article, family))
        .select_related("edition", "section", "article")
    )
    canonical = next((p for p in canonicals if p.article_id == article.pk), publication)
    return ArticlePage(
        article=article,
        publication=publication,
        bylines=tuple(article.bylines.all()),
        topics=tuple(article.article_topics.all()),
        read_also=tuple(_read_also(edition, article)),
        canonical=canonical,
        translations=tuple(p for p in canonicals if p.article_id != article.pk),
    )


def _translation_ids(article: Article, family: list[int]) -> list[int]:
    siblings = Article.objects.filter(translation_of_id__in=family).values_list("pk", flat=True)
    return list({*family, *siblings})


def _read_also(edition: Edition, article: Article) -> list[ReadAlsoLine]:
    lines = list(article.read_also.all())
    ours: dict[int, Headline] = {
        item.article_id: item
        for item in by_ids(edition, [line.target_id for line in lines if line.target_id])
    }
    found: list[ReadAlsoLine] = []
    for line in lines:
        if line.target_id in ours:
            item = ours[line.target_id]
            found.append(ReadAlsoLine(item.headline, item.path, item.article_id))
        elif line.headline:
            found.append(ReadAlsoLine(line.headline, line.url, None))
    return found


def legacy_target(edition: Edition, path: str) -> str | None:
    """Where an old address leads in this edition, or None."""
    from bulaq.newsroom.legacy_paths import find

    article_id = find(edition, path)
    if article_id is None:
        return None
    publication = placement(edition, article_id)
    if publication is None or publication.state != Publication.State.PUBLISHED:
        return None
    return addresses.of_publication(publication)
