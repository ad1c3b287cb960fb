"""Reads a page with what its archive has taught. It overrides the reader of single pages only on strong evidence:
where the pages of a template agree and this one stands apart, and what it puts in place is there on the page."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bulaq.arabic.dates.reading import find_dates, read_date
from bulaq.intake.article import IncomingArticle, Picture
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.html.body.article_end import article_end
from bulaq.intake.html.body.blocks import PictureOf, blocks_of
from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.images import split_credit
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, prose_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.lines.byline_lines import is_byline
from bulaq.intake.templates.observer import ABOVE, Observer, fields_of
from bulaq.intake.templates.template import FEWEST_PAGES, Template, Templates

_DOUBTFUL = 0.6
"""Confidence under which a field of the single-page reader gives way to the template's."""

_RESCUED_FROM = 80
"""Characters of running text that a dropped line must have to be taken back."""

_NO_SUBHEADING = 32
"""Characters from which a line that articles share is no subheading of theirs."""

_LONGEST_SIGNATURE = 160
"""Characters of the longest line with writer, place, day and hour."""


class ArchiveGuide(Observer):
    """The guide of an archive's pages, one page after the other. `template` is the one of the page just read."""

    def __init__(self, templates: Templates) -> None:
        super().__init__()
        self.templates = templates
        self.template: Template | None = None
        self.notes: list[str] = []
        self._moved = False
        self._usual = False

    def prepare(self, page: Page) -> None:
        """Finds the template and labels running text that its pages share."""
        super().prepare(page)
        signatures = self.signatures
        assert signatures is not None
        self.template = self.templates.nearest(signatures.layout())
        self.notes, self._moved, self._usual = [], False, False
        if self.template is None or self.template.pages < FEWEST_PAGES:
            return
        fields = {path for name in self.template.slots for path in self.template.slot(name)}
        for segment in page.segments:
            if segment.kind == "text" and prose_of(segment) and segment.label not in APART:
                digest = signatures.digest(segment)
                if not (self.template.is_frame(digest) and self.template.stands_at_edge(digest)):
                    continue
                held = signatures.of_segment(segment) in fields and not self.template.stands_inside(digest)
                if not held and not _may_sign(page.spaced(segment)):
                    segment.label = "newsletter"

    def place(self, page: Page, headline: Headline | None, place: BodyPlace | None) -> BodyPlace | None:
        """The element where the template has its text, when this page has a text there."""
        template, signatures = self.template, self.signatures
        usual = template.usual_body() if template is not None else None
        if template is None or signatures is None or usual is None:
            return super().place(page, headline, place)
        here = signatures.paths[place.node] if place is not None else ""
        if here == usual:
            self._usual = True
            return super().place(page, headline, place)
        others = template.body_signatures()
        if here in others:
            return super().place(page, headline, place)  # a kind of page that the template has often
        candidates = [
            node
            for node in page.nodes
            if signatures.paths[node.index] == usual and node.effective not in APART
        ]
        best = max(candidates, key=lambda node: page.prose(node.start, node.end), default=None)
        found = page.prose(best.start, best.end) if best is not None else 0
        now = page.prose(page.nodes[place.node].start, place.end) if place is not None else 0
        if best is None or found < max(120, 0.3 * now):
            self.notes.append("its text does not stand where the other pages of its template have it")
            return super().place(page, headline, place)
        stop = article_end(page, headline)
        self._moved = self._usual = True
        moved = BodyPlace(best.index, min(best.end, stop), 0.9, "template", stop)
        return super().place(page, headline, moved)

    def body(self, page: Page, place: BodyPlace, body: BodyText, picture_of: PictureOf) -> None:
        """Takes shared lines out of the body, and kinds of lines that are body on no other page; takes back what the
        other pages always have."""
        template, signatures = self.template, self.signatures
        if template is not None and signatures is not None and template.pages >= FEWEST_PAGES:
            kept = [page.segments[index] for index in sorted(body.used)]
            left = [segment for segment in kept if not self._is_frame(segment, place)]
            if left and sum(map(prose_of, left)) >= 0.5 * sum(map(prose_of, kept)):
                back = self._rescued(page, place, body, left)
                if len(left) != len(kept) or back:
                    settled = sorted([*left, *back], key=lambda segment: segment.index)
                    body.used = {segment.index for segment in settled}
                    body.blocks = blocks_of(page, settled, dict(body.captions), place, picture_of)
                    spoken = [segment.index for segment in settled if segment.kind == "text"]
                    if spoken:
                        # a lead may stand over the first, with who and when between them
                        body.first = next((index for index in spoken if index >= body.first), spoken[0])
                        body.last = spoken[-1]
        super().body(page, place, body, picture_of)

    def _is_frame(self, segment: Segment, place: BodyPlace) -> bool:
        template, signatures = self.template, self.signatures
        assert template is not None
        assert signatures is not None
        if segment.kind != "text":
            return False
        path = signatures.inside(segment, place.node)
        digest = signatures.digest(segment)
        told = template.kept.get(path)
        if digest and template.is_frame(digest):
            # A short line that articles share in their midst may be a subheading («نص البيان:») unless its kind is its own.
            usual = told is not None and told.kept > 0.5 * told.seen and told.own > 0.2 * told.seen
            if template.stands_at_edge(digest) or not usual or len(segment.text) >= _NO_SUBHEADING:
                return True
        return told is not None and told.is_frame

    def _rescued(self, page: Page, place: BodyPlace, body: BodyText, left: list[Segment]) -> list[Segment]:
        template, signatures = self.template, self.signatures
        assert template is not None
        assert signatures is not None
        texts = [segment.index for segment in left if segment.kind == "text"]
        if len(texts) < 2:
            return []
        captions = {text for _, text in body.captions}
        found = []
        start = page.nodes[place.node].start
        above = min(texts[0], max(0, start - ABOVE))
        for segment in page.segments[above : texts[-1]]:
            leading = segment.index < start
            if not leading and segment.index < texts[0]:
                continue
            if (
                segment.kind == "text"
                and segment.index not in body.used
                and segment.index not in body.read_also_segments
                and segment.label not in APART
                and prose_of(segment) >= _RESCUED_FROM
                and segment.text not in captions
                and segment.text not in body.byline_lines
                and segment.text not in body.source_lines
                and not noise_line(segment.text)
                and not template.is_frame(signatures.digest(segment))
            ):
                if leading:
                    told = template.leads.get(signatures.of_segment(segment))
                    usual = told is not None and told.pages >= 5 and told.kept >= 0.7 * told.seen
                    if usual and segment.text != body.standfirst and not _said_again(segment, left):
                        found.append(segment)
                    continue
                told = template.kept.get(signatures.inside(segment, place.node))
                if told and told.seen >= 30 and told.pages >= 5 and told.kept >= 0.95 * told.seen:
                    found.append(segment)
        return found

    def article(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """Fills fields that are missing or doubtful from where the template has them, and says what is unsure."""
        super().article(page, article)
        template = self.template
        if template is None or template.pages < FEWEST_PAGES or self.signatures is None:
            return article
        unnamed = article
        if self._is_name_of_the_site(page, article.headline or "", template):
            others = {name: sure for name, sure in article.confidence.items() if name != "headline"}
            unnamed = replace(article, headline=None, confidence=others)
        filled = self._filled_from_places(page, unnamed, template)
        self._note_missing(filled, template, unnamed is article)
        confidence, provenance = dict(filled.confidence), dict(filled.provenance)
        if self._usual and not self.notes:
            confidence["body"] = max(confidence.get("body", 0.0), 0.9 if template.pages >= 10 else 0.0)
        elif self.notes:
            confidence["body"] = round(min(confidence.get("body", 1.0), 0.6), 2)
        if self._moved:
            provenance["body"] = "template"
        return replace(
            filled,
            confidence=confidence,
            provenance=provenance,
            warnings=(*filled.warnings, *self.notes),
        )

    def _filled_from_places(
        self, page: Page, article: IncomingArticle, template: Template
    ) -> IncomingArticle:
        """The article with its missing and doubtful fields read from the places where the template has them."""
        assert self.signatures is not None
        lines: dict[str, Segment] = {}
        for segment in page.segments:
            if segment.kind == "text":
                lines.setdefault(self.signatures.of_segment(segment), segment)
        changed = article
        confidence, provenance = dict(article.confidence), dict(article.provenance)
        for name, value in fields_of(article).items():
            if value and article.confidence.get(name, 1.0) >= _DOUBTFUL:
                continue
            places = (lines[signature] for signature in template.slot(name) if signature in lines)
            for line in places:
                sites = name == "headline" and self._is_the_sites(line, template)
                if line.index in self.used or sites:
                    continue
                filled = _filled(changed, name, line.text, page.spaced(line))
                if filled is not None:
                    changed = filled
                    told = "lead_image" if name == "caption" else name
                    confidence[told], provenance[told] = 0.8, "template"
                    break
        return replace(changed, confidence=confidence, provenance=provenance)

    def _note_missing(self, article: IncomingArticle, template: Template, headed: bool) -> None:
        """Notes the fields that nearly all pages of the template have; a headline that was the site's own (not `headed`)
        is not asked for."""
        has = fields_of(article)
        for name in ("headline", "authors", "published_at")[not headed :]:
            if not has[name] and template.has.get(name, 0) >= 0.95 * template.pages and template.pages >= 10:
                self.notes.append(f"has no {name}, which the other pages of its template have")

    def _is_name_of_the_site(self, page: Page, headline: str, template: Template) -> bool:
        """Whether only lines that stand on most pages of the template say a headline: it is none of this article."""
        assert self.signatures is not None
        said = key(headline)
        saying = [
            line
            for line in page.segments
            if line.kind == "text" and abs(len(line.text) - len(headline)) < 9 and key(line.text) == said
        ]
        return bool(said and saying) and all(self._is_the_sites(line, template) for line in saying)

    def _is_the_sites(self, line: Segment, template: Template) -> bool:
        """Whether a line is the same on most pages. One with a number may be another on each («أسعار الذهب يوم 3 مايو»): lines
        are compared without theirs."""
        assert self.signatures is not None
        return template.is_everywhere(self.signatures.digest(line)) and not any(map(str.isdigit, line.text))


def _may_sign(line: str) -> bool:
    """Whether a line tells a day or a writer. Lines are compared without their numbers, so that a writer's pieces from one
    town in one month have one line, and it is none of the frame."""
    return len(line) <= _LONGEST_SIGNATURE and bool(find_dates(line) or is_byline(line))


def _said_again(lead: Segment, kept: list[Segment]) -> bool:
    opening = key(lead.text)[:80]
    return opening in key(" ".join(segment.text for segment in kept[:6]))


def _filled(article: IncomingArticle, name: str, text: str, spaced: str) -> IncomingArticle | None:
    if name == "headline":
        return replace(article, headline=text) if 10 <= len(text) <= 300 else None
    if name == "section":
        return replace(article, section=text) if len(text) <= 60 else None
    if name == "published_at":
        found = read_date(spaced)
        return (
            replace(article, published_at=found.isoformat())
            if found is not None and found.precision != "month"
            else None
        )
    if name == "authors":
        reading = parse_byline(text)
        if not reading.people and not reading.agencies:
            return None
        place = article.dateline or reading.place
        return replace(article, authors=reading.people, agencies=reading.agencies, dateline=place)
    picture = article.lead_image
    if picture is None or len(text) > 400:
        return None
    caption, credit = split_credit(text)
    return replace(article, lead_image=Picture(picture.url, caption, credit or picture.credit, picture.alt))


@lru_cache(maxsize=4)
def _loaded(path: str, changed: int) -> Templates:
    return Templates.load(Path(path))


def guide_from_file(path: str) -> ArchiveGuide | None:
    """The guide of templates that were saved to a file; None when there is none (the pages are then read singly)."""
    try:
        return ArchiveGuide(_loaded(path, Path(path).stat().st_mtime_ns))
    except (OSError, ValueError):
        return None
