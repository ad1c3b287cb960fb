"""Taking entries out of the outbox: one at a time or in batches, each isolated from the failure of the others."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bulaq.newsroom.models import OutboxEntry

logger = logging.getLogger(__name__)

Handler = Callable[[Sequence[OutboxEntry]], None]

RETRY_PAUSES = (5, 15, 60, 300, 1800)
"""Seconds before an entry that failed is tried again; after the last, it is tried at that pace for ever and reported
by `bulaq check`: follow-up work is never thrown away."""


PUT_OFF_SECONDS = 10
"""When a batch that was put off is looked at again, however often it was before."""


class PutOff(Exception):
    """For no entry can anything be done now, through no fault of theirs: the whole batch waits. Whoever raises it has told
    the log why."""


def consume(consumer: OutboxEntry.Consumer, handle: Handler, *, batch: int = 100) -> int:
    """Hands the waiting entries of `consumer` to `handle`, oldest first; returns how many were done.

    What follows an act of an editor goes before what follows an archive, and never waits in one batch with it.

    `handle` must be idempotent: a crash after its work and before the delete does it again. When a batch fails, its
    entries are handled one by one, so that a bad one delays no other. On a full disk it raises what `handle` raised.
    """
    # With row locks, the claim is held until the work is done and other workers skip it. SQLite has one writer and one
    # worker: holding its lock for the length of the work would stop the desk.
    locking = connection.features.has_select_for_update_skip_locked
    with transaction.atomic() if locking else nullcontext():
        entries = _claim(consumer, batch)
        if not entries:
            return 0
        try:
            with transaction.atomic() if locking else nullcontext():
                handle(entries)
            done = list(entries)
        except PutOff as reason:
            _wait(entries, PUT_OFF_SECONDS, attempts=1, last_error=str(reason)[:2000])
            return 0
        except Exception as error:
            if _lacks_room(error):
                raise  # no entry's fault, and nobody can be told of it: all of it stays as it is, for the worker's next turn
            logger.exception("outbox %s: a batch of %d failed; trying one by one", consumer, len(entries))
            done = [entry for entry in entries if _handle_alone(entry, handle)]
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in done]).delete()
        return len(done)


def _claim(consumer: OutboxEntry.Consumer, batch: int) -> list[OutboxEntry]:
    waiting = OutboxEntry.objects.filter(consumer=consumer, available_at__lte=timezone.now())
    waiting = waiting.order_by("later", "id")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    entries = list(waiting[:batch])
    return [entry for entry in entries if not entry.later] or entries


def _lacks_room(error: Exception) -> bool:
    """In the words of the system, SQLite and PostgreSQL."""
    told = ("disk is full", "No space left", "could not extend file")
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or any(t in str(error) for t in told)


def _handle_alone(entry: OutboxEntry, handle: Handler) -> bool:
    try:
        with transaction.atomic() if connection.features.has_select_for_update_skip_locked else nullcontext():
            handle([entry])
    except Exception as error:
        pause = RETRY_PAUSES[min(entry.attempts, len(RETRY_PAUSES) - 1)]
        _wait(
            [entry], pause, attempts=entry.attempts + 1, last_error=f"{type(error).__name__}: {error}"[:2000]
        )
        return False
    return True


def _wait(entries: Sequence[OutboxEntry], seconds: float, **changes: Any) -> None:
    later = timezone.now() + timedelta(seconds=seconds)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(available_at=later, **changes)
