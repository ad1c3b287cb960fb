"""Standing pages: what an edition says of itself and is no news («من نحن», «سياسة الخصوصية»)."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from bulaq.arabic.slugs import slug as make_slug
from bulaq.newsroom.blocks import StandingBodyBlock
from bulaq.newsroom.models.network import Edition, validate_section_slug
from bulaq.newsroom.previews import render_preview


class StandingPage(PreviewableMixin, models.Model):
    """A page of one edition at `/page/<slug>/`, in no section and in no list of headlines; the footer leads to it."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="standing_pages", verbose_name=_("edition")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.CharField(
        _("address"), max_length=80, blank=True, validators=[validate_section_slug],
        help_text=_("After «/page/». Empty: made from the title. An address that it had before leads to it."),
    )  # fmt: skip
    description = models.CharField(
        _("description"), max_length=300, blank=True,
        help_text=_("For search engines. Empty: the beginning of the text."),
    )  # fmt: skip
    body = StreamField(StandingBodyBlock(), verbose_name=_("body"))
    live = models.BooleanField(
        _("shown to readers"), default=False, help_text=_("Until then nobody finds anything at its address.")
    )
    in_footer = models.BooleanField(_("in the footer"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    """When what readers read was last changed; they are shown it."""

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ("edition", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="standing_page_once_in_edition",
                violation_error_message=_("The edition has a page at this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An address there is, in small letters: with others readers are led to it."""
        self.slug = self.slug.lower() or make_slug(self.title, max_bytes=80)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The real page of the site, drawn by the renderer that the reader registered."""
        return render_preview(self, request, mode_name)


class FormerPageSlug(models.Model):
    """An address that a standing page had before in its edition: it leads to the page for ever, unless another takes it."""

    page = models.ForeignKey(StandingPage, on_delete=models.CASCADE, related_name="former_slugs")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="former_page_slug_once_in_edition")
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.page_id}"
