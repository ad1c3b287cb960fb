"""The edge in front of the application: which hosts, which query parameters, which folders.

The edge itself (`bulaq.delivery`) knows nothing of editions; here it is told of ours.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.db import close_old_connections
from django.db.utils import Error as DatabaseError

from bulaq.delivery.edge import Edge
from bulaq.delivery.purge_log import PurgeLog
from bulaq.delivery.settings import MEGABYTE, EdgeSettings
from bulaq.newsroom.purging import register_purger

QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"/search/", ("q", "section", "author", "topic", "year", "sort", "page")),
    (r"/search\.json", ("q", "section", "author", "topic", "year", "sort", "page")),
    (r"/search/suggestions", ("q",)),
    (r"/_/box/.*", ()),
    # Lists are paged by the last item seen.
    (r"/.*/", ("before",)),
)
"""The parameters that mean something, for each route; all others are dropped before a page is looked up, so that
nobody can fill the store or the database with addresses that mean the same page. Old addresses (`?p=123`) are kept by
the last rule of `_queries`."""

BYPASSED = ("/desk/", "/_/preview/", "/_/health/", "/_/documents/")


def edge_folder() -> Path:
    """Where the purge log and the second level of the store lie."""
    return Path(settings.HOME) / "edge"


def reading_folder() -> Path:
    """Through which web workers hand readings to the worker."""
    return Path(settings.HOME) / "readings"


def edge_settings() -> EdgeSettings:
    """The edge's settings for this installation."""
    configuration = settings.BULAQ
    return EdgeSettings(
        host_key=EditionHosts(),
        bypass_prefixes=BYPASSED,
        queries=(*QUERIES, (r"/", ("p", "page_id", "attachment_id", "id"))),
        scheme=configuration.public_scheme,
        trusted_proxies=configuration.trusted_proxies,
        surrogate_in_front=bool(configuration.front_url),
        purge_folder=edge_folder() / "purges",
        disk_folder=edge_folder() / "pages",
        memory_bytes=configuration.edge_memory * MEGABYTE,
    )


def with_edge(application: WSGIApplication) -> WSGIApplication:
    """The application behind the edge, or as it is when `BULAQ_EDGE` is 0."""
    if not settings.BULAQ.edge:
        return application
    edge_folder().mkdir(parents=True, exist_ok=True)
    return Edge(application, edge_settings())


def register_edge_purger() -> None:
    """Tells the edge's log of every purge. The log is opened when the first purge comes, in whatever process."""
    if settings.BULAQ.edge:
        register_purger(_purge)


_log: PurgeLog | None = None
_log_lock = threading.Lock()


def _purge(keys, hard: bool) -> None:
    global _log
    if _log is None:
        with _log_lock:
            if _log is None:
                folder = edge_folder() / "purges"
                folder.mkdir(parents=True, exist_ok=True)
                _log = PurgeLog(folder)
    _log.purge(keys, hard)


class EditionHosts:
    """From the Host of a request to the host of the edition that answers: a finite set, whatever readers send.

    The table of editions is looked at every few seconds at most, never for each request; when the database is away the
    last answer stands.
    """

    SECONDS = 5.0

    def __init__(self) -> None:
        self._hosts: frozenset[str] = frozenset()
        self._default = "localhost"
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def __call__(self, host: str) -> str:
        now = time.monotonic()
        if now - self._read_at > self.SECONDS and self._lock.acquire(blocking=False):
            try:
                self._read()
            finally:
                self._read_at = now
                self._lock.release()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").rstrip(".")
        return name if name in self._hosts else self._default

    def _read(self) -> None:
        from bulaq.newsroom.models import Edition

        close_old_connections()
        try:
            rows = list(
                Edition.objects.order_by("-is_default", "position", "id").values_list("host", "is_default")
            )
        except DatabaseError:
            return
        finally:
            close_old_connections()
        self._hosts = frozenset(host for host, _ in rows)
        if rows:
            self._default = rows[0][0]
