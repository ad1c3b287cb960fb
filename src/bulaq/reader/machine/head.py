"""What the head of each page holds for machines; enters the templates through `bulaq.reader.head`.

The templates themselves print what belongs to the page's own words: title, the canonical address of articles and lists,
an article's description and translations, `noindex`. This adds the rest: cards, structured data, icons, manifest, feeds.

Read from a template's context: `site` (always), `noindex`, `canonical`, `older`, `newest`; and what tells the kind of
page: `page` with `article` (an article), `front` (home), `person` with `name`, `topic`, `story` with `told`, `standing`,
`day`, `section`; `items`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bulaq.arabic.truncation import cut
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Edition
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.editions import Site
from bulaq.reader.machine import article_data, icons, open_graph
from bulaq.reader.machine.descriptions import LONGEST_DESCRIPTION, description
from bulaq.reader.machine.listings import Context, Listing, listing
from bulaq.reader.machine.safe_json import data_block

FEED_TYPES = (
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("json", "application/feed+json"),
)


def machine_head(context: Context) -> str:
    """The part of `head` that is written here."""
    site: Site | None = context.get("site")
    if site is None:
        return ""
    parts = [_installation()]
    if not context.get("noindex"):
        parts.append(mark_safe('<meta name="robots" content="max-image-preview:large">'))
        page = context.get("page")
        if isinstance(page, ArticlePage):
            parts += _article(site, page)
        else:
            parts += _listing(site, context)
    return "".join(parts)


def _installation() -> SafeString:
    return format_html(
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="icon" href="/favicon.ico" sizes="32x32">'
        '<link rel="apple-touch-icon" href="{}"><link rel="manifest" href="/manifest.webmanifest">',
        icons.path(180),
    )


# ── An article ──────────────────────────────────────────────────────────────────────────────────────────────────


def _article(site: Site, page: ArticlePage) -> Iterator[SafeString]:
    # A text without a standfirst is described by its beginning; with one the template has said it already.
    if not page.article.standfirst and (text := description(page.article)):
        yield format_html('<meta name="description" content="{}">', text)
    if page.translations:
        original = next(
            (p for p in (page.canonical, *page.translations) if p.article.translation_of_id is None),
            page.canonical,
        )
        yield _alternate(
            "x-default", addresses.absolute(original.edition, addresses.of_publication(original))
        )
    yield _metas(open_graph.article(site, page))
    yield data_block(article_data.article(site, page))


# ── Fronts, lists, people ───────────────────────────────────────────────────────────────────────────────────────


def _listing(site: Site, context: Context) -> Iterator[SafeString]:
    told = listing(site, context)
    if told is None:
        return
    if context.get("front") is not None:
        yield from _front(site, context, told)
    if told.path:
        yield from _feeds(told.path, told.title, known=told.printed)
    if context.get("older"):
        yield format_html('<link rel="next" href="{}">', context["older"])
    about = cut(told.about, LONGEST_DESCRIPTION) if told.about else ""
    if about:
        yield format_html('<meta name="description" content="{}">', about)
    yield _metas(open_graph.listing(site, told.title, told.here, about, told.picture, kind=told.kind))
    yield data_block(told.data)


def _front(site: Site, context: Context, told: Listing) -> Iterator[SafeString]:
    """What an edition says of itself on its front alone."""
    if not context.get("canonical"):
        yield format_html('<link rel="canonical" href="{}">', told.here)
    yield from _sisters(site)
    yield format_html(
        '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="{}">',
        site.edition.name,
    )


def _sisters(site: Site) -> Iterator[SafeString]:
    """The front pages of the network, by the language and country they speak to."""
    if len(site.sisters) < 2:
        return
    spoken: dict[str, Edition] = {}
    for sister in site.sisters:
        spoken.setdefault(sister.profile.language, sister)
    for language, sister in spoken.items():
        yield _alternate(language, addresses.absolute(sister, addresses.home()))
    default = next((sister for sister in site.sisters if sister.is_default), site.sisters[0])
    yield _alternate("x-default", addresses.absolute(default, addresses.home()))


def _feeds(path: str, title: str, known: Iterable[str] = ()) -> Iterator[SafeString]:
    """Links to the feeds of the page at `path`, without those that the template prints itself."""
    for kind, media_type in FEED_TYPES:
        if kind not in known:
            yield format_html(
                '<link rel="alternate" type="{}" href="{}" title="{}">',
                media_type,
                addresses.feed_of(path, kind),
                title,
            )


def _alternate(language: str, address: str) -> SafeString:
    return format_html('<link rel="alternate" hreflang="{}" href="{}">', language, address)


def _metas(metas: Iterable[open_graph.Meta]) -> SafeString:
    """`property` for OpenGraph's names, `name` for the others, as each is read."""
    return format_html_join(
        "",
        '<meta {}="{}" content="{}">',
        (
            ("name" if name == "author" or name.startswith("twitter:") else "property", name, content)
            for name, content in metas
        ),
    )
