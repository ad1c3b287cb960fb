"""What each edge worker has done and holds, told once a second in a file of its own: for operators and for measuring.

The figures are of one process since its start; whoever wants the machine's adds them up.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """``served``: answers given without waiting for anything; ``asked``: requests to the application, ``ahead`` of them for no
    reader: what is steadily wanted is renewed before the next one asks; ``stored``: responses in memory and their ``bytes``;
    ``generation``: the last purge that this worker knows."""

    pid: int
    served: int
    asked: int
    ahead: int
    stored: int
    bytes: int
    generation: int


def write(folder: Path, report: WorkerReport) -> None:
    """Replaces the worker's file. A full disk is no reason to stop serving: then the last report stands."""
    path = folder / f"{report.pid}{_SUFFIX}"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(report)), "ascii")
        fresh.replace(path)


def read(folder: Path) -> Iterator[WorkerReport]:
    """The reports of the workers that live; those of dead ones are removed."""
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            report = WorkerReport(**json.loads(path.read_text("ascii")))
        except (OSError, ValueError, TypeError):
            continue
        if _lives(report.pid):
            yield report
        else:
            path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
