"""What the reading of a body leaves: its typed blocks, and what was set aside on the way to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.article import Block, Link


@dataclass(slots=True)
class BodyText:
    """What became of the segments around the article."""

    blocks: list[Block] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """Indices of the segments that are body."""
    read_also: list[Link] = field(default_factory=list)
    read_also_segments: set[int] = field(default_factory=set)
    standfirst: str | None = None
    kicker: str | None = None
    source_lines: list[str] = field(default_factory=list)
    byline_lines: list[str] = field(default_factory=list)
    captions: list[tuple[int, str]] = field(default_factory=list)
    """(segment of the picture or −1, text)."""
    first: int = 0
    last: int = 0
