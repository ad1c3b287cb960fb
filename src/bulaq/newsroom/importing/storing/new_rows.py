"""The rows of a new article, and of all that stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from bulaq.intake.source_names import storable
from bulaq.newsroom.importing.pictures.fetching import url_digest
from bulaq.newsroom.importing.storing.identity import text_digest
from bulaq.newsroom.importing.storing.plain_text import address, clean, fitted
from bulaq.newsroom.importing.storing.prepared import Prepared
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    Byline,
    ImportedArticle,
    ImportPicture,
    ImportRun,
    ReadAlso,
)
from bulaq.newsroom.row_writing import Row, row_of, take_ids, write_rows


def write_new(new: Sequence[Prepared], run: ImportRun) -> None:
    """Writes new articles and all rows beside them."""
    for p, pk in zip(new, take_ids(Article, len(new)), strict=True):
        p.article.pk = pk
    write_rows(Article, [row_of(p.article) for p in new])
    write_rows(Byline, [row for p in new for row in bylines_of(p)])
    write_rows(ArticleTopic, [row for p in new for row in topics_of(p)])
    write_rows(ReadAlso, [row for p in new for row in read_also_of(p)])
    write_rows(ImportPicture, [row for p in new for row in pictures_of(p, run)])
    write_rows(ImportedArticle, [imported_of(p, run) for p in new])


def bylines_of(p: Prepared) -> list[Row]:
    """People first, then agencies, as the page had them."""
    contributors = [(pk, None) for pk in p.person_ids] + [(None, pk) for pk in p.agency_ids]
    return [
        {"article_id": p.article.pk, "sort_order": order, "person_id": person_id, "agency_id": agency_id}
        for order, (person_id, agency_id) in enumerate(contributors)
    ]


def topics_of(p: Prepared) -> list[Row]:
    """The topics in the order of the tags."""
    return [
        {"article_id": p.article.pk, "topic_id": topic_id, "sort_order": order}
        for order, topic_id in enumerate(p.topic_ids)
    ]


def read_also_of(p: Prepared) -> list[Row]:
    """The editor's links in order; what is ours among them is found when all articles are in (`linking`)."""
    return [
        {
            "article_id": p.article.pk,
            "sort_order": order,
            "headline": fitted(link.headline, 300),
            "url": address(link.url),
        }
        for order, link in enumerate(p.incoming.read_also)
        if clean(link.headline)
    ]


def pictures_of(p: Prepared, run: ImportRun) -> list[Row]:
    """What the phase of pictures will look for."""
    return [
        {
            "run_id": run.pk,
            "article_id": p.article.pk,
            "source_key": storable(p.found.key),
            "url": clean(wanted.picture.url),
            "url_digest": url_digest(clean(wanted.picture.url)),
            "block_id": wanted.block_id,
            "caption": fitted(wanted.picture.caption, 600),
            "credit": fitted(wanted.picture.credit, 200),
            "alt": fitted(wanted.picture.alt, 255),
        }
        for wanted in p.pictures
    ]


def imported_of(p: Prepared, run: ImportRun) -> Row:
    """By what the next import knows this one again."""
    return {
        "article_id": p.article.pk,
        "run_id": run.pk,
        "text_digest": text_digest(
            headline=p.article.headline,
            kicker=p.article.kicker,
            standfirst=p.article.standfirst,
            dateline=p.article.dateline,
            body=p.raw,
        ),
        "incoming_digest": p.known_by.incoming,
        "content_digest": p.known_by.content,
        "host": p.host,
        "section_key": p.named.key if p.named else "",
    }
