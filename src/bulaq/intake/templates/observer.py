"""Looks on while a page is read and counts what it shows into the page's template."""

from __future__ import annotations

from bulaq.arabic.dates.reading import read_date
from bulaq.intake.article import IncomingArticle
from bulaq.intake.html.body.blocks import PictureOf
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import prose_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.templates.signature import Signatures
from bulaq.intake.templates.template import MAX_SIGNATURES, MAX_TEXTS, Kept, Repeated, Slot, Template

EDGE = 3
"""Lines at the beginning and at the end of a body among which prompts and notices stand."""

ABOVE = 12
"""Lines above the element of the text among which its first paragraph may stand."""

_SURE = 0.8
MAX_EXAMPLES = 10


class Observer:
    """A guide that changes nothing. After the reading, `count_into` adds what was seen to a template."""

    def __init__(self) -> None:
        self.page: Page | None = None
        self.signatures: Signatures | None = None
        self.bodyplace: BodyPlace | None = None
        self.used: set[int] = set()
        self.told: IncomingArticle | None = None

    def prepare(self, page: Page) -> None:
        """Takes the signatures of the page."""
        self.page, self.signatures = page, Signatures(page)

    def place(self, page: Page, headline: Headline | None, place: BodyPlace | None) -> BodyPlace | None:
        """Notes where the text was found."""
        self.bodyplace = place
        return place

    def body(self, page: Page, place: BodyPlace, body: BodyText, picture_of: PictureOf) -> None:
        """Notes which lines were body."""
        self.used = set(body.used)

    def article(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """Notes the fields."""
        self.told = article
        return article

    def count_into(self, template: Template, known: Template | None = None) -> None:
        """Adds the page to `template`. `known`: what an earlier reading counted."""
        page, signatures, place = self.page, self.signatures, self.bodyplace
        if page is None or signatures is None or place is None or self.told is None:
            return
        template.pages += 1
        template._core = None
        for step in signatures.layout():
            template.layout[step] = template.layout.get(step, 0) + 1
        path = signatures.paths[place.node]
        if path in template.bodies or len(template.bodies) < MAX_SIGNATURES:
            template.bodies[path] = template.bodies.get(path, 0) + 1
        if len(template.examples) < MAX_EXAMPLES:
            template.examples.append(self.told.source)
        self._count_texts(template, page, signatures)
        self._count_kept(template, page, signatures, place, known)
        self._count_slots(template, page, signatures, self.told)

    def _count_texts(self, template: Template, page: Page, signatures: Signatures) -> None:
        kept = [index for index in sorted(self.used) if page.segments[index].kind == "text"]
        edges = {*kept[:EDGE], *kept[-EDGE:]}
        inside = set(kept)
        here: dict[int, tuple[bool, bool, bool]] = {}
        for segment in page.segments:
            if segment.kind != "text" or not (digest := signatures.digest(segment)):
                continue
            was = here.get(digest, (False, False, False))
            within, edge = segment.index in inside, segment.index in edges
            here[digest] = (was[0] or within, was[1] or edge, was[2] or prose_of(segment) >= 150)
        for digest, (within, edge, prose) in here.items():
            told = template.texts.get(digest)
            if told is None:
                told = template.texts[digest] = Repeated()
            told.pages += 1
            told.inside += within
            told.edge += edge
            told.prose = told.prose or prose
        if len(template.texts) > MAX_TEXTS:
            template.texts = {d: r for d, r in template.texts.items() if r.pages > 1}

    def _count_kept(
        self, template: Template, page: Page, signatures: Signatures, place: BodyPlace, known: Template | None
    ) -> None:
        node = page.nodes[place.node]
        seen_here: set[str] = set()
        for segment in page.segments[max(0, node.start - ABOVE) : min(node.end, place.end)]:
            if segment.kind != "text":
                continue
            if segment.index < node.start:
                path, counts = signatures.of_segment(segment), template.leads
            else:
                path, counts = signatures.inside(segment, place.node), template.kept
            told = counts.get(path)
            if told is None:
                if len(counts) >= MAX_SIGNATURES:
                    continue
                told = counts[path] = Kept()
            told.seen += 1
            told.kept += segment.index in self.used
            if known is not None:
                digest = signatures.digest(segment)
                line = known.texts.get(digest)
                if not known.is_frame(digest):
                    told.own += 1
                    told.shared += line is not None and line.pages >= 2
            if path not in seen_here:
                told.pages += 1
                seen_here.add(path)

    def _count_slots(
        self, template: Template, page: Page, signatures: Signatures, article: IncomingArticle
    ) -> None:
        wanted = fields_of(article)
        for name, value in wanted.items():
            if value:
                template.has[name] = template.has.get(name, 0) + 1
        seen: set[str] = set()
        for segment in page.segments:
            if segment.kind != "text" or segment.index in self.used or len(segment.text) > 400:
                continue
            path = signatures.of_segment(segment)
            if path in seen:
                continue
            seen.add(path)
            for name, value in wanted.items():
                if (
                    not value
                    or article.confidence.get("published_at" if name == "published_at" else name, 1.0) < _SURE
                ):
                    continue
                slots = template.slots.setdefault(name, {})
                slot = slots.get(path)
                if slot is None:
                    if len(slots) >= MAX_SIGNATURES:
                        continue
                    slot = slots[path] = Slot()
                slot.pages += 1
                slot.agreed += holds(
                    name, value, segment.text, page.spaced(segment) if name == "published_at" else ""
                )


def fields_of(article: IncomingArticle) -> dict[str, str]:
    """The fields that stand somewhere on a page as a line, with their values; empty when missing."""
    return {
        "headline": article.headline or "",
        "authors": "\n".join((*article.authors, *article.agencies)),
        "published_at": (article.published_at or "")[:10],
        "section": article.section or "",
        "caption": (article.lead_image.caption if article.lead_image else "") or "",
    }


def holds(name: str, value: str, text: str, spaced: str) -> bool:
    """Whether a line says the value of a field."""
    if name == "published_at":
        if len(spaced) > 120 or not any(char.isdigit() for char in spaced):
            return False
        found = read_date(spaced)
        return found is not None and found.date.isoformat() == value
    if name == "authors":
        said = key(text)
        names = value.split("\n")
        return all(key(each) in said for each in names) and len(text) <= sum(map(len, names)) + 40
    return key(text) == key(value)
