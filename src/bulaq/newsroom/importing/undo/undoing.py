"""Taking an import back whole: what it brought, where nobody worked on it since; and a word on what was left."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from bulaq.delivery import keys
from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.deleting import told_already
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.stories import leave_stories, settle_stories_of
from bulaq.newsroom.actions.topic_offers import leave_offers
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.runs.looking import BROUGHT
from bulaq.newsroom.importing.storing.identity import digest_of_stored
from bulaq.newsroom.importing.storing.restoring import restore
from bulaq.newsroom.importing.storing.rewriting import LINES
from bulaq.newsroom.importing.undo.creations import take_back_creations
from bulaq.newsroom.importing.undo.report import LEFT, UndoReport
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    BreakingLine,
    Byline,
    FrontPin,
    ImportItem,
    ImportRun,
    OutboxEntry,
    Publication,
    ReadingCorrection,
    RelatedChoice,
)

BATCH = 100
"""Articles taken back in one transaction; a delete touches a dozen tables for each."""

PLACING = [f"newsroom.{act}" for act in ("publish", "schedule", "plan", "withdraw", "move", "canonical")]
"""What an editor does to where an article stands, as its history calls it; imports write no history."""

State, Outcome = ImportRun.State, ImportItem.Outcome

UNDOABLE = frozenset({State.WAITING, State.PAUSED, State.DONE, State.FAILED, State.UNDOING, State.UNDONE})
"""One that was taken back is among them: what had to stay then, because a later import had brought it up to date, may go when
that one was taken back too."""


class UndoRefused(RuntimeError):
    """The run cannot be taken back now."""


def undo(run_id: int, *, watch: Callable[[int, int], None] = lambda done, total: None) -> UndoReport:
    """Takes a run back, in batches; broken off, it is taken up by calling it again.

    Articles that the run made are deleted unless they were edited, corrected, placed or chosen by hand since; articles
    that it updated become what they were, and those that it published are drafts again; then people, sections, topics,
    pictures and placements that it made and that nothing else uses. Redirects go with their articles.
    """
    if ImportRun.objects.get(pk=run_id).options.get("trial"):
        raise UndoRefused(f"import {run_id} was a trial: it stored nothing")
    if not leases.take(run_id, {state.value for state in UNDOABLE}):
        raise UndoRefused(
            f"import {run_id} is being worked on: pause it first (bulaq imports pause {run_id})"
        )
    ImportRun.objects.filter(pk=run_id).update(state=State.UNDOING)
    run = ImportRun.objects.get(pk=run_id)
    report = UndoReport()
    try:
        _take_back_articles(run, report, watch)
        with transaction.atomic():
            take_back_creations(run, report)
            # What it taught is taken back with it: later imports read as if nobody had pointed at anything.
            ReadingCorrection.objects.filter(run=run).delete()
        ImportRun.objects.filter(pk=run_id).update(state=State.UNDONE, finished_at=timezone.now())
    finally:
        leases.release(run_id)
    return report


def to_take_back(run: ImportRun) -> QuerySet[ImportItem]:
    """The items that changed anything here: a new text, or the publishing of one that was there."""
    return run.items.filter(Q(outcome__in=BROUGHT) | Q(published=True))


def _take_back_articles(run: ImportRun, report: UndoReport, watch: Callable[[int, int], None]) -> None:
    """Newest first: an article updated by a later item of the run goes back through its earlier states."""
    left = to_take_back(run).order_by("-id")
    total, done = left.count(), 0
    batch = list(left[:BATCH])
    while batch:
        with transaction.atomic():
            _take_back(batch, run, report)
            ImportRun.objects.filter(pk=run.pk).update(lease_until=leases.lease_end())
        done += len(batch)
        watch(done, total)
        batch = list(left.filter(pk__lt=batch[-1].pk)[:BATCH])


def _take_back(items: list[ImportItem], run: ImportRun, report: UndoReport) -> None:
    ids = [item.article_id for item in items if item.article_id]
    articles = {
        a.pk: a for a in Article.objects.filter(pk__in=ids).select_related("imported", "latest_revision")
    }
    rewritten = {item.article_id for item in items if item.outcome in BROUGHT}
    reasons = _why_not(articles, run, rewritten)
    to_delete: list[Article] = []
    to_unpublish: list[int] = []
    befores: dict[Article, dict[str, Any]] = {}
    announced: set[int] = set()
    undone: list[int] = []
    for item in items:
        article = articles.get(item.article_id)
        if article is None:
            undone.append(item.pk)
            continue
        reason = reasons.get(article.pk)
        if reason is not None:
            report.left.append(("article", article.pk, str(article)[:120], reason))
            continue
        if item.outcome == Outcome.CREATED:
            to_delete.append(article)
            report.taken["article"] += 1
        elif item.before is not None:
            # Of several in the batch the oldest, which comes last, is what stood there before all.
            befores[article] = json.loads(zlib.decompress(bytes(item.before)))["article"]
            if article.live and not item.published:
                announced.add(article.pk)
            report.taken["update"] += 1
        if item.published and item.outcome != Outcome.CREATED:
            to_unpublish.append(article.pk)
            report.taken["publication"] += 1
        undone.append(item.pk)
    restore(befores, announced, now=timezone.now())
    _delete(to_delete)
    _unpublish(to_unpublish)
    done = ImportItem.objects.filter(pk__in=undone)
    done.exclude(outcome__in=BROUGHT).update(published=False)
    done.filter(outcome__in=BROUGHT).update(outcome=Outcome.UNDONE, published=False, article=None)


def why_left(run: ImportRun, article_ids: Iterable[int]) -> dict[int, str]:
    """Why articles of a run cannot be taken back, in words: those that could are not among them."""
    articles = Article.objects.filter(pk__in=list(article_ids)).select_related("imported", "latest_revision")
    found = {article.pk: article for article in articles}
    written = run.items.filter(article_id__in=list(found), outcome__in=BROUGHT)
    rewritten = set(written.values_list("article_id", flat=True))
    return {pk: str(LEFT[code]) for pk, code in _why_not(found, run, rewritten).items()}


def _why_not(articles: dict[int, Article], run: ImportRun, rewritten: set[int]) -> dict[int, str]:
    """For each article that must stay as it is, the code of `LEFT`. `rewritten`: those whose text the run wrote; the others
    it only published."""
    ids = list(articles)
    found: dict[int, str] = {}
    corrected = set(
        Article.objects.filter(pk__in=ids, corrections__isnull=False).values_list("pk", flat=True)
    )
    chosen, placed = _chosen(ids), _placed(ids, run)
    placements: dict[int, list[Publication]] = {}
    for publication in Publication.objects.filter(article_id__in=ids):
        placements.setdefault(publication.article_id, []).append(publication)
    for pk, article in articles.items():
        imported = getattr(article, "imported", None)
        newest = article.latest_revision.as_object() if article.latest_revision_id else article
        stands = placements.get(pk, [])
        if imported is None or digest_of_stored(newest) != imported.text_digest:
            found[pk] = "edited"
        elif imported.run_id not in (run.pk, None) and (pk in rewritten or imported.run_id > run.pk):
            found[pk] = "updated-later"
        elif pk in corrected:
            found[pk] = "corrected"
        elif (
            pk in placed
            or len(stands) > 1
            or any(p.state not in (Publication.State.PUBLISHED, Publication.State.PLANNED) for p in stands)
        ):
            found[pk] = "placed"
        elif pk in chosen:
            found[pk] = "chosen"
    return found


def _placed(ids: list[int], run: ImportRun) -> set[int]:
    """Those that the run made or published, and whose place an editor has touched since: what was published by hand would
    otherwise look like what the run published."""
    own = run.items.filter(Q(outcome=Outcome.CREATED) | Q(published=True), article_id__in=ids)
    named = [str(pk) for pk in own.values_list("article_id", flat=True)]
    kind = ContentType.objects.get_for_model(Article)
    acts = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=named, action__in=PLACING, timestamp__gte=run.created_at
    )
    return {int(pk) for pk in acts.values_list("object_id", flat=True)}


def _chosen(ids: list[int]) -> set[int]:
    """Those that an editor put beside another article, on a front or under the breaking line, or had translated."""
    own = Article.objects.filter(pk__in=ids)
    return {
        *own.filter(Q(related_choices__isnull=False) | Q(translations__isnull=False)).values_list(
            "pk", flat=True
        ),
        *RelatedChoice.objects.filter(other__in=ids, kind="pin").values_list("other_id", flat=True),
        *FrontPin.objects.filter(article__in=ids).values_list("article_id", flat=True),
        *BreakingLine.objects.filter(article__in=ids, ended_at=None).values_list("article_id", flat=True),
    }


def _delete(articles: list[Article]) -> None:
    """Deletes articles, and tells all that showed them.

    What stands beside them goes by the batch, and out of Wagtail's index of references too: its signals would ask for each
    line by itself.
    """
    if not articles:
        return
    ids = [article.pk for article in articles]
    _tell_gone(ids)
    leave_stories(ids)
    leave_offers(ids)
    for model, _name, _rows in LINES:
        lines = model._default_manager.filter(article_id__in=ids)
        lines._raw_delete(lines.db)
    kind, named = ContentType.objects.get_for_model(Article), [str(pk) for pk in ids]
    ReferenceIndex.objects.filter(
        Q(base_content_type=kind, object_id__in=named) | Q(to_content_type=kind, to_object_id__in=named)
    ).delete()
    with told_already(), disable_reference_index_auto_update():
        Article.objects.filter(pk__in=ids).delete()


def _unpublish(ids: list[int]) -> None:
    """Drafts again, as before the run published them: readers never had them."""
    if not ids:
        return
    _tell_gone(ids)
    Publication.objects.filter(article_id__in=ids).delete()
    Article.objects.filter(pk__in=ids).update(live=False, first_published_at=None, last_published_at=None)
    settle_stories_of(ids)


def _tell_gone(ids: list[int]) -> None:
    """All that shows these articles, before they go."""
    found: dict[str, None] = {}
    for publication in Publication.objects.filter(article_id__in=ids).select_related("edition"):
        found.update(dict.fromkeys(keys_of(publication.article_id, [publication])))
    people = Byline.objects.filter(article_id__in=ids, person__isnull=False).values_list(
        "person_id", flat=True
    )
    topics = ArticleTopic.objects.filter(article_id__in=ids).values_list("topic_id", flat=True)
    found.update((keys.box("author", pk), None) for pk in set(people))
    found.update((keys.box("topic", pk), None) for pk in set(topics))
    if found:
        record("withdraw", keys=found, hard=True)
    OutboxEntry.objects.bulk_create(
        OutboxEntry(consumer=consumer, kind="withdraw", article_id=pk, later=True)
        for consumer in (Consumer.INDEX, Consumer.RELATED)
        for pk in ids
    )
