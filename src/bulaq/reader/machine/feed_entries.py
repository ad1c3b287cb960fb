"""The entries of a feed: headlines with their whole text, read in a fixed number of queries whatever their number.

The body is made from its stored form, not from Wagtail's blocks: those look up their pictures article by article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.article_links import drawn_for
from bulaq.newsroom.models import NewsImage
from bulaq.newsroom.queries.feeds import FeedArticle
from bulaq.reader.editions import Site
from bulaq.reader.machine.descriptions import description
from bulaq.reader.machine.feed_text import body_html, clean, figure, pictures_in, rich_texts_in
from bulaq.reader.names import contributor_name


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture to fetch."""

    url: str
    media_type: str
    length: int
    """Bytes; 0 when the store does not tell."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, its texts free of characters that XML 1.0 forbids."""

    identity: str
    """The canonical address: the same in every edition's feed, so that a reader of two is shown it once."""
    address: str
    title: str
    summary: str
    html: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published_at: datetime
    updated_at: datetime
    language: str
    picture: Enclosure | None


def entries(site: Site, articles: Sequence[FeedArticle]) -> list[Entry]:
    """The articles as entries of this edition's feeds."""
    images = _images(articles)
    sources = [text for found in articles for text in rich_texts_in(found.article.body.raw_data)]
    with drawn_for(site.edition, sources):
        return [_entry(site, found, images) for found in articles]


def _images(articles: Iterable[FeedArticle]) -> dict[int, NewsImage]:
    wanted = {number for found in articles for number in pictures_in(found.article.body.raw_data)}
    if not wanted:
        return {}
    return {
        image.pk: image for image in NewsImage.objects.filter(pk__in=wanted).prefetch_related("renditions")
    }


def _entry(site: Site, found: FeedArticle, images: Mapping[int, NewsImage]) -> Entry:
    article, placed = found.article, found.publication
    section = site.section(placed.section_id)
    lead = _figure(site, article.lead_image, article)
    return Entry(
        identity=addresses.absolute(found.canonical.edition, addresses.of_publication(found.canonical)),
        address=site.absolute(addresses.of_publication(placed)),
        title=clean(placed.headline),
        summary=clean(description(article)),
        html=clean(lead + body_html(article.body.raw_data, images, site.absolute)),
        authors=tuple(clean(contributor_name(line, site.profile)) for line in found.authors),
        categories=tuple(
            dict.fromkeys(
                clean(name)
                for name in (
                    section.name if section else placed.section.name,
                    *(t.topic.name for t in found.topics),
                )
            )
        ),
        published_at=placed.published_at.astimezone(site.profile.zone),
        updated_at=(placed.updated_at or placed.published_at).astimezone(site.profile.zone),
        language=article.language,
        picture=_enclosure(site, article.lead_image),
    )


def _figure(site: Site, image: NewsImage | None, article: Any) -> str:
    caption = article.lead_caption or (image.caption if image else "")
    credit = article.lead_credit or (image.credit if image else "")
    alt = article.lead_alt or (image.description if image else "")
    return figure(renditions.sources(image), caption, credit, alt, site.absolute)


def _enclosure(site: Site, image: NewsImage | None) -> Enclosure | None:
    found = renditions.share(image)
    if found is None:
        return None
    rendition = next((r for r in image.renditions.all() if r.filter_spec == renditions.SHARE_SPEC), None)
    try:
        length = rendition.file.size if rendition else 0
    except OSError:
        length = 0
    url = site.absolute(found.src)
    return Enclosure(url, "image/jpeg", length, found.width, found.height)
