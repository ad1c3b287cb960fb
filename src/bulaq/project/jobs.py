"""What the worker does, and how often: the list that joins the rooms."""

from __future__ import annotations

from bulaq.newsroom.actions.scheduling import publish_due
from bulaq.newsroom.models import OutboxEntry
from bulaq.newsroom.outbox_consumer import consume
from bulaq.newsroom.purging import purge_now
from bulaq.project.worker import Job

Consumer = OutboxEntry.Consumer


def jobs() -> list[Job]:
    """Every job, most urgent first."""
    return [
        Job("purge", 0.25, lambda: consume(Consumer.PURGE, _purge)),
        Job("schedule", 15, publish_due),
        Job("ping", 5, lambda: consume(Consumer.PING, lambda entries: None)),
    ]


def _purge(entries) -> None:
    for entry in entries:
        purge_now(entry.payload["keys"], hard=entry.payload.get("hard", False))
