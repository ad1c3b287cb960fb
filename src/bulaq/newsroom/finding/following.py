"""What follows an act: the index learns of the article, and related boxes are computed ahead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from bulaq.delivery import keys
from bulaq.discovery.document import Document
from bulaq.discovery.duplicates import DuplicateIndex
from bulaq.discovery.index import IndexOutdated, LearningIndex, Writer
from bulaq.discovery.related import Related, RelatedIndex
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.finding import changed_meanwhile, indexes, stories, topics
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.duplicates import text_of
from bulaq.newsroom.finding.indexes import (
    duplicate_index,
    finder,
    related_index,
    search_index,
    writing,
)
from bulaq.newsroom.models import Article, Edition, OutboxEntry, Publication, RelatedArticle, RelatedChoice
from bulaq.newsroom.outbox_consumer import consume

KEPT = 8
"""Related lines computed for an article: more than a box shows, for what a page leaves out."""

MOST_AFFECTED = 60
"""Older articles whose boxes are looked at again when a new chapter arrives. A story seldom has more living parts, and
every article is computed anew by `bulaq reindex`."""

BACKLOG = 250
"""So many entries waiting are an import: filed together, an older article's box is made once for all that enter it."""


def index_waiting() -> int:
    """Does the waiting index and related work; returns how many entries were done (0 while a rebuild runs)."""
    with writing(wait=False) as ours:
        if not ours:
            return 0
        done = 0 if search_must_be_rebuilt() else consume(OutboxEntry.Consumer.INDEX, index, batch=250)
        waiting = OutboxEntry.objects.filter(consumer=OutboxEntry.Consumer.RELATED)
        many = len(waiting.values_list("pk", flat=True)[:BACKLOG]) == BACKLOG
        return done + consume(OutboxEntry.Consumer.RELATED, relate, batch=BACKLOG if many else 50)


def search_must_be_rebuilt(*, opened_anew: bool = False) -> bool:
    """Whether the search index is of another version, damaged, or gone: it holds nothing, but readers see articles of
    which no entry in the outbox tells. To go on writing would leave an index that looks whole and lacks the archive.
    `opened_anew` notices damage to what this process has open, and takes longer."""
    try:
        if opened_anew:
            search_index().check()
        if search_index().cursor() is not None:
            return False
    except IndexOutdated:
        return True
    waiting = OutboxEntry.objects.filter(consumer=OutboxEntry.Consumer.INDEX, article_id__isnull=False)
    seen = Publication.objects.filter(state=Publication.State.PUBLISHED)
    return seen.exclude(article_id__in=waiting.values("article_id")).exists()


def learn() -> int:
    """Lets the index learn spellings and words from what came since; nothing is left to do afterwards (0)."""
    with writing(wait=False) as ours:
        index_in_use = search_index()
        if ours and isinstance(index_in_use, LearningIndex) and index_in_use.count():
            index_in_use.learn()
    return 0


def index(entries: Sequence[OutboxEntry]) -> None:
    """Puts the articles of these entries into the search index as they are now, or takes them out."""
    wanted = list(dict.fromkeys(entry.article_id for entry in entries if entry.article_id))
    changed_meanwhile.note(wanted)
    with search_index().writer() as writer:
        write(writer, wanted)
        writer.commit(str(max(entry.pk for entry in entries)))


def write(writer: Writer, article_ids: Collection[int]) -> None:
    """Writes these articles into a search index as they are now; those that are gone are taken out."""
    found = list(documents(list(article_ids)))
    writer.put(found)
    writer.delete(set(article_ids) - {document.id for document in found})


def relate(entries: Sequence[OutboxEntry]) -> None:
    """Files the articles of these entries, then computes their boxes and those that they may enter, and the stories and
    topics they belong to. What follows an archive gives way to an editor's act: the rest is put back for later."""
    pace = _Pace(later=all(entry.later for entry in entries))
    new, boxes, names = (
        list(dict.fromkeys(entry.article_id for entry in entries if entry.article_id and entry.kind in kinds))
        for kinds in ({entry.kind for entry in entries} - {BOXES, NAMES}, {BOXES}, {NAMES})
    )
    found: dict[int, Document] = {}
    again: dict[int, set[int]] = {}
    for part in pace.parts(new, "update"):
        documents_of_part = list(documents(part))
        file(documents_of_part, gone=set(part) - {document.id for document in documents_of_part})
        found |= {document.id: document for document in documents_of_part}
    for part in pace.parts(list(found), "update"):
        for document in (found[article] for article in part):
            for edition in live_editions(document):
                for other in affected(document, edition):
                    again.setdefault(other, set()).add(edition)
    for part in pace.parts([*found, *(set(again) - set(found)), *boxes], BOXES):
        changed = set()
        for document in documents(part):
            for edition in again.get(document.id) or live_editions(document):
                if compute(document, edition):
                    changed.add(document.id)
        _purge_boxes(changed)
    for part in pace.parts([*found, *names], NAMES):
        named = list(documents(part))
        stories.follow(named)
        topics.follow(named)


BOXES, NAMES = "boxes", "names"
"""Kinds of entries for what was left when a batch gave way: articles that are filed, whose boxes, or whose stories and
topics, are still to be made."""


class _Pace:
    """Cuts a batch into parts. Between them, a batch that follows an archive looks whether an editor's act waits; then
    what is left becomes entries of its own."""

    PART = 25
    """Articles after which it looks: one to two seconds of work."""

    def __init__(self, *, later: bool) -> None:
        self.later = later

    def parts(self, articles: Sequence[int], kind: str) -> Iterator[Sequence[int]]:
        size = self.PART if self.later else max(1, len(articles))
        for start in range(0, len(articles), size):
            if start and self.later and _act_waits():
                OutboxEntry.objects.bulk_create(
                    OutboxEntry(
                        consumer=OutboxEntry.Consumer.RELATED, kind=kind, article_id=article, later=True
                    )
                    for article in articles[start:]
                )
                return
            yield articles[start : start + size]


def _act_waits() -> bool:
    acts = OutboxEntry.objects.filter(
        consumer__in=[OutboxEntry.Consumer.INDEX, OutboxEntry.Consumer.RELATED],
        later=False,
        available_at__lte=timezone.now(),
    )
    return acts.exists()


def recompute(article_ids: Sequence[int]) -> None:
    """Computes the boxes of articles that are filed already, and files them into stories: what a rebuild does."""
    found = list(documents(article_ids))
    _purge_boxes(
        {
            document.id
            for document in found
            for edition in live_editions(document)
            if compute(document, edition)
        }
    )
    stories.follow(found)


def _purge_boxes(changed: Collection[int]) -> None:
    if changed:
        with transaction.atomic():
            record("related", keys=[keys.box("related", article) for article in changed])


def file(found: Sequence[Document], *, gone: Iterable[int] = ()) -> None:
    """Puts documents into the indexes of related articles and of duplicates, and into those being filled."""
    _file(found, gone, related_index(), duplicate_index())
    file_next(found, gone=gone)


def file_next(found: Sequence[Document], *, gone: Iterable[int] = ()) -> None:
    """The same for the neighbours that a rebuild fills, alone, if one does."""
    filling = indexes.filling()
    if filling is not None:
        try:
            _file(found, gone, filling.related, filling.duplicates)
        finally:
            filling.close()


def _file(
    found: Sequence[Document], gone: Iterable[int], related: RelatedIndex, duplicates: DuplicateIndex
) -> None:
    related.put(found)
    related.delete(gone)
    duplicates.add_many([(document.id, text_of(document)) for document in found])
    for article in gone:
        duplicates.remove(article)


def live_editions(document: Document) -> list[int]:
    """The editions whose readers see the article now."""
    return [placement.edition for placement in document.placements if placement.live]


def affected(document: Document, edition: int) -> list[int]:
    """The articles of an edition whose related boxes must be computed again because of this one: those that it is good
    enough to enter, and those that show it already."""
    showing = set(
        RelatedArticle.objects.filter(related_id=document.id, edition_id=edition).values_list(
            "article_id", flat=True
        )
    )
    near = [
        (other, score) for other, score in finder().affected(document, edition=edition, limit=MOST_AFFECTED)
    ]
    weakest: dict[int, float] = {}
    full: dict[int, int] = {}
    lines = RelatedArticle.objects.filter(article_id__in=[other for other, _ in near], edition_id=edition)
    for article_id, score in lines.values_list("article_id", "score"):
        weakest[article_id] = min(score, weakest.get(article_id, 1.0))
        full[article_id] = full.get(article_id, 0) + 1
    entered = {other for other, score in near if full.get(other, 0) < KEPT or score > weakest[other]}
    return sorted((showing | entered) - {document.id})


def compute(document: Document, edition: int) -> bool:
    """Computes and stores one related box; True when it shows something else than before."""
    choices = RelatedChoice.objects.filter(article_id=document.id).values_list("other_id", "kind")
    pinned = [other for other, kind in choices if kind == RelatedChoice.Kind.PIN]
    banned = {other for other, kind in choices if kind == RelatedChoice.Kind.BAN}
    found = finder().related(document, edition=edition, limit=KEPT, pinned=pinned, banned=banned)
    return store(document.id, edition, found)


def store(article_id: int, edition_id: int, found: Sequence[Related]) -> bool:
    """Writes the lines of one box; True when they differ from those before."""
    there = set(Article.objects.filter(pk__in=[line.id for line in found]).values_list("pk", flat=True))
    found = [line for line in found if line.id in there]
    before = list(
        RelatedArticle.objects.filter(article_id=article_id, edition_id=edition_id)
        .order_by("position")
        .values_list("related_id", flat=True)
    )
    with transaction.atomic():
        RelatedArticle.objects.filter(article_id=article_id, edition_id=edition_id).delete()
        if (
            not Edition.objects.filter(pk=edition_id).exists()
            or not Article.objects.filter(pk=article_id).exists()
        ):
            return bool(before)
        RelatedArticle.objects.bulk_create(
            RelatedArticle(
                article_id=article_id,
                edition_id=edition_id,
                position=position,
                related_id=line.id,
                score=line.score,
                reasons=[[reason.words, round(reason.share, 3)] for reason in line.reasons],
            )
            for position, line in enumerate(found)
        )
    return before != [line.id for line in found]
