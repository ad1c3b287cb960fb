"""What the head of each page holds for machines; enters the templates through `bulaq.reader.head`.

The templates themselves print what belongs to the page's own words: title, the canonical address of articles and lists,
an article's description and translations, `noindex`. This adds the rest: cards, structured data, icons, manifest, feeds.

Read from a template's context: `site` (always), `noindex`, `canonical`, `older`, `newest`; and what tells the kind of
page: `page` with `article` (an article), `front` (home), `person` with `name`, `topic`, `story` with `told`, `standing`,
`day`, `section`; `items`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bulaq.arabic.truncation import cut
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Edition
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.editions import Site
from bulaq.reader.machine import icons, open_graph, structured_data
from bulaq.reader.machine.descriptions import LONGEST_DESCRIPTION, beginning, description
from bulaq.reader.machine.safe_json import data_block
from bulaq.reader.names import person_path, story_path, topic_path

FEED_TYPES = (
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("json", "application/feed+json"),
)

Context = Mapping[str, Any]


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
    yield data_block(structured_data.article(site, page))


# ── Fronts, lists, people ───────────────────────────────────────────────────────────────────────────────────────


def _listing(site: Site, context: Context) -> Iterator[SafeString]:
    edition = site.edition
    here = context.get("canonical")
    front, person, topic = context.get("front"), context.get("person"), context.get("topic")
    story, standing = context.get("story"), context.get("standing")
    section, day, items = context.get("section"), context.get("day"), context.get("items") or ()
    picture = site.absolute(icons.path(512))
    if front is not None:
        here = here or site.absolute(addresses.home())
        title, about = edition.name, edition.tagline or edition.label
        data = structured_data.home(site, _on_front(front))
        yield (
            format_html('<link rel="canonical" href="{}">', here)
            if not context.get("canonical")
            else SafeString()
        )
        yield from _sisters(site)
        yield format_html(
            '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="{}">',
            edition.name,
        )
        yield from _feeds(addresses.home(), edition.name, known=("rss",))
    elif person is not None:
        title, about = context["name"], person.biography or person.role
        data = structured_data.profile_page(site, person, title, here)
        if portrait := renditions.sources(person.portrait):
            picture = site.absolute(portrait.src) if portrait.src.startswith("/") else portrait.src
        yield from _feeds(person_path(person, site.profile), title)
    elif topic is not None:
        title = topic.name
        about = topic.description or site.profile.strings.topic_articles.format(name=topic.name)
        data = structured_data.topic(site, topic, here, items)
        yield from _feeds(topic_path(topic), title)
    elif story is not None:
        title = story.title
        about = site.profile.strings.running_story.format(title=title)
        data = structured_data.story(site, story, here, context["told"].items)
        yield from _feeds(story_path(story), title, known=("rss",))
    elif standing is not None:
        title, about = standing.title, standing.description or beginning(standing.body)
        data = structured_data.standing_page(site, standing, here, about)
    elif day is not None:
        title = about = site.profile.strings.archive_of.format(date=day.isoformat())
        data = structured_data.graph(structured_data.collection(site, title, here, items))
    elif section is not None and here:
        title = section.name
        about = f"{section.name} – {edition.name}"
        data = structured_data.section(site, section, here, items)
        yield from _feeds(section.path, title, known=("rss",))
    else:
        return
    if context.get("older"):
        yield format_html('<link rel="next" href="{}">', context["older"])
    if about := cut(about, LONGEST_DESCRIPTION) if about else "":
        yield format_html('<meta name="description" content="{}">', about)
    kind = "profile" if person is not None else "website"
    yield _metas(open_graph.listing(site, title, here, about, picture, kind=kind))
    yield data_block(data)


def _on_front(front: Any) -> Iterator[Any]:
    if front.lead:
        yield front.lead
    yield from front.seconds
    if front.latest:
        yield from front.latest.items
    for band in front.bands:
        yield from band.items


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
