"""What is known of a site's templates, as counts over the pages that taught it; serialisable as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SAME_TEMPLATE = 0.5
"""Jaccard similarity of layouts from which two pages are of one template. Pages of one template met were above .6
(boxes come and go), pages of two templates of one site, which share head and foot, below .4."""

MAX_TEMPLATES = 200
MAX_TEXTS = 60_000
MAX_SIGNATURES = 5_000
VERSION = 1

FEWEST_PAGES = 3
"""Fewer pages than these tell nothing: two articles may quote each other."""


@dataclass(slots=True)
class Repeated:
    """In how many pages a line stands; in how many of them inside the body, and there at an edge of it."""

    pages: int = 0
    inside: int = 0
    edge: int = 0
    prose: bool = False


@dataclass(slots=True)
class Kept:
    """How often a kind of line inside the body's element was there (`seen`), was body (`kept`), and in how many pages."""

    seen: int = 0
    kept: int = 0
    pages: int = 0
    own: int = 0
    """How many of those seen are no frame …"""
    shared: int = 0
    """… and how many of these stand on another page too: teasers of other articles do, an article's text does not."""

    @property
    def is_frame(self) -> bool:
        """Whether lines of this kind are hardly ever body, or too often the same as on other pages."""
        if self.pages < 5 or self.seen < 12:
            return False
        return self.kept <= 0.15 * self.seen or (self.own >= 12 and self.shared >= 0.25 * self.own)


@dataclass(slots=True)
class Slot:
    """In how many pages a kind of line was there first (`pages`), and held the field (`agreed`)."""

    pages: int = 0
    agreed: int = 0


@dataclass(slots=True)
class Template:
    """One template. `layout` counts in how many pages each step of the layout was met."""

    ident: int
    pages: int = 0
    layout: dict[int, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    texts: dict[int, Repeated] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    leads: dict[str, Kept] = field(default_factory=dict)
    """The same of lines above the element."""
    slots: dict[str, dict[str, Slot]] = field(default_factory=dict)
    has: dict[str, int] = field(default_factory=dict)
    """In how many pages a field was found."""
    examples: list[str] = field(default_factory=list)
    _core: frozenset[int] | None = None

    def core(self) -> frozenset[int]:
        """The steps that half of its pages have."""
        if self._core is None:
            least = max(1, self.pages * 0.5)
            self._core = frozenset(step for step, count in self.layout.items() if count >= least)
        return self._core

    def likeness(self, layout: frozenset[int]) -> float:
        """How much of a page's layout is this template's (Jaccard over its core)."""
        core = self.core()
        shared = len(core & layout)
        return shared / (len(core | layout) or 1)

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────

    def is_frame(self, digest: int) -> bool:
        """Whether a line stands on so many pages that it belongs to the frame, not to an article.

        How many is a matter of its place: a prompt stands at an edge of the text, a promotion in its midst on a good
        part of all pages; a paragraph of background that follow-ups share stands on few.
        """
        told = self.texts.get(digest)
        if told is None or told.pages < FEWEST_PAGES or self.pages < FEWEST_PAGES:
            return False
        root = math.sqrt(self.pages)
        if told.edge >= 0.8 * told.inside:
            return told.pages >= max(FEWEST_PAGES, (0.85 if told.prose else 0.5) * root)
        return told.pages >= max(FEWEST_PAGES, 0.85 * root, 0.2 * self.pages)

    def is_everywhere(self, digest: int) -> bool:
        """Whether a line stands on so many pages that it is the site's own: no headline does, a standing one neither."""
        told = self.texts.get(digest)
        return told is not None and told.pages >= max(FEWEST_PAGES, 0.5 * self.pages)

    def stands_inside(self, digest: int) -> bool:
        """Whether a line stands in the body of any page."""
        told = self.texts.get(digest)
        return told is not None and told.inside > 0

    def stands_at_edge(self, digest: int) -> bool:
        """Whether a line, where it stands in bodies, stands at their beginning or end."""
        told = self.texts.get(digest)
        return told is not None and told.edge >= 0.8 * told.inside

    def body_signatures(self) -> list[str]:
        """The ways to the element of the text, the most usual first; those of a tenth of the pages and more."""
        ordered = sorted(self.bodies.items(), key=lambda pair: -pair[1])
        return [path for path, count in ordered if count >= max(2, 0.1 * self.pages)]

    def usual_body(self) -> str | None:
        """The way to the element of the text, when a clear majority of the pages has it there."""
        usual = self.body_signatures()
        if not usual or self.pages < FEWEST_PAGES or self.bodies[usual[0]] < 0.6 * self.pages:
            return None
        return usual[0]

    def slot(self, name: str) -> list[str]:
        """The kinds of lines that hold a field, most reliable first."""
        found = [
            (slot.agreed / slot.pages, slot.agreed, signature)
            for signature, slot in self.slots.get(name, {}).items()
            if slot.agreed >= FEWEST_PAGES and slot.agreed >= 0.7 * slot.pages
        ]
        return [signature for *_, signature in sorted(found, reverse=True)]

    # ── storing ───────────────────────────────────────────────────────────────────────────────────────────────

    def as_json(self) -> dict[str, Any]:
        """Plain values. Lines met on one page only are left out."""
        return {
            "id": self.ident,
            "pages": self.pages,
            "layout": {str(step): count for step, count in self.layout.items()},
            "bodies": self.bodies,
            "texts": {
                str(d): [r.pages, r.inside, r.edge, int(r.prose)]
                for d, r in self.texts.items()
                if r.pages > 1
            },
            "kept": {path: [k.seen, k.kept, k.pages, k.own, k.shared] for path, k in self.kept.items()},
            "leads": {path: [k.seen, k.kept, k.pages, k.own, k.shared] for path, k in self.leads.items()},
            "slots": {
                name: {path: [s.pages, s.agreed] for path, s in slots.items() if s.agreed}
                for name, slots in self.slots.items()
            },
            "has": self.has,
            "examples": self.examples,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Template:
        """The template that `as_json` told."""
        return cls(
            ident=int(told["id"]),
            pages=int(told["pages"]),
            layout={int(step): int(count) for step, count in told["layout"].items()},
            bodies=dict(told["bodies"]),
            texts={int(d): Repeated(p, i, e, bool(x)) for d, (p, i, e, x) in told["texts"].items()},
            kept={path: Kept(*counts) for path, counts in told["kept"].items()},
            leads={path: Kept(*counts) for path, counts in told["leads"].items()},
            slots={
                name: {path: Slot(*counts) for path, counts in slots.items()}
                for name, slots in told["slots"].items()
            },
            has=dict(told["has"]),
            examples=list(told.get("examples", [])),
        )


class Templates:
    """All templates of an archive."""

    def __init__(self, templates: Iterable[Template] = ()) -> None:
        self._templates = list(templates)

    def __iter__(self) -> Iterator[Template]:
        return iter(self._templates)

    def __len__(self) -> int:
        return len(self._templates)

    def get(self, ident: int) -> Template:
        """The template of this number. Raises `KeyError`."""
        for template in self._templates:
            if template.ident == ident:
                return template
        raise KeyError(ident)

    def nearest(self, layout: frozenset[int]) -> Template | None:
        """The template that a page of this layout has."""
        best = max(self._templates, key=lambda template: template.likeness(layout), default=None)
        return best if best is not None and best.likeness(layout) >= SAME_TEMPLATE else None

    def nearest_or_new(self, layout: frozenset[int]) -> Template | None:
        """The same, a new one when there is none yet; None when there are too many."""
        found = self.nearest(layout)
        if found is None and len(self._templates) < MAX_TEMPLATES:
            found = Template(len(self._templates) + 1)
            self._templates.append(found)
        return found

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a file or a database."""
        return {"version": VERSION, "templates": [template.as_json() for template in self._templates]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Templates:
        """The templates that `as_json` told. Raises `ValueError` for anything else."""
        try:
            if told["version"] != VERSION:
                raise ValueError(f"version {told['version']}")
            return cls(Template.from_json(each) for each in told["templates"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not templates of an archive: {error!r}") from None

    def save(self, path: Path) -> None:
        """Writes them to a file."""
        path.write_text(json.dumps(self.as_json()), "utf-8")  # names of files may be no UTF-8

    @classmethod
    def load(cls, path: Path) -> Templates:
        """Reads them from a file. Raises `OSError`, `ValueError`."""
        return cls.from_json(json.loads(path.read_text("utf-8")))
