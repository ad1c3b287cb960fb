"""Cards for messengers and social sites: OpenGraph (https://ogp.me) and what X reads besides."""

from __future__ import annotations

from collections.abc import Iterator

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Byline
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.editions import Site
from bulaq.reader.machine.descriptions import description, local_time, share_picture
from bulaq.reader.names import contributor_name

Meta = tuple[str, str]
"""A property's name and its content."""


def article(site: Site, page: ArticlePage) -> Iterator[Meta]:
    """The card of an article."""
    text, placed, profile = page.article, page.publication, site.profile
    canonical = addresses.absolute(page.canonical.edition, addresses.of_publication(page.canonical))
    picture = share_picture(page)
    section = site.section(placed.section_id)
    yield "og:type", "article"
    yield "og:title", page.headline
    yield from _described(description(text))
    yield "og:url", canonical
    yield from _edition(site)
    for other in page.translations:
        yield "og:locale:alternate", other.edition.profile.og_locale
    yield "og:image", picture.url
    yield "og:image:width", str(picture.width)
    yield "og:image:height", str(picture.height)
    if picture.alt:
        yield "og:image:alt", picture.alt
    yield "article:published_time", local_time(placed.published_at, profile)
    if placed.updated_at:
        yield "article:modified_time", local_time(placed.updated_at, profile)
    yield "article:section", section.name if section else placed.section.name
    for line in page.topics:
        yield "article:tag", line.topic.name
    writers = [line for line in page.bylines if line.role in (Byline.Role.WRITER, Byline.Role.INTERVIEWER)]
    for line in writers:
        yield "author", contributor_name(line, profile)
    yield "twitter:card", "summary_large_image"


def listing(
    site: Site, title: str, address: str, about: str, picture: str, *, kind: str = "website"
) -> Iterator[Meta]:
    """The card of a front, a list, a person's page. `picture`: a full address of a square picture."""
    yield "og:type", kind
    yield "og:title", title
    yield from _described(about)
    yield "og:url", address
    yield from _edition(site)
    yield "og:image", picture
    yield "twitter:card", "summary"


def _described(text: str) -> Iterator[Meta]:
    if text:
        yield "og:description", text


def _edition(site: Site) -> Iterator[Meta]:
    yield "og:site_name", site.edition.name
    yield "og:locale", site.profile.og_locale
