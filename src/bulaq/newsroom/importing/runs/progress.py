"""How far an import is, as its row tells: for whoever watches it, at the desk or on the command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.pictures.fetching import counts
from bulaq.newsroom.models import ImportPicture, ImportRun

State, Phase = ImportRun.State, ImportRun.Phase

TELLING = 20
"""Articles from which the time left is told: the first ones wait for the readers to start."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `share`: of all that is to be read (0–1), by inputs and, of the one at hand, by bytes; while
    learning, of that; in the phase of pictures, of those; `rate`: articles a second while reading; `seconds_left`: of reading, None when it
    cannot be told; `looked_through`: of the bytes of an export (0–1) that is looked through before its first article is read;
    `pictures_done`, `pictures_total`: None in the other phases."""

    run_id: int
    state: str
    phase: str
    sources_done: int
    sources_total: int | None
    share: float
    articles: int
    refused: int
    rate: float
    seconds_left: float | None
    pictures_done: int | None = None
    pictures_total: int | None = None
    looked_through: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def state_of(run: ImportRun) -> str:
    """The state as a person means it: a run whose process was killed is interrupted, not running."""
    if run.state == State.RUNNING and not leases.is_worked_on(run) and not run.options.get("by_worker"):
        return "interrupted"
    return run.state


def progress_of(run: ImportRun) -> Progress:
    """How far a run is, from its row alone."""
    rate = (run.articles + run.refused) / run.busy_seconds if run.busy_seconds > 0.5 else 0.0
    pictures = counts(run) if run.phase == Phase.PICTURES else {}
    total = sum(pictures.values())
    done = total - pictures.get(ImportPicture.State.WAITING, 0)
    share = done / total if total else _share(run)
    reading = run.phase == Phase.READING
    told = reading and share and run.articles + run.refused >= TELLING
    left = (1 - share) * run.busy_seconds / share if told and run.busy_seconds else None
    return Progress(
        run_id=run.pk,
        state=run.state,
        phase=run.phase,
        sources_done=run.sources_done,
        sources_total=run.sources_total,
        share=round(share, 4),
        articles=run.articles,
        refused=run.refused,
        rate=round(rate, 1),
        seconds_left=round(left, 1) if left is not None else None,
        pictures_done=done if total else None,
        pictures_total=total or None,
        looked_through=-run.cursor / ImportRun.WHOLE_SOURCE if reading and run.cursor < 0 else None,
    )


def _share(run: ImportRun) -> float:
    if run.phase == Phase.LEARNING:
        return min(1.0, run.cursor / ImportRun.WHOLE_SOURCE)
    if run.phase != Phase.READING:
        return 1.0
    if not run.sources_total:
        return 0.0
    return min(1.0, (run.sources_done + max(0, run.cursor) / ImportRun.WHOLE_SOURCE) / run.sources_total)
