"""Purges told from machine to machine, so that none is lost: a follower that was away takes up where it left off.

Each machine runs one follower, which repeats what others publish in its own purge log; from there its workers know within
milliseconds. The follower keeps its place in a file. When what it has not read is no longer there, it purges everything: a page
too many is rendered, but none stays out of date.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol

from bulaq.delivery.unavailable import Outage

Apply = Callable[[tuple[str, ...], bool], object]

# Entries that are kept for followers that are away; at one publish a second with a purge each, more than a day.
_MOST_KEPT: Final = 100_000
_PAUSE: Final = 0.5
_EVERYTHING: Final = ("all",)


class PurgeChannel(Protocol):
    """The purges of a newsroom with several machines."""

    def publish(self, keys: Iterable[str], hard: bool = False) -> None:
        """Tells every other machine. Raises what the driver raises; the outbox repeats it then."""

    def follow(self, apply: Apply, stop: threading.Event) -> None:
        """Calls ``apply(keys, hard)`` for each purge of the other machines until ``stop``; outlives lost connections."""


class Place:
    """Where a follower stands, in a file that is whole at any moment; and the name of this machine, once drawn."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._known: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            self._known = dict(json.loads(path.read_text("ascii")))
        if not isinstance(self._known.get("origin"), str):
            self._known = {"origin": secrets.token_hex(8)}
            self._write()

    @property
    def origin(self) -> str:
        """The name of this machine among the publishers: what it published itself it need not repeat."""
        return str(self._known["origin"])

    def get(self) -> str | None:
        """The driver's word for the last entry that was repeated; None before the first."""
        value = self._known.get("place")
        return value if isinstance(value, str) else None

    def set(self, place: str) -> None:
        """To be called after the entry is in this machine's log."""
        if self._known.get("place") != place:
            self._known["place"] = place
            self._write()

    def _write(self) -> None:
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(self._known), "ascii")
        os.replace(draft, self._path)


def _outage() -> Outage:
    return Outage(
        "purges of other machines do not come (%s): pages that they change go by their time until they do",
        "purges of other machines come again, after %.0f s",
    )


class ValkeyChannel:
    """Over a stream of Valkey or Redis (5 or newer), which waits like pub/sub and remembers like a log."""

    def __init__(
        self, url: str, place: Place, stream: str = "bulaq:purges", most_kept: int = _MOST_KEPT
    ) -> None:
        import redis

        # A server that is there and does not answer may not hold up an editor's act; a follower waits a second at a time.
        self._client: Any = redis.Redis.from_url(
            url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=30
        )
        self._errors: type[Exception] = redis.RedisError
        self._place = place
        self._stream = stream
        self._most_kept = most_kept

    def publish(self, keys: Iterable[str], hard: bool = False) -> None:
        """One entry of the stream."""
        fields = {"keys": " ".join(keys), "hard": int(hard), "origin": self._place.origin}
        self._client.xadd(self._stream, fields, maxlen=self._most_kept, approximate=True)

    def follow(self, apply: Apply, stop: threading.Event) -> None:
        """Waits in the server, at most a second at a time, so that ``stop`` is seen."""
        place: str | None = None
        outage = _outage()
        while not stop.is_set():
            try:
                if place is None:
                    place = self._take_up(apply)
                    outage.ended()
                for _, entries in self._client.xread({self._stream: place}, count=1000, block=1000) or ():
                    for entry, fields in entries:
                        if fields.get(b"origin", b"").decode() != self._place.origin:
                            keys = tuple(fields.get(b"keys", b"").decode("ascii").split())
                            apply(keys, fields.get(b"hard") == b"1")
                        place = entry.decode("ascii")
                    self._place.set(place)
            except self._errors as error:
                outage.began(error)
                place = None
                stop.wait(_PAUSE)

    def _take_up(self, apply: Apply) -> str:
        """The place to read on from. The last entry read must still be there, or others may be gone with it."""
        place = self._place.get()
        if place is not None and self._client.xrange(self._stream, place, place):
            return place
        newest = self._client.xrevrange(self._stream, count=1)
        now_at = newest[0][0].decode("ascii") if newest else "0-0"
        if place is not None and place != now_at:
            if place == "0-0" and self._client.xlen(self._stream) < self._most_kept:
                return place
            apply(_EVERYTHING, True)
        self._place.set(now_at)
        return str(now_at)


class PostgresChannel:
    """Over a table and LISTEN/NOTIFY of PostgreSQL 13 or newer.

    Numbers of rows are given before their transactions commit, so "greater than the last number" would miss the late ones.
    Rows are read by transaction instead: from the oldest that was still open at the last reading, less those already repeated.
    """

    _TABLE: Final = """
        CREATE TABLE IF NOT EXISTS bulaq_purge (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            at timestamptz NOT NULL DEFAULT now(),
            origin text NOT NULL, hard boolean NOT NULL, keys text[] NOT NULL);
        CREATE INDEX IF NOT EXISTS bulaq_purge_xid ON bulaq_purge (xid);
        CREATE TABLE IF NOT EXISTS bulaq_purge_identity (identity uuid NOT NULL);
        INSERT INTO bulaq_purge_identity SELECT gen_random_uuid() WHERE NOT EXISTS (SELECT FROM bulaq_purge_identity)"""

    def __init__(self, conninfo: str, place: Place, kept_hours: int = 48) -> None:
        self._conninfo = conninfo
        self._place = place
        self._kept_hours = kept_hours
        self._publisher: Any = None
        self._published = 0
        self._lock = threading.Lock()

    def publish(self, keys: Iterable[str], hard: bool = False) -> None:
        """One row and one notification, committed together."""
        with self._lock:
            if self._publisher is None or self._publisher.closed:
                self._publisher = self._connect()
            try:
                with self._publisher.transaction():
                    self._publisher.execute(
                        "INSERT INTO bulaq_purge (origin, hard, keys) VALUES (%s, %s, %s)",
                        (self._place.origin, hard, list(keys)),
                    )
                    self._publisher.execute("NOTIFY bulaq_purge")
            except Exception:
                self._publisher.close()
                raise
            self._published += 1
            if self._published % 1000 == 0:
                self._publisher.execute(
                    "DELETE FROM bulaq_purge WHERE at < now() - make_interval(hours => %s)",
                    (self._kept_hours,),
                )

    def follow(self, apply: Apply, stop: threading.Event) -> None:
        """Reads at each notification, and every second without one."""
        import psycopg

        outage = _outage()
        while not stop.is_set():
            try:
                with self._connect() as connection:
                    connection.execute("LISTEN bulaq_purge")
                    outage.ended()
                    self._read_on(connection, apply, stop)
            except psycopg.Error as error:
                outage.began(error)
                stop.wait(_PAUSE)

    def _read_on(self, connection: Any, apply: Apply, stop: threading.Event) -> None:
        repeated: set[int] = set()
        oldest = self._take_up(connection, apply)
        while not stop.is_set():
            # One statement is one snapshot: the rows, and the oldest transaction that may still bring others.
            rows = connection.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text, NULL, NULL, NULL, NULL UNION ALL "
                "(SELECT xid::text, id, origin, hard, keys FROM bulaq_purge WHERE xid >= %s::xid8 ORDER BY id)",
                (oldest,),
            ).fetchall()
            still_open = int(rows[0][0])
            for _, number, origin, hard, keys in rows[1:]:
                if number not in repeated and origin != self._place.origin:
                    apply(tuple(keys), hard)
            repeated = {number for xid, number, *_ in rows[1:] if int(xid) >= still_open}
            oldest = str(still_open)
            self._place.set(self._spell(connection, oldest))
            for _ in connection.notifies(timeout=1.0, stop_after=1):
                pass

    def _take_up(self, connection: Any, apply: Apply) -> str:
        """The transaction to read on from; everything is purged when the place is older than what is kept."""
        place = self._place.get()
        identity = connection.execute("SELECT identity::text FROM bulaq_purge_identity").fetchone()[0]
        parts = (place or "").split(":")
        if len(parts) == 3 and parts[0] == identity:
            age = connection.execute("SELECT extract(epoch FROM now()) - %s", (float(parts[2]),)).fetchone()[
                0
            ]
            if age < (self._kept_hours - 1) * 3600:
                return parts[1]
        if place is not None:
            apply(_EVERYTHING, True)
        return str(connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").fetchone()[0])

    def _spell(self, connection: Any, oldest: str) -> str:
        known = self._place.get() or ""
        # The time matters by the hour only; a file need not be written every second.
        if known.split(":")[1:2] == [oldest]:
            return known
        identity, now = connection.execute(
            "SELECT identity::text, extract(epoch FROM now())::bigint::text FROM bulaq_purge_identity"
        ).fetchone()
        return f"{identity}:{oldest}:{now}"

    def _connect(self) -> Any:
        import psycopg

        connection = psycopg.connect(self._conninfo, autocommit=True, connect_timeout=5)
        connection.execute("SELECT pg_advisory_lock(7165108)")
        connection.execute(self._TABLE)
        connection.execute("SELECT pg_advisory_unlock(7165108)")
        return connection
