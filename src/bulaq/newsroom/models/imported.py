"""What imports know of earlier ones: the articles that they wrote, the sites that came here, and what people decided for what
comes later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulaq.newsroom.models.imports import ImportRun


class ImportedArticle(models.Model):
    """What an import last wrote into an article: knows the same material again, and what editors changed since."""

    article = models.OneToOneField(
        "newsroom.Article", primary_key=True, on_delete=models.CASCADE, related_name="imported"
    )
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    text_digest = models.CharField(max_length=32)
    """Of the text as stored; another digest now means that somebody edited it here."""
    incoming_digest = models.CharField(max_length=32)
    """Of the material as read; the same again needs no work."""
    content_digest = models.CharField(max_length=32, db_index=True)
    """Of the body's words alone: the same text under another address."""
    host = models.CharField(max_length=253, blank=True)
    section_key = models.CharField(max_length=160, blank=True)
    """The section as they call it, in matching form; with `host` it finds the articles that a mapping moves."""

    class Meta:
        indexes = [models.Index(fields=["section_key", "host"], name="imported_section")]

    def __str__(self) -> str:
        return str(self.article_id)


class ImportHost(models.Model):
    """A host whose articles came here: links to it are links to ourselves."""

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "host"], name="import_host_once")]

    def __str__(self) -> str:
        return self.host


class SectionMapping(models.Model):
    """Theirs → ours: which section of ours the articles of a foreign one go to, remembered for each host.

    An empty `host` holds for all hosts. `decided` tells a person's word from the importer's own doing.
    """

    host = models.CharField(_("site"), max_length=253, blank=True)
    theirs = models.CharField(_("their section"), max_length=160)
    matching_theirs = models.CharField(max_length=160, editable=False)
    section = models.ForeignKey(
        "newsroom.Section", on_delete=models.CASCADE, related_name="+", verbose_name=_("our section")
    )
    decided = models.BooleanField(_("decided by a person"), default=False)
    run = models.ForeignKey(ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("mapping of a section")
        verbose_name_plural = _("mappings of sections")
        constraints = [
            models.UniqueConstraint(fields=["host", "matching_theirs"], name="section_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.theirs} → {self.section}"


class ReadingCorrection(models.Model):
    """What an editor pointed at on a page, kept for the pages of its template that come later.

    `core` is the usual layout of the template (numbers of `intake.templates.signature`); `picks` are the parts that were
    pointed at (`intake.templates.pointing.Pick`). It goes when the run that first applied it is taken back.
    """

    host = models.CharField(_("site"), max_length=253, blank=True)
    format = models.CharField(_("format"), max_length=20)
    core = models.JSONField(default=list, editable=False)
    picks = models.JSONField(default=list, editable=False)
    page = models.TextField(_("page"), blank=True)
    """The source on which it was made, as an editor calls it."""
    run = models.ForeignKey(
        ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="corrections_of_readings",
        verbose_name=_("import"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("correction of a reading")
        verbose_name_plural = _("corrections of readings")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.host} {self.page}".strip()


class FetchedAddress(models.Model):
    """The address of a feed or page as an import of an edition met it last: by what it is asked for what is new alone,
    and until when it is not asked at all."""

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+")
    url = models.TextField()
    url_digest = models.CharField(max_length=32)
    run = models.ForeignKey("newsroom.ImportRun", null=True, on_delete=models.SET_NULL, related_name="+")
    """The import that took in what the validators stand for."""
    answered_by = models.TextField(blank=True)
    """The address that gave the validators, after redirects."""
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=500, blank=True)
    rest_until = models.DateTimeField(null=True)
    rest_code = models.CharField(max_length=20, blank=True)
    """Why it is left alone: «gone» (410) or «busy» (`Retry-After`)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "url_digest"], name="fetched_address_once")]

    def __str__(self) -> str:
        return self.url
