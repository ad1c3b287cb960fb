"""What the worker does, and how often: the list that joins the rooms."""

from __future__ import annotations

from collections.abc import Iterable

from bulaq.delivery.reading_spool import ReadingSpool
from bulaq.newsroom.actions.breaking import end_due_lines
from bulaq.newsroom.actions.pinning import end_due_pins
from bulaq.newsroom.actions.readings import ReadingBook
from bulaq.newsroom.actions.scheduling import publish_due
from bulaq.newsroom.finding.following import index_waiting, learn
from bulaq.newsroom.finding.rebuilding import rebuild_when_outdated
from bulaq.newsroom.models import OutboxEntry
from bulaq.newsroom.outbox_consumer import PutOff, consume
from bulaq.newsroom.purging import PurgeFailed, purge_now
from bulaq.newsroom.renditions import RenditionMaker
from bulaq.project.edge import reading_folder
from bulaq.project.import_worker import ImportWorker
from bulaq.project.queued_tasks import run_queued_tasks
from bulaq.project.section_learning import SectionLearning
from bulaq.project.worker import Job
from bulaq.reader.machine.pings import Pinger

Consumer = OutboxEntry.Consumer


def jobs() -> list[Job]:
    """Every job, most urgent first."""
    book = ReadingBook(ReadingSpool(reading_folder()))
    pinger = Pinger()
    return [
        Job("purge", 0.25, lambda: consume(Consumer.PURGE, _purge)),
        Job("index version", 60, lambda: rebuild_when_outdated() and 0),
        Job("index", 0.5, index_waiting),
        Job("learn", 3600, learn),
        Job("schedule", 15, publish_due),
        Job("front", 5, lambda: end_due_lines() + end_due_pins()),
        Job("pictures", 5, RenditionMaker().run),
        Job("queued tasks", 2, run_queued_tasks),
        Job("readings", 3, book.store),
        Job("most read", 60, lambda: book.compute() and 0),
        Job("imports", 2, ImportWorker().run),
        Job("sections", 3600, SectionLearning().run),
        Job("ping", 5, lambda: consume(Consumer.PING, pinger)),
    ]


def _purge(entries: Iterable[OutboxEntry]) -> None:
    try:
        for entry in entries:
            hard = entry.payload.get("hard", False)
            purge_now(entry.payload["keys"], hard=hard, repeated=entry.attempts > 0)
    except PurgeFailed as reason:
        raise PutOff(str(reason)) from reason
