"""What fronts, lists and people's pages say of themselves to machines, whatever the form: title, sentence, data, picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulaq.newsroom import addresses, renditions
from bulaq.reader.editions import Site
from bulaq.reader.machine import icons, structured_data
from bulaq.reader.machine.descriptions import beginning
from bulaq.reader.names import person_path, story_path, topic_path

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """``here``: the full address. ``about``: a sentence or more, "" when there is none. ``path``: of what has feeds, and
    ``printed`` the kinds of them that the template links to itself. ``picture``: a full address; ``kind``: OpenGraph's."""

    here: str
    title: str
    about: str
    data: structured_data.Data
    picture: str
    path: str = ""
    printed: tuple[str, ...] = ()
    kind: str = "website"


def listing(site: Site, context: Context) -> Listing | None:
    """Of the page that the template's context tells; None for a page that has nothing to say (search, errors)."""
    for name, told in _KINDS.items():
        if context.get(name) is not None:
            return told(site, context)
    return None


def _home(site: Site, context: Context) -> Listing:
    edition = site.edition
    return Listing(
        context.get("canonical") or site.absolute(addresses.home()),
        edition.name,
        edition.tagline or edition.label,
        structured_data.home(site, _on_front(context["front"])),
        _sign(site),
        path=addresses.home(),
        printed=("rss",),
    )


def _on_front(front: Any) -> Iterator[Any]:
    if front.lead:
        yield front.lead
    yield from front.seconds
    if front.latest:
        yield from front.latest.items
    for band in front.bands:
        yield from band.items


def _person(site: Site, context: Context) -> Listing:
    person, name, here = context["person"], context["name"], context.get("canonical")
    portrait = renditions.sources(person.portrait)
    return Listing(
        here,
        name,
        person.biography or person.role,
        structured_data.profile_page(site, person, name, here),
        site.absolute(portrait.src) if portrait else _sign(site),
        path=person_path(person, site.profile),
        kind="profile",
    )


def _topic(site: Site, context: Context) -> Listing:
    topic, here = context["topic"], context.get("canonical")
    return Listing(
        here,
        topic.name,
        topic.description or site.profile.strings.topic_articles.format(name=topic.name),
        structured_data.topic(site, topic, here, context.get("items") or ()),
        _sign(site),
        path=topic_path(topic),
    )


def _story(site: Site, context: Context) -> Listing:
    story, here = context["story"], context.get("canonical")
    return Listing(
        here,
        story.title,
        site.profile.strings.running_story.format(title=story.title),
        structured_data.story(site, story, here, context["told"].items),
        _sign(site),
        path=story_path(story),
        printed=("rss",),
    )


def _standing(site: Site, context: Context) -> Listing:
    page, here = context["standing"], context.get("canonical")
    about = page.description or beginning(page.body)
    data = structured_data.standing_page(site, page, here, about)
    return Listing(here, page.title, about, data, _sign(site))


def _day(site: Site, context: Context) -> Listing:
    here = context.get("canonical")
    title = site.profile.strings.archive_of.format(date=context["day"].isoformat())
    listed = structured_data.collection(site, title, here, context.get("items") or ())
    return Listing(here, title, title, structured_data.graph(listed), _sign(site))


def _section(site: Site, context: Context) -> Listing | None:
    section, here = context["section"], context.get("canonical")
    if not here:
        return None
    return Listing(
        here,
        section.name,
        f"{section.name} – {site.edition.name}",
        structured_data.section(site, section, here, context.get("items") or ()),
        _sign(site),
        path=section.path,
        printed=("rss",),
    )


def _sign(site: Site) -> str:
    """The edition's own, for pages without a picture."""
    return site.absolute(icons.path(512))


_KINDS: Mapping[str, Callable[[Site, Context], Listing | None]] = {
    "front": _home,
    "person": _person,
    "topic": _topic,
    "story": _story,
    "standing": _standing,
    "day": _day,
    "section": _section,
}
"""By the name in the context that tells the kind of page; the first that is there."""
