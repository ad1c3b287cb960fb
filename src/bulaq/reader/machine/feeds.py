"""Feeds of an edition, a section, a person, a topic and a story: `…/feed/` (RSS), `…/feed/atom/`, `…/feed/json/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.actions.stories import box_key
from bulaq.newsroom.queries import feeds, people, stories, topics
from bulaq.newsroom.queries.feeds import FeedArticle
from bulaq.reader.editions import Site
from bulaq.reader.machine import icons
from bulaq.reader.machine.feed_entries import entries
from bulaq.reader.machine.feed_formats import FORMATS, Feed
from bulaq.reader.machine.feed_text import clean
from bulaq.reader.names import person_name, person_path, story_path, topic_path
from bulaq.reader.renamed_sections import renamed_section
from bulaq.reader.responses import moved, with_policy
from bulaq.reader.views.errors import not_found


def edition_feed(request: HttpRequest, kind: str = "rss") -> HttpResponse:
    """Everything an edition publishes."""
    site: Site | None = request.site
    if site is None:
        return not_found(request)
    edition = site.edition
    found = feeds.of_edition(edition, site.profile.counts.feed)
    return _answer(
        site, kind, edition.name, edition.tagline or edition.label, addresses.home(), found,
        [keys.box("feed", edition.pk)], announced=True,
    )  # fmt: skip


def section_feed(request: HttpRequest, section: str, kind: str = "rss") -> HttpResponse:
    """What stands in a section."""
    site: Site | None = request.site
    place = site.section_by_slug(section) if site is not None else None
    if place is None:
        return renamed_section(request, section) or not_found(request)
    found = feeds.of_edition(site.edition, site.profile.counts.feed, section_id=place.id)
    title = f"{place.name} – {site.edition.name}"
    wanted = [keys.section(place.id), keys.box("section", f"{site.edition.pk}-{place.id}")]
    return _answer(site, kind, title, title, place.path, found, wanted, announced=True)


def author_feed(request: HttpRequest, identity: int, slug: str, kind: str = "rss") -> HttpResponse:
    """What a person made; not there for a person of whom this edition has nothing."""
    site: Site | None = request.site
    person = people.person(identity) if site is not None else None
    found = feeds.of_author(site.edition, person.pk, site.profile.counts.feed) if person is not None else []
    if not found:
        return not_found(request)
    path = person_path(person, site.profile)
    if redirect := moved(request, addresses.feed_of(path, kind), [keys.author(identity)]):
        return redirect
    name = person_name(person, site.profile)
    about = site.profile.strings.author_articles.format(name=name)
    wanted = [keys.author(identity), keys.box("author", identity)]
    return _answer(site, kind, f"{name} – {site.edition.name}", about, path, found, wanted)


def topic_feed(request: HttpRequest, identity: int, slug: str, kind: str = "rss") -> HttpResponse:
    """What was published on a topic; not there for a topic on which this edition has nothing."""
    site: Site | None = request.site
    topic = topics.topic(identity) if site is not None else None
    found = feeds.of_topic(site.edition, topic.pk, site.profile.counts.feed) if topic is not None else []
    if not found:
        return not_found(request)
    path = topic_path(topic)
    if redirect := moved(request, addresses.feed_of(path, kind), [keys.topic(identity)]):
        return redirect
    about = topic.description or site.profile.strings.topic_articles.format(name=topic.name)
    wanted = [keys.topic(identity), keys.box("topic", identity)]
    return _answer(site, kind, f"{topic.name} – {site.edition.name}", about, path, found, wanted)


def story_feed(request: HttpRequest, identity: int, slug: str, kind: str = "rss") -> HttpResponse:
    """The newest chapters of a running story."""
    site: Site | None = request.site
    story = stories.story(identity) if site is not None else None
    if story is None or not story.is_public:
        return not_found(request)
    found = feeds.of_story(site.edition, story.pk, site.profile.counts.feed)
    if not found:
        return not_found(request)
    path = story_path(story)
    wanted = [box_key(identity), box_key(story.pk)]
    if redirect := moved(request, addresses.feed_of(path, kind), wanted):
        return redirect
    about = site.profile.strings.running_story.format(title=story.title)
    return _answer(site, kind, f"{story.title} – {site.edition.name}", about, path, found, wanted)


def _answer(
    site: Site,
    kind: str,
    title: str,
    about: str,
    path: str,
    found: Sequence[FeedArticle],
    surrogate_keys: Iterable[str],
    *,
    announced: bool = False,
) -> HttpResponse:
    write, media_type = FORMATS[kind]
    feed = Feed(
        title=clean(title),
        description=clean(about),
        language=site.profile.language,
        home=site.absolute(path),
        addresses={each: site.absolute(addresses.feed_of(path, each)) for each in FORMATS},
        icon=site.absolute(icons.path(192)),
        small_icon=site.absolute(icons.path(144)),
        publisher=clean(site.edition.name),
        # Hubs are told of the feeds of editions and sections alone (`pings`): another would promise in vain.
        hubs=settings.BULAQ.websub_hubs if announced else (),
        entries=entries(site, found),
    )
    response = HttpResponse(write(feed), content_type=media_type)
    for hub in feed.hubs:
        response.headers["Link"] = ", ".join(filter(None, [response.get("Link"), f'<{hub}>; rel="hub"']))
    if feed.hubs:
        response["Link"] += f', <{feed.addresses[kind]}>; rel="self"'
    # A feed is for other programs wherever they run: a page of another site may read it.
    response["Access-Control-Allow-Origin"] = "*"
    return with_policy(
        response,
        policies.FEED,
        [
            *surrogate_keys,
            keys.edition(site.edition.pk),
            *(keys.article(article.publication.article_id) for article in found),
        ],
    )
