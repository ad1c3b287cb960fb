"""The same material again: an article is brought up to date, unless somebody edited it here since."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from bulaq.intake.judgement import Reason
from bulaq.newsroom.actions.article_changed import text_changed
from bulaq.newsroom.importing.identity import digest_of_stored, words_of
from bulaq.newsroom.importing.preparing import (
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
    Publication,
    ReadAlso,
)
from bulaq.newsroom.row_writing import Row, write_rows

if TYPE_CHECKING:
    from bulaq.newsroom.importing.preparing import Prepared

Outcome = ImportItem.Outcome

_TEXT_FIELDS = ("kicker", "headline", "standfirst", "dateline")
_FIELDS = (
    *_TEXT_FIELDS, "body", "lead_caption", "lead_credit", "lead_alt", "carrier_label", "carrier_url", "headline_suggestion",
)  # fmt: skip


def update(p: Prepared, run: ImportRun, *, now: datetime) -> None:
    """Brings the stored article of `p` up to date, and says in `p.outcome` what was done.

    A field that the new capture lacks is never emptied: a headline given by hand survives the next reading of a page
    that has none.
    """
    article = Article.objects.get(pk=p.existing_id)
    fresh, p.article = p.article, article
    known = ImportedArticle.objects.filter(article=article).first()
    gives_headline = bool(fresh.headline) and not article.headline
    if known is not None and known.incoming_digest == p.known_by.incoming and not gives_headline:
        _still_lacking(p, article)
        p.outcome = Outcome.UNCHANGED
        return
    newest = article.latest_revision.as_object() if article.latest_revision_id else article
    if known is None or digest_of_stored(newest) != known.text_digest:
        p.outcome = Outcome.KEPT
        p.reasons.append(Reason("edited-here"))
        return
    same = known.incoming_digest == p.known_by.incoming
    if same or p.extra.get("poorer") or _says_less(p, known, run):
        if gives_headline:
            _take(p, article, fresh, known, run, now, fields=("headline",))
        else:
            _still_lacking(p, article)
            p.outcome = Outcome.UNCHANGED
        return
    _take(p, article, fresh, known, run, now, fields=_FIELDS)


def _still_lacking(p: Prepared, article: Article) -> None:
    """What stands here already is not missing, whatever the capture lacks."""
    there = {"no-headline": article.headline, "no-section": article.section_id}
    p.reasons[:] = [reason for reason in p.reasons if not there.get(reason.code)]


def _says_less(p: Prepared, known: ImportedArticle, run: ImportRun) -> bool:
    """Two captures of one article in one archive: the one with more text stands, whichever came first, and whether it was
    this import or an earlier one that stored it."""
    item = ImportItem.objects.filter(run=run, article_id=known.article_id).order_by("-id").first()
    if item is None or item.incoming is None:
        return False
    before = sum(len(block.get("text") or "") for block in item.incoming["body"])
    return sum(map(len, words_of(p.incoming))) <= before


def _take(
    p: Prepared,
    article: Article,
    fresh: Article,
    known: ImportedArticle,
    run: ImportRun,
    now: datetime,
    *,
    fields: tuple[str, ...],
) -> None:
    p.before = ImportItem.packed(json.dumps(snapshot(article), ensure_ascii=False, default=str))
    for name in fields:
        value = getattr(fresh, name)
        if name == "headline_suggestion" and article.headline:
            continue
        if value or (name == "body" and p.raw):
            setattr(article, name, value)
    if article.headline:
        article.headline_suggestion = ""
    if fresh.section_id and fields is _FIELDS:
        article.section_id = fresh.section_id
    if fresh.source_identity and article.source_identity.startswith("text:"):
        article.source_identity = fresh.source_identity
    _still_lacking(p, article)
    article.save()
    if fields is _FIELDS:
        _replace(Byline, article, bylines_of(p))
        _replace(ArticleTopic, article, topics_of(p))
        _replace(ReadAlso, article, read_also_of(p))
        asked = set(
            ImportPicture.objects.filter(article=article, state="stored").values_list("url", flat=True)
        )
        wanted = pictures_of(p, run)
        write_rows(
            ImportPicture,
            [
                picture
                for picture in wanted
                if picture["block_id"] or picture["url"] not in asked or article.lead_image_id is None
            ],
        )
    article = Article.objects.get(pk=article.pk)
    p.article = article
    if article.latest_revision_id:
        # The editor opens the newest revision: it must hold the new text too.
        revision = article.save_revision(log_action=False)
        if article.live:
            Article.objects.filter(pk=article.pk).update(
                live_revision=revision, has_unpublished_changes=False
            )
        article.refresh_from_db()
    if fields is _FIELDS:
        imported = ImportedArticle(**imported_of(p, run))
    else:
        imported = known
        imported.incoming_digest = p.known_by.incoming
    imported.text_digest = digest_of_stored(article)
    imported.save()
    if article.live and Publication.objects.filter(article=article, state="published").exists():
        text_changed(article, at=p.updated_at or now, later=True)
    p.outcome = Outcome.UPDATED


def _replace(model: type, article: Article, rows: list[Row]) -> None:
    """The new lines instead of the old ones; where the new capture has none, the old ones stay."""
    if rows:
        model.objects.filter(article=article).delete()
        write_rows(model, rows)


def snapshot(article: Article) -> dict:
    """All that `restore` needs to bring the article back as it is now."""
    return {"article": article.serializable_data()}


def restore(article: Article, data: dict) -> None:
    """Brings the text of an article back as `snapshot` saw it; where it stands does not change."""
    before = Article.from_serializable_data(data["article"], check_fks=True, strict_fks=False)
    for name in (*_FIELDS, "section_id", "lead_image_id", "source_identity"):
        setattr(article, name, getattr(before, name))
    article.save()
    for model, relation in ((Byline, "bylines"), (ArticleTopic, "article_topics"), (ReadAlso, "read_also")):
        model.objects.filter(article=article).delete()
        for row in getattr(before, relation).all():
            row.pk = None
            row.article = article
            row.save(force_insert=True)
