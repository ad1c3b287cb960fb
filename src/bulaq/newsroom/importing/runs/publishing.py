"""Publishing what an import left as drafts, after editors looked at it: a phase of the same run, so that undo takes it
back with the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from bulaq.intake.judgement import Reason
from bulaq.newsroom.actions.importing import Placement, announce_imported, approve_imported, place_imported
from bulaq.newsroom.importing.storing.judging import HOLDS_BACK, may_be_published
from bulaq.newsroom.models import Article, ArticleTopic, Byline, Edition, ImportItem, ImportRun

if TYPE_CHECKING:
    from bulaq.newsroom.importing.runs.options import RunOptions

BATCH = 200


def publish_asked(run: ImportRun, options: RunOptions, go_on: Callable[[], bool]) -> bool:
    """Publishes the complete drafts of a run when that was asked for; False when told to stop before the end."""
    if not options.publish_drafts:
        return True
    by_language: dict[str, Edition] = {}
    for edition in Edition.objects.all():
        by_language.setdefault(edition.profile.content_language, edition)
    by_language[run.edition.profile.content_language] = run.edition
    while True:
        items = list(
            waiting(run)
            .filter(pk__gt=run.cursor)
            .order_by("pk")
            .defer("record", "before")
            .select_related("article")[:BATCH]
        )
        if not items:
            return True
        with transaction.atomic():
            _publish(items, by_language)
            ImportRun.objects.filter(pk=run.pk).update(cursor=items[-1].pk)
        run.cursor = items[-1].pk
        if not go_on():
            return False


def waiting(run: ImportRun):
    """The items of a run whose articles are drafts that nobody published yet."""
    brought = [ImportItem.Outcome.CREATED, ImportItem.Outcome.UPDATED]
    return ImportItem.objects.filter(
        run=run, published=False, outcome__in=brought, article__live=False, article__publications=None
    ).exclude(article__section=None)


FILLED_IN = {"no-headline", "no-section"}
"""What may have been missing when it was read, and is seen in the article itself whether it is there now."""


def publishable(run: ImportRun):
    """Those among `waiting` that would be published if it were asked for now."""
    held = Q()
    for code in sorted(HOLDS_BACK - FILLED_IN):
        held |= Q(told__contains=f'"code": "{code}"')
    worked_on = Q(article__latest_revision__isnull=False, article__has_unpublished_changes=True)
    return (
        waiting(run)
        .annotate(told=Cast("reasons", TextField()))
        .exclude(Q(article__headline="") | worked_on)
        .exclude(held, looked_at=None)
    )


def _publish(items: list[ImportItem], by_language: dict[str, Edition]) -> None:
    now = timezone.now()
    chosen: dict[int, Placement] = {}
    for item in items:
        article: Article = item.article
        edition = by_language.get(article.language)
        # What was missing when it was read may have been filled in here; what is doubtful about its text has not.
        filled = {"no-headline": article.headline, "no-section": article.section_id}
        reasons = [] if item.looked_at else item.reasons
        left = [Reason(each["code"]) for each in reasons if not filled.get(each["code"])]
        if edition is None or not article.headline or not may_be_published(left):
            continue
        if article.latest_revision_id and article.has_unpublished_changes:
            continue  # somebody works on it: it is theirs to publish
        chosen[article.pk] = Placement(
            article_id=article.pk,
            headline=article.headline,
            edition=edition,
            section_id=article.section_id,
            published_at=min(article.created_at, now),
        )
    done = place_imported(list(chosen.values()))
    made = [placement for pk, placement in chosen.items() if pk in done]
    approve_imported(made)
    people = Byline.objects.filter(article_id__in=done, person__isnull=False).values_list(
        "person_id", flat=True
    )
    topics = ArticleTopic.objects.filter(article_id__in=done).values_list("topic_id", flat=True)
    announce_imported(made, [], people=set(people), topics=set(topics), now=now)
    published = [item.pk for item in items if item.article_id in done]
    ImportItem.objects.filter(pk__in=published).update(published=True)
    ImportRun.objects.filter(pk=items[0].run_id).update(published=F("published") + len(published))
