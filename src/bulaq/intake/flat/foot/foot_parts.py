"""What stands under the text, as it is found out line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.article import Box, Link


@dataclass
class Foot:
    """What stands under the body: a role for each line, and what the roles say."""

    roles: dict[int, str] = field(default_factory=dict)
    read_also: list[Link] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    carrier: str | None = None
    agencies: list[str] = field(default_factory=list)
    """What the page names as the article's source («المصدر: وكالات»)."""


@dataclass
class OpenBox:
    """A box whose heading was read; its headlines are gathered until something ends it."""

    kind: str
    title: str
    items: list[Link] = field(default_factory=list)


_PLACE = re.compile(r"^\s*(?P<place>[\d٠-٩]{1,2})(?:\s?[.)\-–—]\s*|\s+|(?=[^\W\d_]))(?=\S)")


def unnumbered(items: list[Link]) -> list[Link]:
    """The headlines without their places in the list, where it counts them («1. …», «2. …», or written to them)."""
    places = [_PLACE.match(item.headline) for item in items]
    counted = [int(match["place"]) for match in places if match is not None]
    if len(items) < 2 or counted != list(range(1, len(items) + 1)):
        return items
    return [Link(_PLACE.sub("", item.headline), item.url) for item in items]
