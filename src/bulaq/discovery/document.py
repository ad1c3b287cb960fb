"""What the search index knows of an article: one document for each, whatever number of editions carry it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Placement:
    """An article in one edition.

    `live` says that readers of the edition may see it now; a placement that is not live (a draft, an embargo, a
    withdrawn one) is found only by those who search with drafts. `published_at` carries its offset.
    """

    edition: int
    section: int | None = None
    published_at: datetime | None = None
    live: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """The searchable face of an article. Texts are plain (no markup); `body` holds paragraphs parted by newlines."""

    id: int
    headline: str
    body: str = ""
    kicker: str = ""
    standfirst: str = ""
    topics: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    caption: str = ""
    lang: str = "ar"
    placements: tuple[Placement, ...] = ()
    author_ids: tuple[int, ...] = ()
    topic_ids: tuple[int, ...] = ()
    url: str = ""
    updated_at: datetime | None = None
    tags: frozenset[str] = field(default=frozenset())
    """Free marks to filter by (a desk's own states, for example); letters, digits, «-», «_» and «.» only."""

    @property
    def time(self) -> datetime | None:
        """When readers first met it; of a draft, when it was last changed."""
        times = _times(placement for placement in self.placements if placement.live)
        return min(times) if times else self.updated_at or min(_times(self.placements), default=None)


def _times(placements: Iterable[Placement]) -> list[datetime]:
    return [placement.published_at for placement in placements if placement.published_at is not None]
