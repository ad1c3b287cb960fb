"""The application is away (starting, stopped, or not to be reached): what readers are told, and what the log says."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

_log = logging.getLogger(__name__)

RETRY_AFTER: Final = 5
"""Seconds after which readers and robots may ask again (RFC 9110 §10.2.3)."""

PAGE: Final = (
    '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>الصفحة غير متاحة الآن</title>'
    '<meta name="color-scheme" content="light dark"><style>body{font:1.125rem/1.8 system-ui,sans-serif;'
    "max-inline-size:34rem;margin:16vh auto;padding-inline:20px}h1{font-size:2rem;line-height:1.4;margin:0 0 8px}"
    "p{margin:0 0 24px}</style>"
    "<h1>الصفحة غير متاحة الآن</h1><p>نعمل على إعادتها، ونرجو المحاولة بعد دقيقة.</p>"
    '<p lang="en" dir="ltr">This page is not available at the moment. Please try again in a minute.</p></html>'
).encode()

HEADERS: Final = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Retry-After", str(RETRY_AFTER)),
)

STATUS: Final = "503 Service Unavailable"


class ApplicationAway(OSError):
    """Nobody takes requests where the application should be. Not a fault of the request."""


class Outage:
    """Says in the log once that somebody is away, and once that they are there again, however many ask meanwhile.

    ``away`` has a place for the reason, ``back`` for the seconds.
    """

    def __init__(
        self,
        away: str = "the application does not answer (%s): stored pages stand in, other requests get 503 until it does",
        back: str = "the application answers again, after %.0f s",
    ) -> None:
        self._words = away, back
        self._since: float | None = None
        self._lock = threading.Lock()

    def began(self, reason: BaseException) -> None:
        """It was found away, for this reason."""
        with self._lock:
            if self._since is not None:
                return
            self._since = time.monotonic()
        _log.warning(self._words[0], " ".join(str(reason).split()))

    def ended(self) -> None:
        """It has answered; free of cost when it was never away."""
        if self._since is None:
            return
        with self._lock:
            since, self._since = self._since, None
        if since is not None:
            _log.warning(self._words[1], time.monotonic() - since)
