"""Writing follow-up work into the transaction of an act."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from bulaq.newsroom.models import OutboxEntry
from bulaq.newsroom.purging import PurgeFailed, purge_now

Consumer = OutboxEntry.Consumer

OWN_PURGE = timedelta(seconds=2)
"""How long the worker leaves a purge to the process that committed it."""


def record(
    kind: str,
    *,
    article_id: int | None = None,
    edition_id: int | None = None,
    keys: Iterable[str] = (),
    hard: bool = False,
    consumers: Iterable[Consumer] = (),
    payload: dict[str, Any] | None = None,
    later: bool = False,
) -> None:
    """Writes one entry for each consumer; `keys` are purged as soon as the transaction has committed. ``later``: what
    follows an archive, which gives way to what follows an editor's act.

    The committing process purges at once, so that a reader sees the act within a second, and strikes the entry out. One
    that died in between, or could not tell everybody, leaves it to the worker.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act must record its follow-up work inside its own transaction")
    keys = tuple(dict.fromkeys(keys))
    entries = [
        OutboxEntry(
            consumer=consumer,
            kind=kind,
            article_id=article_id,
            edition_id=edition_id,
            payload=payload or {},
            later=later,
        )
        for consumer in consumers
    ]
    if keys:
        purge = OutboxEntry(
            consumer=Consumer.PURGE,
            kind=kind,
            article_id=article_id,
            edition_id=edition_id,
            payload={"keys": list(keys), "hard": hard},
            available_at=timezone.now() + OWN_PURGE,
        )
        entries.append(purge)
        transaction.on_commit(lambda: _purge_at_once(purge, keys, hard), robust=True)
    OutboxEntry.objects.bulk_create(entries)


def _purge_at_once(entry: OutboxEntry, keys: tuple[str, ...], hard: bool) -> None:
    waiting = OutboxEntry.objects.filter(pk=entry.pk)
    with suppress(OperationalError):  # a disk that is full now: the entry waits for the worker as it is
        try:
            purge_now(keys, hard=hard)
        except PurgeFailed as reason:
            # One attempt was made: the worker tells those who were away, and spares the others.
            waiting.update(attempts=1, last_error=str(reason)[:2000])
        else:
            waiting.delete()
