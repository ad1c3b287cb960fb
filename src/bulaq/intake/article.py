"""What intake hands on: one foreign article, each field with its provenance and confidence.

`IncomingArticle.as_json()` is the contract of `bulaq import --dry-run --json` (docs/contracts.md):
the names and order of its keys are relied on by other programs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

BoxKind = Literal["related", "latest", "most_read", "section", "other"]


@dataclass(frozen=True, slots=True)
class Link:
    """A headline that points elsewhere; `url` is None where the source kept no address (flattened text)."""

    headline: str
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"headline": self.headline, "url": self.url}


@dataclass(frozen=True, slots=True)
class Box:
    """A titled list of headlines that stood on the page beside the article."""

    kind: BoxKind
    title: str
    items: tuple[Link, ...]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "title": self.title, "items": [item.as_json() for item in self.items]}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, or only its caption when the source lost the file (then `url` is None)."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"url": self.url, "caption": self.caption, "credit": self.credit, "alt": self.alt}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of a paragraph's text that were a link (`url`) or, without one, bold."""

    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    spans: tuple[Span, ...] = ()
    """In order and not overlapping. No part of the JSON contract; the importer keeps them."""

    def as_json(self) -> dict[str, Any]:
        return {"type": "paragraph", "text": self.text}


@dataclass(frozen=True, slots=True)
class Heading:
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"type": "heading", "text": self.text}


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    attribution: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"type": "quote", "text": self.text, "attribution": self.attribution}


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"type": "list", "items": list(self.items)}


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]

    def as_json(self) -> dict[str, Any]:
        return {"type": "table", "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Image:
    picture: Picture

    def as_json(self) -> dict[str, Any]:
        return {"type": "image", **self.picture.as_json()}


@dataclass(frozen=True, slots=True)
class Embed:
    url: str
    provider: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"type": "embed", "url": self.url, "provider": self.provider}


Block = Paragraph | Heading | Quote | List | Table | Image | Embed


@dataclass(frozen=True, slots=True)
class Carrier:
    """The outlet or edition that the page says carries it («View on …»)."""

    label: str
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"label": self.label, "url": self.url}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of flattened input with the role that the reader gave it."""

    text: str
    role: str

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "role": self.role}


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One article found in foreign material.

    `published_at` and `modified_at` are ISO 8601 with the page's own offset, never converted; a date alone when
    no time is known. `headline` is None when the input has none: it is never invented. `confidence` maps a
    field to 0..1 and `provenance` maps it to the words that say where it was read («json-ld», «h1», …).
    `identity` names the article across imports (its canonical address, or a digest of its text).
    """

    source: str
    format: str
    url: str | None = None
    canonical_url: str | None = None
    headline: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    section: str | None = None
    breadcrumb: tuple[str, ...] = ()
    dateline: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published_at: str | None = None
    modified_at: str | None = None
    lang: str | None = None
    dir: str | None = None
    lead_image: Picture | None = None
    tags: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    read_also: tuple[Link, ...] = ()
    boxes: tuple[Box, ...] = ()
    carrier: Carrier | None = None
    confidence: dict[str, float] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other addresses under which the article answered (`?p=123`, an old link): redirects are made of them."""
    draft: bool = False
    """The source says that this was not published there."""

    def with_headline(self, headline: str) -> IncomingArticle:
        """The same article under a headline that a person gave."""
        return replace(
            self,
            headline=headline,
            confidence={**self.confidence, "headline": 1.0},
            provenance={**self.provenance, "headline": "given"},
        )

    def as_json(self, *, lines: bool = False) -> dict[str, Any]:
        """The contract's object; with `lines`, also the roles of flattened input."""
        result: dict[str, Any] = {
            "source": self.source,
            "format": self.format,
            "url": self.url,
            "canonical_url": self.canonical_url,
            "headline": self.headline,
            "kicker": self.kicker,
            "standfirst": self.standfirst,
            "section": self.section,
            "breadcrumb": list(self.breadcrumb),
            "dateline": self.dateline,
            "authors": list(self.authors),
            "agencies": list(self.agencies),
            "published_at": self.published_at,
            "modified_at": self.modified_at,
            "lang": self.lang,
            "dir": self.dir,
            "lead_image": self.lead_image.as_json() if self.lead_image else None,
            "tags": list(self.tags),
            "body": [block.as_json() for block in self.body],
            "read_also": [link.as_json() for link in self.read_also],
            "boxes": [box.as_json() for box in self.boxes],
            "carrier": self.carrier.as_json() if self.carrier else None,
            "confidence": self.confidence,
            "provenance": self.provenance,
            "warnings": list(self.warnings),
        }
        if lines:
            result["lines"] = [line.as_json() for line in self.lines]
        return result


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that is not taken in, with the reason in words for a person (`code` for a program)."""

    source: str
    code: str
    reason: str
    retry_after: float | None = None
    """Seconds for which the server of an address asked to be left alone."""
