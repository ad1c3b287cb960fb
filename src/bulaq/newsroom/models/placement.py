"""Where and when an article stands: publications, and the addresses it had elsewhere before."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """An article placed in one edition.

    A plain foreign key and no child of the article's revisions: reverting a text must not move where it stands.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        FAILED = "failed", _("failed")

    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.CASCADE, related_name="publications", verbose_name=_("article")
    )
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="publications", verbose_name=_("edition")
    )
    section = models.ForeignKey(
        "newsroom.Section", on_delete=models.PROTECT, related_name="publications", verbose_name=_("section")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    headline_override = models.CharField(_("headline in this edition"), max_length=300, blank=True)
    slug = models.CharField(_("address"), max_length=200, blank=True)
    is_canonical = models.BooleanField(_("canonical"), default=False)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(fields=["article", "edition"], name="article_once_in_edition"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_canonical=True), name="one_canonical_publication"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                F("edition"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="publication_latest",
            ),
            models.Index(
                F("edition"),
                F("section"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(state="published"),
                name="publication_section",
            ),
            models.Index(F("published_at"), condition=Q(state="scheduled"), name="publication_due"),
            # The index of sitemaps counts every day of the archive: from here alone, without looking at a row. SQLite reads
            # the row for a column that only the condition names, so both stand in the index too, and last: an index that
            # begins with the state looks better to it for the newest articles than the one that has them in order.
            models.Index(
                fields=["edition", "published_at", "updated_at", "state", "is_canonical"],
                condition=Q(state="published", is_canonical=True),
                name="publication_sitemap",
            ),
            # What is neither public nor scheduled is little, and the desk asks for it by state.
            *(
                models.Index(F("article"), condition=Q(state=state), name=f"publication_{state}")
                for state in ("planned", "withdrawn", "failed")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.edition_id}"

    @property
    def headline(self) -> str:
        """The headline that readers of this edition see."""
        return self.headline_override or self.article.headline


class LegacyPath(models.Model):
    """An address under which an article answered before; it redirects for ever.

    `digest` is over the normalised host and path (see `newsroom.legacy_paths`), so that an address of any length
    is found through one small unique index.
    """

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="legacy_paths")
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="legacy_paths")
    path = models.TextField(_("old address"))
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [models.UniqueConstraint(fields=["edition", "digest"], name="legacy_path_once")]

    def __str__(self) -> str:
        return self.path

    @staticmethod
    def digest_of(normalised_path: str) -> str:
        """Hex SHA-256 of a normalised old address."""
        return hashlib.sha256(normalised_path.encode()).hexdigest()


class OldParameter(models.Model):
    """A parameter of old addresses by which a program of the old site knew what was asked for (`/details.php?kalam=55`).

    An empty name stands for a query that is no parameters at all (`/showthread.php?55-a-title`).
    """

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="old_parameter_once")]

    def __str__(self) -> str:
        return self.name
