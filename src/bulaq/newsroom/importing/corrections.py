"""An editor's corrections of one imported page, understood as what holds for its whole template.

A correction names a field and a kind of line (or element) of the page by the way to it, so that it finds the same
part on other pages. Reading with corrections is reading as ever with a guide (`bulaq.intake.html.guide`) that puts
those parts in place; what a page does not have stays as it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from zlib import crc32

from django.utils.translation import gettext as _

from bulaq.arabic.dates.reading import read_date
from bulaq.intake.article import Block, Heading, IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.bylines import parse_byline
from bulaq.intake.html.blocks import PictureOf, blocks_of
from bulaq.intake.html.body import BodyPlace, article_end
from bulaq.intake.html.headline import Headline
from bulaq.intake.html.images import split_credit
from bulaq.intake.html.page import Page
from bulaq.intake.html.paragraphs import BodyText
from bulaq.intake.html.reader import read_page
from bulaq.intake.html.segments import Segment
from bulaq.intake.html.text import key
from bulaq.intake.templates.signature import Signatures
from bulaq.intake.templates.template import SAME_TEMPLATE

LINES = ("headline", "kicker", "standfirst", "caption", "authors", "published_at", "section")
"""Fields that are a line of the page."""

FIELDS = (*LINES, "body", "remove", "keep")
"""`body`: the element of the text. `remove`, `keep`: a kind of line that is no part of the text, or is one."""

MAX_PICKS = 60

_ABOVE = 8
"""So many blocks may stand above the first paragraph when the reader took a page's head for its text."""


class CorrectionRefused(ValueError):
    """What was pointed at cannot be used; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One correction. `signature` is the way to the part, `place` which of the lines with that way it is (from 0).

    A line whose way is that of ordinary paragraphs is known by its words instead (`words`, a digest; 0 otherwise).
    """

    field: str
    signature: str
    place: int = 0
    words: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Pick:
        """The pick that `as_json` told."""
        return cls(
            str(told["field"]), str(told["signature"]), int(told.get("place", 0)), int(told.get("words", 0))
        )


@dataclass(frozen=True, slots=True)
class Pointed:
    """What an editor pointed at: a line of the page (`segment`) or an element (`node`), by their numbers there."""

    field: str
    segment: int | None = None
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read: the result and what each line of the page became (segment → role)."""

    item: IncomingArticle | Refusal
    page: Page | None
    roles: dict[int, str]
    layout: frozenset[int]
    body_node: int | None


def read_corrected(
    data: bytes, name: str, picks: Sequence[Pick] = (), *, url: str | None = None, charset: str | None = None
) -> Reading:
    """Reads a page with corrections; without any, as the import read it."""
    guide = CorrectedGuide(picks)
    item = read_page(data, name, url=url, charset=charset, guide=guide)
    layout = guide.signatures.layout() if guide.signatures is not None else frozenset()
    return Reading(item, guide.page, guide.roles(item), layout, guide.node)


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


class CorrectedGuide:
    """The guide of one page. Afterwards it tells what became of the page's lines."""

    def __init__(self, picks: Sequence[Pick]) -> None:
        self.picks = list(picks)[-MAX_PICKS:]
        self.page: Page | None = None
        self.signatures: Signatures | None = None
        self.node: int | None = None
        self.used: set[int] = set()
        self.lines: dict[str, int] = {}
        self._headline: int | None = None

    def prepare(self, page: Page) -> None:
        """Takes the ways to the parts of the page."""
        self.page, self.signatures = page, Signatures(page)

    def place(self, page: Page, headline: Headline | None, place: BodyPlace | None) -> BodyPlace | None:
        """The element that an editor named as the text, when this page has it."""
        self._headline = headline.segment if headline else None
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
        """Takes out and takes in the kinds of lines that an editor named."""
        away = [pick for pick in self.picks if pick.field == "remove"]
        back = [pick for pick in self.picks if pick.field == "keep"]
        if away or back:
            node = page.nodes[place.node]
            kept = {
                index for index in body.used if not any(self._is(page.segments[index], pick) for pick in away)
            }
            kept |= {
                segment.index
                for segment in page.segments[node.start : place.end]
                if segment.kind == "text" and any(self._is(segment, pick) for pick in back)
            }
            settled = [page.segments[index] for index in sorted(kept)]
            spoken = [segment.index for segment in settled if segment.kind == "text"]
            if spoken and kept != body.used:
                body.used = kept
                body.blocks = blocks_of(page, settled, dict(body.captions), place, picture_of)
                body.first, body.last = spoken[0], spoken[-1]
        self.used = set(body.used)

    def article(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """Puts the lines that an editor named into their fields."""
        confidence, provenance = dict(article.confidence), dict(article.provenance)
        for pick in self.picks:
            if pick.field in ("body", "remove", "keep"):
                continue
            line = self.line(page, pick)
            filled = _filled(article, pick.field, page, line) if line is not None else None
            if filled is None or line is None:
                continue
            article = replace(filled, body=_without(filled.body, line.text))
            self.lines[pick.field] = line.index
            told = "lead_image" if pick.field == "caption" else pick.field
            confidence[told], provenance[told] = 1.0, "correction"
        for field in ("body", "remove", "keep"):
            if any(pick.field == field for pick in self.picks):
                confidence["body"], provenance["body"] = 1.0, "correction"
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

    def roles(self, item: IncomingArticle | Refusal) -> dict[int, str]:
        """What each line became: `body` and the fields of lines. For the editor's eyes; lines found twice keep the first."""
        roles = dict.fromkeys(self.used, "body")
        if isinstance(item, Refusal) or self.page is None:
            return roles
        if self._headline is not None and "headline" not in self.lines:
            roles[self._headline] = "headline"
        for field in ("kicker", "standfirst"):
            value = getattr(item, field)
            if value and field not in self.lines:
                for segment in self.page.segments:
                    if segment.index not in roles and segment.kind == "text" and segment.text == value:
                        roles[segment.index] = field
                        break
        return roles | {index: field for field, index in self.lines.items()}

    def _is(self, segment: Segment, pick: Pick) -> bool:
        assert self.signatures is not None
        if segment.kind != "text":
            return False
        if pick.words:
            return _words_of(segment.text) == pick.words
        return self.signatures.of_segment(segment) == pick.signature


def picked(reading: Reading, pointed: Pointed) -> Pick:
    """What an editor pointed at on the page of `reading`, as a correction. Raises `CorrectionRefused`."""
    page = reading.page
    if pointed.field not in FIELDS:
        raise CorrectionRefused(_("There is no such field."))
    if page is None:
        raise CorrectionRefused(_("The page cannot be read."))
    signatures = Signatures(page)
    if pointed.field == "body":
        if pointed.node is None or not 0 <= pointed.node < len(page.nodes):
            raise CorrectionRefused(_("There is no such part on the page."))
        node = page.nodes[pointed.node]
        if not page.prose(node.start, node.end):
            raise CorrectionRefused(_("There is no running text in this part."))
        return Pick("body", signatures.paths[pointed.node])
    if pointed.segment is None or not 0 <= pointed.segment < len(page.segments):
        raise CorrectionRefused(_("There is no such part on the page."))
    segment = page.segments[pointed.segment]
    if segment.kind != "text":
        raise CorrectionRefused(_("This part holds no text."))
    signature = signatures.of_segment(segment)
    same = [
        each.index
        for each in page.segments
        if each.kind == "text" and signatures.of_segment(each) == signature
    ]
    if pointed.field in LINES:
        return Pick(pointed.field, signature, same.index(segment.index))
    # Ordinary paragraphs are all alike: one of them is known by its words, else all would go or come with it.
    is_body = pointed.field == "remove"
    others = [
        index for index in same if index != segment.index and (reading.roles.get(index) == "body") == is_body
    ]
    return Pick(pointed.field, signature, words=_words_of(segment.text) if others else 0)


def with_pick(picks: Sequence[Pick], new: Pick) -> list[Pick]:
    """`picks` and the new one instead of what it replaces: a field has one line, and what was removed can be kept."""
    if new.field in ("remove", "keep"):
        same = (new.signature, new.words)
        return [*[pick for pick in picks if (pick.signature, pick.words) != same][-MAX_PICKS + 1 :], new]
    return [pick for pick in picks if pick.field != new.field] + [new]


def _without(body: tuple[Block, ...], line: str) -> tuple[Block, ...]:
    """The text without a line above it that an editor said is a field of its own."""
    said = key(line)
    return tuple(
        block
        for place, block in enumerate(body)
        if place >= _ABOVE or not isinstance(block, Paragraph | Heading) or key(block.text) != said
    )


def _words_of(text: str) -> int:
    """The words of a line as a number, never 0."""
    return crc32(key(text).encode()) or 1


def _filled(article: IncomingArticle, field: str, page: Page, line: Segment) -> IncomingArticle | None:
    """`article` with the field read from the line; None when the line does not hold such a thing."""
    text = line.text
    if field in ("headline", "kicker", "standfirst", "section"):
        limit = {"headline": 300, "kicker": 120, "standfirst": 2000, "section": 80}[field]
        if len(text) > limit:
            return None
        return replace(article, **{field: text})
    if field == "published_at":
        found = read_date(page.spaced(line)) or read_date(text)
        if found is None or found.precision == "month":
            return None
        return replace(article, published_at=found.isoformat())
    if field == "authors":
        reading = parse_byline(text)
        if not reading.people and not reading.agencies:
            return None
        return replace(
            article,
            authors=reading.people,
            agencies=reading.agencies or article.agencies,
            dateline=reading.place or article.dateline,
        )
    if field == "caption":
        caption, credit = split_credit(text)
        picture = article.lead_image or Picture()
        shown = Picture(picture.url, caption, credit or picture.credit, picture.alt)
        return replace(article, lead_image=shown)
    return None
