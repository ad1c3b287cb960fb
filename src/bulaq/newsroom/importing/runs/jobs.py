"""An import as a job: phases that can be stopped and killed at any moment and go on where they were.

What is done is known from the tables alone (`ImportItem` rows are written in the transaction of their articles), so a
run that is taken up reads only what has no row yet.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, close_old_connections
from django.utils import timezone

from bulaq.intake.source_names import storable
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.leases import RunBusy
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.runs.progress import progress_of
from bulaq.newsroom.importing.runs.working import Watch, Work
from bulaq.newsroom.importing.storing.recording import Stored
from bulaq.newsroom.models import Edition, ImportRun

logger = logging.getLogger(__name__)

State, Phase = ImportRun.State, ImportRun.Phase

RESUMABLE = frozenset({State.WAITING, State.RUNNING, State.PAUSED, State.FAILED})

AGAIN_SECONDS = (5, 15, 30, 60, 120)
"""Pauses before the next try with a database that cannot be used: four minutes in all, besides its own patience."""


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
        phase=Phase.LEARNING,
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
        return Work(run_id, watch, stored, stopping, now).work()

    with _failing_in_words(run_id):
        finished = _patiently(take_and_work, stopping)
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


@contextmanager
def _failing_in_words(run_id: int) -> Iterator[None]:
    """Whatever ends the work within it leaves the run free, and of a failure the reason."""
    try:
        yield
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
