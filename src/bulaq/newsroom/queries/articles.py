"""Reading one article whole, as an edition shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from bulaq.newsroom import addresses
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    Byline,
    Edition,
    NewsImage,
    Publication,
    ReadAlso,
    Story,
)
from bulaq.newsroom.queries.headlines import by_ids
from bulaq.newsroom.queries.stories import story_of


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
    """The list after the text, without what the text itself recommends."""
    inline_read_also: Mapping[int, ReadAlsoLine]
    """What the text recommends between its paragraphs, by the place of the block in the body."""
    canonical: Publication
    """The canonical publication: this one, or the sister edition's."""
    translations: tuple[Publication, ...]
    """Publications of its translations, each in that one's canonical edition."""
    story: Story | None = None
    """The running story that it is a chapter of."""
    unseen: tuple[int, ...] = ()
    """Articles that it recommends and no reader can open now: the page changes when one of them is published."""

    @property
    def headline(self) -> str:
        """The headline as this edition prints it."""
        return self.publication.headline_override or self.article.headline

    @property
    def shown_ids(self) -> list[int]:
        """The articles whose headline stands on the page outside of its boxes."""
        lines = (*self.inline_read_also.values(), *self.read_also)
        return [self.article.pk, *(line.article_id for line in lines if line.article_id)]


def placement(edition: Edition, article_id: int) -> Publication | None:
    """Where the edition has the article, in whatever state."""
    found = (
        Publication.objects.filter(edition=edition, article_id=article_id).select_related("section").first()
    )
    if found is not None:
        found.edition = edition
    return found


def article_page(publication: Publication) -> ArticlePage:
    """All that the page of `publication` shows, in a fixed number of queries."""
    article = (
        Article.objects.select_related("lead_image")
        .prefetch_related(
            "lead_image__renditions",
            Prefetch("bylines", _bylines()),
            Prefetch("article_topics", ArticleTopic.objects.select_related("topic")),
            Prefetch("read_also", ReadAlso.objects.all()),
            "corrections",
        )
        .get(pk=publication.article_id)
    )
    return _assembled(article, publication)


def preview_page(article: Article, publication: Publication) -> ArticlePage:
    """The same of a text as it stands in the editor, with its unsaved bylines, topics, read-also and corrections."""
    return _assembled(article, publication)


def _assembled(article: Article, publication: Publication) -> ArticlePage:
    publication.article = article
    prefetch_related_objects(_body_images(article), "renditions")
    inline, listed, unseen = _read_also(publication.edition, article)
    family = [pk for pk in (article.translation_of_id, article.pk) if pk]
    canonicals = list(
        Publication.objects.filter(state=Publication.State.PUBLISHED, is_canonical=True)
        .filter(article_id__in=_translations(family))
        .select_related("edition", "section", "article")
    )
    canonical = next((p for p in canonicals if p.article_id == article.pk), publication)
    return ArticlePage(
        article=article,
        publication=publication,
        bylines=tuple(article.bylines.all()),
        topics=tuple(
            line for line in article.article_topics.all() if line.topic.stands_beside(article.language)
        ),
        read_also=listed,
        inline_read_also=inline,
        canonical=canonical,
        translations=tuple(p for p in canonicals if p.article_id != article.pk),
        story=story_of(article.pk) if article.pk else None,
        unseen=unseen,
    )


def _bylines() -> QuerySet[Byline]:
    return Byline.objects.select_related("person__portrait", "agency").prefetch_related(
        "person__portrait__renditions"
    )


def _translations(family: list[int]) -> QuerySet[Article, int]:
    # Both sides of the OR have an index of the same table, so that it stays two look-ups in any archive.
    return (
        Article.objects.filter(Q(pk__in=family) | Q(translation_of_id__in=family))
        .order_by()
        .values_list("pk", flat=True)
    )


def _body_images(article: Article) -> list[NewsImage]:
    pictures = (block.value.get("image") for block in article.body if block.block_type == "image")
    return [picture for picture in pictures if picture is not None]


def _read_also(
    edition: Edition, article: Article
) -> tuple[dict[int, ReadAlsoLine], tuple[ReadAlsoLine, ...], tuple[int, ...]]:
    """The recommendations within the text and after it: no headline twice, none of the article itself, none of an article
    of ours that no reader can open: those are the third. One that stands only in another edition of the same language
    leads there."""
    blocks = {
        place: block.value for place, block in enumerate(article.body) if block.block_type == "read_also"
    }
    lines = list(article.read_also.all())
    wanted = [value["article"].pk for value in blocks.values() if value["article"]]
    wanted += [line.target_id for line in lines if line.target_id]
    ours = {item.article_id: item for item in by_ids(edition, wanted)}
    elsewhere = _elsewhere(edition, [target for target in wanted if target not in ours])
    seen: set[int | str] = {article.pk}

    def chosen(target_id: int | None, headline: str, url: str) -> ReadAlsoLine | None:
        if target_id in ours:
            item = ours[target_id]
            line = ReadAlsoLine(item.headline, item.path, item.article_id)
        elif target_id in elsewhere:
            there = elsewhere[target_id]
            address = addresses.absolute(there.edition, addresses.of_publication(there))
            line = ReadAlsoLine(there.headline, address, target_id)
        elif target_id is not None:
            return None
        elif headline:
            line = ReadAlsoLine(headline, url, None)
        else:
            return None
        name = line.article_id or line.headline
        if name in seen:
            return None
        seen.update((name, line.headline))
        return line

    inline = {}
    for place, value in blocks.items():
        target = value["article"].pk if value["article"] else None
        line = chosen(target, value["headline"] or "", value["url"] or "")
        if line is not None:
            inline[place] = line
    listed = [chosen(line.target_id, line.headline, line.url) for line in lines]
    unseen = tuple(target for target in wanted if target not in ours and target not in elsewhere)
    return inline, tuple(line for line in listed if line is not None), unseen


def _elsewhere(edition: Edition, article_ids: list[int]) -> dict[int, Publication]:
    """Where other editions of the same language publish them, the canonical one first; nothing is asked when there are none."""
    if not article_ids:
        return {}
    published = Publication.objects.filter(
        article_id__in=article_ids, state=Publication.State.PUBLISHED
    ).select_related("edition", "section", "article")
    language = edition.profile.content_language
    readable = [each for each in published if each.edition.profile.content_language == language]
    return {each.article_id: each for each in sorted(readable, key=lambda p: (p.is_canonical, -p.pk))}
