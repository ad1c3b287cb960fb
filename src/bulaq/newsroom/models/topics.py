"""Topics: people, places, organisations and stories that articles are about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from bulaq.arabic.direction import script
from bulaq.arabic.normalise import for_matching

IN_ARABIC_LETTERS = ("ar", "fa", "ps", "ur")
"""Languages whose readers can read an Arabic name."""


class Topic(ClusterableModel):
    """Something articles are about, with its spelling variants and a page of its own."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        PLACE = "place", _("place")
        ORGANISATION = "organisation", _("organisation")
        STORY = "story", _("story")
        SUBJECT = "subject", _("subject")

    name = models.CharField(_("name"), max_length=160)
    matching_name = models.CharField(max_length=160, editable=False, default="")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.SUBJECT)
    language = models.CharField(_("language"), max_length=8, default="ar")
    description = models.TextField(_("description"), blank=True)
    accepted = models.BooleanField(
        _("accepted"),
        default=True,
        help_text=_("Suggested topics have no page until an editor accepts them."),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["matching_name", "language"], name="topic_once")]

    def __str__(self) -> str:
        return self.name

    def stands_beside(self, language: str) -> bool:
        """Whether an article in `language` shows it: accepted, and not an Arabic name on a page of Latin letters."""
        return self.accepted and (language.startswith(IN_ARABIC_LETTERS) or script(self.name) != "Arab")

    def save(self, *args, **kwargs) -> None:
        self.matching_name = for_matching(self.name)
        super().save(*args, **kwargs)


class TopicVariant(models.Model):
    """Another way a topic is written («بوتن» beside «بوتين»)."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="variants")
    text = models.CharField(_("spelling"), max_length=160)
    matching_text = models.CharField(max_length=160, editable=False, db_index=True)

    class Meta:
        verbose_name = _("spelling variant")
        verbose_name_plural = _("spelling variants")
        constraints = [
            models.UniqueConstraint(fields=["topic", "matching_text"], name="variant_once_in_topic")
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.matching_text = for_matching(self.text)
        super().save(*args, **kwargs)
