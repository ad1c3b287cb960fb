"""Founding a newsroom: the network and its first edition, whole enough to publish in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bulaq.arabic.slugs import slug as make_slug
from bulaq.newsroom import profiles
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Edition, EditionSection, Network, Section


@dataclass(frozen=True, slots=True)
class StarterSection:
    """A section that newspapers usually have, with the address that it gets."""

    slug: str
    arabic: str
    english: str

    def name(self, language: str) -> str:
        """Its name in the language of an edition."""
        return self.arabic if language == "ar" else self.english


STARTER_SECTIONS = (
    StarterSection("politics", "سياسة", "Politics"),
    StarterSection("economy", "اقتصاد", "Economy"),
    StarterSection("society", "مجتمع", "Society"),
    StarterSection("culture", "ثقافة", "Culture"),
    StarterSection("sport", "رياضة", "Sport"),
    StarterSection("technology", "تقنية", "Technology"),
    StarterSection("health", "صحة", "Health"),
    StarterSection("opinion", "رأي", "Opinion"),
)
"""Offered to a newsroom that begins; every one can be renamed, moved or removed at the desk."""


@transaction.atomic
def found(
    *,
    name: str,
    profile_key: str,
    sections: Sequence[str] = (),
    label: str = "",
    host: str = "localhost",
    time_zone: str = "",
) -> Edition:
    """Makes the network and its first edition, the default one, with its sections in the order given.

    A section is named by the slug of a starter section, or by any other name, from which its address is made. Raises
    `ActRefused`: `founded` when there is an edition already, `invalid` with the reasons when a value will not do (its cause, a
    `ValidationError`, says which).
    """
    if Edition.objects.exists():
        raise ActRefused("founded", _("The newsroom is founded already: add editions at the desk."))
    name = name.strip()
    edition = Edition(
        network=Network.objects.order_by("pk").first() or Network.objects.create(name=name),
        slug="main", name=name, label=label.strip(), host=host.strip().lower(), profile_key=profile_key,
        time_zone=time_zone, is_default=True,
    )  # fmt: skip
    try:
        edition.full_clean()
        edition.save()
        for position, title in enumerate(dict.fromkeys(title.strip() for title in sections if title.strip())):
            EditionSection.objects.create(
                edition=edition,
                section=_section(title, profiles.get(profile_key).content_language),
                position=position,
            )
    except ValidationError as refused:
        raise ActRefused("invalid", "، ".join(refused.messages)) from refused
    return edition


def _section(title: str, language: str) -> Section:
    starter = next((one for one in STARTER_SECTIONS if title in {one.slug, one.arabic, one.english}), None)
    name = starter.name(language) if starter else title
    slug = starter.slug if starter else make_slug(title)
    known = Section.objects.filter(slug=slug).first()
    if known is not None:
        return known
    section = Section(name=name, slug=slug)
    section.full_clean()
    section.save()
    return section
