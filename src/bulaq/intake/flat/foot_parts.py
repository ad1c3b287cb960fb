"""What stands under the text, as it is found out line by line."""

from __future__ import annotations

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
