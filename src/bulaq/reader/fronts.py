"""The home page's plan: which article leads, which stand beside it, and how each section's band is set.

What editors pinned comes first, in their order; the rest fills itself: the newest with a picture leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bulaq.newsroom.queries import front, headlines
from bulaq.newsroom.queries.headlines import Headline
from bulaq.reader.boxes import HeadlineBox
from bulaq.reader.editions import SectionPlace, Site

STRIP_STYLES = ("feature", "row", "abreast")
"""One section with a large picture, one of equal pictures, several side by side as columns: in turn, down the page. A
section without pictures is set in words alone (`text`)."""

LEAD_AMONG = 8
"""The lead is the newest article with a picture among this many; if none has one, simply the newest."""

SHARE = 3
"""The page above the sections shows a third of what an edition has, or its full count."""

FEWEST = 2
"""A band or box of one headline looks like a mistake; the headline finds another place, or waits."""

FEWEST_FEATURED = 3
"""One large and two beside it; with fewer the column beside stands empty."""

MOST_IN_ROW = 4
"""Pictures side by side; a fifth would make all of them stamps."""

COLUMNS = 3
"""Sections side by side."""


@dataclass(frozen=True, slots=True)
class Band:
    """A section's part of the home page."""

    section: SectionPlace
    items: tuple[Headline, ...]

    @property
    def few(self) -> bool:
        """Hardly enough for the width of the page: what is there is set larger."""
        return len(self.items) <= FEWEST_FEATURED


@dataclass(frozen=True, slots=True)
class Strip:
    """The home page's full width, given to one section, or to a few side by side."""

    style: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the home page shows, every headline once."""

    lead: Headline | None
    seconds: tuple[Headline, ...]
    latest: HeadlineBox | None
    most_read: HeadlineBox | None
    strips: tuple[Strip, ...]

    @property
    def bands(self) -> tuple[Band, ...]:
        """The sections' parts in the order of the page."""
        return tuple(chain.from_iterable(strip.bands for strip in self.strips))

    @property
    def shown_ids(self) -> list[int]:
        """Every article on the page, in its order."""
        boxes = (box.items for box in (self.latest, self.most_read) if box)
        items = chain(
            (self.lead,) if self.lead else (), self.seconds, *boxes, *(band.items for band in self.bands)
        )
        return headlines.ids_of(items)


def home_front(site: Site) -> Front:
    """The front of an edition as it is now."""
    counts, strings, edition = site.profile.counts, site.profile.strings, site.edition
    pinned_ids = front.pinned_ids(edition)
    pinned = headlines.by_ids(edition, pinned_ids, with_standfirst=True) if pinned_ids else []
    room = SHARE * (1 + counts.home_seconds + counts.home_latest)
    newest_ids = headlines.latest_ids(edition, room, exclude=headlines.ids_of(pinned))
    # What a small edition has is shared out: its sections and its most read want theirs.
    held = len(pinned) + len(newest_ids)
    beside = min(counts.home_seconds, max(1, held // (2 * SHARE)))
    listed = min(counts.home_latest, max(FEWEST, held // (2 * SHARE) + 1))
    newest = headlines.by_ids(edition, newest_ids[: LEAD_AMONG + beside + listed], with_standfirst=True)
    lead, seconds = _lead_and_seconds(pinned, newest, max(beside, min(len(pinned) - 1, counts.home_seconds)))
    taken = set(headlines.ids_of([*([lead] if lead else []), *seconds]))
    rest = [item for item in newest if item.article_id not in taken]
    latest = tuple(rest[: counts.home_latest if len(rest) < 2 * FEWEST else listed])
    taken.update(headlines.ids_of(latest))
    # Chosen by ids, then read once for all bands.
    most = min(counts.most_read, held // (2 * SHARE))
    read_ids = headlines.most_read_ids(edition, most, exclude=taken) if most else []
    read_ids = read_ids if len(read_ids) >= FEWEST else []
    taken.update(read_ids)
    band_ids: list[tuple[SectionPlace, list[int]]] = []
    for section in site.sections:
        ids = headlines.latest_ids(edition, counts.home_band, section_id=section.id, exclude=taken)
        if len(ids) >= FEWEST:
            taken.update(ids)
            band_ids.append((section, ids))
    # What a small edition's sections had too few of stands below its latest.
    left = [number for number in newest_ids if number not in taken][: counts.home_latest - len(latest)]
    wanted = [*read_ids, *left, *chain.from_iterable(ids for _, ids in band_ids)]
    found = {item.article_id: item for item in headlines.by_ids(edition, wanted, with_standfirst=True)}
    latest += tuple(found[number] for number in left if number in found)
    most_read = tuple(found[number] for number in read_ids if number in found)
    bands = [
        Band(section, tuple(found[number] for number in ids if number in found)) for section, ids in band_ids
    ]
    return Front(
        lead=lead,
        seconds=tuple(seconds),
        latest=HeadlineBox("latest", strings.latest, latest, len(latest)) if latest else None,
        most_read=HeadlineBox("most-read", strings.most_read, most_read, len(most_read))
        if most_read
        else None,
        strips=tuple(strips(bands)),
    )


def _lead_and_seconds(
    pinned: Sequence[Headline], newest: Sequence[Headline], count: int
) -> tuple[Headline | None, list[Headline]]:
    """The lead and those beside it: pinned articles as the editor ordered them, then the newest, pictures first."""
    if not pinned and not newest:
        return None, []
    lead = pinned[0] if pinned else next((item for item in newest[:LEAD_AMONG] if item.image), newest[0])
    held = list(pinned[1 : count + 1])
    others = [item for item in newest if item.article_id != lead.article_id]
    pictured = [item for item in others[:LEAD_AMONG] if item.image]
    chosen = (pictured + [item for item in others if item not in pictured])[: count - len(held)]
    return lead, [*held, *sorted(chosen, key=others.index)]


def strips(bands: Sequence[Band]) -> list[Strip]:
    """The bands in their order, set in the styles in turn; a style that the next band cannot fill gives its turn away."""
    made: list[Strip] = []
    rest, turn = list(bands), 0
    while rest:
        style, turn = _style(rest, turn, made[-1].style if made else None)
        count = COLUMNS if style == "abreast" else 1
        taken, rest = rest[:count], rest[count:]
        if style == "row":
            taken = [Band(taken[0].section, taken[0].items[:MOST_IN_ROW])]
        made.append(Strip(style, tuple(taken)))
    return made


def _style(rest: Sequence[Band], turn: int, before: str | None) -> tuple[str, int]:
    """The next style in turn that the bands to come can fill, and whose turn it is then."""
    items = rest[0].items
    pictured = sum(item.image is not None for item in items)
    fits = {
        "feature": items[0].image is not None and len(items) >= FEWEST_FEATURED,
        "row": pictured * 2 > len(items),
        "abreast": len(rest) > 1,
    }
    for step in range(len(STRIP_STYLES)):
        style = STRIP_STYLES[(turn + step) % len(STRIP_STYLES)]
        if fits[style] and style != before:
            return style, turn + step + 1
    return "text", turn + 1
