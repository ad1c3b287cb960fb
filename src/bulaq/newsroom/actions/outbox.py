"""Writing follow-up work into the transaction of an act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from bulaq.newsroom.models import OutboxEntry
from bulaq.newsroom.purging import purge_now

Consumer = OutboxEntry.Consumer


def record(
    kind: str,
    *,
    article_id: int | None = None,
    edition_id: int | None = None,
    keys: Iterable[str] = (),
    hard: bool = False,
    consumers: Iterable[Consumer] = (),
    payload: dict[str, Any] | None = None,
) -> None:
    """Writes one entry for each consumer; `keys` are purged as soon as the transaction has committed.

    The purge happens twice: at once in the committing process, so that a reader sees the act within a second, and
    again from the outbox, so that a process that dies in between loses nothing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act must record its follow-up work inside its own transaction")
    keys = tuple(dict.fromkeys(keys))
    entries = [
        OutboxEntry(
            consumer=consumer, kind=kind, article_id=article_id, edition_id=edition_id, payload=payload or {}
        )
        for consumer in consumers
    ]
    if keys:
        entries.append(
            OutboxEntry(
                consumer=Consumer.PURGE,
                kind=kind,
                article_id=article_id,
                edition_id=edition_id,
                payload={"keys": list(keys), "hard": hard},
            )
        )
        transaction.on_commit(lambda: purge_now(keys, hard=hard), robust=True)
    OutboxEntry.objects.bulk_create(entries)
