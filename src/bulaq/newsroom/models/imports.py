"""Imports as jobs: runs, what each input became, and what was made on the way."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import: a job that survives being killed. Its inputs and options are kept, so that it can be taken up again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    class Phase(models.TextChoices):
        LEARNING = "learning", _("learning the templates of its pages")
        READING = "reading", _("reading and storing")
        LINKS = "links", _("internal links")
        PUBLISHING = "publishing", _("publishing")
        PICTURES = "pictures", _("pictures")
        FINISHED = "finished", _("finished")

    WHOLE_SOURCE = 1_000_000

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("edition")
    )
    inputs = models.JSONField(_("inputs"), default=list)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, default=Phase.READING)
    cursor = models.BigIntegerField(default=0, editable=False)
    """How far the phases of links and of publishing have come (an id of ImportItem); while learning or reading, how much
    of the sample or of the source at hand is done (of `WHOLE_SOURCE`); below 0, how much of it is looked through before
    its first article is read."""
    pause_requested = models.BooleanField(default=False, editable=False)
    owner = models.CharField(max_length=120, blank=True, editable=False)
    """Who works on it (`host:process`); empty when nobody does."""
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("started by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    busy_seconds = models.FloatField(default=0.0, editable=False)
    """Time worked in the phase of reading, over all takings-up; the rate is made of it."""
    sources_total = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    sources_done = models.PositiveBigIntegerField(default=0, editable=False)
    ready = models.PositiveIntegerField(_("ready"), default=0)
    doubtful = models.PositiveIntegerField(_("doubtful"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    kept = models.PositiveIntegerField(_("left as edited here"), default=0)
    published = models.PositiveIntegerField(_("published"), default=0)
    findings = models.JSONField(default=dict, editable=False)
    """What was met so far: reasons, refusals and sections with how many of each (`importing.storing.findings.Findings`)."""
    failure = models.TextField(_("why it failed"), blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk}: {', '.join(self.inputs)[:120]}"

    @property
    def articles(self) -> int:
        """Articles found so far, whatever became of them."""
        return self.ready + self.doubtful


class ImportItem(models.Model):
    """One article or refusal found in one source of a run; written in the transaction that stored the article.

    (`run`, `key_digest`, `ordinal`) names it across takings-up: what has a row is never read or stored again.
    """

    class Verdict(models.TextChoices):
        READY = "ready", _("ready")
        DOUBTFUL = "doubtful", _("doubtful")
        REFUSED = "refused", _("refused")

    class Outcome(models.TextChoices):
        CREATED = "created", _("new article")
        UPDATED = "updated", _("article updated")
        UNCHANGED = "unchanged", _("nothing new")
        KEPT = "kept", _("left as edited here")
        REFUSED = "refused", _("refused")
        UNDONE = "undone", _("taken back")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    key = models.TextField(_("source"))
    key_digest = models.CharField(max_length=32, editable=False)
    ordinal = models.PositiveIntegerField(default=0)
    """The place of the article in its source (an export holds many)."""
    ends_source = models.BooleanField(default=False)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    published = models.BooleanField(_("published"), default=False)
    reasons = models.JSONField(_("reasons"), default=list)
    """`{"code": …, "text": …}` each; the code is for programs and translation, the text names the particulars."""
    article = models.ForeignKey(
        "newsroom.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="import_items",
        verbose_name=_("article"),
    )  # fmt: skip
    record = models.BinaryField(null=True, editable=False)
    """The whole `IncomingArticle` as it was read (deflated JSON): provenance, confidence and the foreign boxes."""
    before = models.BinaryField(null=True, editable=False)
    """The article before an update (deflated JSON), for taking the import back."""
    looked_at = models.DateTimeField(null=True, editable=False)
    """When an editor found a doubtful one right as it was read."""
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [
            models.UniqueConstraint(fields=["run", "key_digest", "ordinal"], name="import_item_once")
        ]
        indexes = [models.Index(fields=["run", "verdict", "id"], name="import_item_verdict")]

    def __str__(self) -> str:
        return f"{self.key} [{self.ordinal}]: {self.outcome}"

    @staticmethod
    def packed(text: str) -> bytes:
        """JSON text, deflated fast: a page's record takes about 3 kB."""
        return zlib.compress(text.encode("utf-8", "replace"), 1)

    @property
    def incoming(self) -> dict[str, Any] | None:
        """What was read, in the shape of the contract (docs/contracts.md)."""
        return json.loads(zlib.decompress(bytes(self.record))) if self.record else None


class ImportPicture(models.Model):
    """A picture that an imported article asks for, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        STORED = "stored", _("stored")
        ABSENT = "absent", _("not in the archive")
        BROKEN = "broken", _("broken")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="pictures")
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="+")
    source_key = models.TextField()
    """The source that it came with: local files are looked for beside it."""
    url = models.TextField(_("address"))
    url_digest = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    """By which a picture that is here already is found; empty for an address that names nothing by itself."""
    block_id = models.CharField(max_length=36, blank=True)
    """The block of the body; empty for the lead picture."""
    caption = models.CharField(max_length=600, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=255, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=20, blank=True, editable=False)
    """Why it is broken, for programs and translation; `reason` names the particulars."""
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    image = models.ForeignKey(
        "newsroom.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("imported picture")
        verbose_name_plural = _("imported pictures")
        indexes = [models.Index(fields=["run", "state", "id"], name="import_picture_next")]

    def __str__(self) -> str:
        return self.url


class ImportCreation(models.Model):
    """Something that a run made besides articles: taken back with the run when nothing else uses it."""

    class Kind(models.TextChoices):
        SECTION = "section", _("section")
        PLACEMENT = "placement", _("section of an edition")
        PERSON = "person", _("person")
        AGENCY = "agency", _("agency")
        TOPIC = "topic", _("topic")
        IMAGE = "image", _("picture")
        OLD_ADDRESS = "address", _("old address")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="creations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "object_id"], name="import_creation_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
