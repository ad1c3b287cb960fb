"""Getting a page from the store or the application: one rendering at a time for each page, and an old page rather than an error.

RFC 5861 gives the two allowances used here. A thousand readers of an expired page cause one rendering; while it runs they
get the old page if its headers allow that, else they wait for it together.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeVar
from wsgiref.types import WSGIApplication

from bulaq.delivery import unavailable
from bulaq.delivery.application import Fetched, canonical_environ, fetch
from bulaq.delivery.background import Background
from bulaq.delivery.cache_directives import Lifetime, fold, lifetime
from bulaq.delivery.demand import Demand
from bulaq.delivery.disk_store import DiskStore
from bulaq.delivery.flights import Flight, Flights
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.page_store import PageStore
from bulaq.delivery.purge_table import PurgeTable
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.stored_response import State, StoredResponse
from bulaq.delivery.unavailable import ApplicationAway, Outage

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# RFC 5861 §4: the errors in whose place a stale response may stand.
_ERRORS: Final = frozenset({500, 502, 503, 504})
# A reader with an old page to fall back on does not wait longer than this for the application.
_STALE_WAIT: Final = 2.0
# How long another worker of the machine may render the page before this one does it as well.
_TURN_WAIT: Final = 2.0
# Seconds of freshness below which a response is not worth a file.
_WORTH_WRITING: Final = 1.0
_MOST_REMEMBERED: Final = 10_000
# What readers ask for just now is renewed before they have to wait for it; so many renderings at a time.
_MOST_AHEAD: Final = 64
# How long a page is known to be uncacheable, so that its readers do not queue up behind one another.
_PASS_SECONDS: Final = 30.0


@dataclass(slots=True)
class Outcome:
    """One of both is set. ``how`` is for Cache-Status (RFC 9211): ``hit`` or why the application was asked."""

    stored: StoredResponse | None
    how: str
    fetched: Fetched | None = None


class MustWait(Exception):
    """There is nothing to show for a page until the application has answered."""


class Renewal:
    """The pages of one worker, kept renewed. Counts what the application was asked in ``renders``, and how much of that
    in no reader's name in ``ahead``."""

    def __init__(
        self,
        application: WSGIApplication,
        settings: EdgeSettings,
        table: PurgeTable,
        disk: DiskStore | None = None,
        on_evict: Callable[[StoredResponse], None] | None = None,
    ) -> None:
        self.application = application
        self.settings = settings
        self.table = table
        self.disk = disk
        share = settings.negative_share
        self.store: PageStore[PageKey, StoredResponse] = PageStore(
            int(settings.memory_bytes * (0.5 - share)), on_evict
        )
        self.negative: PageStore[PageKey, StoredResponse] = PageStore(int(settings.memory_bytes * share))
        self.background = Background(settings.refresh_threads)
        self.renders = 0
        self.ahead = 0
        self.outage = Outage()
        self.flights = Flights()
        self._errors: OrderedDict[PageKey, tuple[float, Fetched]] = OrderedDict()
        self._passes: OrderedDict[PageKey, float] = OrderedDict()
        self._remembering = threading.Lock()
        self.demand = Demand()
        self._trouble_until = 0.0

    def obtain(self, key: PageKey, may_wait: bool = True) -> Outcome:
        """The page by the best means there is at this moment. Never raises for what the application does.

        ``may_wait`` False: raises `MustWait` where there is no page at all to stand in, however old.
        """
        clock = self.settings.clock
        how = "uri-miss"
        for _ in range(3):
            now = clock()
            stored = self.store.get(key) or self.negative.get(key) or self._from_disk(key)
            state = State.GONE if stored is None else stored.state(self.table, now)
            if stored is None or state is State.GONE:
                outcome = self._obtain_new(key, now, how, may_wait)
            elif state is State.FRESH:
                self.demand.note(key, now)
                return Outcome(stored, "hit")
            else:
                how = "stale"
                outcome = self._obtain_again(key, stored, state, now)
            if outcome is not None:
                return outcome
        # Purged again and again while it was being rendered: the last rendering is as new as any.
        return self._fly_alone(key, how)

    def renew_ahead(self) -> None:
        """Begins to renew what readers ask for just now and what is out of date, so that no reader has to. What nobody asked
        for of late waits until somebody does."""
        now = self.settings.clock()
        if now < self._trouble_until:
            return
        for key in self.demand.steadiest(now):
            if len(self.flights) >= _MOST_AHEAD:
                return
            stored = self.store.get(key)
            if stored is None or now < stored.retry_at:
                continue
            if stored.state(self.table, now) not in (State.PURGED, State.STALE, State.EXPIRED):
                continue
            flight, leading = self.flights.join(key, ahead=True)
            # Renewed between the look and the flight, it needs no other.
            if leading and (
                self.store.get(key) is not stored
                or not self.background.submit(partial(self._run, key, flight))
            ):
                self.flights.land(key, flight)

    def _obtain_new(self, key: PageKey, now: float, how: str, may_wait: bool) -> Outcome | None:
        failed = self._errors.get(key)
        if failed is not None and now < failed[0]:
            return Outcome(None, "hit; detail=error", replace(failed[1]))
        if not may_wait:
            raise MustWait
        if self._passes.get(key, 0.0) > now:
            return self._fly_alone(key, "bypass")
        flight, leading = self.flights.join(key)
        if leading:
            self._run(key, flight)
        elif not flight.done.wait(self.settings.render_wait):
            return Outcome(None, f"fwd={how}; collapsed; detail=timeout", _unavailable())
        else:
            how += "; collapsed"
        if flight.stored is not None:
            # It may have been purged while it was rendered for somebody who asked earlier.
            state = flight.stored.state(self.table, self.settings.clock())
            return Outcome(flight.stored, f"fwd={how}") if leading or state is not State.GONE else None
        if flight.fetched is None or (not leading and flight.fetched.code not in _ERRORS):
            return None if not leading else Outcome(None, f"fwd={how}", _unavailable())
        return Outcome(None, f"fwd={how}", flight.fetched if leading else replace(flight.fetched, rest=None))

    def _obtain_again(self, key: PageKey, stored: StoredResponse, state: State, now: float) -> Outcome | None:
        self.demand.note(key, now)
        if now < stored.retry_at:
            return Outcome(stored, "hit; detail=stale-if-error")
        flight, leading = self.flights.join(key)
        if leading and not self.background.submit(lambda: self._run(key, flight)):
            self.flights.land(key, flight)
            return Outcome(stored, "hit; detail=busy")
        if state is State.STALE:
            return Outcome(stored, "hit; detail=stale-while-revalidate")
        if now < self._trouble_until:
            return Outcome(stored, "hit; detail=stale-if-error")
        wait = self.settings.purged_wait if state is State.PURGED else _STALE_WAIT
        if not self.flights.waited(flight, wait):
            if state is State.EXPIRED and time.monotonic() - flight.began >= wait:
                stored.retry_at = self._trouble_until = self.settings.clock() + self.settings.error_seconds
            return Outcome(stored, "hit; detail=stale-while-revalidate")
        if flight.stored is None:
            if flight.fetched is None or flight.fetched.code in _ERRORS:
                return Outcome(stored, "hit; detail=stale-if-error")
            if flight.fetched.rest is None and leading:
                return Outcome(None, "fwd=stale", flight.fetched)
            return None
        if flight.stored.state(self.table, self.settings.clock()) is State.PURGED:
            return None
        return Outcome(flight.stored, "fwd=stale" if leading else "fwd=stale; collapsed")

    def _run(self, key: PageKey, flight: Flight) -> None:
        try:
            flight.stored, flight.fetched = self._render(key, flight.ahead)
        finally:
            self.flights.land(key, flight)

    def _fly_alone(self, key: PageKey, how: str) -> Outcome:
        stored, fetched = self._render(key)
        if stored is not None:
            return Outcome(stored, f"fwd={how}")
        return Outcome(None, f"fwd={how}", fetched or _unavailable())

    def _render(self, key: PageKey, ahead: bool = False) -> tuple[StoredResponse | None, Fetched | None]:
        """As `_ask`, unless another worker of the machine has done it meanwhile."""
        if self.disk is None:
            return self._ask(key, ahead)
        with self.disk.turn(key, _TURN_WAIT):
            stored = self.disk.get(key)
            if stored is not None and stored.state(self.table, self.settings.clock()) is State.FRESH:
                self.store.put(key, stored, stored.size)
                return stored, None
            return self._ask(key, ahead)

    def _from_disk(self, key: PageKey) -> StoredResponse | None:
        """What this or another worker stored, taken into memory if it may still be shown at all."""
        stored = self.disk.get(key) if self.disk is not None else None
        if stored is None or self.disk is None:
            return None
        if (
            stored.state(self.table, self.settings.clock()) is State.GONE
            or stored.generation > self.table.generation
        ):
            self.disk.remove(key)
            return None
        self.store.put(key, stored, stored.size)
        return stored

    def _ask(self, key: PageKey, ahead: bool) -> tuple[StoredResponse | None, Fetched | None]:
        """Asks the application and stores what may be stored; a failure marks the old page as the one to show."""
        settings = self.settings
        generation = self.table.generation
        self.renders += 1
        self.ahead += ahead
        try:
            environ = canonical_environ(key, settings.scheme, settings.vary_headers)
            fetched = fetch(self.application, environ, settings.largest_body)
            self.outage.ended()
        except ApplicationAway as error:
            self.outage.began(error)
            fetched = _unavailable()
        except Exception:
            _log.exception("the application failed to answer for %s%s", key.host, key.path)
            fetched = _unavailable()
        now = settings.clock()
        if fetched.code in _ERRORS:
            self._failed(key, fetched, now)
            return None, fetched
        self._trouble_until = 0.0
        fields = fold(fetched.headers)
        life = None if fetched.rest is not None else lifetime(fetched.code, fields, now)
        if life is None or "content-encoding" in fields:
            self.store.remove(key)
            if self.disk is not None:
                self.disk.remove(key)
            self._remember(self._passes, key, now + _PASS_SECONDS)
            return None, fetched
        life = self._cap(fetched.code, life)
        stored = StoredResponse(key, fetched.status, fetched.headers, fetched.body, life, generation, now)
        self._errors.pop(key, None)
        if stored.negative:
            self.store.remove(key)
            self.negative.put(key, stored, stored.size)
        else:
            self.negative.remove(key)
            self.store.put(key, stored, stored.size)
            if self.disk is not None and life.fresh >= _WORTH_WRITING:
                self.disk.put(key, fetched.status, fetched.headers, fetched.body, life, generation, now)
        return stored, None

    def _cap(self, code: int, life: Lifetime) -> Lifetime:
        """What is not there may be there soon, and no purge names it."""
        if code in (404, 405, 414, 501):
            most = self.settings.negative_seconds
            return replace(life, fresh=min(life.fresh, most), stale_while_revalidate=0.0, stale_if_error=0.0)
        return life

    def _failed(self, key: PageKey, fetched: Fetched, now: float) -> None:
        until = now + self.settings.error_seconds
        self._trouble_until = until
        old = self.store.get(key)
        if old is not None:
            old.retry_at = until
        if fetched.rest is None:
            self._remember(self._errors, key, (until, fetched))

    def _remember(self, memory: OrderedDict[PageKey, _T], key: PageKey, value: _T) -> None:
        with self._remembering:
            memory[key] = value
            memory.move_to_end(key)
            while len(memory) > _MOST_REMEMBERED:
                memory.popitem(last=False)


def _unavailable() -> Fetched:
    return Fetched(unavailable.STATUS, list(unavailable.HEADERS), unavailable.PAGE)
