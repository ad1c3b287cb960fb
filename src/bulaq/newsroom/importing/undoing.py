"""Taking an import back whole: what it brought, where nobody worked on it since; and a word on what was left."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex

from bulaq.delivery import keys
from bulaq.newsroom.actions.article_changed import keys_of, text_changed
from bulaq.newsroom.actions.deleting import told_already
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.identity import digest_of_stored
from bulaq.newsroom.importing.rewriting import restore
from bulaq.newsroom.models import (
    Agency,
    Article,
    ArticleTopic,
    Byline,
    EditionSection,
    ImportCreation,
    ImportItem,
    ImportPicture,
    ImportRun,
    LegacyPath,
    NewsImage,
    OutboxEntry,
    Person,
    Publication,
    ReadingCorrection,
    Section,
    SectionMapping,
    Topic,
)

BATCH = 100
"""Articles taken back in one transaction; a delete touches a dozen tables for each."""

State, Outcome, Kind = ImportRun.State, ImportItem.Outcome, ImportCreation.Kind

UNDOABLE = frozenset({State.WAITING, State.PAUSED, State.DONE, State.FAILED, State.UNDOING, State.UNDONE})
"""One that was taken back is among them: what had to stay then, because a later import had brought it up to date, may go when
that one was taken back too."""

LEFT = {
    "edited": _("It was edited here since."),
    "corrected": _("It has a public correction."),
    "placed": _("An editor placed it in another edition, or withdrew it."),
    "chosen": _("An editor chose it for another article or a front."),
    "updated-later": _("A later import brought it up to date."),
    "in-use": _("Something else uses it."),
}
"""Why something is left where it is."""


@dataclass
class UndoReport:
    """What was taken back, by kind, and what was left: (kind, id, name, code of `LEFT`)."""

    taken: Counter[str] = field(default_factory=Counter)
    left: list[tuple[str, int, str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "taken": dict(self.taken),
            "left": [
                {"kind": kind, "id": pk, "name": name, "reason": code} for kind, pk, name, code in self.left
            ],
        }


class UndoRefused(RuntimeError):
    """The run cannot be taken back now."""


def undo(run_id: int, *, watch: Callable[[int, int], None] = lambda done, total: None) -> UndoReport:
    """Takes a run back, in batches; broken off, it is taken up by calling it again.

    Articles that the run made are deleted unless they were edited, corrected, placed or chosen here since; articles
    that it updated become what they were; then people, sections, topics, pictures and placements that it made and
    that nothing else uses. Redirects go with their articles.
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
        items = ImportItem.objects.filter(run=run, outcome__in=[Outcome.CREATED, Outcome.UPDATED])
        total, done, last = items.count(), 0, None
        while True:
            # Newest first: an article updated by a later item of the run goes back through its earlier states.
            batch = items.order_by("-id")
            if last is not None:
                batch = batch.filter(pk__lt=last)
            chosen = list(batch[:BATCH])
            if not chosen:
                break
            last = chosen[-1].pk
            with transaction.atomic():
                _take_back(chosen, run, report)
                ImportRun.objects.filter(pk=run_id).update(lease_until=leases.lease_end())
            done += len(chosen)
            watch(done, total)
        with transaction.atomic():
            _take_back_creations(run, report)
            # What it taught is taken back with it: later imports read as if nobody had pointed at anything.
            ReadingCorrection.objects.filter(run=run).delete()
        ImportRun.objects.filter(pk=run_id).update(state=State.UNDONE, finished_at=timezone.now())
    finally:
        leases.release(run_id)
    return report


def _take_back(items: list[ImportItem], run: ImportRun, report: UndoReport) -> None:
    ids = [item.article_id for item in items if item.article_id]
    articles = {
        a.pk: a for a in Article.objects.filter(pk__in=ids).select_related("imported", "latest_revision")
    }
    reasons = _why_not(articles, run)
    to_delete: list[Article] = []
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
            restore(article, json.loads(zlib.decompress(bytes(item.before))))
            imported = article.imported
            imported.text_digest, imported.incoming_digest = digest_of_stored(article), ""
            imported.run = None
            imported.save()
            if article.live:
                text_changed(article, later=True)
            report.taken["update"] += 1
        undone.append(item.pk)
    _delete(to_delete)
    ImportItem.objects.filter(pk__in=undone).update(outcome=Outcome.UNDONE, published=False, article=None)


def why_left(run: ImportRun, article_ids: Iterable[int]) -> dict[int, str]:
    """Why articles of a run cannot be taken back, in words: those that could are not among them."""
    articles = Article.objects.filter(pk__in=list(article_ids)).select_related("imported", "latest_revision")
    return {pk: str(LEFT[code]) for pk, code in _why_not({a.pk: a for a in articles}, run).items()}


def _why_not(articles: dict[int, Article], run: ImportRun) -> dict[int, str]:
    """For each article that must stay, the code of `LEFT`."""
    ids = list(articles)
    found: dict[int, str] = {}
    corrected = set(
        Article.objects.filter(pk__in=ids, corrections__isnull=False).values_list("pk", flat=True)
    )
    chosen = set(
        Article.objects.filter(pk__in=ids)
        .filter(Q(related_choices__isnull=False) | Q(translations__isnull=False))
        .values_list("pk", flat=True)
    )
    placements: dict[int, list[Publication]] = {}
    for publication in Publication.objects.filter(article_id__in=ids):
        placements.setdefault(publication.article_id, []).append(publication)
    for pk, article in articles.items():
        imported = getattr(article, "imported", None)
        newest = article.latest_revision.as_object() if article.latest_revision_id else article
        stands = placements.get(pk, [])
        if imported is None or digest_of_stored(newest) != imported.text_digest:
            found[pk] = "edited"
        elif imported.run_id not in (run.pk, None):
            found[pk] = "updated-later"
        elif pk in corrected:
            found[pk] = "corrected"
        elif len(stands) > 1 or any(
            p.state not in (Publication.State.PUBLISHED, Publication.State.PLANNED) for p in stands
        ):
            found[pk] = "placed"
        elif pk in chosen:
            found[pk] = "chosen"
    return found


def _delete(articles: list[Article]) -> None:
    """Deletes articles, and tells all that showed them."""
    if not articles:
        return
    ids = [article.pk for article in articles]
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
    with told_already():
        Article.objects.filter(pk__in=ids).delete()


def _take_back_creations(run: ImportRun, report: UndoReport) -> None:
    """What the run made besides articles, where nothing uses it now; placements before sections."""
    made: dict[str, list[int]] = {}
    for kind, object_id in ImportCreation.objects.filter(run=run).values_list("kind", "object_id"):
        made.setdefault(kind, []).append(object_id)
    added = LegacyPath.objects.filter(pk__in=made.get(Kind.OLD_ADDRESS, []))
    led_to = sorted(set(added.values_list("article_id", flat=True)))
    if led_to:  # the articles stay, but the edge still holds the redirects to them
        record("import", keys=[keys.article(pk) for pk in led_to], hard=True)
    added.delete()
    SectionMapping.objects.filter(run=run, decided=False).delete()
    for image in NewsImage.objects.filter(pk__in=made.get(Kind.IMAGE, [])):
        if _image_in_use(image):
            report.left.append(("image", image.pk, image.title, "in-use"))
            continue
        names = [image.file.name, *image.renditions.values_list("file", flat=True)]
        image.delete()
        transaction.on_commit(lambda names=tuple(names): _delete_files(names))
        report.taken["image"] += 1
    for placement in EditionSection.objects.filter(pk__in=made.get(Kind.PLACEMENT, [])).select_related(
        "section"
    ):
        if Publication.objects.filter(
            edition_id=placement.edition_id, section_id=placement.section_id
        ).exists():
            report.left.append(("placement", placement.pk, str(placement), "in-use"))
        else:
            placement.delete()
            report.taken["placement"] += 1
    # Narrow sections before the wide ones that hold them: newest first.
    for section in Section.objects.filter(pk__in=made.get(Kind.SECTION, [])).order_by("-pk"):
        used = (
            section.articles.exists()
            or section.publications.exists()
            or section.children.exists()
            or section.edition_sections.exists()
            or SectionMapping.objects.filter(section=section).exists()
        )
        _drop(section, bool(used), "section", report)
    for person in Person.objects.filter(pk__in=made.get(Kind.PERSON, [])):
        described = person.biography or person.portrait_id or person.role or person.other_names.exists()
        _drop(person, bool(described or person.bylines.exists()), "person", report)
    for agency in Agency.objects.filter(pk__in=made.get(Kind.AGENCY, [])):
        _drop(agency, agency.bylines.exists(), "agency", report)
    for topic in Topic.objects.filter(pk__in=made.get(Kind.TOPIC, [])):
        used = topic.article_topics.exists() or topic.description or topic.variants.exists()
        _drop(topic, bool(used), "topic", report)


def _drop(thing, used: bool, kind: str, report: UndoReport) -> None:
    if used:
        report.left.append((kind, thing.pk, str(thing), "in-use"))
    else:
        thing.delete()
        report.taken[kind] += 1


def _image_in_use(image: NewsImage) -> bool:
    """As a lead or portrait; in a body that an import put it into; or wherever Wagtail knows of it."""
    if Article.objects.filter(lead_image=image).exists() or Person.objects.filter(portrait=image).exists():
        return True
    if ImportPicture.objects.filter(image=image).exists():  # goes with its article
        return True
    return ReferenceIndex.get_references_to(image).exists()


def _delete_files(names: tuple[str, ...]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
