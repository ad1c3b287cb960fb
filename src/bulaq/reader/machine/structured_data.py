"""Schema.org data of each kind of page, as JSON-LD (https://schema.org, Google's guides to Article and Breadcrumb)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from bulaq.arabic.truncation import cut
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Byline, Publication, StandingPage, Story, Topic
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.newsroom.queries.headlines import Headline
from bulaq.reader.editions import SectionPlace, Site
from bulaq.reader.machine import icons
from bulaq.reader.machine.descriptions import (
    LONGEST_DESCRIPTION,
    description,
    full,
    local_time,
    share_picture,
)
from bulaq.reader.names import contributor_name, person_path, topic_path

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
AUTHORS = (Byline.Role.WRITER, Byline.Role.INTERVIEWER)


def graph(*things: Data | None) -> Data:
    """Several things of one page in one block."""
    return {"@context": "https://schema.org", "@graph": [thing for thing in things if thing]}


def article(site: Site, page: ArticlePage) -> Data:
    """An article with its breadcrumb and publisher. Times have the edition's offset; addresses are canonical."""
    section = site.section(page.publication.section_id)
    return graph(_news_article(site, page, section), breadcrumb(site, section), publisher(site))


def _news_article(site: Site, page: ArticlePage, section: SectionPlace | None) -> Data:
    text, placed, profile = page.article, page.publication, site.profile
    address = _canonical(page.canonical)
    picture = share_picture(page)
    images = [picture.url]
    largest = renditions.sources(text.lead_image)
    if largest is not None and not picture.drawn:
        images.append(full((largest.srcset or largest.src).rpartition(", ")[2].split(" ")[0], placed))
    authors = [_contributor(line, site) for line in page.bylines if line.role in AUTHORS]
    return _without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "mainEntityOfPage": address,
            "url": address,
            "headline": page.headline,
            "alternativeHeadline": text.kicker,
            "description": description(text),
            "image": images,
            "datePublished": local_time(placed.published_at, profile),
            "dateModified": local_time(placed.updated_at or placed.published_at, profile),
            "author": authors or [{"@id": _publisher_id(site)}],
            "editor": [_contributor(line, site) for line in page.bylines if line.role == Byline.Role.EDITOR],
            "translator": [
                _contributor(line, site) for line in page.bylines if line.role == Byline.Role.TRANSLATOR
            ],
            "publisher": {"@id": _publisher_id(site)},
            "articleSection": section.name if section else placed.section.name,
            "keywords": [line.topic.name for line in page.topics],
            "about": [_topic(line.topic, site) for line in page.topics],
            "inLanguage": text.language,
            "isAccessibleForFree": True,
            "locationCreated": {"@type": "Place", "name": text.dateline} if text.dateline else None,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": note.text,
                    "datePublished": local_time(note.corrected_at, profile),
                }
                for note in text.corrections.all()
            ],
            "isBasedOn": text.carrier_url,
            "sourceOrganization": _without_empty(
                {"@type": "Organization", "name": text.carrier_label, "url": text.carrier_url}
            )
            if text.carrier_label
            else None,
            "translationOfWork": next(iter(_works(page, text.translation_of_id)), None),
            "workTranslation": [
                _work(p) for p in page.translations if p.article.translation_of_id == text.pk
            ],
        }
    )


def _works(page: ArticlePage, article_id: int | None) -> list[Data]:
    return [_work(p) for p in page.translations if p.article_id == article_id]


def _work(publication: Publication) -> Data:
    # CreativeWork, not NewsArticle: the page must hold one article and one only to whoever looks for its article.
    return {
        "@type": "CreativeWork",
        "@id": f"{_canonical(publication)}#article",
        "url": _canonical(publication),
        "name": publication.headline,
        "inLanguage": publication.article.language,
    }


def _contributor(line: Byline, site: Site) -> Data:
    name = contributor_name(line, site.profile)
    if line.person is not None:
        return {"@type": "Person", "name": name, "url": site.absolute(person_path(line.person, site.profile))}
    return _without_empty({"@type": "Organization", "name": name, "url": line.agency.url})


def _topic(topic: Topic, site: Site) -> Data:
    return {"@type": TOPIC_TYPES[topic.kind], "name": topic.name, "url": site.absolute(topic_path(topic))}


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
    return _without_empty(
        {
            "@type": "NewsMediaOrganization",
            "@id": _publisher_id(site),
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
    return _without_empty(
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "url": home,
            "name": site.edition.name,
            "alternateName": site.edition.label,
            "description": site.edition.tagline,
            "inLanguage": site.profile.language,
            "publisher": {"@id": _publisher_id(site)},
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
    return _without_empty(
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
        collection(site, subject.name, address, items, about=_topic(subject, site)), breadcrumb(site, None)
    )


def story(site: Site, running: Story, address: str, items: Iterable[Headline]) -> Data:
    """A running story's page."""
    return graph(collection(site, running.title, address, items), breadcrumb(site, None))


def standing_page(site: Site, found: StandingPage, address: str, about: str) -> Data:
    """What the edition says of itself."""
    return graph(
        _without_empty(
            {
                "@type": "WebPage",
                "@id": f"{address}#page",
                "url": address,
                "name": found.title,
                "description": cut(about, LONGEST_DESCRIPTION) if about else "",
                "dateModified": local_time(found.changed_at, site.profile),
                "inLanguage": site.profile.language,
                "isPartOf": {"@id": f"{site.absolute(addresses.home())}#website"},
                "publisher": {"@id": _publisher_id(site)},
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
            "mainEntity": _without_empty(
                {
                    "@type": "Person",
                    "name": name,
                    "alternateName": next(
                        (n for n in (person.name, person.name_latin) if n and n != name), None
                    ),
                    "jobTitle": person.role,
                    "description": person.biography,
                    "image": _full(site, portrait.src) if portrait else None,
                    "url": site.absolute(person_path(person, site.profile)),
                    "worksFor": {"@id": _publisher_id(site)},
                }
            ),
        },
        publisher(site),
    )


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


def _canonical(publication: Publication) -> str:
    return addresses.absolute(publication.edition, addresses.of_publication(publication))


def _full(site: Site, address: str) -> str:
    return site.absolute(address) if address.startswith("/") else address


def _publisher_id(site: Site) -> str:
    return f"{site.absolute(addresses.home())}#publisher"


def _without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}
