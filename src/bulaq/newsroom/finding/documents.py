"""From an article's rows to the document that search, related and duplicates know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from django.db.models import Prefetch
from django.utils.html import strip_tags

from bulaq.discovery.document import Document, Placement
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, ArticleTopic, Byline, Publication

BATCH = 500


def documents(article_ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those articles that exist, in a fixed number of queries for each `BATCH`."""
    for start in range(0, len(article_ids), BATCH):
        articles = (
            Article.objects.filter(pk__in=article_ids[start : start + BATCH])
            .select_related("lead_image")
            .prefetch_related(
                Prefetch("bylines", Byline.objects.select_related("person", "agency")),
                Prefetch(
                    "article_topics",
                    ArticleTopic.objects.select_related("topic").prefetch_related("topic__variants"),
                ),
                Prefetch("publications", Publication.objects.select_related("section", "edition")),
            )
            .order_by("pk")
        )
        yield from map(document, articles)


def document(article: Article) -> Document:
    """The searchable face of an article (its relations should be prefetched)."""
    publications = list(article.publications.all())
    topics = [entry.topic for entry in article.article_topics.all()]
    bylines = list(article.bylines.all())
    canonical = next((p for p in publications if p.is_canonical), publications[0] if publications else None)
    return replace(
        document_of_text(article),
        topics=tuple(
            text for topic in topics for text in (topic.name, *(v.text for v in topic.variants.all()))
        ),
        bylines=tuple(str(byline) for byline in bylines) + ((article.dateline,) if article.dateline else ()),
        caption=article.lead_caption or (article.lead_image.caption if article.lead_image else ""),
        placements=tuple(
            Placement(
                edition=publication.edition_id,
                section=publication.section_id,
                published_at=publication.published_at,
                live=publication.state == Publication.State.PUBLISHED,
            )
            for publication in publications
        ),
        author_ids=tuple(byline.person_id for byline in bylines if byline.person_id),
        topic_ids=tuple(topic.pk for topic in topics),
        url=addresses.absolute(canonical.edition, addresses.of_publication(canonical)) if canonical else "",
    )


def document_of_text(article: Article) -> Document:
    """What an article tells, as it stands in the editor: no query, and nothing of where it is placed."""
    return Document(
        id=article.pk,
        headline=article.headline or article.headline_suggestion,
        kicker=article.kicker,
        standfirst=article.standfirst,
        body="\n".join(body_texts(article)),
        lang=article.language,
        updated_at=article.edited_at,
    )


def body_texts(article: Article) -> Iterable[str]:
    """The plain texts of a body, one for each paragraph, heading, quotation, item, row and fact box."""
    for block in article.body.raw_data:
        yield from _texts(block.get("type"), block.get("value"))


def _texts(kind: str | None, value: object) -> Iterator[str]:
    match kind, value:
        case "paragraph", str(html):
            yield plain(html)
        case "heading", str(text):
            yield text
        case "quote", {"text": text, **rest}:
            yield f"{text} {rest.get('attribution') or ''}".strip()
        case "list", {"items": list(items)}:
            # Wagtail keeps the items of a list either bare or each with an id.
            yield from (str(item.get("value", "") if isinstance(item, dict) else item) for item in items)
        case "fact_box", {"title": title, "text": html}:
            yield f"{title}. {plain(html)}"
        case "table", {"data": list(rows)}:
            yield from (" ".join(str(cell) for cell in row if cell) for row in rows)
        case "image", {"caption": str(caption)} if caption:
            yield caption


def plain(html: str) -> str:
    """The text of a fragment of rich text."""
    return " ".join(unescape(strip_tags(html.replace("<br", " <br").replace("</", " </"))).split())
