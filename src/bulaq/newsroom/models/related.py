"""Related articles, computed ahead, and what editors decided about pairs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RelatedArticle(models.Model):
    """One line of the related box of an article in an edition, with the reasons for the desk."""

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="related_lines")
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    related = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="related_to_lines")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["article", "edition", "related"], name="related_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} ~ {self.related_id} ({self.score:.2f})"


class RelatedChoice(models.Model):
    """An editor's word on a pair: always together, or never."""

    class Kind(models.TextChoices):
        PIN = "pin", _("pin")
        BAN = "ban", _("ban")

    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="related_choices")
    other = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="related_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.article_id} ~ {self.other_id}"


class TwoArticles(models.Model):
    """An editor's word that two texts alike are two articles (a weekly notice, a column's fixed opening): they are not shown
    as repeats of each other again. `one` has the lower id."""

    one = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="two_articles_once")]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
