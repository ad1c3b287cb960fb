"""What readers ask for just now: pages and boxes that are worth renewing before anybody has to wait for them.

A page that is served again and again is looked up here once for each second at most (the listener's answers lie ready that
long), so what is counted is how steadily something is wanted, and not how often.
"""

from __future__ import annotations

from typing import Final

from bulaq.delivery.page_key import PageKey

SECONDS: Final = 5.0
"""A count begins anew after so long, and the one before stands beside it: demand is remembered for five to ten seconds.
Section fronts of a small site are read every few seconds; less than that is no crowd to be spared."""

_MOST: Final = 1000


class Demand:
    """Of one process; may be used from many threads, whose counts may be off by one."""

    def __init__(self) -> None:
        self._counts: dict[PageKey, int] = {}
        self._before: dict[PageKey, int] = {}
        self._begun = 0.0

    def note(self, key: PageKey, now: float) -> None:
        """A reader was given this at ``now`` (seconds since 1970)."""
        if not self._begun <= now < self._begun + SECONDS:
            self._turn(now)
        counts = self._counts
        count = counts.get(key, 0)
        if count or len(counts) < _MOST:
            counts[key] = count + 1

    def steadiest(self, now: float) -> list[PageKey]:
        """What was asked for of late, the most steadily wanted first."""
        if not self._begun <= now < self._begun + SECONDS:
            self._turn(now)
        counts, before = self._counts.copy(), self._before.copy()  # others may still add to both
        for key, count in before.items():
            counts[key] = counts.get(key, 0) + count
        return sorted(counts, key=counts.__getitem__, reverse=True)

    def _turn(self, now: float) -> None:
        """A clock that went back, or stood still for long, leaves nothing remembered."""
        recent = 0.0 <= now - self._begun < 2 * SECONDS
        self._before = self._counts if recent else {}
        self._counts = {}
        self._begun = now
