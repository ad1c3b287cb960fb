"""What `bulaq check` looks at, and what `/_/health/ready` calls degraded."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error as DatabaseError
from django.utils import timezone

from bulaq.project.command_line import NO_NEWSROOM
from bulaq.project.preparation import holds_newsroom

OUTBOX_LATE = timedelta(minutes=5)
"""Follow-up work that waits longer than this means that the worker is down or failing."""

MOST_READ_LATE = timedelta(minutes=60)
"""The BBC found 35 minutes too strict (empty pages on quiet nights) and settled on an hour."""

FREE_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    level: Literal["ok", "warning", "error"]
    subject: str
    text: str


def findings() -> Iterator[Finding]:
    """Everything, worst and best; each check stands alone."""
    yield from _configuration()
    yield from _disk()
    yield from _neighbours()
    try:
        if not holds_newsroom():
            yield Finding("error", "newsroom", NO_NEWSROOM.format(home=settings.BULAQ.folder))
            return
        yield from _database()
        yield from _newsroom()
        yield from _follow_up()
        yield from _index()
    except DatabaseError as error:
        yield Finding("error", "database", f"cannot be used: {' '.join(str(error).split())}")


def _configuration() -> Iterator[Finding]:
    configuration = settings.BULAQ
    public = configuration.bind not in {"127.0.0.1", "::1", "localhost"}
    if configuration.debug and public:
        yield Finding(
            "error", "BULAQ_DEBUG", "is on while the server listens to the public: it shows inner state"
        )
    elif configuration.debug:
        yield Finding("warning", "BULAQ_DEBUG", "is on")
    if configuration.secret_key and len(configuration.secret_key) < 32:
        yield Finding("error", "BULAQ_SECRET_KEY", "is shorter than 32 characters")
    key_file = configuration.folder / "secret-key"
    if key_file.exists() and stat.S_IMODE(key_file.stat().st_mode) & 0o077:
        yield Finding("error", str(key_file), "can be read by others; run: chmod 600")
    if public and configuration.public_scheme == "http":
        yield Finding("warning", "BULAQ_PUBLIC_SCHEME", "is http: logins to the desk travel in the clear")
    yield Finding("ok", "configuration", f"read; home is {configuration.folder}")


def _neighbours() -> Iterator[Finding]:
    """Valkey, what stands in front, where pictures lie: without them pages stay up, and nobody sees at once what they lack."""
    where = settings.BULAQ
    if where.media_store:
        from django.core.files.storage import default_storage

        try:
            default_storage.try_bucket()
            yield Finding("ok", "media", "their storage answers")
        except OSError as error:
            yield Finding("error", "media", f"{error}; is BULAQ_MEDIA_STORE right?")
    if where.cache_url:
        import redis

        url = where.cache_url.replace("valkey", "redis", 1)
        try:
            redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping()
            yield Finding("ok", "valkey", "answers")
        except redis.RedisError as error:
            yield Finding("error", "valkey", f"does not answer: {error}; is BULAQ_CACHE_URL right?")
    if where.front_url:
        parts = urlsplit(where.front_url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 80
        try:
            socket.create_connection((host, port), 2).close()
            yield Finding("ok", "front", f"{host}:{port} takes connections")
        except OSError as error:
            yield Finding(
                "error", "front", f"{host}:{port} takes no purges: {error}; is BULAQ_FRONT_URL right?"
            )


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding("error", "database", f"{len(plan)} migrations wait; run: bulaq manage migrate")
    else:
        yield Finding("ok", "database", f"{connection.vendor}, tables up to date")


def _newsroom() -> Iterator[Finding]:
    from bulaq.newsroom.models import Edition

    editions = list(Edition.objects.all())
    if not editions:
        yield Finding(
            "warning", "editions", "there is none yet: run bulaq begin, or found the newsroom at /desk/"
        )
    elif not any(edition.is_default for edition in editions):
        yield Finding("error", "editions", "none is the default: unknown hosts get an error")
    else:
        yield Finding(
            "ok", "editions", ", ".join(f"{edition.slug} on {edition.host}" for edition in editions)
        )


def _follow_up() -> Iterator[Finding]:
    from bulaq.newsroom.models import MostRead, OutboxEntry, ReadingHour

    now = timezone.now()
    late = OutboxEntry.objects.filter(created_at__lt=now - OUTBOX_LATE)
    failing = late.exclude(last_error="").order_by("id").first()
    # What follows an archive is much, and gives way to what editors do: it may well take an hour.
    acts = late.filter(later=False).count()
    after_archives = OutboxEntry.objects.filter(later=True).count()
    if acts or failing:
        reason = f"; the first error: {failing.last_error}" if failing else "; is the worker running?"
        yield Finding("error", "outbox", f"{late.count()} entries wait since more than five minutes{reason}")
    elif after_archives:
        yield Finding("ok", "outbox", f"{after_archives} entries that follow an archive are being done")
    else:
        yield Finding("ok", "outbox", "nothing waits")
    newest = MostRead.objects.order_by("-computed_at").values_list("computed_at", flat=True).first()
    if newest is None:
        if ReadingHour.objects.exists():
            yield Finding("warning", "most read", "never computed; is the worker running?")
    elif now - newest > MOST_READ_LATE:
        minutes = int((now - newest).total_seconds() // 60)
        yield Finding("error", "most read", f"was computed {minutes} minutes ago; is the worker running?")
    else:
        yield Finding("ok", "most read", "computed within the hour")


def _index() -> Iterator[Finding]:
    from bulaq.discovery.index import IndexUnavailable
    from bulaq.newsroom.finding.indexes import search_index
    from bulaq.newsroom.models import Article

    try:
        indexed = search_index().count()
    except IndexUnavailable as error:
        yield Finding("error", "search", f"{error}; run: bulaq reindex")
        return
    if not indexed and Article.objects.exists():
        yield Finding("warning", "search", "the index is empty; run: bulaq reindex")
    else:
        yield Finding("ok", "search", f"{indexed} articles indexed")


def _disk() -> Iterator[Finding]:
    folder = settings.BULAQ.folder
    if folder.exists():
        free = shutil.disk_usage(folder).free
        if free < FREE_BYTES:
            yield Finding("error", "disk", f"only {free // 1024**2} MB free in {folder}")
        elif not os.access(folder, os.W_OK):
            yield Finding("error", "disk", f"{folder} cannot be written")
        else:
            yield Finding("ok", "disk", f"{free // 1024**3} GB free")
