"""The boxes: which headlines stand in each, disjoint, with spare items for composition.

The shared boxes of an edition (latest, most read, one for each section) are computed together in a fixed order, each
leaving out what those before it took, spares included. So whatever a page leaves out, no headline stands in two boxes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bulaq.newsroom.queries import headlines
from bulaq.newsroom.queries.headlines import Headline
from bulaq.reader.editions import SectionPlace, Site


@dataclass(frozen=True, slots=True)
class HeadlineBox:
    """A titled list of headlines. `items` may be longer than `limit`: the rest are spares."""

    name: str
    title: str
    items: tuple[Headline, ...]
    limit: int
    path: str | None = None
    """Where the title leads."""

    @property
    def spares(self) -> int:
        """How many items stand beyond the limit."""
        return max(0, len(self.items) - self.limit)


def shared_boxes(site: Site, *, spare: int | None = None, exclude: Collection[int] = ()) -> list[HeadlineBox]:
    """Latest, most read and the section boxes of an edition, in that order; boxes without items are not there."""
    counts, strings = site.profile.counts, site.profile.strings
    spare = counts.spare if spare is None else spare
    taken: set[int] = set(exclude)
    boxes: list[HeadlineBox] = []

    def add(name: str, title: str, items: list[Headline], limit: int, path: str | None) -> None:
        if items:
            taken.update(headlines.ids_of(items))
            boxes.append(HeadlineBox(name, title, tuple(items), limit, path))

    latest = headlines.latest(site.edition, counts.latest + spare, exclude=taken)
    if len(latest) < counts.latest + spare:
        # All that a small edition has: half of it, or the boxes after this one would stand empty.
        latest = latest[: max(1, -(-len(latest) // 2))]
    add("latest", strings.latest, latest, counts.latest, None)
    most_read = headlines.most_read(site.edition, counts.most_read + spare, exclude=taken)
    add("most-read", strings.most_read, most_read, counts.most_read, None)
    for section in sections_with_boxes(site):
        items = headlines.latest(
            site.edition, counts.section_box + spare, section_id=section.id, exclude=taken
        )
        add("section", section.name, items, counts.section_box, section.path)
    return boxes


def sections_with_boxes(site: Site) -> list[SectionPlace]:
    """The sections that have a box beside articles, as many as the profile allows."""
    return [section for section in site.sections if section.in_boxes][: site.profile.counts.section_boxes]


def related_box(site: Site, article_id: int, *, exclude: Collection[int] = ()) -> HeadlineBox | None:
    """The related articles, computed ahead; None when nothing is related."""
    limit = site.profile.counts.related
    items = headlines.related(site.edition, article_id, limit, exclude={article_id, *exclude})
    if not items:
        return None
    return HeadlineBox("related", site.profile.strings.related, tuple(items), limit)
