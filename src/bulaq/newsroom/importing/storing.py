"""Storing batches of articles that intake read: all of a batch in one transaction, or one by one where it fails."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.judgement import Reason
from bulaq.intake.source_names import shown, storable
from bulaq.newsroom.actions.importing import Placement, announce_imported, approve_imported, place_imported
from bulaq.newsroom.importing.identity import Fingerprint, fingerprint
from bulaq.newsroom.importing.judging import is_doubtful, may_be_published
from bulaq.newsroom.importing.names import Created, Names
from bulaq.newsroom.importing.old_addresses import remember_all
from bulaq.newsroom.importing.preparing import Prepared, Preparer, write_new
from bulaq.newsroom.importing.sections import Sections
from bulaq.newsroom.importing.updating import update
from bulaq.newsroom.models import Edition, ImportCreation, ImportItem, ImportRun
from bulaq.newsroom.row_writing import Row, write_rows

logger = logging.getLogger(__name__)

BATCH = 200
"""Articles in one transaction: long enough that its fixed costs vanish, short enough (well under a second) that the
desk's writers do not wait for SQLite's lock."""

Outcome, Verdict = ImportItem.Outcome, ImportItem.Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """One article or refusal of a source. `ends_source`: nothing more comes from it; `share`: how much of the source
    (0–1) was read by then."""

    key: str
    key_digest: str
    ordinal: int
    item: IncomingArticle | Refusal
    ends_source: bool = True
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What the caller wants of the storing."""

    publish: bool = False
    edition_given: bool = False
    """The run's edition was named: articles in other languages stay drafts instead of going to their own edition."""
    default_section_id: int | None = None
    section_map: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one `Found`."""

    key: str
    ordinal: int
    verdict: str
    outcome: str
    article_id: int | None
    published: bool
    reasons: tuple[Reason, ...]


class Storer:
    """Stores the finds of one run. Holds caches, so one run has one storer at a time."""

    def __init__(self, run: ImportRun, options: StoreOptions, *, now: datetime | None = None) -> None:
        self.run = run
        self.options = options
        self.now = now
        self.editions = list(Edition.objects.all())
        self.names = Names()
        self.hosts: set[tuple[int, str]] = set()
        """(edition, host) that are known to be written already."""
        self._prints: dict[tuple[str, int], Fingerprint] = {}
        self.known_articles: dict[tuple[str, int], int] = {}
        """(digest of the source, ordinal) → the article that it is known to be, whatever its text says now."""
        self.sections = Sections(
            editions=self.editions,
            given=options.section_map,
            default_id=options.default_section_id,
            run_id=run.pk,
        )

    def store(self, batch: Sequence[Found]) -> list[Stored]:
        """Stores a batch and its record in the run. What cannot be stored is recorded as refused; the rest goes on.

        Raises only what says that the database itself cannot be used now (`OperationalError`).
        """
        stored: list[Stored] = []
        for part in self._without_repeats(batch):
            stored += self._store_or_part(part)
        return stored

    def _without_repeats(self, batch: Sequence[Found]):
        """The batch in parts in which no article comes twice: the second one must find the first one stored."""
        part: list[Found] = []
        seen: set[str] = set()
        self._prints = {}
        for found in batch:
            if isinstance(found.item, IncomingArticle):
                try:
                    known_by = self._prints[found.key_digest, found.ordinal] = fingerprint(found.item)
                except (ValueError, TypeError, RecursionError) as error:
                    refusal = Refusal(
                        found.key, "not-stored", f"cannot be stored: {type(error).__name__}: {error}"[:500]
                    )
                    part.append(replace(found, item=refusal))
                    continue
                names = {known_by.identity, known_by.content}
                if names & seen:
                    yield part
                    part, seen = [], set()
                seen |= names
            part.append(found)
        if part:
            yield part

    def _store_or_part(self, batch: Sequence[Found]) -> list[Stored]:
        try:
            with transaction.atomic():
                return self._store(batch)
        except OperationalError:
            self._forget()
            raise
        except (DatabaseError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            self._forget()
            if len(batch) > 1:
                middle = len(batch) // 2
                return self._store_or_part(batch[:middle]) + self._store_or_part(batch[middle:])
            only = batch[0]
            if self._is_told(only):
                return []
            logger.warning(
                "import %s: %s cannot be stored: %s: %s", self.run.pk, shown(only.key), type(error).__name__, error,
                exc_info=logger.isEnabledFor(logging.DEBUG),
            )  # fmt: skip
            refusal = Refusal(
                only.key, "not-stored", f"cannot be stored: {type(error).__name__}: {error}"[:500]
            )
            with transaction.atomic():
                return self._store(
                    [Found(only.key, only.key_digest, only.ordinal, refusal, only.ends_source)]
                )

    def _is_told(self, found: Found) -> bool:
        """Whether the run has a row for it: a file that was named by itself and in its folder comes twice."""
        if not ImportItem.objects.filter(
            run=self.run, key_digest=found.key_digest, ordinal=found.ordinal
        ).exists():
            return False
        if found.ends_source:
            ImportRun.objects.filter(pk=self.run.pk).update(sources_done=F("sources_done") + 1)
        return True

    def _forget(self) -> None:
        self.names.forget()
        self.hosts.clear()
        self.sections.forget()

    def _store(self, batch: Sequence[Found]) -> list[Stored]:
        now = self.now or timezone.now()
        created: Created = []
        preparer = Preparer(self, now)
        articles = [found for found in batch if isinstance(found.item, IncomingArticle)]
        prepared = preparer.prepare(
            [(found, found.item, self._prints[found.key_digest, found.ordinal]) for found in articles],
            created,
        )
        new = [p for p in prepared if p.existing_id is None]
        write_new(new, self.run)
        for p in prepared:
            if p.existing_id is None:
                p.outcome = Outcome.CREATED
            else:
                update(p, self.run, now=now)
        remember_all(prepared, created, known_hosts=self.hosts)
        published = self._publish(prepared)
        self._announce(prepared, published, now)
        # A batch may meet what an earlier one of the same run made (a section placed again): the ledger says it once.
        ImportCreation.objects.bulk_create(
            [ImportCreation(run=self.run, kind=kind, object_id=pk) for kind, pk in created],
            ignore_conflicts=True,
        )
        return self._record(batch, {(p.found.key_digest, p.found.ordinal): p for p in prepared}, published)

    def _publish(self, prepared: Sequence[Prepared]) -> dict[int, Placement]:
        """Publishes what is wanted and complete; returns the placements made, by article."""
        if not self.options.publish:
            return {}
        placements: dict[int, Placement] = {}
        for p in prepared:
            complete = p.edition is not None and p.article.section_id is not None and p.article.headline
            if complete and may_be_published(p.reasons) and p.outcome != Outcome.KEPT:
                placements[p.article.pk] = Placement(
                    article_id=p.article.pk,
                    headline=p.article.headline,
                    edition=p.edition,
                    section_id=p.article.section_id,
                    published_at=p.published_at,
                    updated_at=p.updated_at,
                )
        done = place_imported(list(placements.values()))
        made = {pk: placement for pk, placement in placements.items() if pk in done}
        # New articles were written as approved already; those of an earlier import are drafts until now.
        approve_imported([made[p.article.pk] for p in prepared if p.existing_id and p.article.pk in made])
        return made

    def _announce(self, prepared: Sequence[Prepared], published: dict[int, Placement], now: datetime) -> None:
        announce_imported(
            published.values(),
            [p.article.pk for p in prepared if p.outcome in (Outcome.CREATED, Outcome.UPDATED)],
            people={pk for p in prepared if p.article.pk in published for pk in p.person_ids},
            topics={pk for p in prepared if p.article.pk in published for pk in p.topic_ids},
            now=now,
        )

    def _record(
        self,
        batch: Sequence[Found],
        prepared: dict[tuple[str, int], Prepared],
        published: dict[int, Placement],
    ) -> list[Stored]:
        """Writes the items and counts of the run."""
        stored: list[Stored] = []
        items: list[Row] = []
        for found in batch:
            p = prepared.get((found.key_digest, found.ordinal))
            if p is None:
                assert isinstance(found.item, Refusal)
                # Most readers name the input in their words; here it stands beside them.
                reasons = (
                    Reason(found.item.code, storable(found.item.reason.removeprefix(f"{found.key}: "))),
                )
                line = Stored(
                    storable(found.key), found.ordinal, Verdict.REFUSED, Outcome.REFUSED, None, False, reasons
                )
            else:
                verdict = Verdict.DOUBTFUL if is_doubtful(p.reasons) else Verdict.READY
                line = Stored(
                    storable(found.key), found.ordinal, verdict, p.outcome, p.article.pk, p.article.pk in published,
                    tuple(p.reasons),
                )  # fmt: skip
            stored.append(line)
            items.append(
                {
                    "run_id": self.run.pk,
                    "key": storable(found.key),
                    "key_digest": found.key_digest,
                    "ordinal": found.ordinal,
                    "ends_source": found.ends_source,
                    "verdict": line.verdict,
                    "outcome": line.outcome,
                    "published": line.published,
                    "reasons": [reason.as_json() for reason in line.reasons],
                    "article_id": line.article_id,
                    "record": ImportItem.packed(p.known_by.record) if p else None,
                    "before": p.before if p else None,
                }
            )
        write_rows(ImportItem, items)
        counts = {
            "sources_done": sum(found.ends_source for found in batch),
            "published": sum(line.published for line in stored),
        }
        for verdict in Verdict:
            counts[verdict.value] = sum(line.verdict == verdict for line in stored)
        for outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.KEPT):
            counts[outcome.value] = sum(line.outcome == outcome for line in stored)
        ImportRun.objects.filter(pk=self.run.pk).update(
            **{name: F(name) + number for name, number in counts.items() if number},
            cursor=0 if batch[-1].ends_source else round(batch[-1].share * ImportRun.WHOLE_SOURCE),
            **self._heartbeat(),
        )
        return stored

    def _heartbeat(self) -> dict[str, object]:
        """So that the update is never empty, and everybody sees that the run lives."""
        from bulaq.newsroom.importing.leases import lease_end

        return {"lease_until": lease_end()} if self.run.owner else {"failure": ""}
