"""What a page says of itself to machines, gathered; `told_to_machines.py` reads it.

Nothing here is believed yet: `headline.py`, `dates.py` and the others weigh it against what the reader sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.html.layout.tree import Element


@dataclass(slots=True)
class StructuredData:
    """The claims of a page; every list is in the order of trust, pairs are (where it stood, text)."""

    titles: list[tuple[str, str]] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    firms: list[str] = field(default_factory=list)
    """Authors that are told to be organisations: nobody's names."""
    sections: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    image_captions: list[tuple[str, str]] = field(default_factory=list)
    descriptions: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    told_text: str = ""
    """The article's whole text as machines are told it, with its lines."""
    breadcrumb: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    canonical: str | None = None
    address: str | None = None
    kind: str | None = None
    lang: str | None = None
    places: list[str] = field(default_factory=list)
    has_article: bool = False
    warnings: list[str] = field(default_factory=list)
    marked: dict[str, list[Element]] = field(default_factory=dict)
    """Visible elements by their itemprop (or RDFa property, without its prefix), lower case."""
