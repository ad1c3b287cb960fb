"""An import as a job: phases that can be stopped and killed at any moment and go on where they were.

What is done is known from the tables alone (`ImportItem` rows are written in the transaction of their articles), so a
run that is taken up reads only what has no row yet.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.db.models import F, Max
from django.utils import timezone

from bulaq.intake.article import IncomingArticle
from bulaq.intake.listing import Listed, listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.source_names import on_disk, storable
from bulaq.intake.sources import WebFetch
from bulaq.intake.templates.archive import learn_for_import
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.identity import digest
from bulaq.newsroom.importing.kept_corrections import ToldCorrections, reading_extra, templates_file
from bulaq.newsroom.importing.pictures import gather
from bulaq.newsroom.importing.rereading import reread
from bulaq.newsroom.importing.run_options import RunOptions
from bulaq.newsroom.importing.run_progress import Progress, progress_of
from bulaq.newsroom.importing.storing import BATCH, Found, Stored, StoreOptions, Storer
from bulaq.newsroom.models import Edition, ImportItem, ImportRun, Section

logger = logging.getLogger(__name__)

State, Phase = ImportRun.State, ImportRun.Phase

RESUMABLE = frozenset({State.WAITING, State.RUNNING, State.PAUSED, State.FAILED})

LOOKUP = 400
"""Inputs whose rows are asked for at once when a run is taken up."""

BATCH_SECONDS = 2.0
"""A batch that fills slowly is stored when it is this old: a kill loses no more reading than that."""

AGAIN_SECONDS = (5, 15, 30, 60, 120)
"""Pauses before the next try with a database that cannot be used: four minutes in all, besides its own patience."""

Watch = Callable[[Progress], None]


def begin(
    *,
    inputs: Iterable[str],
    edition: Edition,
    options: RunOptions,
    by: Any = None,
) -> ImportRun:
    """Writes down a new run; nothing is read yet."""
    return ImportRun.objects.create(
        edition=edition,
        inputs=_places(inputs),
        options=options.as_json(),
        started_by=by,
        # What is begun on the command line is worked on there, and is not the worker's to take.
        state=State.WAITING if options.by_worker else State.PAUSED,
    )


def unfinished(*, inputs: Iterable[str], edition: Edition, options: RunOptions) -> ImportRun | None:
    """The newest run over the same inputs with the same options that was broken off, or failed, and that nobody works on."""
    places = _places(inputs)
    for run in ImportRun.objects.filter(edition=edition, state__in=RESUMABLE).order_by("-id")[:50]:
        same = RunOptions.from_json(run.options) == options
        if run.inputs == places and same and not leases.is_worked_on(run):
            return run
    return None


def _places(inputs: Iterable[str]) -> list[str]:
    """The inputs as they are kept: each once, wherever it is worked on from."""
    return list(dict.fromkeys(storable(name if "://" in name else os.path.abspath(name)) for name in inputs))


class RunBusy(RuntimeError):
    """Another living process works on the run, or its state does not allow it to be worked on."""


def work(
    run_id: int,
    *,
    watch: Watch = lambda progress: None,
    stored: Callable[[list[Stored]], None] = lambda lines: None,
    stopping: Callable[[], bool] = lambda: False,
    stopped_state: str = State.PAUSED,
    now: datetime | None = None,
) -> ImportRun:
    """Does all of a run that is not done yet. Returns it done, or paused when it was asked to stop.

    `stopped_state`: its state when `stopping` ended the work; a pause that somebody asked for is always a pause.
    Raises `RunBusy` when it is not ours to work on. Whatever else is raised leaves the run failed, with the reason,
    and free to be taken up again.
    """

    def take_and_work() -> bool:
        # Each time: while the database was away, the lease may have run out and another process have taken the run.
        if not _taken(run_id):
            raise RunBusy(f"run {run_id} is being worked on, or is over")
        return _Worker(run_id, watch, stored, stopping, now).work()

    try:
        finished = _patiently(take_and_work, stopping)
    except RunBusy:
        raise  # it is another's, with its state
    except BaseException as error:
        failed = isinstance(error, Exception)
        ImportRun.objects.filter(pk=run_id, owner=leases.owner_name()).update(
            state=State.FAILED if failed else State.PAUSED,
            failure=f"{type(error).__name__}: {error}"[:2000] if failed else "",
        )
        raise
    finally:
        leases.release(run_id)
    if finished:
        ImportRun.objects.filter(pk=run_id).update(
            state=State.DONE, phase=Phase.FINISHED, finished_at=timezone.now()
        )
    else:
        asked = ImportRun.objects.filter(pk=run_id, pause_requested=True).exists()
        ImportRun.objects.filter(pk=run_id).update(
            state=State.PAUSED if asked else stopped_state, pause_requested=False
        )
    run = ImportRun.objects.get(pk=run_id)
    watch(progress_of(run))
    return run


def _taken(run_id: int) -> bool:
    return leases.take(run_id, {state.value for state in RESUMABLE}) and bool(
        ImportRun.objects.filter(pk=run_id).update(state=State.RUNNING, failure="")
    )


def _patiently(work: Callable[[], bool], stopping: Callable[[], bool]) -> bool:
    """What `work` returns, tried again. A database that cannot be used for some minutes (locked by a
    backup, restarted, a full disk that somebody clears) ends no import: it is taken up as after a kill."""
    for pause in (*AGAIN_SECONDS, None):
        try:
            return work()
        except OperationalError as error:
            if pause is None or stopping():
                raise
            logger.warning("import: %s; trying again in %d s", " ".join(str(error).split()), pause)
            close_old_connections()
            until = time.monotonic() + pause
            while time.monotonic() < until and not stopping():
                time.sleep(0.5)
    raise AssertionError("the last try returns or raises")


class _Worker:
    """One taking-up of a run."""

    def __init__(
        self, run_id: int, watch: Watch, stored, stopping: Callable[[], bool], now: datetime | None
    ) -> None:
        self.run = ImportRun.objects.select_related("edition").get(pk=run_id)
        self.options = RunOptions.from_json(self.run.options)
        self.watch, self.stored, self.stopping, self.now = watch, stored, stopping, now
        self.since: float | None = None

    def work(self) -> bool:
        """All phases that are left; False when told to stop before the end."""
        from bulaq.newsroom.importing.linking import link
        from bulaq.newsroom.importing.publishing import publish_asked

        # Pictures come last: at half a second each they may take hours, and readers have the articles before.
        phases = {
            Phase.READING: self._read_and_store,
            Phase.LINKS: link,
            Phase.PUBLISHING: publish_asked,
            Phase.PICTURES: gather,
        }
        order = list(phases)
        start = order.index(Phase(self.run.phase)) if self.run.phase in order else len(order)
        for phase in order[start:]:
            if phase != self.run.phase:
                ImportRun.objects.filter(pk=self.run.pk).update(phase=phase, cursor=0)
                self.run.phase, self.run.cursor = phase, 0
            finished = (
                phases[phase]()
                if phase == Phase.READING
                else phases[phase](self.run, self.options, self.go_on)
            )
            if not finished:
                return False
        return True

    def go_on(self) -> bool:
        """Renews the lease, shows the progress, and says whether to go on. Called between pieces of work."""
        self.book_time()
        ImportRun.objects.filter(pk=self.run.pk).update(lease_until=leases.lease_end())
        self.run.refresh_from_db()
        if self.run.owner != leases.owner_name():
            raise RunBusy(f"run {self.run.pk} was taken over by {self.run.owner or 'somebody else'}")
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

    def _read_options(self) -> ReadOptions:
        """With the templates learned from this archive (once, so that a run taken up reads as it began) and with what
        editors corrected on pages of the same sites before."""
        path = templates_file(self.run.pk)
        if not path.exists():
            learn_for_import(self._listed(), path)
        return ReadOptions(extra=reading_extra(self.run))

    def _read_and_store(self) -> bool:
        storer = Storer(self.run, self._store_options(), now=self.now)
        correction = self.options.correction
        if correction is None:
            if self.run.sources_total is None:
                self._expect(sum(1 for _ in self._listed()))
            return self._store_all(storer, self._read())
        self._expect(ImportItem.objects.filter(run_id=correction["run"]).count())
        if not self._store_all(storer, reread(self.run, correction, storer)):
            return False
        # Pages of other templates have no rows: what is done is all there was to do.
        ImportRun.objects.filter(pk=self.run.pk).update(sources_total=F("sources_done"))
        return True

    def _expect(self, sources: int) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(sources_total=sources)
        self.run.sources_total = sources

    def _read(self) -> Generator[Found]:
        workers = min(self.options.workers or 64, _cores(), max(1, (self.run.sources_total + 7) // 8))
        told = ToldCorrections()
        fetch = WebFetch(settings.BULAQ.fetch_networks) if self.options.fetch else None
        with ReadingPool(workers=workers, options=self._read_options(), fetch=fetch) as pool:
            for read in pool.read(self._wanted()):
                item = told.applied(read.item)
                if self.options.headline and isinstance(item, IncomingArticle) and not item.headline:
                    item = item.with_headline(self.options.headline)
                yield Found(read.key, digest(read.key), read.ordinal, item, read.ends_source, read.share)

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
