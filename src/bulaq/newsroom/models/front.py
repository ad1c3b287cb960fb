"""What an editor puts on the front by hand: the breaking line, and articles pinned above the automatic fill."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BreakingLine(models.Model):
    """«عاجل»: one line above every page of an edition, until its hour. Lines that have ended stay as a record."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="breaking_lines", verbose_name=_("edition")
    )
    text = models.CharField(_("text"), max_length=200)
    article = models.ForeignKey(
        "newsroom.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("article"),
    )  # fmt: skip
    began_at = models.DateTimeField(_("since"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, editable=False)
    """When it was taken down, replaced, or its hour had come; null while it stands."""

    class Meta:
        verbose_name = _("breaking line")
        verbose_name_plural = _("breaking lines")
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(ended_at__isnull=True), name="one_breaking_line_in_edition"
            )
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(ended_at__isnull=True), name="breaking_line_due")
        ]

    def __str__(self) -> str:
        return self.text


class FrontPin(models.Model):
    """An article that an editor holds at the top of an edition's home, or of its section's front there, until its hour:
    hand-curated boxes rot."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="front_pins", verbose_name=_("edition")
    )
    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="+", verbose_name=_("article")
    )
    section = models.ForeignKey(
        "newsroom.Section", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
        verbose_name=_("section"),
    )  # fmt: skip
    """Whose front; null: the edition's home."""
    position = models.SmallIntegerField(_("position"), default=0)
    pinned_at = models.DateTimeField(_("since"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("pinned article")
        verbose_name_plural = _("pinned articles")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "article"], condition=Q(section__isnull=True), name="pinned_once_on_home"
            ),
            models.UniqueConstraint(
                fields=["edition", "article"],
                condition=Q(section__isnull=False),
                name="pinned_once_on_section",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="front_pin_due")]

    def __str__(self) -> str:
        return f"{self.article_id} ↑ {self.edition_id}"
