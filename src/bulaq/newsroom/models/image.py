"""Pictures with what a newsroom owes them: caption, credit, alternative text, rights."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from bulaq.arabic.normalise import matching_key


class NewsImage(AbstractImage):
    """A picture of the archive. `description` (Wagtail's field) is the alternative text."""

    caption = models.CharField(_("caption"), max_length=600, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    rights_expire_on = models.DateField(
        _("rights expire on"),
        null=True,
        blank=True,
        help_text=_("From this day the site no longer shows it."),
    )
    matching_text = models.TextField(editable=False, default="")
    """Its title, description, caption and credit, folded for searching."""
    source_url = models.URLField(_("where it came from"), max_length=2000, blank=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit", "rights_expire_on")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args, **kwargs) -> None:
        words = (self.title, self.description, self.caption, self.credit)
        self.matching_text = matching_key(" ".join(filter(None, words)))
        if "update_fields" in kwargs and kwargs["update_fields"] is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "matching_text"}
        # What follows from a change (`newsroom.desk_events`) is written with it or not at all.
        with transaction.atomic():
            super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """The alternative text; never the file's name, which says nothing to anyone."""
        return self.description


class NewsRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
