"""The article that the parts of a page make: its fields, how sure each is, and where it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulaq.arabic.dates.reading import FoundDate, read_date
from bulaq.intake.article import Box, Carrier, IncomingArticle, Line, Link, Picture
from bulaq.intake.bylines.datelines import opening_dateline
from bulaq.intake.flat.body.paragraphs import blocks_of
from bulaq.intake.flat.foot.boxes_above import boxes_above
from bulaq.intake.flat.foot.foot_parts import Foot
from bulaq.intake.flat.head.head_parts import Head
from bulaq.intake.flat.lines.labels import without_caption_label
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.page_lines import Page
from bulaq.intake.reader import ReadOptions


@dataclass(frozen=True)
class PageParts:
    """A page taken apart: its text stands at lines `first`..`last`, `inside` says what each of them is."""

    page: Page
    first: int
    last: int
    inside: dict[int, str]
    body: list[PageLine]
    """The lines of the text alone; one at least."""
    head: Head
    foot: Foot


def article_of_page(parts: PageParts, name: str, url: str | None, options: ReadOptions) -> IncomingArticle:
    """The article of the source `name`; with its lines and their roles where the options ask for them."""
    return _Telling(parts).article(name, url, options)


class _Telling:
    """Fields of the article one after the other; what is known of each field's reading is noted as it is told."""

    def __init__(self, parts: PageParts) -> None:
        self.parts = parts
        self.lines = parts.page.lines
        self.head = parts.head
        self.foot = parts.foot
        self.above = boxes_above(self.lines, min(_begin(parts.head, parts.first), parts.first))
        self.confidence: dict[str, float] = {}
        self.provenance: dict[str, str] = {}
        self.warnings: list[str] = []

    def article(self, name: str, url: str | None, options: ReadOptions) -> IncomingArticle:
        head, foot = self.head, self.foot
        headline = self._headline()
        dateline, people, agencies = self._signature()
        published, modified = self._dates()
        self._note_section()
        picture = self._picture()
        self._note("body", 0.9, "longest running text")
        read_also, boxes = self._links()
        lang = _language(self.parts.body)
        return IncomingArticle(
            source=name,
            format="flat",
            url=url,
            headline=headline,
            kicker=self._shown(head.kicker),
            standfirst=self._shown(head.standfirst),
            section=head.section,
            breadcrumb=head.breadcrumb,
            dateline=dateline,
            authors=people,
            agencies=agencies,
            published_at=published,
            modified_at=modified,
            lang=lang,
            dir="ltr" if lang in ("en", "fr") else "rtl" if lang else None,
            lead_image=picture,
            tags=tuple(dict.fromkeys(foot.tags)),
            body=tuple(blocks_of(self.parts.body)),
            read_also=read_also,
            boxes=boxes,
            carrier=Carrier(foot.carrier) if foot.carrier else None,
            confidence=self.confidence,
            provenance=self.provenance,
            warnings=tuple(self.warnings),
            lines=_told_lines(self.parts.page, self._roles()) if options.keep_lines else (),
        )

    def _note(self, field: str, confident: float, how: str) -> None:
        self.confidence[field] = round(confident, 2)
        self.provenance[field] = how

    def _shown(self, index: int | None) -> str | None:
        return self.lines[index].shown() if index is not None else None

    def _headline(self) -> str | None:
        if self.head.headline is not None:
            self._note("headline", min(0.97, 0.45 + 0.12 * self.head.headline_score), "lines above the text")
            line = self.lines[self.head.headline]
            return line.shown(line.title_text)
        self.warnings.append("no headline was found in the text")
        if self.head.suggestion is not None:
            self.warnings.append(f"suggested headline: {self.lines[self.head.suggestion].shown()}")
        return None

    def _signature(self) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
        """Place, people and agencies: of the bylines, else of the words that the text opens with, else of the line
        that names its source."""
        bylines = [byline for _, byline in self.head.bylines]
        place = next((byline.place for byline in bylines if byline.place), None)
        people = tuple(dict.fromkeys(name for byline in bylines for name in byline.people))
        agencies = tuple(dict.fromkeys(name for byline in bylines for name in byline.agencies))
        opening = opening_dateline(self.parts.body[0].text) if place is None else None
        if opening is not None:
            place = opening[0]
            self._note("dateline", 0.8, "opening of the text")
            if opening[1] and not agencies:
                agencies = (opening[1],)
                self._note("agencies", 0.8, "opening of the text")
        if self.foot.agencies and not agencies:
            agencies = tuple(dict.fromkeys(self.foot.agencies))
            self._note("agencies", 0.85, "source line")
        for field, value in (("dateline", place), ("authors", people), ("agencies", agencies)):
            if bylines and value and field not in self.confidence:
                self._note(field, min(byline.confidence for byline in bylines), "byline line")
        return place, people, agencies

    def _dates(self) -> tuple[str | None, str | None]:
        """When it was published, and when changed: the dates nearest to the headline, those under it first."""
        published: FoundDate | None = None
        modified: FoundDate | None = None
        anchor = self.head.headline if self.head.headline is not None else -1
        for index in sorted(self.head.dates, key=lambda number: (number < anchor, abs(number - anchor))):
            found = _with_clock(self.lines, index)
            if found is not None and _tells_change(self.lines[index], found):
                modified = modified or found
            else:
                published = published or found
        if published:
            self._note("published_at", 0.9, "date line above the text")
        return published.isoformat() if published else None, modified.isoformat() if modified else None

    def _note_section(self) -> None:
        if self.head.breadcrumb:
            self._note("breadcrumb", 0.9, "breadcrumb line")
        if self.head.section and self.head.breadcrumb:
            self._note("section", 0.9, "breadcrumb line")
        elif self.head.section:
            self._note("section", 0.6, "label above the text")

    def _picture(self) -> Picture | None:
        shown = self._shown(self.head.caption)
        caption = without_caption_label(shown) if shown is not None else None
        if caption:
            self._note("lead_image", 0.8 if self.head.headline is None else 0.7, "line above the text")
        return Picture(caption=caption, credit=self.head.credit) if caption or self.head.credit else None

    def _links(self) -> tuple[tuple[Link, ...], tuple[Box, ...]]:
        """Read-also links and boxes in the order of the page: above the text, inside it, under it."""
        read_also, boxes = _inner_links(self.parts)
        read_also += self.foot.read_also
        if read_also:
            self._note("read_also", 0.85, "lines under a read-also heading")
        boxes = [*self.above.boxes, *boxes, *self.foot.boxes]
        if boxes:
            self._note("boxes", 0.85, "lines under headings of boxes")
        return tuple(dict.fromkeys(read_also)), tuple(boxes)

    def _roles(self) -> dict[int, str]:
        """A role for each line of the page."""
        named = {index: role for index, role in self.head.roles.items() if role != "other"}
        roles = dict.fromkeys(range(len(self.lines)), "other") | self.above.roles | named
        roles |= self.parts.inside | self.foot.roles
        _mark_repeated_headline(self.lines, self.head, roles)
        return roles


def _told_lines(page: Page, roles: dict[int, str]) -> tuple[Line, ...]:
    """The lines of the input as given, each with the role of the line that it became a part of."""
    told = ["other"] * len(page.raw)
    for line in page.lines:
        for source in line.sources:
            if told[source] == "other":
                told[source] = roles[line.index]
    return tuple(Line(text, role) for text, role in zip(page.raw, told, strict=True))


def _begin(head: Head, first: int) -> int:
    """Where the article begins: its headline, or the first line that says something of it."""
    told = [index for index, role in head.roles.items() if role not in ("other", "breadcrumb", "kicker")]
    return head.headline if head.headline is not None else min(told, default=first)


def _mark_repeated_headline(lines: list[PageLine], head: Head, roles: dict[int, str]) -> None:
    if head.headline is None:
        return
    folded = lines[head.headline].folded
    for line in lines:
        if line.folded == folded and roles[line.index] in ("other", "caption", "kicker", "breadcrumb"):
            roles[line.index] = "headline"


_UPDATED = re.compile(r"تحديث|محدث|عُدّل|عدل|updated|modified|mis à jour|به ?روز", re.I)


def _tells_change(line: PageLine, found: FoundDate) -> bool:
    """Whether the line says of its date that something was changed then («تحديث: …»)."""
    label = line.text[: max(1, found.span[0])]
    return bool(_UPDATED.search(label)) and not re.search("نشر|published", line.text, re.I)


def _with_clock(lines: list[PageLine], index: int) -> FoundDate | None:
    """The date of the line; a clock that stands alone on the line beside it belongs to it."""
    found = lines[index].date
    if found is None or found.time is not None:
        return found
    for other in (index + 1, index - 1):
        if 0 <= other < len(lines) and lines[other].is_time and re.search(r"\d[:٫.]\d", lines[other].text):
            with_time = read_date(f"{lines[index].text} {lines[other].text}")
            if with_time is not None and with_time.date == found.date and with_time.time is not None:
                return with_time
    return found


def _inner_links(parts: PageParts) -> tuple[list[Link], list[Box]]:
    """Links and boxes that stood between the paragraphs."""
    read_also: list[Link] = []
    boxes: list[tuple[str, list[Link]]] = []
    for line in parts.page.lines[parts.first : parts.last + 1]:
        role = parts.inside.get(line.index)
        if role == "read_also_link":
            read_also.append(Link(line.shown(line.invitation[1] if line.invitation else None), line.url))
        elif role == "box_heading":
            boxes.append((line.shown(), []))
        elif role == "box_link":
            if not boxes:
                boxes.append(("", []))
            boxes[-1][1].append(Link(line.shown(), line.url))
    return read_also, [Box("related", title, tuple(items)) for title, items in boxes if items]


def _language(body: list[PageLine]) -> str | None:
    sample = " ".join(line.text for line in body)[:4000]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in sample)
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    if arabic > latin:
        persian = len(re.findall(r"[پچژگی]", sample))
        return "fa" if persian > 0.03 * arabic else "ar"
    if latin < 20:
        return None
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    french = sum(
        word in ("le", "la", "les", "des", "et", "du", "une", "est", "dans", "que") for word in words
    )
    english = sum(
        word in ("the", "of", "and", "to", "in", "is", "that", "for", "with", "was") for word in words
    )
    return "fr" if french > english else "en" if english else None
