"""Storing batches of articles that intake read: all of a batch in one transaction, or one by one where it fails."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.source_names import shown
from bulaq.newsroom.actions.importing import Placement, announce_imported, approve_imported, place_imported
from bulaq.newsroom.importing.addresses.old_addresses import remember_all
from bulaq.newsroom.importing.addresses.old_parameters import OldParameters
from bulaq.newsroom.importing.matching.names import Created, Names
from bulaq.newsroom.importing.matching.sections import Sections
from bulaq.newsroom.importing.storing.findings import Findings, Place
from bulaq.newsroom.importing.storing.identity import Fingerprint, fingerprint
from bulaq.newsroom.importing.storing.judging import may_be_published
from bulaq.newsroom.importing.storing.new_rows import write_new
from bulaq.newsroom.importing.storing.plain_text import fitted
from bulaq.newsroom.importing.storing.prepared import Found, Prepared
from bulaq.newsroom.importing.storing.preparing import Preparer
from bulaq.newsroom.importing.storing.recording import Stored, record_batch
from bulaq.newsroom.importing.storing.updating import update_all
from bulaq.newsroom.models import Edition, ImportCreation, ImportItem, ImportRun

logger = logging.getLogger(__name__)

BATCH = 200
"""Articles in one transaction: long enough that its fixed costs vanish, short enough (well under a second) that the
desk's writers do not wait for SQLite's lock."""

Outcome, Verdict = ImportItem.Outcome, ImportItem.Verdict


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What the caller wants of the storing."""

    publish: bool = False
    edition_given: bool = False
    """The run's edition was named: articles in other languages stay drafts instead of going to their own edition."""
    default_section_id: int | None = None
    section_map: dict[str, int] = field(default_factory=dict)


class Storer:
    """Stores the finds of one run. Holds caches, so one run has one storer at a time."""

    def __init__(self, run: ImportRun, options: StoreOptions, *, now: datetime | None = None) -> None:
        self.run = run
        self.options = options
        self.now = now
        self.editions = list(Edition.objects.all())
        self.names = Names(run.pk)
        self.hosts: set[tuple[int, str]] = set()
        """(edition, host) that are known to be written already."""
        self.parameters = OldParameters()
        self._prints: dict[tuple[str, int], Fingerprint] = {}
        self.findings = Findings(run.findings)
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
            raise  # whoever tries again has a new storer
        except (DatabaseError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            self._forget()
            self.findings = Findings(ImportRun.objects.values_list("findings", flat=True).get(pk=self.run.pk))
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
        """Reads the tables anew, after a batch that was rolled back."""
        self.names.forget()
        self.hosts.clear()
        self.parameters.forget()
        self.sections.forget()

    def _store(self, batch: Sequence[Found]) -> list[Stored]:
        created: Created = []
        brought = self._bring_in(batch, self.now or timezone.now(), created)
        self._count_spellings(brought.values())
        return record_batch(self.run, batch, brought, self.findings)

    def _count_spellings(self, brought: Iterable[Prepared]) -> None:
        for p in brought:
            if p.outcome != Outcome.CREATED:
                continue
            for name, person_id in p.signed:
                first = self.names.first_spelling(person_id, name)
                if first is not None:
                    self.findings.spelled(person_id, first, fitted(name, 160))

    def _bring_in(self, batch: Sequence[Found], now: datetime, created: Created) -> dict[Place, Prepared]:
        """Writes the articles of a batch and all that goes with them; adds what was `created` besides."""
        prepared = Preparer(self, now).prepare(
            [
                (found, found.item, self._prints[found.key_digest, found.ordinal])
                for found in batch
                if isinstance(found.item, IncomingArticle)
            ],
            created,
        )
        write_new([p for p in prepared if p.existing_id is None], self.run)
        for p in prepared:
            p.outcome = Outcome.CREATED
        told = update_all([p for p in prepared if p.existing_id is not None], self.run, now=now)
        remember_all(prepared, created, known_hosts=self.hosts, parameters=self.parameters)
        self._publish(prepared, now, told)
        # A batch may meet what an earlier one of the same run made (a section placed again): the ledger says it once.
        ImportCreation.objects.bulk_create(
            [ImportCreation(run=self.run, kind=kind, object_id=pk) for kind, pk in created],
            ignore_conflicts=True,
        )
        return {(p.found.key_digest, p.found.ordinal): p for p in prepared}

    def _publish(self, prepared: Sequence[Prepared], now: datetime, told: set[int]) -> None:
        """Publishes what is wanted and complete, and lets follow what follows from the batch, but for what was `told`."""
        wanted = {p.article.pk: _placement(p) for p in prepared if self._may_be_published(p)}
        done = place_imported(list(wanted.values()))
        made = {pk: placement for pk, placement in wanted.items() if pk in done}
        for p in prepared:
            p.published = p.article.pk in made
        # New articles were written as approved already; those of an earlier import are drafts until now.
        approve_imported([made[p.article.pk] for p in prepared if p.existing_id and p.published])
        announce_imported(
            made.values(),
            [
                p.article.pk
                for p in prepared
                if p.outcome in (Outcome.CREATED, Outcome.UPDATED) and p.article.pk not in told
            ],
            people={pk for p in prepared if p.published for pk in p.person_ids},
            topics={pk for p in prepared if p.published for pk in p.topic_ids},
            now=now,
        )

    def _may_be_published(self, p: Prepared) -> bool:
        complete = p.edition is not None and p.article.section_id is not None and p.article.headline
        asked = self.options.publish and p.outcome != Outcome.KEPT
        return bool(asked and complete and may_be_published(p.reasons))


def _placement(p: Prepared) -> Placement:
    return Placement(
        article_id=p.article.pk,
        headline=p.article.headline,
        edition=p.edition,
        section_id=p.article.section_id,
        published_at=p.published_at,
        updated_at=p.updated_at,
    )
