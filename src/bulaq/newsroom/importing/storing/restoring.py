"""Articles that an import wrote anew, brought back as they were before: all of a batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from bulaq.newsroom.actions.importing import announce_rewritten
from bulaq.newsroom.importing.storing.identity import digest_of_stored
from bulaq.newsroom.importing.storing.rewriting import ALL, LINES, follow_references, into_revision
from bulaq.newsroom.models import Article, ArticleTopic, Byline, ImportedArticle
from bulaq.newsroom.row_writing import Row, update_rows, write_rows

COLUMNS = (*ALL, "section_id", "lead_image_id", "source_identity")

_People = dict[int, list[int]]


def restore(befores: Mapping[Article, Mapping[str, Any]], announced: Iterable[int], *, now: datetime) -> None:
    """Brings the text of articles back as `rewriting.rewrite` wrote it down; where they stand does not change. What they had
    then and is gone since is left out. `announced`: the ids of those whose readers are told. In a transaction.
    """
    if not befores:
        return
    ids = [article.pk for article in befores]
    people, topics = _lines_now(Byline, "person_id", ids), _lines_now(ArticleTopic, "topic_id", ids)
    _texts(befores)
    for model, name, _rows in LINES:
        _lines(model, {article.pk: before.get(name) or [] for article, before in befores.items()})
    follow_references(ids)
    for article in befores:
        if article.latest_revision_id:
            into_revision(article)
    _imported(befores)
    _also(people, _lines_now(Byline, "person_id", ids))
    _also(topics, _lines_now(ArticleTopic, "topic_id", ids))
    told = set(announced)
    texts = {article.pk: (article.headline, now) for article in befores if article.pk in told}
    announce_rewritten(texts, people=people, topics=topics)


def _texts(befores: Mapping[Article, Mapping[str, Any]]) -> None:
    fields = {name: Article._meta.get_field(name.removesuffix("_id")) for name in COLUMNS}
    kept = {
        name: _there(field.related_model, [before.get(field.name) for before in befores.values()])
        for name, field in fields.items()
        if isinstance(field, models.ForeignKey)
    }
    for article, before in befores.items():
        for name, field in fields.items():
            value = before.get(field.name)
            if name in kept:
                setattr(article, name, value if value in kept[name] else None)
            elif field.name in before:
                setattr(article, name, field.to_python(value))
    update_rows(
        Article,
        [{"id": article.pk, **{name: getattr(article, name) for name in COLUMNS}} for article in befores],
    )


def _lines(model: type[models.Model], before: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """The lines that stood beside the articles then, instead of those that stand there now."""
    now = model._default_manager.filter(article_id__in=list(before))
    now._raw_delete(now.db)  # nothing else points at such a line
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key and field.name != "article"
    ]
    kept = {
        field.name: _there(
            field.related_model, [line.get(field.name) for of in before.values() for line in of]
        )
        for field in fields
        if isinstance(field, models.ForeignKey)
    }
    rows = []
    for pk, of in before.items():
        for line in of:
            row = _line(line, fields, kept)
            if row is not None:
                rows.append({"article_id": pk, **row})
    write_rows(model, rows)


def _line(line: Mapping[str, Any], fields: Sequence[Any], kept: Mapping[str, set[Any]]) -> Row | None:
    """The row of a line; None when what it cannot be without is gone."""
    row = {field.attname: field.to_python(line.get(field.name)) for field in fields}
    for field in fields:
        if field.name in kept and row[field.attname] not in kept[field.name]:
            if row[field.attname] is not None and (
                not field.null or field.remote_field.on_delete is models.CASCADE
            ):
                return None
            row[field.attname] = None
    return row


def _there(model: Any, keys: Iterable[Any]) -> set[Any]:
    """Those of the keys that still have a row."""
    wanted = {key for key in keys if key is not None}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _lines_now(model: type[models.Model], column: str, ids: Sequence[int]) -> _People:
    found: _People = {}
    for pk, key in model._default_manager.filter(article_id__in=ids).values_list("article_id", column):
        if key is not None:
            found.setdefault(pk, []).append(key)
    return found


def _also(found: _People, more: _People) -> None:
    for pk, keys in more.items():
        found[pk] = list(dict.fromkeys([*found.get(pk, []), *keys]))


def _imported(befores: Mapping[Article, Mapping[str, Any]]) -> None:
    """What is known of them: the text is as it stands, the material is nobody's."""
    update_rows(
        ImportedArticle,
        [
            {"article_id": article.pk, "run_id": None, "text_digest": digest_of_stored(article), "incoming_digest": ""}
            for article in befores
        ],
    )  # fmt: skip
