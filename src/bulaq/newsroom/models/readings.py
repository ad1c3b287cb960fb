"""Counted readings and the lists made from them."""

from __future__ import annotations

from django.db import models


class ReadingHour(models.Model):
    """How many readers an article had in an edition in one hour. No reader is identified anywhere."""

    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    hour = models.DateTimeField()
    readers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "edition", "hour"], name="reading_hour_once")
        ]
        # With what is summed, so that a day of a large site is added up without looking at its rows.
        indexes = [models.Index(fields=["edition", "hour", "readers"], name="reading_sums")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.hour:%F %H}h: {self.readers}"


class MostRead(models.Model):
    """One line of a computed list: most read of an edition (or one of its sections) in a window."""

    class Window(models.TextChoices):
        HOURS_3 = "3h"
        HOURS_24 = "24h"
        RISING = "rising"

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey("newsroom.Section", null=True, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=8, choices=Window.choices)
    position = models.PositiveSmallIntegerField()
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ("position",)
        indexes = [models.Index(fields=["edition", "section", "window", "position"], name="most_read_list")]

    def __str__(self) -> str:
        return f"{self.window} {self.position}: {self.article_id}"
