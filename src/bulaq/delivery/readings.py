"""Counting readings by a beacon, in the edge, without knowing the reader.

The page sends ``navigator.sendBeacon("/_/read", "e=EDITION&a=ARTICLE")``; without JavaScript it holds an image of the same
address and query. Page hits are not counted, since a CDN would hide them. Of the address only a hash under a key of the day
is used (an IPv4 address, or the /64 of an IPv6 one, is one reader); address and browser are written nowhere, and when the
day's key is thrown away nobody can tell again whose hash it was.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.client_address import Address, TrustedProxies, household
from bulaq.delivery.day_key import DayKey
from bulaq.delivery.lasting_error import LastingError
from bulaq.delivery.policies import NO_STORE
from bulaq.delivery.reading_spool import Reading, ReadingSpool
from bulaq.delivery.request_head import SmallRequest

_log = logging.getLogger(__name__)

PATH: Final = "/_/read"

# The smallest transparent GIF.
_PIXEL: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
_ROBOT_WORDS: Final = (
    *(
        "crawl",
        "spider",
        "slurp",
        "archiver",
        "scrap",
        "fetch",
        "preview",
        "monitor",
        "lighthouse",
        "headless",
        "phantom",
    ),
    *(
        "selenium",
        "puppeteer",
        "playwright",
        "curl",
        "wget",
        "libwww",
        "httpclient",
        "okhttp",
        "java/",
        "python",
        "go-http",
    ),
    *("perl", "ruby", "axios", "node", "php/", "facebookexternalhit", "embedly", "whatsapp/"),
)
# Cubot makes telephones.
_BOT = re.compile(r"(?<!cu)bot\b")
_DATA = re.compile(
    r"e=(?P<e>[0-9]{1,15})&a=(?P<a>[0-9]{1,15})(?:&.*)?|a=(?P<a2>[0-9]{1,15})&e=(?P<e2>[0-9]{1,15})(?:&.*)?",
    re.DOTALL,
)
_PREFETCH = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# Nobody reads two articles a minute for an hour; a newsroom behind one address may.
_MOST_READINGS_OF_AN_ADDRESS: Final = 120
_MOST_ADDRESSES: Final = 200_000
_LONGEST_DATA: Final = 200
_MOST_WAITING: Final = 200_000


@dataclass(frozen=True, slots=True)
class Beacon:
    """What arrived: ``data`` is the body, or the query where there is none; ``fields`` request fields, lower case."""

    address: Address | None
    data: str
    user_agent: str
    purpose: str = ""
    fetch_site: str = ""


class ReadingCounter:
    """Takes beacons in one process and hands batches to ``spool`` every ``flush_seconds``: a crash loses those at most."""

    def __init__(
        self,
        spool: ReadingSpool,
        key: DayKey,
        proxies: TrustedProxies,
        flush_seconds: float = 3.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.spool = spool
        self.proxies = proxies
        self.counted = 0
        self.refused = 0
        self._key = key
        self._flush_seconds = flush_seconds
        self._clock = clock
        self._waiting: set[tuple[int, int, int, int]] = set()
        self._of_address: dict[int, int] = {}
        self._hour = 0
        self._lock = threading.Lock()
        self._timer: threading.Thread | None = None
        self._not_stored = LastingError(_log, "readings cannot be stored")

    def answer(self, method: str, beacon: Beacon) -> tuple[str, Headers, bytes]:
        """Counts, and answers the same whether it counted or not. A GET is the image."""
        if method in ("GET", "POST"):
            self.count(beacon)
        headers = list(NO_STORE.headers().items())[:1]
        if method in ("GET", "HEAD"):
            return "200 OK", [*headers, ("Content-Type", "image/gif")], _PIXEL
        if method == "POST":
            return "204 No Content", headers, b""
        return "405 Method Not Allowed", [*headers, ("Allow", "GET, HEAD, POST")], b""

    def beacon(self, environ: Mapping[str, Any]) -> Beacon:
        """What a WSGI request says; its body is read no further than a beacon is long."""
        data = ""
        if environ["REQUEST_METHOD"] == "POST":
            length = str(environ.get("CONTENT_LENGTH") or "0")
            if length.isdigit() and 0 < int(length) <= _LONGEST_DATA:
                data = environ["wsgi.input"].read(int(length)).decode("latin-1")
        return Beacon(
            self.proxies.client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR")),
            data or environ.get("QUERY_STRING", ""),
            environ.get("HTTP_USER_AGENT", ""),
            " ".join(
                environ.get(name, "")
                for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ", "HTTP_X_PURPOSE")
            ),
            environ.get("HTTP_SEC_FETCH_SITE", ""),
        )

    def endpoint(self, request: SmallRequest) -> tuple[str, Headers, bytes]:
        """The same for the listener: ``Listener(endpoints={PATH: counter.endpoint})``."""
        head = request.head
        text = head.text
        beacon = Beacon(
            self.proxies.client(request.peer, text(b"x-forwarded-for")),
            request.body.decode("latin-1")
            if len(request.body) <= _LONGEST_DATA and request.body
            else head.query(),
            text(b"user-agent") or "",
            " ".join(text(name) or "" for name in (b"sec-purpose", b"purpose", b"x-moz", b"x-purpose")),
            text(b"sec-fetch-site") or "",
        )
        return self.answer(head.method.decode("ascii"), beacon)

    def count(self, beacon: Beacon) -> bool:
        """True when this is a reading that was not known yet in its hour."""
        now = self._clock()
        hour = int(now) // 3600
        try:
            reading = self._read(beacon, hour, now)
        except OSError as error:  # no room for the key of a new day
            self._not_stored.tell(error)
            reading = None
        if reading is None:
            self.refused += 1
            return False
        with self._lock:
            if hour != self._hour:
                self._hour = hour
                self._of_address.clear()
            key = (reading.hour, reading.edition, reading.article, reading.reader)
            if key in self._waiting:
                return False
            seen = self._of_address.get(reading.reader, 0)
            if seen >= _MOST_READINGS_OF_AN_ADDRESS or len(self._waiting) >= _MOST_WAITING:
                self.refused += 1
                return False
            if len(self._of_address) >= _MOST_ADDRESSES:
                self._of_address.clear()
            self._of_address[reading.reader] = seen + 1
            self._waiting.add(key)
            self.counted += 1
            if self._timer is None:
                self._timer = threading.Thread(target=self._flush_for_ever, name="edge-readings", daemon=True)
                self._timer.start()
                atexit.register(self.flush)
        return True

    def flush(self) -> int:
        """Hands over what is waiting; the number of readings. On a full disk they go on waiting."""
        with self._lock:
            waiting, self._waiting = self._waiting, set()
        try:
            if waiting:
                self.spool.put(Reading(*key) for key in waiting)
        except OSError as error:
            self._not_stored.tell(error)
            with self._lock:
                self._waiting |= waiting
            return 0
        return len(waiting)

    def _read(self, beacon: Beacon, hour: int, now: float) -> Reading | None:
        """None for robots, prefetches, other sites' pages and what is not a beacon."""
        if beacon.address is None or is_robot(beacon.user_agent):
            return None
        if _PREFETCH.search(beacon.purpose) or beacon.fetch_site == "cross-site":
            return None
        named = _DATA.fullmatch(beacon.data[:_LONGEST_DATA])
        if named is None:
            return None
        edition, article = (named["e"] or named["e2"]), (named["a"] or named["a2"])
        digest = hashlib.blake2b(household(beacon.address), digest_size=8, key=self._key.at(now)).digest()
        return Reading(hour, int(edition), int(article), int.from_bytes(digest, "little"))

    def _flush_for_ever(self) -> None:
        while True:
            time.sleep(self._flush_seconds)
            self.flush()


@lru_cache(maxsize=4096)
def is_robot(user_agent: str) -> bool:
    """True for a program that says it is one, and for one that says nothing."""
    name = user_agent[:500].lower()
    return not name or any(word in name for word in _ROBOT_WORDS) or _BOT.search(name) is not None
