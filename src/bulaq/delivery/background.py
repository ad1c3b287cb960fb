"""A few threads for work that no reader waits for: renewing stale pages, compressing better."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)


class Background:
    """Runs work in at most ``threads`` daemon threads, begun when first needed and again after a fork.

    At most ``most_waiting`` tasks wait; more are refused, since what they would renew is asked for again anyway.
    """

    def __init__(self, threads: int, most_waiting: int = 1000) -> None:
        self._threads = threads
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._process = 0
        self._running = 0
        self._tasks: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()

    def submit(self, task: Callable[[], object]) -> bool:
        """False when too much is waiting already."""
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._running = 0
                self._tasks = queue.SimpleQueue()
            if self._tasks.qsize() >= self._most_waiting:
                return False
            self._tasks.put(task)
            if self._running < self._threads:
                self._running += 1
                threading.Thread(target=self._work, name="edge-background", daemon=True).start()
        return True

    def _work(self) -> None:
        tasks = self._tasks
        while True:
            task = tasks.get()
            try:
                task()
            except Exception:
                _log.exception("background work of the edge failed")
