"""The worker: consumers of the outbox and jobs by the clock, in one process, each isolated from the others' failures."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections

from bulaq.project.job_failures import JobFailures


@dataclass
class Job:
    """Something done every `every` seconds. `run` returns how many things it did: while more than none, it goes on."""

    name: str
    every: float
    run: Callable[[], int]
    next_at: float = 0.0


class Worker:
    """Runs jobs (`bulaq.project.jobs`) in turn, the most urgent first."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = jobs
        self.failures = JobFailures()
        self.stopping = threading.Event()

    def run_for_ever(self) -> None:
        """Until SIGTERM or SIGINT; the job at hand is finished first."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.run_due()
            pause = min(job.next_at for job in self.jobs) - time.monotonic()
            self.stopping.wait(max(0.05, min(pause, 1.0)))

    def run_until_idle(self, limit: int = 10_000) -> None:
        """Every job at once, until none of them finds anything to do."""
        for _ in range(limit):
            if not sum(self._run(job) for job in self.jobs if not self.stopping.is_set()):
                return

    def run_due(self) -> None:
        """The jobs whose time has come."""
        for job in self.jobs:
            if self.stopping.is_set():
                return
            if time.monotonic() < job.next_at:
                continue
            done = self._run(job)
            job.next_at = time.monotonic() + (0 if done else job.every)

    def _run(self, job: Job) -> int:
        close_old_connections()
        try:
            done = job.run()
            self.failures.succeeded(job.name)
            return done
        except Exception as error:
            self.failures.failed(job.name, error)
            return 0
        finally:
            close_old_connections()
