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

FEWEST_OF_A_SECTION = 2
"""«More from …» with one headline under it promises more than it holds."""


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
    chosen: list[tuple[str, str, list[int], int, str | None]] = []

    def add(name: str, title: str, ids: list[int], limit: int, path: str | None) -> None:
        if ids:
            taken.update(ids)
            chosen.append((name, title, ids, limit, path))

    sections = sections_with_boxes(site)
    listed, read = counts.latest + spare, counts.most_read + spare
    room = listed + read + len(sections) * (counts.section_box + spare)
    newest = headlines.latest_ids(site.edition, room, exclude=taken)
    if len(newest) < room:
        # A small edition has less than its boxes hold: a quarter for each of these two, the rest for the sections.
        quarter = max(1, -(-len(newest) // 4))
        listed, read = min(listed, quarter), min(read, quarter)
    add("latest", strings.latest, newest[:listed], counts.latest, None)
    most_read = headlines.most_read_ids(site.edition, read, exclude=taken)
    add("most-read", strings.most_read, most_read, counts.most_read, None)
    for section in sections:
        ids = headlines.latest_ids(
            site.edition, counts.section_box + spare, section_id=section.id, exclude=taken
        )
        add("section", section.name, ids, counts.section_box, section.path)
    # Chosen by ids, then read once for all boxes.
    found = {item.article_id: item for item in headlines.by_ids(site.edition, sorted(taken - set(exclude)))}
    boxes = [
        HeadlineBox(name, title, tuple(found[number] for number in ids if number in found), limit, path)
        for name, title, ids, limit, path in chosen
    ]
    return [box for box in boxes if box.items]


def sections_with_boxes(site: Site) -> list[SectionPlace]:
    """The sections that have a box beside articles, as many as the profile allows."""
    return [section for section in site.sections if section.in_boxes][: site.profile.counts.section_boxes]


def related_box(site: Site, article_id: int, *, exclude: Collection[int] = ()) -> HeadlineBox | None:
    """The related articles, computed ahead; None where nothing is related: then `section_box` stands in its place.
    Unrelated articles are never called related."""
    limit = site.profile.counts.related
    items = headlines.related(site.edition, article_id, limit, exclude={article_id, *exclude})
    return HeadlineBox("related", site.profile.strings.related, tuple(items), limit) if items else None


def section_box(site: Site, section: SectionPlace, *, exclude: Collection[int] = ()) -> HeadlineBox | None:
    """More from a section, for its articles with nothing related: one for all of them, so that a publish makes one box
    anew and not one for each. With spare items, since the article itself may be among them. None when the section has hardly
    anything else."""
    # What is in the box of the latest stays there: a reader looks for the newest where it always is.
    counts = site.profile.counts
    newest = headlines.latest_ids(site.edition, counts.latest + counts.spare)
    items = headlines.latest(
        site.edition, counts.related + 1, section_id=section.id, exclude={*newest, *exclude}
    )
    if len(items) < FEWEST_OF_A_SECTION:
        return None
    title = site.profile.strings.more_from.format(section=section.name)
    return HeadlineBox("related", title, tuple(items), counts.related, section.path)
