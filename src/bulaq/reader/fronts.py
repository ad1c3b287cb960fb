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

BAND_STYLES = ("feature", "row", "text")
"""A band with one large picture, one of equal pictures, one of words alone: in turn, so that no two alike meet."""

LEAD_AMONG = 8
"""The lead is the newest article with a picture among this many; if none has one, simply the newest."""

FEWEST = 2
"""A band or box of one headline looks like a mistake; the headline finds another place, or waits."""

FEWEST_FEATURED = 3
"""One large and two beside it; with fewer the column beside stands empty."""


@dataclass(frozen=True, slots=True)
class Band:
    """A section's strip on the home page."""

    section: SectionPlace
    style: str
    items: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the home page shows, every headline once."""

    lead: Headline | None
    seconds: tuple[Headline, ...]
    latest: HeadlineBox | None
    most_read: HeadlineBox | None
    bands: tuple[Band, ...]

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
    newest = headlines.latest(
        edition, LEAD_AMONG + counts.home_seconds + counts.home_latest, with_standfirst=True,
        exclude=headlines.ids_of(pinned),
    )  # fmt: skip
    # A small edition's home is not all lead and seconds: its other columns want their share.
    beside = min(counts.home_seconds, max(1, (len(newest) - 1) // 2))
    lead, seconds = _lead_and_seconds(pinned, newest, max(beside, min(len(pinned) - 1, counts.home_seconds)))
    taken = set(headlines.ids_of([*([lead] if lead else []), *seconds]))
    rest = [item for item in newest if item.article_id not in taken]
    share = len(rest) if len(rest) < 2 * FEWEST else max(FEWEST, len(rest) // 2)
    latest = tuple(rest[: min(share, counts.home_latest)])
    taken.update(headlines.ids_of(latest))
    # Chosen by ids, then read once for all bands.
    read_ids = headlines.most_read_ids(edition, counts.most_read, exclude=taken)
    read_ids = read_ids if len(read_ids) >= FEWEST else []
    taken.update(read_ids)
    band_ids: list[tuple[SectionPlace, list[int]]] = []
    for section in site.sections:
        ids = headlines.latest_ids(edition, counts.home_band, section_id=section.id, exclude=taken)
        if len(ids) >= FEWEST:
            taken.update(ids)
            band_ids.append((section, ids))
    wanted = [*read_ids, *chain.from_iterable(ids for _, ids in band_ids)]
    found = {item.article_id: item for item in headlines.by_ids(edition, wanted, with_standfirst=True)}
    most_read = tuple(found[number] for number in read_ids if number in found)
    bands: list[Band] = []
    for section, ids in band_ids:
        items = [found[number] for number in ids if number in found]
        bands.append(
            Band(section, _style(len(bands), items, bands[-1].style if bands else None), tuple(items))
        )
    return Front(
        lead=lead,
        seconds=tuple(seconds),
        latest=HeadlineBox("latest", strings.latest, latest, len(latest)) if latest else None,
        most_read=HeadlineBox("most-read", strings.most_read, most_read, len(most_read))
        if most_read
        else None,
        bands=tuple(bands),
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


def _style(place: int, items: list[Headline], before: str | None) -> str:
    """The next style in turn that these items can fill, unlike the band above where there is a choice."""
    pictured = any(item.image for item in items)
    turn = [BAND_STYLES[(place + step) % len(BAND_STYLES)] for step in range(len(BAND_STYLES))]
    fitting = [
        style
        for style in turn
        if style == "text" or (pictured and (style != "feature" or len(items) >= FEWEST_FEATURED))
    ]
    return next((style for style in fitting if style != before), fitting[0])
