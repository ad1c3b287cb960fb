"""Addresses on a page, made absolute."""

from __future__ import annotations

from collections.abc import Iterable

from bulaq.intake.article import Box, Link
from bulaq.intake.html.layout.embeds import link_address


def absolute_address(value: str | None, base: str | None) -> str | None:
    """An address on the web, resolved against `base`; None for anything else."""
    url = link_address(value, base)
    return url if url and url.startswith(("http://", "https://")) else None


def resolved(link: Link, base: str | None) -> Link:
    """A link whose address is absolute where it can be."""
    return Link(link.headline, link_address(link.url, base))


def resolved_boxes(boxes: Iterable[Box], base: str | None) -> tuple[Box, ...]:
    """The same boxes with their links resolved."""
    return tuple(Box(box.kind, box.title, tuple(resolved(link, base) for link in box.items)) for box in boxes)
