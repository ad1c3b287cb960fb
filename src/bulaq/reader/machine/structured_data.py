"""Schema.org data of fronts, lists and people as JSON-LD (https://schema.org, Google's guide to Breadcrumb), and what every
page has of it. That of an article is in `article_data`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from bulaq.arabic.truncation import cut
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import StandingPage, Story, Topic
from bulaq.newsroom.queries.headlines import Headline
from bulaq.reader.editions import SectionPlace, Site
from bulaq.reader.machine import icons
from bulaq.reader.machine.descriptions import LONGEST_DESCRIPTION, local_time
from bulaq.reader.names import person_path, topic_path

Data = dict[str, Any]

LISTED = 10
"""Headlines of a front that are listed: those a reader sees first. More would weigh on every page for nobody."""

TOPIC_TYPES: Mapping[str, str] = {
    Topic.Kind.PERSON: "Person",
    Topic.Kind.PLACE: "Place",
    Topic.Kind.ORGANISATION: "Organization",
    Topic.Kind.STORY: "Event",
    Topic.Kind.SUBJECT: "Thing",
}


def graph(*things: Data | None) -> Data:
    """Several things of one page in one block."""
    return {"@context": "https://schema.org", "@graph": [thing for thing in things if thing]}


def breadcrumb(site: Site, section: SectionPlace | None) -> Data:
    """From the front page to the section, as the row of links above an article shows it."""
    steps = [(site.profile.strings.home, addresses.home())]
    if section is not None:
        steps.append((section.name, section.path))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site.absolute(path)}
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


def publisher(site: Site) -> Data:
    """The newsroom as readers of this edition know it."""
    principles = settings.BULAQ.publishing_principles
    return without_empty(
        {
            "@type": "NewsMediaOrganization",
            "@id": publisher_id(site),
            "name": site.edition.name,
            "url": site.absolute(addresses.home()),
            "logo": {
                "@type": "ImageObject",
                "url": site.absolute(icons.path(512)),
                "width": 512,
                "height": 512,
            },
            "publishingPrinciples": principles,
        }
    )


def website(site: Site) -> Data:
    """The edition as a site that can be searched."""
    home = site.absolute(addresses.home())
    return without_empty(
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "url": home,
            "name": site.edition.name,
            "alternateName": site.edition.label,
            "description": site.edition.tagline,
            "inLanguage": site.profile.language,
            "publisher": {"@id": publisher_id(site)},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": site.absolute(addresses.search()) + "?q={search_term_string}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )


def home(site: Site, items: Iterable[Headline]) -> Data:
    """The front page."""
    return graph(
        website(site),
        publisher(site),
        collection(site, site.edition.name, site.absolute(addresses.home()), items),
    )


def collection(
    site: Site, name: str, address: str, items: Iterable[Headline], *, about: Data | None = None
) -> Data:
    """A page that lists headlines."""
    return without_empty(
        {
            "@type": "CollectionPage",
            "@id": f"{address}#page",
            "url": address,
            "name": name,
            "inLanguage": site.profile.language,
            "isPartOf": {"@id": f"{site.absolute(addresses.home())}#website"},
            "about": about,
            "mainEntity": _item_list(site, items),
        }
    )


def section(site: Site, place: SectionPlace, address: str, items: Iterable[Headline]) -> Data:
    """A section's front."""
    return graph(collection(site, place.name, address, items), breadcrumb(site, place))


def topic(site: Site, subject: Topic, address: str, items: Iterable[Headline]) -> Data:
    """A topic's page."""
    return graph(
        collection(site, subject.name, address, items, about=topic_thing(subject, site)),
        breadcrumb(site, None),
    )


def story(site: Site, running: Story, address: str, items: Iterable[Headline]) -> Data:
    """A running story's page."""
    return graph(collection(site, running.title, address, items), breadcrumb(site, None))


def standing_page(site: Site, found: StandingPage, address: str, about: str) -> Data:
    """What the edition says of itself."""
    return graph(
        without_empty(
            {
                "@type": "WebPage",
                "@id": f"{address}#page",
                "url": address,
                "name": found.title,
                "description": cut(about, LONGEST_DESCRIPTION) if about else "",
                "dateModified": local_time(found.changed_at, site.profile),
                "inLanguage": site.profile.language,
                "isPartOf": {"@id": f"{site.absolute(addresses.home())}#website"},
                "publisher": {"@id": publisher_id(site)},
            }
        ),
        breadcrumb(site, None),
        publisher(site),
    )


def profile_page(site: Site, person: Any, name: str, address: str) -> Data:
    """A person's page."""
    portrait = renditions.sources(person.portrait)
    return graph(
        {
            "@type": "ProfilePage",
            "@id": f"{address}#page",
            "url": address,
            "inLanguage": site.profile.language,
            "mainEntity": without_empty(
                {
                    "@type": "Person",
                    "name": name,
                    "alternateName": next(
                        (n for n in (person.name, person.name_latin) if n and n != name), None
                    ),
                    "jobTitle": person.role,
                    "description": person.biography,
                    "image": site.absolute(portrait.src) if portrait else None,
                    "url": site.absolute(person_path(person, site.profile)),
                    "worksFor": {"@id": publisher_id(site)},
                }
            ),
        },
        publisher(site),
    )


def topic_thing(topic: Topic, site: Site) -> Data:
    """What a topic is, with the address of its page."""
    return {
        "@type": TOPIC_TYPES.get(topic.kind, "Thing"),
        "name": topic.name,
        "url": site.absolute(topic_path(topic)),
    }


def _item_list(site: Site, items: Iterable[Headline]) -> Data | None:
    listed = list(items)[:LISTED]
    if not listed:
        return None
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": site.absolute(item.path)}
            for position, item in enumerate(listed, 1)
        ],
    }


def publisher_id(site: Site) -> str:
    """The name under which the other things of a page point to the newsroom."""
    return f"{site.absolute(addresses.home())}#publisher"


def without_empty(data: Data) -> Data:
    """The data without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}
