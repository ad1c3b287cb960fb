"""The article: content written once, edition-neutral, in one language."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from bulaq.newsroom.blocks import BodyBlock
from bulaq.newsroom.previews import render_preview


class Article(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """The content. `live` says that its text is approved; publications say where and when it stands."""

    class Language(models.TextChoices):
        ARABIC = "ar", _("Arabic")
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")
        PERSIAN = "fa", _("Persian")

    language = models.CharField(
        _("language"), max_length=8, choices=Language.choices, default=Language.ARABIC
    )
    kicker = models.CharField(_("kicker"), max_length=120, blank=True)
    headline = models.CharField(
        _("headline"), max_length=300, blank=True, help_text=_("An imported article may still wait for one.")
    )
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("The place of reporting.")
    )
    section = models.ForeignKey(
        "newsroom.Section", null=True, blank=True, on_delete=models.SET_NULL, related_name="articles",
        verbose_name=_("section"), help_text=_("Where it goes unless a publication says otherwise."),
    )  # fmt: skip
    lead_image = models.ForeignKey(
        "newsroom.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("lead picture"),
    )  # fmt: skip
    lead_caption = models.CharField(
        _("caption"), max_length=600, blank=True, help_text=_("Empty: the picture's own caption.")
    )
    lead_credit = models.CharField(_("credit"), max_length=200, blank=True)
    lead_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    carrier_label = models.CharField(_("carried by"), max_length=200, blank=True)
    carrier_url = models.URLField(_("carrier's address"), max_length=2000, blank=True)
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations",
        verbose_name=_("translation of"),
    )  # fmt: skip
    source_identity = models.CharField(max_length=255, null=True, unique=True, editable=False)
    """The name under which it came from outside (intake's `identity`): the same material twice is one article."""
    headline_suggestion = models.CharField(max_length=600, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(auto_now=True)
    """The last change of the row, of whatever kind; readers are shown `text_updated_at`."""
    text_updated_at = models.DateTimeField(_("text updated at"), null=True, blank=True, editable=False)

    _revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="article",
    )  # fmt: skip
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="article", for_concrete_model=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["expire_at"], condition=Q(live=True, expire_at__isnull=False), name="article_expiry"
            ),
            models.Index(fields=["-edited_at", "-id"], name="article_recent"),
            models.Index(fields=["headline"], name="article_headline"),
            # The desk's list, narrowed: each of these is read from its newest end.
            models.Index(fields=["section", "-edited_at", "-id"], name="article_section_recent"),
            models.Index(fields=["language", "-edited_at", "-id"], name="article_language_recent"),
            models.Index(fields=["-edited_at", "-id"], condition=Q(live=False), name="article_drafts"),
            models.Index(fields=["-edited_at", "-id"], condition=Q(headline=""), name="article_headless"),
            models.Index(
                fields=["-edited_at", "-id"],
                condition=Q(has_unpublished_changes=True),
                name="article_changed",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.headline_suggestion or f"#{self.pk}"

    def with_content_json(self, content):
        """The text of a revision in the article as it is: going back to an old text undoes neither the day of its last
        correction nor where it came from."""
        article = super().with_content_json(content)
        for name in ("created_at", "edited_at", "text_updated_at", "source_identity", "headline_suggestion"):
            setattr(article, name, getattr(self, name))
        return article

    @property
    def revisions(self):
        """Wagtail's name for the history of the text."""
        return self._revisions

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The editions that could carry it, by their slugs: the desk shows the page of each."""
        from bulaq.newsroom.models.network import Edition

        editions = [e for e in Edition.objects.all() if e.profile.content_language == self.language]
        return [(edition.slug, edition.short_name) for edition in editions]

    @cached_property
    def default_preview_mode(self) -> str:
        """The canonical edition's page; before there is one, the first edition's. "" when none speaks the language."""
        placed = (
            self.pk
            and self.publications.filter(is_canonical=True).values_list("edition__slug", flat=True).first()
        )
        return placed or (self.preview_modes[0][0] if self.preview_modes else "")

    def is_previewable(self) -> bool:
        """Without an edition there is no page to show."""
        return bool(self.preview_modes)

    def serve_preview(self, request, mode_name):
        """The real page of the site, drawn by the renderer that the reader registered."""
        return render_preview(self, request, mode_name)


class Byline(Orderable):
    """One contributor to an article, a person or an agency, in order and with a role."""

    class Role(models.TextChoices):
        WRITER = "writer", _("writer")
        INTERVIEWER = "interviewer", _("interviewer")
        PHOTOGRAPHER = "photographer", _("photographer")
        EDITOR = "editor", _("editor")
        TRANSLATOR = "translator", _("translator")

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        "newsroom.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="bylines",
        verbose_name=_("person"),
    )  # fmt: skip
    agency = models.ForeignKey(
        "newsroom.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="bylines",
        verbose_name=_("agency"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.WRITER)

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agency__isnull=True)
                | Q(person__isnull=True, agency__isnull=False),
                name="byline_is_one_contributor",
                violation_error_message=_("Choose a person or an agency: one of the two."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.agency)


class ArticleTopic(Orderable):
    """What an article is about, most telling first."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="article_topics")
    topic = models.ForeignKey(
        "newsroom.Topic", on_delete=models.CASCADE, related_name="article_topics", verbose_name=_("topic")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of an article")
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="topic_once_in_article")]

    def __str__(self) -> str:
        return str(self.topic)


class ReadAlso(Orderable):
    """An editor's «قد يهمك أيضاً»: an article of ours, or a headline that points elsewhere."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="read_also")
    target = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("article")
    )
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("read also")
        verbose_name_plural = _("read also")

    def __str__(self) -> str:
        return self.headline or str(self.target or "")


class Correction(Orderable):
    """A public, dated note on what was wrong; never silent."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(_("what was wrong, and what is right"))
    corrected_at = models.DateTimeField(_("corrected at"), default=timezone.now)

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text[:80]
