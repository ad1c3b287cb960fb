"""The edge in front of the application: which hosts, which query parameters, which folders.

The edge itself (`bulaq.delivery`) knows nothing of editions; here it is told of ours.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.db import close_old_connections
from django.db.utils import Error as DatabaseError

from bulaq.delivery.client_address import TrustedProxies
from bulaq.delivery.day_key import DayKey
from bulaq.delivery.edge import Edge
from bulaq.delivery.front import VarnishFront
from bulaq.delivery.purge_channel import Place, PostgresChannel, PurgeChannel, ValkeyChannel
from bulaq.delivery.purge_log import PurgeLog
from bulaq.delivery.reading_spool import ReadingSpool
from bulaq.delivery.readings import ReadingCounter
from bulaq.delivery.settings import MEGABYTE, EdgeSettings
from bulaq.newsroom.hosts import brought_hosts, spellings
from bulaq.newsroom.legacy_paths import IDENTIFYING
from bulaq.newsroom.purging import register_purger
from bulaq.project.page_makers import purge_when_others_made_them

OLD_PARAMETERS = (
    *sorted(IDENTIFYING), "attachment_id", "option", "view", "catid", "cat", "cid", "tid", "module", "mod", "name", "file",
    "op", "do", "action", "task", "news", "no", "num", "code", "type", "lang", "page", "section", "itemid", "sectionid", "secid",
    "issue", "issueid", "date", "year", "month", "day",
)  # fmt: skip
"""By which the programs of old sites named their articles (`/?p=12`, `/news.php?id=12`)."""

QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"/search/", ("q", "section", "author", "topic", "year", "sort", "page")),
    (r"/_/box/.*", ()),
    (r"/story/.*/", ("order", "before")),
    # Lists are paged by the last item seen. What has a number of ours is named by that.
    (r"/[^/]+/[0-9]+(?:-[^/]*)?/(?:feed/.*)?", ("before",)),
    (r"/archive/.*/", ("before",)),
    (r"/page/[^/]+/", ()),
)
"""The parameters that may mean something, for each route; all others (of campaigns, of networks) are dropped before a page
is looked up, so that what a page is shared with makes no copies of it. Those of old programs do where a list of ours
answers them: the store is bounded in bytes, and gives up what was asked for once before what is read."""

BYPASSED = ("/search.json", "/search/suggestions", "/desk/", "/_/preview/", "/_/health/", "/_/documents/")


def edge_folder() -> Path:
    """Where the purge log and the second level of the store lie."""
    return Path(settings.HOME) / "edge"


def reading_folder() -> Path:
    """Through which web workers hand readings to the worker."""
    return Path(settings.HOME) / "readings"


def report_folder() -> Path:
    """In which each edge worker tells what it does (`bulaq.delivery.worker_report`)."""
    return edge_folder() / "workers"


def edge_settings() -> EdgeSettings:
    """The edge's settings for this installation."""
    configuration, known = settings.BULAQ, EditionAddresses()
    return EdgeSettings(
        host_key=known.host_of_edition,
        bypass_prefixes=BYPASSED,
        # Anything else may have been a program of the old site that named its articles so (`/articles/view/?id=7&cat=3`),
        # or is a list of ours.
        queries=(*QUERIES, (r"/.*", known.old_parameters)),
        scheme=configuration.public_scheme,
        trusted_proxies=configuration.trusted_proxies,
        surrogate_in_front=bool(configuration.front_url),
        purge_folder=edge_folder() / "purges",
        disk_folder=edge_folder() / "pages" if configuration.edge_disk else None,
        disk_bytes=configuration.edge_disk * MEGABYTE,
        memory_bytes=configuration.edge_memory * MEGABYTE,
    )


def with_edge(application: WSGIApplication) -> WSGIApplication:
    """The application behind the edge, or as it is when `BULAQ_EDGE` is 0."""
    if not settings.BULAQ.edge:
        return application
    renew_pages_of_other_code()
    return Edge(application, edge_settings(), reading_counter())


def renew_pages_of_other_code() -> bool:
    """At a start, before anything is served: purges all pages softly when an upgrade lies between this start and the last.

    Of this machine alone, and of what stands in front: another machine may still run the code before, and does the same at
    its own start.
    """
    if not settings.BULAQ.edge:
        return False

    def purge(keys: list[str], hard: bool) -> None:
        purge_log().purge(keys, hard)
        if settings.BULAQ.front_url:
            front().purge(keys, hard)

    return purge_when_others_made_them(edge_folder(), purge)


def reading_counter() -> ReadingCounter:
    """Counts beacons in this process and hands them to the worker. Machines that share a database share the secret, so
    that a reader who meets both counts once."""
    secret = settings.SECRET_KEY.encode() if settings.BULAQ.database_url else None
    return ReadingCounter(
        ReadingSpool(reading_folder()),
        DayKey(reading_folder(), secret),
        TrustedProxies(settings.BULAQ.trusted_proxies),
    )


def register_edge_purgers() -> None:
    """Tells this machine's edge, the other machines, and what stands in front, of every purge. Each is opened when the
    first purge comes, in whatever process."""
    configuration = settings.BULAQ
    if configuration.edge:
        register_purger(lambda keys, hard: purge_log().purge(keys, hard), "the edge of this machine")
    if configuration.edge and _shares_a_database():
        register_purger(lambda keys, hard: purge_channel().publish(keys, hard), "the other machines")
    if configuration.front_url:
        register_purger(lambda keys, hard: front().purge(keys, hard), "what stands in front")


@cache
def purge_log() -> PurgeLog:
    """The purges of this machine."""
    folder = edge_folder() / "purges"
    folder.mkdir(parents=True, exist_ok=True)
    return PurgeLog(folder)


@cache
def purge_channel() -> PurgeChannel:
    """The purges of all machines of the newsroom: over Valkey when there is one, else over PostgreSQL."""
    place = Place(edge_folder() / "channel.json")
    if settings.BULAQ.cache_url:
        return ValkeyChannel(settings.BULAQ.cache_url.replace("valkey", "redis", 1), place)
    return PostgresChannel(settings.BULAQ.database_url, place)


@cache
def front() -> VarnishFront:
    """The Varnish in front."""
    parts = urlsplit(settings.BULAQ.front_url)
    return VarnishFront([(parts.hostname or "127.0.0.1", parts.port or 80)])


def _shares_a_database() -> bool:
    url = settings.BULAQ.database_url
    return bool(settings.BULAQ.cache_url) or url.startswith(("postgres://", "postgresql://"))


@contextmanager
def following_other_machines() -> Iterator[None]:
    """Within it, purges of the other machines reach this one's log; nothing to do where there is one machine."""
    if not (settings.BULAQ.edge and _shares_a_database()):
        yield
        return
    stop = threading.Event()
    follower = threading.Thread(
        target=lambda: purge_channel().follow(purge_log().purge, stop), name="purge channel", daemon=True
    )
    follower.start()
    try:
        yield
    finally:
        stop.set()
        follower.join(5)


class EditionAddresses:
    """From the Host of a request to the host of the edition that answers: a finite set, whatever readers send; and the
    parameters by which old sites named their articles.

    The table of editions is looked at every few seconds at most, never for each request; when the database is away the
    last answer stands.
    """

    SECONDS = 5.0

    def __init__(self) -> None:
        self._hosts: dict[str, str] = {}
        self._default = "localhost"
        self._parameters: tuple[str, ...] = ("before", *OLD_PARAMETERS)
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def host_of_edition(self, host: str) -> str:
        """The host of the edition that is meant by a request's."""
        now = time.monotonic()
        if now - self._read_at > self.SECONDS and self._lock.acquire(blocking=False):
            try:
                self._read()
            finally:
                self._read_at = now
                self._lock.release()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").rstrip(".")
        return next((self._hosts[one] for one in spellings(name) if one in self._hosts), self._default)

    def old_parameters(self) -> tuple[str, ...]:
        """The parameters that may name an article, or page a list of ours."""
        return self._parameters

    def _read(self) -> None:
        from bulaq.newsroom.importing.addresses.old_parameters import old_parameters
        from bulaq.newsroom.models import Edition

        close_old_connections()
        try:
            rows = dict(Edition.objects.order_by("-is_default", "position", "id").values_list("pk", "host"))
            brought = brought_hosts()
            learned = sorted(set(old_parameters()))
        except DatabaseError:
            return
        finally:
            close_old_connections()
        self._parameters = tuple(dict.fromkeys(("before", *OLD_PARAMETERS, *learned)))
        own = {host: host for host in rows.values()}
        self._hosts = {host: rows[pk] for host, pk in brought.items() if pk in rows} | own
        if rows:
            self._default = next(iter(rows.values()))
