"""The outbox: what must follow from an act, written in the act's own transaction."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class OutboxEntry(models.Model):
    """One piece of follow-up work for one consumer; deleted when done.

    Consumed by row state with SKIP LOCKED, never by `id > cursor`: on PostgreSQL a lower id may commit later.
    """

    class Consumer(models.TextChoices):
        PURGE = "purge"
        INDEX = "index"
        RELATED = "related"
        PING = "ping"

    consumer = models.CharField(max_length=16, choices=Consumer.choices)
    kind = models.CharField(max_length=32)
    article_id = models.BigIntegerField(null=True)
    edition_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    later = models.BooleanField(default=False)
    """It follows a change of many articles at once (an archive brought in, a name mended): acts of editors go first."""
    available_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["consumer", "later", "id"], name="outbox_order")]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.kind} {self.article_id or ''}"
