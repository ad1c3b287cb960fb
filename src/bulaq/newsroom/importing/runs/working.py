"""One taking-up of a run: the phases that are left, in pieces between which it can be paused, killed and taken over."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import OperationalError
from django.db.models import F, Max

from bulaq.intake.article import IncomingArticle
from bulaq.intake.listing import Listed, listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.reading_process import Read
from bulaq.intake.source_names import on_disk
from bulaq.intake.sources import WebFetch
from bulaq.intake.templates.archive import learn_for_import
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.addresses.linking import link
from bulaq.newsroom.importing.correcting.kept_corrections import (
    ToldCorrections,
    reading_extra,
    templates_file,
)
from bulaq.newsroom.importing.correcting.rereading import reread
from bulaq.newsroom.importing.matching.spellings import name_by_commonest
from bulaq.newsroom.importing.pictures.fetching import gather
from bulaq.newsroom.importing.runs.asking_again import remember, web_fetch
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.runs.progress import Progress, progress_of
from bulaq.newsroom.importing.runs.publishing import publish_asked
from bulaq.newsroom.importing.runs.trials import TrialStorer
from bulaq.newsroom.importing.storing.batches import BATCH, StoreOptions, Storer
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.storing.prepared import Found
from bulaq.newsroom.models import ImportItem, ImportRun, Section

Phase = ImportRun.Phase

LOOKUP = 400
"""Inputs whose rows are asked for at once when a run is taken up."""

BATCH_SECONDS = 2.0
"""A batch that fills slowly is stored when it is this old: a kill loses no more reading than that."""

SIGN_SECONDS = 1.0
"""Between two signs of life while nothing is stored."""

Watch = Callable[[Progress], None]


class _Stopped(Exception):
    """Somebody asked the run to stop."""


class Work:
    """One taking-up of a run."""

    def __init__(
        self, run_id: int, watch: Watch, stored, stopping: Callable[[], bool], now: datetime | None
    ) -> None:
        self.run = ImportRun.objects.select_related("edition").get(pk=run_id)
        self.options = RunOptions.from_json(self.run.options)
        self.watch, self.stored, self.stopping, self.now = watch, stored, stopping, now
        self.since: float | None = None
        self._signed = time.monotonic()

    def work(self) -> bool:
        """All phases that are left; False when told to stop before the end."""
        phases = self._phases()
        order = list(phases)
        start = order.index(Phase(self.run.phase)) if self.run.phase in order else len(order)
        for phase in order[start:]:
            if phase != self.run.phase:
                ImportRun.objects.filter(pk=self.run.pk).update(phase=phase, cursor=0)
                self.run.phase, self.run.cursor = phase, 0
            if not phases[phase]():
                return False
        return True

    def _phases(self) -> dict[Phase, Callable[[], bool]]:
        """What is to be done, in order; each returns False when told to stop before its end."""
        read = {Phase.LEARNING: self._learn, Phase.READING: self._read_and_store}
        if self.options.trial:
            return read
        # Pictures come last: at half a second each they may take hours, and readers have the articles before.
        afterwards = {Phase.LINKS: link, Phase.PUBLISHING: publish_asked, Phase.PICTURES: gather}
        return read | {
            phase: partial(work, self.run, self.options, self.go_on) for phase, work in afterwards.items()
        }

    def go_on(self) -> bool:
        """Renews the lease, shows the progress, and says whether to go on. Called between pieces of work."""
        self.book_time()
        ImportRun.objects.filter(pk=self.run.pk).update(lease_until=leases.lease_end())
        self.run.refresh_from_db()
        if self.run.owner != leases.owner_name():
            raise leases.RunBusy(f"run {self.run.pk} was taken over by {self.run.owner or 'somebody else'}")
        self.watch(progress_of(self.run))
        return not (self.run.pause_requested or self.stopping())

    def book_time(self) -> None:
        """Adds the time worked since the last booking to the run's."""
        if self.since is not None:
            now = time.monotonic()
            ImportRun.objects.filter(pk=self.run.pk).update(
                busy_seconds=F("busy_seconds") + (now - self.since)
            )
            self.since = now

    def _listed(self) -> Iterator[Listed]:
        return listed(map(on_disk, self.run.inputs), self.options.site)

    def _listed_with_signs(self) -> Iterator[Listed]:
        for item in self._listed():
            self._sign_of_life(0.0)
            yield item

    def _learn(self) -> bool:
        """Learns the templates of the archive: once, so that a run taken up reads as it began."""
        path = templates_file(self.run.pk)
        try:
            if not path.exists():
                learn_for_import(self._listed_with_signs(), path, watch=self._sign_of_life)
        except _Stopped:
            return False
        return True

    def _sign_of_life(self, share: float) -> None:
        """Tells now and then how much of the phase is done. Raises `_Stopped` when told to stop."""
        if time.monotonic() - self._signed >= SIGN_SECONDS:
            self._signed = time.monotonic()
            cursor = round(share * ImportRun.WHOLE_SOURCE)
            ImportRun.objects.filter(pk=self.run.pk).update(cursor=cursor)
            if not self.go_on():
                raise _Stopped

    def _read_and_store(self) -> bool:
        kind = TrialStorer if self.options.trial else Storer
        storer = kind(self.run, self._store_options(), now=self.now)
        correction = self.options.correction
        if correction is None:
            if self.run.sources_total is None:
                self._expect(sum(1 for _ in self._listed()))
            fetch = web_fetch(self.run, settings.BULAQ.fetch_networks) if self.options.fetch else None
            ends: list[Read] = []
            finished = self._store_all(storer, self._read(fetch, ends))
            if finished and not self.options.trial:
                name_by_commonest(self.run)
                if fetch is not None:
                    remember(self.run, ends, fetch)
            return finished
        self._expect(ImportItem.objects.filter(run_id=correction["run"]).count())
        if not self._store_all(storer, reread(self.run, correction, storer)):
            return False
        # Pages of other templates have no rows: what is done is all there was to do.
        ImportRun.objects.filter(pk=self.run.pk).update(sources_total=F("sources_done"))
        return True

    def _expect(self, sources: int) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(sources_total=sources)
        self.run.sources_total = sources

    def _read(self, fetch: WebFetch | None, ends: list[Read]) -> Generator[Found]:
        """All that is wanted, read in processes; the end of each address is added to `ends`."""
        workers = min(self.options.workers or 64, _cores(), max(1, (self.run.sources_total + 7) // 8))
        told = ToldCorrections()
        options = ReadOptions(extra=reading_extra(self.run))
        lanes = min(self.options.workers or 64, _cores())
        with ReadingPool(
            workers=workers, lanes=lanes, options=options, fetch=fetch, looked_through=self._looked_through
        ) as pool:
            for read in pool.read(self._wanted()):
                item = told.applied(read.item)
                if self.options.headline and isinstance(item, IncomingArticle) and not item.headline:
                    item = item.with_headline(self.options.headline)
                yield Found(read.key, digest(read.key), read.ordinal, item, read.ends_source, read.share)
                if read.ends_source and "://" in read.key:
                    ends.append(read)

    def _looked_through(self, share: float) -> None:
        """A large export is looked through for minutes before its first article: that is told, and may be stopped."""
        self._sign_of_life(-share)

    def _store_all(self, storer: Storer, finds: Generator[Found | None]) -> bool:
        """Stores what is found, in batches; None is a page that brings nothing. False when told to stop before the end."""
        batch: list[Found] = []
        begun = self.since = time.monotonic()
        try:
            with closing(finds):
                for found in finds:
                    if found is not None:
                        batch.append(found)
                    if len(batch) >= BATCH or time.monotonic() - begun > BATCH_SECONDS:
                        self.stored(storer.store(batch))
                        batch, begun = [], time.monotonic()
                        if not self.go_on():
                            return False
                if batch:
                    self.stored(storer.store(batch))
                    self.go_on()
        except _Stopped:
            return False
        finally:
            with suppress(OperationalError):  # what broke it off may have been the database
                self.book_time()
            self.since = None
        return True

    def _store_options(self) -> StoreOptions:
        slugs = dict(Section.objects.values_list("slug", "id"))
        default = self.options.default_section
        return StoreOptions(
            publish=self.options.publish,
            edition_given=self.options.edition_given,
            default_section_id=slugs.get(default) if default else None,
            section_map={
                theirs: slugs[slug] for theirs, slug in self.options.section_map.items() if slug in slugs
            },
        )

    def _wanted(self) -> Iterator[Listed]:
        """The inputs that are not finished, each from its first article that has no row yet."""
        inputs = self._listed()
        fresh = not ImportItem.objects.filter(run=self.run).exists()
        while part := list(islice(inputs, LOOKUP)):
            if fresh:
                yield from part
                continue
            digests = {digest(given.key): given for given in part}
            rows = ImportItem.objects.filter(run=self.run, key_digest__in=digests)
            finished = set(rows.filter(ends_source=True).values_list("key_digest", flat=True))
            begun = dict(
                rows.exclude(key_digest__in=finished)
                .values("key_digest")
                .annotate(last=Max("ordinal"))
                .values_list("key_digest", "last")
            )
            for name, given in digests.items():
                if name not in finished:
                    yield given.starting_at(begun[name] + 1) if name in begun else given


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
