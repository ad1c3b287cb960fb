"""Network, edition and section: where things are published."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from bulaq.newsroom import profiles

RESERVED_SLUGS = frozenset(
    {
        "_",
        "desk",
        "author",
        "topic",
        "archive",
        "search",
        "feed",
        "story",
        "stories",
        "media",
        "static",
        "page",
        "tag",
    }
    | {"sitemap.xml", "news-sitemap.xml", "robots.txt", "favicon.ico", "manifest.webmanifest", "search.json"}
)
"""First parts of public addresses that are pages of their own: no section may be called so."""

validate_section_slug = RegexValidator(
    r"^[\w-]+$", _("Only letters, digits, «-» and «_» may stand in an address.")
)
validate_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is written as #rrggbb."))

HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
"""Letters, digits and hyphens between full stops (RFC 1123)."""


class Network(models.Model):
    """All editions of one newsroom."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A subject area of the network; each edition shows an ordered choice of them."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, allow_unicode=True, validators=[validate_section_slug]
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        verbose_name=_("within"),
    )
    description = models.TextField(_("description"), blank=True)
    bound_groups = models.ManyToManyField(
        "auth.Group", blank=True, related_name="bound_sections", verbose_name=_("groups bound to their sections"),
        help_text=_("Whoever is in such a group edits and publishes only in the sections that name it."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses slugs that collide with the words of public addresses."""
        if self.slug.lower() in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("«%(slug)s» is a page of the site already.") % {"slug": self.slug}}
            )


class FormerSlug(models.Model):
    """An address that a section had before: it leads to the section for ever, unless another takes it."""

    slug = models.CharField(max_length=80, unique=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.section_id}"


class Edition(ClusterableModel):
    """One public site of the network. Its profile is a typed file in `newsroom.profiles`."""

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="editions", verbose_name=_("network")
    )
    slug = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("Stands in the masthead."))
    label = models.CharField(
        _("label"), max_length=120, blank=True,
        help_text=_("Tells it from its sisters: «طبعة المشرق». An only edition needs none."),
    )  # fmt: skip
    host = models.CharField(
        _("host"), max_length=253, unique=True, help_text=_("The host name readers use, without a port.")
    )
    profile_key = models.CharField(
        _("profile"), max_length=40, choices=profiles.choices,
        help_text=_("Decides digits, names of months, clock and the words of the site's frame."),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=40, blank=True, choices=profiles.zone_choices,
        help_text=_("Empty: the time of the profile."),
    )  # fmt: skip
    tagline = models.CharField(_("line under the name"), max_length=200, blank=True)
    accent = models.CharField(_("accent"), max_length=7, default="#8a1c2b", validators=[validate_colour])
    accent_dark = models.CharField(
        _("accent in dark mode"), max_length=7, default="#f08a93", validators=[validate_colour]
    )
    logo = models.ForeignKey(
        "newsroom.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("logo"), help_text=_("Stands in the masthead in the place of the name."),
    )  # fmt: skip
    logo_dark = models.ForeignKey(
        "newsroom.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("logo in dark mode"), help_text=_("Empty: the same in both."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Answers on hosts that belong to no edition.")
    )
    sections: models.ManyToManyField = models.ManyToManyField(
        Section, through="EditionSection", related_name="editions", verbose_name=_("sections")
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_edition",
                violation_error_message=_(
                    "Another edition is the default: take the mark from that one first."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.label}" if self.label else self.name

    def clean(self) -> None:
        """The host's name alone, as browsers send it (IDNA), whatever was pasted: a scheme, a port and a path fall away."""
        given = self.host.strip()
        try:
            name = urlsplit(given if "//" in given else f"//{given}").hostname or ""
            self.host = name.encode("idna").decode()
        except ValueError:  # brackets, an empty label, one that is too long, letters that no name may have
            self.host = ""
        if not HOST_NAME.fullmatch(self.host):
            raise ValidationError({"host": _("The host name readers use, without a port.")})

    @property
    def short_name(self) -> str:
        """What tells it from its sisters; an only child has its name."""
        return self.label or self.name

    @property
    def profile(self) -> profiles.Profile:
        """The complete typed file of this edition: language, digits, months, zone, strings, counts."""
        return profiles.get(self.profile_key, time_zone=self.time_zone)


class EditionSection(models.Model):
    """The place of a section in an edition."""

    sort_order_field = "position"

    edition = ParentalKey(
        Edition, on_delete=models.CASCADE, related_name="edition_sections", verbose_name=_("edition")
    )
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="edition_sections", verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(
        _("name in this edition"), max_length=120, blank=True, help_text=_("Empty: the section's own name.")
    )
    in_boxes = models.BooleanField(_("has a box beside articles"), default=True)

    class Meta:
        verbose_name = _("section of an edition")
        verbose_name_plural = _("sections of an edition")
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["edition", "section"], name="section_once_in_edition")]

    def __str__(self) -> str:
        return self.name or self.section.name
