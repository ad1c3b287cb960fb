"""From the section that a page names to one of ours: as a person decided, as it is called, or newly made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Max

from bulaq.arabic.normalise import matching_key
from bulaq.arabic.slugs import slug as make_slug
from bulaq.intake.named_section import NamedSection
from bulaq.newsroom.importing.matching.names import Created, Kind
from bulaq.newsroom.models import Edition, EditionSection, Section, SectionMapping
from bulaq.newsroom.models.network import RESERVED_SLUGS


class Sections:
    """The sections of the network as a run knows them; asked for each article, read from the database once."""

    def __init__(
        self,
        *,
        editions: Sequence[Edition],
        given: Mapping[str, int] | None = None,
        default_id: int | None = None,
        run_id: int | None = None,
    ) -> None:
        self.editions = {edition.pk: edition for edition in editions}
        self.given = {matching_key(theirs): section_id for theirs, section_id in (given or {}).items()}
        self.default_id = default_id
        self.run_id = run_id
        self.forget()

    def forget(self) -> None:
        """Reads everything anew (after a batch that was rolled back, or a mapping that a person changed)."""
        self._by_name: dict[str, int] = {}
        self._slugs: set[str] = set()
        for pk, slug in Section.objects.order_by("-id").values_list("id", "slug"):
            self._by_name[matching_key(slug)] = pk
            self._by_name[matching_key(slug.replace("-", " "))] = pk
            self._slugs.add(slug)
        placed = EditionSection.objects.values_list("edition_id", "section_id", "name")
        self._placed = {(edition_id, section_id) for edition_id, section_id, _ in placed}
        for _, section_id, name in placed:
            if name:
                self._by_name[matching_key(name)] = section_id
        for pk, name in Section.objects.order_by("-id").values_list("id", "name"):
            self._by_name[matching_key(name)] = pk
        self._mapped = {
            (mapping.host, mapping.matching_theirs): mapping.section_id
            for mapping in SectionMapping.objects.all()
        }

    def find(self, named: NamedSection | None, host: str) -> int | None:
        """The section of ours, without making one."""
        if named is None:
            return self.default_id
        for found in (
            self.given.get(named.key),
            self._mapped.get((host, named.key)),
            self._mapped.get(("", named.key)),
            self._by_name.get(named.key),
        ):
            if found is not None:
                return found
        return None

    def find_or_make(
        self, named: NamedSection | None, host: str, edition: Edition, created: Created
    ) -> int | None:
        """The section of ours, made when there is none of that name, and given a place in the edition."""
        section_id = self.find(named, host)
        if section_id is None:
            if named is None:
                return None
            section_id = self._make(named, created)
        self.place(edition, section_id, created)
        return section_id

    def place(self, edition: Edition, section_id: int, created: Created) -> None:
        """Gives a section a place in the edition, where it has none."""
        if (edition.pk, section_id) not in self._placed:
            self._place(edition, section_id, created)

    def _make(self, named: NamedSection, created: Created) -> int:
        parent = next((self._by_name[key] for key in named.wider if key in self._by_name), None)
        section = Section(name=named.theirs[:120], slug=self._free_slug(named.theirs), parent_id=parent)
        section.save()
        self._by_name[named.key] = section.pk
        created.append((Kind.SECTION, section.pk))
        return section.pk

    def _free_slug(self, name: str) -> str:
        base = make_slug(name)[:72].strip("-") or "section"
        slug, number = base, 1
        while slug in self._slugs or slug.lower() in RESERVED_SLUGS:
            number += 1
            slug = f"{base}-{number}"
        self._slugs.add(slug)
        return slug

    def _place(self, edition: Edition, section_id: int, created: Created) -> None:
        """At the end of the edition's order; with a box beside articles only while the edition has too few of them."""
        placed = EditionSection.objects.filter(edition=edition)
        last = placed.aggregate(last=Max("position"))["last"]
        boxes = placed.filter(in_boxes=True).count()
        row = EditionSection.objects.create(
            edition=edition,
            section_id=section_id,
            position=min(32_000, (last if last is not None else -1) + 1),
            in_boxes=boxes < edition.profile.counts.section_boxes,
        )
        self._placed.add((edition.pk, section_id))
        created.append((Kind.PLACEMENT, row.pk))
