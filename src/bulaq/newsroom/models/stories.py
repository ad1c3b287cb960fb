"""Running stories: the articles of one event over time, told in order on a page of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """One running event. It belongs to no edition: each shows those of its articles that it publishes.

    `is_public` follows from `showing` and the number of articles (`actions.stories.settle`); it is stored because
    every article page asks for it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Showing(models.TextChoices):
        AUTO = "auto", _("when it has enough articles")
        ALWAYS = "always", _("always")
        NEVER = "never", _("never")

    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(_("address"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="ar")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    showing = models.CharField(
        _("shown to readers"), max_length=8, choices=Showing.choices, default=Showing.AUTO
    )
    is_public = models.BooleanField(default=False, editable=False)
    named_by_editor = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged", editable=False
    )
    """The story that holds its articles now: its old address leads there."""
    lead = models.ForeignKey(
        "newsroom.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False,
        verbose_name=_("leading article"),
    )  # fmt: skip
    """The article that an editor puts first on the page of the story, as long as it stands in it."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(
                fields=["-changed_at", "-id"], condition=Q(merged_into__isnull=True), name="story_recent"
            )
        ]

    def __str__(self) -> str:
        return self.title


class StoryArticle(models.Model):
    """An article in a story. One that an editor took out stays as a row, so that the machine does not put it back."""

    class AddedBy(models.TextChoices):
        MACHINE = "machine", _("machine")
        EDITOR = "editor", _("editor")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="story_articles")
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="story_articles")
    added_by = models.CharField(max_length=8, choices=AddedBy.choices, default=AddedBy.MACHINE)
    taken_out = models.BooleanField(default=False)
    came_from = models.ForeignKey(
        Story, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False, editable=False
    )
    """The merged story in which it stood: taken apart again, it goes back there."""
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "article"], name="article_once_in_story"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(taken_out=False), name="article_in_one_story"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} ∋ {self.article_id}"
