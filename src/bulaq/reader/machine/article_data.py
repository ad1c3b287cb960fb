"""Schema.org data of an article as JSON-LD (https://schema.org/NewsArticle, Google's guide to Article)."""

from __future__ import annotations

from collections.abc import Iterator

from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Article, Byline, Correction, Publication
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.editions import SectionPlace, Site
from bulaq.reader.machine import lead_pictures
from bulaq.reader.machine.descriptions import description, local_time, share_picture
from bulaq.reader.machine.structured_data import (
    Data,
    breadcrumb,
    graph,
    publisher,
    publisher_id,
    topic_thing,
    without_empty,
)
from bulaq.reader.names import contributor_name, person_path

AUTHORS = (Byline.Role.WRITER, Byline.Role.INTERVIEWER)


def article(site: Site, page: ArticlePage) -> Data:
    """An article with its breadcrumb and publisher. Times have the edition's offset; addresses are canonical."""
    section = site.section(page.publication.section_id)
    return graph(_news_article(site, page, section), breadcrumb(site, section), publisher(site))


def _news_article(site: Site, page: ArticlePage, section: SectionPlace | None) -> Data:
    text, placed = page.article, page.publication
    address = _canonical(page.canonical)
    return without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "mainEntityOfPage": address,
            "url": address,
            "headline": page.headline,
            "alternativeHeadline": text.kicker,
            "description": description(text),
            "image": list(_pictures(page)),
            "datePublished": local_time(placed.published_at, site.profile),
            "dateModified": local_time(placed.updated_at or placed.published_at, site.profile),
            "author": _contributors(site, page, *AUTHORS) or [{"@id": publisher_id(site)}],
            "editor": _contributors(site, page, Byline.Role.EDITOR),
            "translator": _contributors(site, page, Byline.Role.TRANSLATOR),
            "publisher": {"@id": publisher_id(site)},
            "articleSection": section.name if section else placed.section.name,
            "keywords": [line.topic.name for line in page.topics],
            "about": [topic_thing(line.topic, site) for line in page.topics],
            "inLanguage": text.language,
            "isAccessibleForFree": True,
            "locationCreated": {"@type": "Place", "name": text.dateline} if text.dateline else None,
            "correction": [_correction(note, site) for note in text.corrections.all()],
            "isBasedOn": text.carrier_url,
            "sourceOrganization": _carrier(text),
            "translationOfWork": next(
                (_work(p) for p in page.translations if p.article_id == text.translation_of_id), None
            ),
            "workTranslation": [
                _work(p) for p in page.translations if p.article.translation_of_id == text.pk
            ],
        }
    )


def _pictures(page: ArticlePage) -> Iterator[str]:
    """As messengers show it (16:9), then the photograph at its largest (3:2), 4:3 and square."""
    picture = share_picture(page)
    yield picture.url
    largest = renditions.sources(page.article.lead_image)
    if largest is not None and not picture.drawn:
        widest = (largest.srcset or largest.src).rpartition(", ")[2].split(" ")[0]
        yield addresses.absolute(page.publication.edition, widest)
        yield from lead_pictures.shapes(page)


def _contributors(site: Site, page: ArticlePage, *roles: str) -> list[Data]:
    return [_contributor(line, site) for line in page.bylines if line.role in roles]


def _contributor(line: Byline, site: Site) -> Data:
    name = contributor_name(line, site.profile)
    if line.person is not None:
        return {"@type": "Person", "name": name, "url": site.absolute(person_path(line.person, site.profile))}
    return without_empty({"@type": "Organization", "name": name, "url": line.agency.url})


def _correction(note: Correction, site: Site) -> Data:
    return {
        "@type": "CorrectionComment",
        "text": note.text,
        "datePublished": local_time(note.corrected_at, site.profile),
    }


def _carrier(text: Article) -> Data | None:
    if not text.carrier_label:
        return None
    return without_empty({"@type": "Organization", "name": text.carrier_label, "url": text.carrier_url})


def _work(publication: Publication) -> Data:
    # CreativeWork, not NewsArticle: the page must hold one article and one only to whoever looks for its article.
    return {
        "@type": "CreativeWork",
        "@id": f"{_canonical(publication)}#article",
        "url": _canonical(publication),
        "name": publication.headline,
        "inLanguage": publication.article.language,
    }


def _canonical(publication: Publication) -> str:
    return addresses.absolute(publication.edition, addresses.of_publication(publication))
