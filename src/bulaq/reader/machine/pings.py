"""Telling others that something is new, after it is: WebSub hubs (W3C) and IndexNow (indexnow.org).

Both are off until the newsroom's engineer names a hub or a key. The worker sends them from the outbox: a publish never
waits for somebody else's server. An answer that asks to come back, or none in `TIMEOUT` seconds, leaves the entry in
the outbox for another try, and that server in peace for `PAUSE` seconds, so that one that is down does not hold up the
worker; an answer that refuses ends it. A ping that is older than `LATE` says nothing any more and is dropped.

Only configured addresses are ever asked, and redirects are not followed; so a hub on the newsroom's own network works,
and nobody else can send the worker there.
"""

from __future__ import annotations

import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from datetime import timedelta
from http.client import HTTPException
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.delivery import policies
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Edition, OutboxEntry, Publication
from bulaq.reader.machine.feed_formats import FORMATS
from bulaq.reader.responses import with_policy
from bulaq.reader.views.errors import not_found

logger = logging.getLogger(__name__)

TIMEOUT = 3.0
PAUSE = 60.0
LATE = timedelta(hours=6)
RECENT = timedelta(days=2)
"""What was published before this is no news in a feed: an imported archive does not wake the hubs."""

MOST_ADDRESSES = 10_000
"""In one IndexNow message, by its protocol."""


class PingFailed(Exception):
    """Some server did not take a ping but may do so later."""


class Pinger:
    """Sends pings for entries of the outbox; handed to `newsroom.outbox_consumer.consume`."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        self._resting: dict[str, float] = {}

    def __call__(self, entries: Sequence[OutboxEntry]) -> None:
        """Pings for all entries together, each address once. Raises `PingFailed` when some server should be asked again."""
        configuration = settings.BULAQ
        if not configuration.websub_hubs and not configuration.indexnow_key:
            return
        fresh = [entry for entry in entries if entry.created_at > timezone.now() - LATE]
        if len(fresh) < len(entries):
            logger.warning("pings: %d entries were too late and are dropped", len(entries) - len(fresh))
        article_ids = {entry.article_id for entry in fresh if entry.article_id}
        published = list(
            Publication.objects.filter(
                article_id__in=article_ids,
                state__in=[Publication.State.PUBLISHED, Publication.State.WITHDRAWN],
                published_at__isnull=False,
            ).select_related("edition", "section")
        )
        faults: list[str] = []
        topics = feeds_of(published)
        if topics:
            for hub in configuration.websub_hubs:
                self._send(
                    hub, _form([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]), faults
                )
        if configuration.indexnow_key:
            for edition, changed in _by_edition(published).items():
                self._send(configuration.indexnow_url, _indexnow(edition, changed), faults)
        if faults:
            raise PingFailed("; ".join(faults))

    def _send(self, address: str, message: tuple[bytes, str], faults: list[str]) -> None:
        if self._resting.get(address, 0) > time.monotonic():
            faults.append(f"{address}: waits after a failure")
            return
        body, kind = message
        # The scheme was checked with the configuration.
        headers = {"Content-Type": kind, "User-Agent": "Bulaq"}
        request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                answer.read(1024)
            logger.info("ping: %s took %d bytes", address, len(body))
        except urllib.error.HTTPError as error:
            if error.code == 429 or error.code >= 500:
                self._rest(address, f"answered {error.code}", faults)
            else:
                logger.error("ping: %s refused with %d; not tried again", address, error.code)
        except (OSError, HTTPException) as error:
            self._rest(address, str(getattr(error, "reason", error)), faults)

    def _rest(self, address: str, reason: str, faults: list[str]) -> None:
        self._resting[address] = time.monotonic() + PAUSE
        faults.append(f"{address}: {reason}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def feeds_of(publications: Iterable[Publication]) -> list[str]:
    """The addresses of every feed that shows a change of these publications: of their editions and sections."""
    since = timezone.now() - RECENT
    found: dict[str, None] = {}
    for publication in publications:
        if max(publication.published_at, publication.updated_at or publication.published_at) < since:
            continue
        for path in (addresses.home(), addresses.section(publication.section.slug)):
            for kind in FORMATS:
                found[addresses.absolute(publication.edition, addresses.feed_of(path, kind))] = None
    return list(found)


def _form(fields: list[tuple[str, str]]) -> tuple[bytes, str]:
    return urlencode(fields).encode("ascii"), "application/x-www-form-urlencoded"


def _by_edition(publications: Iterable[Publication]) -> dict[Edition, list[str]]:
    found: dict[Edition, list[str]] = {}
    for publication in publications:
        address = addresses.absolute(publication.edition, addresses.of_publication(publication))
        found.setdefault(publication.edition, []).append(address)
    return found


def _indexnow(edition: Edition, changed: Sequence[str]) -> tuple[bytes, str]:
    key = settings.BULAQ.indexnow_key
    message = {
        "host": urlsplit(addresses.absolute(edition, "/")).netloc,
        "key": key,
        "keyLocation": addresses.absolute(edition, f"/{key}.txt"),
        "urlList": list(dict.fromkeys(changed))[:MOST_ADDRESSES],
    }
    return json.dumps(message).encode(), "application/json; charset=utf-8"


def key_file(request: HttpRequest, key: str) -> HttpResponse:
    """`/<key>.txt`: proves to IndexNow that whoever pings in this host's name may. Any other name is not there."""
    if request.site is None or not settings.BULAQ.indexnow_key or key != settings.BULAQ.indexnow_key:
        return not_found(request)
    return with_policy(HttpResponse(key, content_type="text/plain; charset=utf-8"), policies.WELL_KNOWN, ())
