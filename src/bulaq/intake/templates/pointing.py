"""What a person pointed at on one page, as what holds for every page of its template.

A pick names a field and a kind of line (or element) by the way to it, so that it finds the same part on other pages.
Reading with picks is reading as ever, learned templates and all, with a guide that puts those parts in place; what a
page does not have stays as it was read. Picks can be kept for a site: `kept_guide` applies them to its next pages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from bulaq.intake.article import IncomingArticle
from bulaq.intake.html.body.article_end import article_end
from bulaq.intake.html.body.blocks import PictureOf, blocks_of
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.guide import Guide
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import key
from bulaq.intake.sites import host_of
from bulaq.intake.templates.guide import guide_from_file
from bulaq.intake.templates.pointed_lines import filled, without
from bulaq.intake.templates.signature import Signatures
from bulaq.intake.templates.template import SAME_TEMPLATE

LINES = ("headline", "kicker", "standfirst", "caption", "authors", "published_at", "section")
"""Fields that are a line of the page."""

FIELDS = (*LINES, "body", "remove", "keep")
"""`body`: the element of the text. `remove`, `keep`: a kind of line that is no part of the text, or is one."""

MAX_PICKS = 60


@dataclass(frozen=True, slots=True)
class Pick:
    """One part pointed at. `signature` is the way to it, `place` which of the lines with that way it is (from 0).

    A line whose way is that of ordinary paragraphs is known by its words instead (`words`, a digest; 0 otherwise).
    """

    field: str
    signature: str
    place: int = 0
    words: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Pick:
        """The pick that `as_json` told. Raises `KeyError`, `TypeError`, `ValueError` for anything else."""
        return cls(
            str(told["field"]), str(told["signature"]), int(told.get("place", 0)), int(told.get("words", 0))
        )


def with_pick(picks: Sequence[Pick], new: Pick) -> list[Pick]:
    """`picks` and the new one instead of what it replaces: a field has one line, and what was removed can be kept."""
    if new.field in ("remove", "keep"):
        same = (new.signature, new.words)
        return [*[pick for pick in picks if (pick.signature, pick.words) != same][-MAX_PICKS + 1 :], new]
    return [pick for pick in picks if pick.field != new.field] + [new]


@dataclass(frozen=True, slots=True)
class KeptPicks:
    """Picks that hold for the pages of one template of a site. `core`: the usual layout of the template; without a
    `host` they hold for pages of that layout wherever they come from."""

    host: str
    core: frozenset[int]
    picks: tuple[Pick, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "host": self.host,
            "core": sorted(self.core),
            "picks": [pick.as_json() for pick in self.picks],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> KeptPicks:
        """What `as_json` told. Raises `KeyError`, `TypeError`, `ValueError` for anything else."""
        return cls(
            str(told["host"]),
            frozenset(map(int, told["core"])),
            tuple(Pick.from_json(each) for each in told["picks"]),
        )


def is_of_template(layout: frozenset[int], core: frozenset[int]) -> bool:
    """Whether a page of this layout is of the template whose usual layout is `core` (Jaccard similarity)."""
    return bool(layout) and len(layout & core) >= SAME_TEMPLATE * len(layout | core)


def core_of(corrected: frozenset[int], others: Iterable[frozenset[int]]) -> frozenset[int]:
    """The layout that the corrected page shares with half of those like it."""
    alike = [corrected, *(layout for layout in others if is_of_template(layout, corrected))]
    counts: dict[int, int] = {}
    for layout in alike:
        for step in layout:
            counts[step] = counts.get(step, 0) + 1
    return frozenset(step for step, count in counts.items() if count >= 0.5 * len(alike))


def kept_guide(extra: Mapping[str, Any]) -> Guide | None:
    """The guide that `ReadOptions.extra` asks for: `templates` and `corrections` name files. None without any."""
    learned = guide_from_file(extra["templates"]) if extra.get("templates") else None
    if extra.get("corrections"):
        kept = _kept(str(extra["corrections"]))
        if kept:
            return PointedGuide((), base=learned, kept=kept)
    return learned


def save_kept(path: Path, kept: Sequence[KeptPicks]) -> None:
    """Writes them for `kept_guide`, all at once: other processes may be reading the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps([each.as_json() for each in kept]), "utf-8")
    beside.replace(path)


def _kept(path: str) -> tuple[KeptPicks, ...]:
    try:
        return _loaded(path, Path(path).stat().st_mtime_ns)
    except (OSError, KeyError, TypeError, ValueError):
        return ()


@lru_cache(maxsize=4)
def _loaded(path: str, changed: int) -> tuple[KeptPicks, ...]:
    return tuple(KeptPicks.from_json(told) for told in json.loads(Path(path).read_text("utf-8")))


class PointedGuide:
    """The guide of one page: what `base` guides (learned templates), then what is kept for the page's site and
    layout, then `picks`. Afterwards it tells what became of the page's lines (`used`, `lines`, `node`)."""

    def __init__(
        self, picks: Sequence[Pick], *, base: Guide | None = None, kept: Sequence[KeptPicks] = ()
    ) -> None:
        self._own = list(picks)[-MAX_PICKS:]
        self._base = base
        self._kept = kept
        self.picks: list[Pick] = list(self._own)
        self.page: Page | None = None
        self.signatures: Signatures | None = None
        self.node: int | None = None
        self.used: set[int] = set()
        self.lines: dict[str, int] = {}
        self.headline: int | None = None

    def prepare(self, page: Page) -> None:
        """Takes the ways to the parts of the page, and which kept picks are for it."""
        if self._base is not None:
            self._base.prepare(page)
        self.page, self.signatures = page, Signatures(page)
        self.picks = []
        if self._kept:
            layout, host = self.signatures.layout(), host_of(page.base)
            for kept in self._kept:
                if kept.host in ("", host) and is_of_template(layout, kept.core):
                    for pick in kept.picks:
                        self.picks = with_pick(self.picks, pick)
        for pick in self._own:
            self.picks = with_pick(self.picks, pick)

    def place(self, page: Page, headline: Headline | None, place: BodyPlace | None) -> BodyPlace | None:
        """The element that was named as the text, when this page has it."""
        if self._base is not None:
            place = self._base.place(page, headline, place)
        self.headline = headline.segment if headline else None
        wanted = next((pick for pick in reversed(self.picks) if pick.field == "body"), None)
        if wanted is not None and self.signatures is not None:
            paths = self.signatures.paths
            found = [
                node for node in page.nodes if paths[node.index] == wanted.signature and node.end > node.start
            ]
            best = max(found, key=lambda node: page.prose(node.start, node.end), default=None)
            if best is not None:
                stop = article_end(page, headline)
                end = min(best.end, stop) if stop > best.start else best.end
                place = BodyPlace(best.index, end, 1.0, "correction", stop)
        self.node = place.node if place is not None else None
        return place

    def body(self, page: Page, place: BodyPlace, body: BodyText, picture_of: PictureOf) -> None:
        """Takes out and takes in the kinds of lines that were named."""
        if self._base is not None:
            self._base.body(page, place, body, picture_of)
        away = [pick for pick in self.picks if pick.field == "remove"]
        back = [pick for pick in self.picks if pick.field == "keep"]
        if away or back:
            node = page.nodes[place.node]
            kept = {
                index for index in body.used if not any(self.names(page.segments[index], p) for p in away)
            }
            kept |= {
                segment.index
                for segment in page.segments[node.start : place.end]
                if segment.kind == "text" and any(self.names(segment, pick) for pick in back)
            }
            settled = [page.segments[index] for index in sorted(kept)]
            spoken = [segment.index for segment in settled if segment.kind == "text"]
            if spoken and kept != body.used:
                body.used = kept
                body.blocks = blocks_of(page, settled, dict(body.captions), place, picture_of)
                body.first, body.last = spoken[0], spoken[-1]
        self.used = set(body.used)

    def article(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """Puts the lines that were named into their fields."""
        if self._base is not None:
            article = self._base.article(page, article)
        return self.filled(page, article)

    def filled(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """`article` with the fields of the lines that were named."""
        confidence, provenance = dict(article.confidence), dict(article.provenance)
        for pick in self.picks:
            if pick.field in ("body", "remove", "keep"):
                confidence["body"], provenance["body"] = 1.0, "correction"
                continue
            line = self.line(page, pick)
            changed = filled(article, pick.field, page, line) if line is not None else None
            if changed is None or line is None:
                continue
            article = replace(changed, body=without(changed.body, line.text))
            self.lines[pick.field] = line.index
            told = "lead_image" if pick.field == "caption" else pick.field
            confidence[told], provenance[told] = 1.0, "correction"
        return replace(article, confidence=confidence, provenance=provenance)

    def line(self, page: Page, pick: Pick) -> Segment | None:
        """The line that a pick names on this page."""
        assert self.signatures is not None
        place = pick.place
        for segment in page.segments:
            if segment.kind == "text" and self.signatures.of_segment(segment) == pick.signature:
                if place == 0:
                    return segment
                place -= 1
        return None

    def names(self, segment: Segment, pick: Pick) -> bool:
        """Whether a pick of `remove` or `keep` means this line."""
        assert self.signatures is not None
        if segment.kind != "text":
            return False
        if pick.words:
            return words_of(segment.text) == pick.words
        return self.signatures.of_segment(segment) == pick.signature


def words_of(text: str) -> int:
    """The words of a line as a number, never 0."""
    return crc32(key(text).encode()) or 1
