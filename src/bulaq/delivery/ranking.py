"""Most read and rising, from readings; hard to move by one machine, or by many that do nothing else.

Three things stand between a forger and the list. An address is one reader of an article in an hour, however often it calls
(`UniqueReaders`). An address cannot read more than some articles an hour (`ReadingCounter`). And readers who read this one
article and nothing else that day count in full only in the proportion usual for the site; beyond it their number counts by
its square root, so a thousand hired addresses weigh as some thirty readers, while an article shared elsewhere still rises.

"Rising" compares the last hour with what the article's own past led to expect, in standard deviations of a Poisson count.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bulaq.delivery.reading_spool import Reading
from bulaq.delivery.unique_readers import UniqueReaders

_HOUR: Final = 3600
# Hours that are remembered: the day's window, and a day before it for the past of what rises.
_KEPT_HOURS: Final = 48
_RISING_HALF_LIFE: Final = 6.0  # hours
_RISING_LEAST: Final = 5.0  # readers in the last hour
_MOST_FOLLOWED: Final = 50_000
_MOST_OF_A_READER: Final = 30
# The share of readers of one article only that is believed before the site's own share is known, and its least: on most
# news sites more than half of the visits from search and social networks are of one page.
_USUAL_SINGLE: Final = 0.7
_USUAL_WEIGHT: Final = 200.0

# A list is shown as it is for an hour after its last reading (BBC: 35 minutes emptied 600 pages), then kept over a quiet
# night, then not at all (the Guardian's, kept without a bound, stood still for four days).
FRESH_SECONDS: Final = 60 * 60
KEPT_SECONDS: Final = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """``readers`` different ones in the window; ``score`` what it is ranked by (damped readers, or standard deviations)."""

    article: int
    readers: int
    score: float


class Standing(Enum):
    """How far a ranking may be shown."""

    FRESH = "fresh"
    KEPT = "kept"  # the last good one: shown, and listed as degraded
    EXPIRED = "expired"  # not shown


@dataclass(frozen=True, slots=True)
class Ranking:
    """A list as it was computed; times in seconds since 1970, ``newest_reading`` 0 without any."""

    items: tuple[Ranked, ...]
    computed_at: float
    newest_reading: float

    def standing(self, now: float) -> Standing:
        """By the age of the newest reading in it."""
        age = now - self.newest_reading
        if not self.items or age > KEPT_SECONDS:
            return Standing.EXPIRED
        return Standing.FRESH if age <= FRESH_SECONDS else Standing.KEPT


class _Followed:
    """What the readers of a day read: a sample by hash, the same readers whatever they read."""

    def __init__(self) -> None:
        self.shift = 0
        self.articles_of: dict[int, tuple[int, ...]] = {}

    def add(self, reader: int, article: int) -> None:
        if reader & ((1 << self.shift) - 1):
            return
        known = self.articles_of.get(reader, ())
        if article in known or len(known) >= _MOST_OF_A_READER:
            return
        self.articles_of[reader] = (*known, article)
        while len(self.articles_of) > _MOST_FOLLOWED:
            self.shift += 1
            mask = (1 << self.shift) - 1
            self.articles_of = {one: articles for one, articles in self.articles_of.items() if not one & mask}


class ReadingTally:
    """What the worker knows of the last two days. `add` may be given the same readings again: they count once."""

    def __init__(self) -> None:
        self.newest_reading = 0.0
        # edition -> article -> hour -> its readers
        self._readers: dict[int, dict[int, dict[int, UniqueReaders]]] = defaultdict(lambda: defaultdict(dict))
        # edition -> article -> hour -> readers counted by a worker before this one; who they were is not known any more
        self._before: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        # (edition, day) -> who read what else
        self._followed: dict[tuple[int, int], _Followed] = defaultdict(_Followed)

    def add(self, readings: Iterable[Reading]) -> None:
        """Takes in readings of any hour; those older than two days than the newest are dropped by `forget`."""
        for reading in readings:
            hours = self._readers[reading.edition][reading.article]
            counter = hours.get(reading.hour)
            if counter is None:
                counter = hours[reading.hour] = UniqueReaders()
            counter.add(reading.reader)
            self._followed[reading.edition, reading.hour // 24].add(reading.reader, reading.article)
            self.newest_reading = max(self.newest_reading, float(reading.hour * _HOUR))

    def recall(self, edition: int, article: int, hour: int, readers: int) -> None:
        """Takes in a stored count, after a restart of the worker. A reader of the running hour who reads on counts
        once more at most."""
        self._before[edition][article][hour] = readers
        self._readers[edition][article].setdefault(hour, UniqueReaders())
        self.newest_reading = max(self.newest_reading, float(hour * _HOUR))

    def heard(self, now: float) -> None:
        """The last batch arrived at this moment (finer than the hour that readings carry)."""
        self.newest_reading = max(self.newest_reading, now)

    def forget(self, now: float) -> None:
        """Drops what is older than two days."""
        oldest = int(now) // _HOUR - _KEPT_HOURS
        for edition in list(self._readers):
            articles = self._readers[edition]
            for article in list(articles):
                for hour in [hour for hour in articles[article] if hour < oldest]:
                    del articles[article][hour]
                    self._before[edition][article].pop(hour, None)
                if not articles[article]:
                    del articles[article]
                    self._before[edition].pop(article, None)
            if not articles:
                del self._readers[edition]
                self._before.pop(edition, None)
        for key in [key for key in self._followed if key[1] < oldest // 24]:
            del self._followed[key]

    def articles(self, edition: int) -> frozenset[int]:
        """Every article of an edition that was read in the remembered hours."""
        return frozenset(self._readers.get(edition, ()))

    def hourly(self, edition: int, article: int) -> dict[int, int]:
        """Readers by hour, as far as remembered: for storing, and for the curve of an article."""
        before = self._before[edition][article]
        return {
            hour: len(counter) + before.get(hour, 0)
            for hour, counter in sorted(self._readers.get(edition, {}).get(article, {}).items())
        }

    def most_read(
        self, edition: int, now: float, hours: int, limit: int = 10, only: Callable[[int], bool] | None = None
    ) -> Ranking:
        """The articles with most readers in the last ``hours``; ``only`` keeps those of a section, say."""
        last = int(now) // _HOUR
        damp = self._damping(edition, last - hours + 1, last)
        ranked = []
        for article, by_hour in self._readers.get(edition, {}).items():
            counters = [counter for hour, counter in by_hour.items() if last - hours < hour <= last]
            if not counters or (only is not None and not only(article)):
                continue
            before = self._before[edition][article]
            recalled = sum(count for hour, count in before.items() if last - hours < hour <= last)
            readers = _union(counters)
            ranked.append(Ranked(article, readers + recalled, round(damp(article, readers) + recalled, 3)))
        ranked.sort(key=lambda one: (-one.score, -one.article))
        return Ranking(tuple(ranked[:limit]), now, self.newest_reading)

    def rising(
        self, edition: int, now: float, limit: int = 10, only: Callable[[int], bool] | None = None
    ) -> Ranking:
        """The articles read most above their own past: more than one standard deviation, at least five readers."""
        last = int(now) // _HOUR
        # The running hour alone would begin every list with nothing: the one before it counts for the part that is missing.
        part = (now / _HOUR) % 1.0
        damp = self._damping(edition, last - 1, last)
        recent: dict[int, float] = {}
        for article in self._readers.get(edition, {}):
            by_hour = self.hourly(edition, article)
            running, before = (by_hour.get(hour, 0) for hour in (last, last - 1))
            if running or before:
                recent[article] = (
                    damp(article, running + before) * (running + (1 - part) * before) / (running + before)
                )
        usual = sum(recent.values()) / len(recent) if recent else 0.0
        ranked = []
        for article, rate in recent.items():
            if rate < _RISING_LEAST or (only is not None and not only(article)):
                continue
            expected = self._expected(self.hourly(edition, article), last, usual)
            score = (rate - expected) / math.sqrt(expected + 1.0)
            if score > 1.0:
                ranked.append(Ranked(article, round(rate), round(score, 3)))
        ranked.sort(key=lambda one: (-one.score, -one.article))
        return Ranking(tuple(ranked[:limit]), now, self.newest_reading)

    def _expected(self, by_hour: dict[int, int], last: int, usual: float) -> float:
        """The rate that the hours before the last two lead to expect; for an article without a past, the usual rate."""
        past = {hour: count for hour, count in by_hour.items() if hour < last - 1}
        if not past:
            return usual
        weights = {
            hour: math.pow(0.5, (last - 1 - hour) / _RISING_HALF_LIFE) for hour in range(min(past), last - 1)
        }
        return sum(weight * past.get(hour, 0) for hour, weight in weights.items()) / sum(weights.values())

    def _damping(self, edition: int, first: int, last: int) -> Callable[[int, int], float]:
        """From an article and the number of its readers to what they weigh."""
        single: dict[int, int] = defaultdict(int)
        others: dict[int, int] = defaultdict(int)
        several = 0
        days = {hour // 24 for hour in range(first, last + 1)}
        for (of, day), followed in self._followed.items():
            if of != edition or day not in days:
                continue
            each = 1 << followed.shift
            for read in followed.articles_of.values():
                if len(read) == 1:
                    single[read[0]] += each
                else:
                    several += each
                    for article in read:
                        others[article] += each
        # The median article, not the sum: a forger with more addresses than the site has readers must not set the norm.
        shares = sorted(single.values())
        typical = shares[len(shares) // 2] * len(shares) if shares else 0
        share = (typical + _USUAL_SINGLE * _USUAL_WEIGHT) / (typical + several + _USUAL_WEIGHT)
        odds = min(share, 0.9) / (1 - min(share, 0.9))

        def damp(article: int, readers: int) -> float:
            if not single.get(article):
                return float(readers)
            alone = readers * single[article] / (single[article] + others.get(article, 0))
            believed = min(alone, 2 * odds * (readers - alone))
            return readers - alone + believed + math.sqrt(alone - believed)

        return damp


def _union(counters: Iterable[UniqueReaders]) -> int:
    """How many different readers these hours had together."""
    union = UniqueReaders()
    for counter in counters:
        union.merge(counter)
    return len(union)
