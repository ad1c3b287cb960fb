"""Articles that an import writes anew: all of a batch at once, each with what it was before, for taking the import back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import ReferenceIndex
from wagtail.tasks import update_reference_index_task

from bulaq.newsroom.actions.importing import announce_rewritten
from bulaq.newsroom.importing.storing.identity import digest_of_stored
from bulaq.newsroom.importing.storing.new_rows import (
    bylines_of,
    imported_of,
    pictures_of,
    read_also_of,
    topics_of,
)
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    Byline,
    ImportedArticle,
    ImportItem,
    ImportPicture,
    ImportRun,
    ReadAlso,
)
from bulaq.newsroom.row_writing import Row, update_rows, write_rows

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.prepared import Prepared

HEADLINE = ("headline",)
ALL = (
    "kicker", "headline", "standfirst", "dateline", "body", "lead_caption", "lead_credit", "lead_alt", "carrier_label",
    "carrier_url", "headline_suggestion",
)  # fmt: skip

LINES: tuple[tuple[type[models.Model], str, Callable[[Prepared], list[Row]]], ...] = (
    (Byline, "bylines", bylines_of),
    (ArticleTopic, "article_topics", topics_of),
    (ReadAlso, "read_also", read_also_of),
)
"""What stands beside an article line by line: its model, its name there, and the rows that a capture brings."""

_Lines = dict[type[models.Model], dict[int, list[Any]]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture of which an article takes `fields` (`HEADLINE` or `ALL`). `fresh`: the capture as an article; `known`:
    what an import last wrote into it."""

    p: Prepared
    fresh: Article
    article: Article
    known: ImportedArticle
    fields: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether all of the capture is taken."""
        return self.fields is ALL


def rewrite(taken: Sequence[Taken], run: ImportRun, *, now: datetime) -> set[int]:
    """Writes what is taken; returns the ids of the articles whose change was announced. In a transaction."""
    lines = _lines_of([one.article.pk for one in taken])
    for one in taken:
        one.p.before = ImportItem.packed(
            json.dumps({"article": _snapshot(one.article, lines)}, ensure_ascii=False, default=str)
        )
        _take(one)
        one.p.outcome = ImportItem.Outcome.UPDATED
    columns = (*ALL, "section_id", "source_identity")
    update_rows(
        Article,
        [{"id": one.article.pk, **{name: getattr(one.article, name) for name in columns}} for one in taken],
    )
    whole = [one.p for one in taken if one.whole]
    _replace_lines(whole, lines)
    _ask_for_pictures(whole, run)
    follow_references([one.article.pk for one in taken])
    for one in taken:
        if one.article.latest_revision_id:
            into_revision(one.article)
    update_rows(ImportedArticle, [_imported(one, run) for one in taken])
    return announce_rewritten(
        {
            one.article.pk: (one.article.headline, one.p.updated_at or now)
            for one in taken
            if one.article.live
        },
        people={pk: [b.person_id for b in of if b.person_id] for pk, of in lines[Byline].items()},
        topics={pk: [t.topic_id for t in of] for pk, of in lines[ArticleTopic].items()},
    )


def _lines_of(ids: list[int]) -> _Lines:
    found: _Lines = {}
    for model, _name, _rows in LINES:
        of = found[model] = {pk: [] for pk in ids}
        for line in model._default_manager.filter(article_id__in=ids).order_by("sort_order", "pk"):
            of[line.article_id].append(line)
    return found


def _snapshot(article: Article, lines: _Lines) -> dict[str, Any]:
    """All that `restoring.restore` needs to bring the article back as it is now."""
    beside = {
        name: [get_serializable_data_for_fields(line) for line in lines[model][article.pk]]
        for model, name, _rows in LINES
    }
    return get_serializable_data_for_fields(article) | beside


def _take(one: Taken) -> None:
    """Sets the values that the capture brings; what it lacks stays."""
    p, article = one.p, one.article
    for name in one.fields:
        value = getattr(one.fresh, name)
        if name == "headline_suggestion" and article.headline:
            continue
        if value or (name == "body" and p.raw):
            setattr(article, name, value)
    if article.headline:
        article.headline_suggestion = ""
    if one.fresh.section_id and one.whole:
        article.section_id = one.fresh.section_id
    if one.fresh.source_identity and article.source_identity.startswith("text:"):
        article.source_identity = one.fresh.source_identity
    still_lacking(p, article)


def still_lacking(p: Prepared, article: Article) -> None:
    """What stands here already is not missing, whatever the capture lacks."""
    there = {"no-headline": article.headline, "no-section": article.section_id}
    p.reasons[:] = [reason for reason in p.reasons if not there.get(reason.code)]


def _replace_lines(whole: Sequence[Prepared], lines: _Lines) -> None:
    """The new lines instead of the old ones; where a capture has none, the old ones stay. `lines` follow."""
    for model, _name, rows_of in LINES:
        rows = {p.article.pk: rows for p in whole if (rows := rows_of(p))}
        # Nothing else points at such a line: no signals, and no looking for what would go with it.
        old = model._default_manager.filter(article_id__in=list(rows))
        old._raw_delete(old.db)
        write_rows(model, [row for of in rows.values() for row in of])
        for pk, of in rows.items():
            lines[model][pk] = [model(**row) for row in of]


def _ask_for_pictures(whole: Sequence[Prepared], run: ImportRun) -> None:
    """All but those that stand here already as the leads of their articles."""
    stored = set(
        ImportPicture.objects.filter(
            article_id__in=[p.article.pk for p in whole], state="stored"
        ).values_list("article_id", "url")
    )
    wanted = [
        picture
        for p in whole
        for picture in pictures_of(p, run)
        if picture["block_id"]
        or (p.article.pk, picture["url"]) not in stored
        or p.article.lead_image_id is None
    ]
    write_rows(ImportPicture, wanted)


def follow_references(ids: list[int]) -> None:
    """What these articles use may be other pictures and articles now: Wagtail looks again at those it had looked at."""
    known = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Article), object_id__in=map(str, ids)
    )
    for pk in known.order_by().values_list("object_id", flat=True).distinct():
        update_reference_index_task.enqueue("newsroom", "article", pk)


def into_revision(article: Article) -> None:
    """The editor opens the newest revision: it must hold the new text too."""
    stored = Article.objects.get(pk=article.pk)
    revision = stored.save_revision(log_action=False)
    if stored.live:
        Article.objects.filter(pk=stored.pk).update(live_revision=revision, has_unpublished_changes=False)
    article.latest_revision = revision


def _imported(one: Taken, run: ImportRun) -> Row:
    digest = digest_of_stored(one.article)
    if one.whole:
        return {**imported_of(one.p, run), "text_digest": digest}
    known = one.known
    return {
        "article_id": one.article.pk, "run_id": known.run_id, "text_digest": digest, "incoming_digest": one.p.known_by.incoming,
        "content_digest": known.content_digest, "host": known.host, "section_key": known.section_key,
    }  # fmt: skip
