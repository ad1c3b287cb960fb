"""Names found in articles and offered as topics, what editors answered, and where a merged topic's address leads."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulaq.newsroom.models.topics import Topic


class TopicOffer(models.Model):
    """A name that articles hold. The answers are the machine's memory: there is no other store of what it learned."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    name = models.CharField(_("name"), max_length=160)
    matching_name = models.CharField(max_length=160, editable=False)
    language = models.CharField(_("language"), max_length=8, default="ar")
    kind = models.CharField(_("kind"), max_length=16, choices=Topic.Kind.choices)
    rule = models.CharField(max_length=8)
    """The rule that found it (`discovery.topics.finder.Rule`): answers teach the rule as well as the name."""
    variants = models.JSONField(default=list)
    confidence = models.FloatField(default=0.0)
    articles = models.PositiveIntegerField(_("articles"), default=0)
    examples = models.JSONField(default=list)
    """Ids of its newest articles, a few."""
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OFFERED)
    topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
        verbose_name=_("topic"),
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("offered topic")
        verbose_name_plural = _("offered topics")
        constraints = [models.UniqueConstraint(fields=["matching_name", "language"], name="offer_once")]
        indexes = [models.Index(fields=["state", "-articles", "-id"], name="offer_list")]

    def __str__(self) -> str:
        return self.name


class TopicMention(models.Model):
    """A name stands in an article: what `actions.topics` links when the offer is accepted."""

    offer = models.ForeignKey(TopicOffer, on_delete=models.CASCADE, related_name="mentions")
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="topic_mentions")
    count = models.PositiveSmallIntegerField(default=1)
    telling = models.BooleanField(default=False)
    """The article is about it: it stands in the headline, or more than once."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "article"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} ∈ {self.article_id}"


class MergedTopic(models.Model):
    """The number of a topic that is another one now: its address leads there for good."""

    old_id = models.BigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="merged_numbers")

    def __str__(self) -> str:
        return f"{self.old_id} → {self.topic_id}"
