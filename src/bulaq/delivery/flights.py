"""Renderings under way: one at a time for each page, however many ask for it."""

from __future__ import annotations

import threading
import time
from typing import Final

from bulaq.delivery.application import Fetched
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.stored_response import StoredResponse

# So many readers with an old page to fall back on wait at a time; it must be less than the threads that answer.
_MOST_WAITING: Final = 2


class Flight:
    """One rendering. ``ahead``: in no reader's name; ``began``: on the monotonic clock. Once ``done``, at most one of
    ``stored`` and ``fetched`` is set; neither: it failed in a way nobody foresaw."""

    __slots__ = ("ahead", "began", "done", "fetched", "stored")

    def __init__(self, ahead: bool) -> None:
        self.ahead = ahead
        self.began = time.monotonic()
        self.done = threading.Event()
        self.stored: StoredResponse | None = None
        self.fetched: Fetched | None = None


class Flights:
    """Of one process; for many threads. As many as its length."""

    def __init__(self) -> None:
        self._under_way: dict[PageKey, Flight] = {}
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)

    def __len__(self) -> int:
        return len(self._under_way)

    def join(self, key: PageKey, ahead: bool = False) -> tuple[Flight, bool]:
        """The rendering of this page, and whether it is the caller's to do and to `land`."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is not None:
                return flight, False
            flight = self._under_way[key] = Flight(ahead)
            return flight, True

    def land(self, key: PageKey, flight: Flight) -> None:
        """It is done, or will not be."""
        with self._lock:
            if self._under_way.get(key) is flight:
                del self._under_way[key]
        flight.done.set()

    def waited(self, flight: Flight, most: float) -> bool:
        """Waits for a rendering until it is ``most`` seconds old; False when it is not done by then. Of those who have an
        old page only a few may wait at a time: a box that stands on every page would hold up every thread."""
        left = flight.began + most - time.monotonic()
        if flight.done.is_set() or left <= 0 or not self._waiting.acquire(blocking=False):
            return flight.done.is_set()
        try:
            return flight.done.wait(left)
        finally:
            self._waiting.release()
