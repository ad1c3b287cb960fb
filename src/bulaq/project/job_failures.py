"""What keeps the worker's jobs from their work: told once, however often they try, and again when it is over."""

from __future__ import annotations

import logging
import sqlite3
import time
from dataclasses import dataclass, field

from django.db.utils import InterfaceError, OperationalError

_log = logging.getLogger(__name__)

SAID_SECONDS = 300.0
"""How often the log is told that something still lasts."""

_SURROUNDINGS = (OSError, OperationalError, InterfaceError, sqlite3.OperationalError)
"""A full disk, a database that is away: no fault of ours, whose place in the code tells nobody anything."""


@dataclass(slots=True)
class _Cause:
    since: float
    said: float
    jobs: set[str] = field(default_factory=set)


class JobFailures:
    """Failures by their reason: a full disk stops many jobs, and is one thing to tell."""

    def __init__(self) -> None:
        self._causes: dict[str, _Cause] = {}

    def failed(self, job: str, error: Exception) -> None:
        """To be called where the error is being handled."""
        reason = _reason(error)
        for other in self._without(job, reason):
            del self._causes[other]
        now = time.monotonic()
        cause = self._causes.setdefault(reason, _Cause(now, float("-inf")))
        cause.jobs.add(job)
        if now - cause.said > SAID_SECONDS:
            cause.said = now
            ours = not isinstance(error, _SURROUNDINGS)
            _log.error("worker: %s cannot be done, and is tried again: %s", job, reason, exc_info=ours)

    def succeeded(self, job: str) -> None:
        """The job found nothing in its way."""
        for reason in self._without(job):
            cause = self._causes.pop(reason)
            _log.warning("worker: goes on after %.0f s (%s)", time.monotonic() - cause.since, reason)

    def _without(self, job: str, reason: str = "") -> list[str]:
        """The causes but ``reason`` that keep nobody any more, now that they do not keep this job."""
        others = [(other, cause) for other, cause in self._causes.items() if other != reason]
        for _, cause in others:
            cause.jobs.discard(job)
        return [other for other, cause in others if not cause.jobs]


def _reason(error: Exception) -> str:
    """Of an error of a file without the file, which may be another at each try."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {' '.join(text.split())[:300]}"
