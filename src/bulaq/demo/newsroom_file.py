"""The demo newsroom itself (network, sections, editions, people, agencies), from `content/newsroom.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulaq.newsroom.models import Agency, Edition, EditionSection, Network, Person, Section

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Newsroom:
    """What the articles name: sections and editions by slug, people and agencies by the key of the file."""

    editions: Mapping[str, Edition]
    sections: Mapping[str, Section]
    people: Mapping[str, Person]
    agencies: Mapping[str, Agency]


def load(path: Path) -> Newsroom:
    """Makes what is not there yet; what is there stays as it was edited since."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    network, _ = Network.objects.get_or_create(name=told["network"]["name"])
    sections = {
        entry["slug"]: Section.objects.get_or_create(slug=entry["slug"], defaults={"name": entry["name"]})[0]
        for entry in told["sections"]
    }
    editions = {}
    for position, entry in enumerate(told["editions"]):
        edition, made = _edition(entry, network, position)
        editions[entry["slug"]] = edition
        if made:
            _show_sections(edition, entry, sections, told["sections"])
    return Newsroom(
        editions,
        sections,
        {entry["key"]: _person(entry) for entry in told["people"]},
        {entry["key"]: _agency(entry) for entry in told["agencies"]},
    )


def _edition(entry: Entry, network: Network, position: int) -> tuple[Edition, bool]:
    return Edition.objects.get_or_create(
        slug=entry["slug"],
        defaults={
            "network": network,
            "name": entry["name"],
            "label": entry["label"],
            "host": entry["host"],
            "profile_key": entry["profile"],
            "tagline": entry["tagline"],
            "accent": entry["accent"],
            "accent_dark": entry["accent_dark"],
            "position": position,
            "is_default": position == 0,
        },
    )


def _show_sections(
    edition: Edition, entry: Entry, sections: Mapping[str, Section], named: Iterable[Entry]
) -> None:
    english = {section["slug"]: section["name_en"] for section in named}
    foreign = edition.profile.content_language != "ar"
    EditionSection.objects.bulk_create(
        EditionSection(
            edition=edition,
            section=sections[slug],
            position=place,
            name=english[slug] if foreign else "",
            in_boxes=slug in entry["boxes"],
        )
        for place, slug in enumerate(entry["sections"])
    )


def _person(entry: Entry) -> Person:
    person, _ = Person.objects.get_or_create(
        name=entry["name"],
        defaults={
            "name_latin": entry["name_en"],
            "role": entry["role"],
            "biography": entry["biography"],
        },
    )
    return person


def _agency(entry: Entry) -> Agency:
    # Several of one name are allowed, so that `get_or_create` might find two.
    return Agency.objects.filter(name=entry["name"]).first() or Agency.objects.create(name=entry["name"])
