"""Founding a newsroom: the network and its first edition, whole enough to publish in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
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
        slug="main", name=name, label=label.strip(), host=host, profile_key=profile_key,
        time_zone=time_zone, is_default=True,
    )  # fmt: skip
    return _made(edition, sections)


@transaction.atomic
def add_edition(
    *,
    slug: str,
    name: str,
    profile_key: str,
    host: str,
    sections: Sequence[str] | None = None,
    label: str = "",
    time_zone: str = "",
) -> Edition:
    """Makes a further edition of the newsroom that is founded, behind its sisters; without `sections` with those of the
    default edition. Raises `ActRefused` as `found` does: `not-founded` where there is nothing to add to."""
    first = Edition.objects.order_by("-is_default", "position", "id").first()
    if first is None:
        raise ActRefused("not-founded", _("There is no newsroom yet."))
    if sections is None:
        sections = [place.section.slug for place in first.edition_sections.select_related("section")]
    last = Edition.objects.aggregate(last=Max("position"))["last"]
    edition = Edition(
        network_id=first.network_id, slug=slug, name=name.strip(), label=label.strip(), host=host, profile_key=profile_key,
        time_zone=time_zone, position=last + 1, accent=first.accent, accent_dark=first.accent_dark,
    )  # fmt: skip
    return _made(edition, sections)


@transaction.atomic
def change_host(*, edition_id: int, host: str) -> Edition:
    """Gives an edition another host name; under the old one its readers still find it. Raises `ActRefused`."""
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    edition.host = host
    try:
        edition.full_clean()
    except ValidationError as refused:
        raise ActRefused("invalid", " ".join(refused.messages)) from refused
    edition.save()
    return edition


def _made(edition: Edition, sections: Sequence[str]) -> Edition:
    """Writes a new edition with its sections in their order; the words of a section that all papers have are those of its
    language."""
    edition.host = edition.host.strip().lower()
    try:
        edition.full_clean()
        edition.save()
        language = profiles.get(edition.profile_key).content_language
        for position, title in enumerate(dict.fromkeys(title.strip() for title in sections if title.strip())):
            section = _section(title, language)
            starter = next((one for one in STARTER_SECTIONS if one.slug == section.slug), None)
            here = (
                starter.name(language)
                if starter and section.name in (starter.arabic, starter.english)
                else ""
            )
            EditionSection.objects.create(
                edition=edition, section=section, position=position, name="" if here == section.name else here
            )
    except ValidationError as refused:
        raise ActRefused("invalid", " ".join(refused.messages)) from refused
    return edition


def _section(title: str, language: str) -> Section:
    starter = next((one for one in STARTER_SECTIONS if title in {one.slug, one.arabic, one.english}), None)
    name = starter.name(language) if starter else title
    slug = starter.slug if starter else make_slug(title)
    known = Section.objects.filter(slug=slug).first() or Section.objects.filter(slug=title).first()
    if known is not None:
        return known
    section = Section(name=name, slug=slug)
    section.full_clean()
    section.save()
    return section
