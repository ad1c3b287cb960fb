"""Who wrote the article: the byline that is shown, checked against what machines are told.

The shown byline is read by the grammar of `bulaq.intake.bylines.grammar`. Names told only to machines are believed when
they are names of people: never an address, an account, the site itself or the firm that built it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import Byline, parse_byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.body.article_span import ArticleSpan
from bulaq.intake.html.body.ends import place_alone
from bulaq.intake.html.byline.named_elsewhere import latin_name_beside_day, name_below, stated_below
from bulaq.intake.html.byline.opening_words import byline_that_opens
from bulaq.intake.html.byline.shown_bylines import (
    PREFIX,
    SHOWN_BYLINE,
    ShownBylines,
)
from bulaq.intake.html.head.site_names import OUTLET_KINDS, TITLE_SEPARATORS
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import fold, key, words
from bulaq.intake.html.lines.byline_lines import ARABIC, STATED, has_shape_of_name
from bulaq.intake.html.machines.structured_data import StructuredData

_ADDRESS = re.compile(r"https?:|www\.|\.com\b|\.net\b|@|facebook|twitter|/|\d{4}", re.I)
_NOBODY = re.compile(
    r"^(?:admin|administrator|administrateur|editor|editors|webmaster|root|user|author|staff|newsroom|news|desk|unknown|none|null|guest|super\s*user|"
    r"المحرر|المدير|مدير\s+الموقع|الإدارة|محرر|هيئة\s+التحرير|فريق\s+التحرير|التحرير|غرفة\s+الأخبار|كاتب|الكاتب|مشرف|المشرف|ادمن|أدمن|محرر\s+الموقع|(?:ویب|نیوز)\s*ڈیسک|(?:اسٹاف|نمائندہ)\s+(?:رپورٹر|خصوصی)|editor\d*|admin\d*)$",
    re.I,
)
_COLLECTIVE = re.compile(
    r"\b(?:staff|writers|reporters|correspondents|editors|newsroom|(?:news\s+)?team|desk)$", re.I
)
_FIRM = re.compile(
    r"^شركة\s|\b(?:ltd|llc|inc|company|solutions|software|designs?|studios?|web|hosting)\b\.?$", re.I
)
_SIGNED_HEADLINE = re.compile(r"\S[\s.…|/:،,–—-]+بقلم\s*[:：/]?\s*([^:|/]{5,50})$")
"""«عنوان المقال .. بقلم: فلان»"""


@dataclass(frozen=True, slots=True)
class Authors:
    """People and agencies in their order, the place of the byline, confidence and provenance."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    place: str | None = None
    confidence: float = 0.0
    provenance: str = ""
    segments: frozenset[int] = frozenset()


def find_authors(
    page: Page, data: StructuredData, span: ArticleSpan, lines: list[str], sites: list[str]
) -> Authors:
    """The authors of the article at `span`; `lines` are the bylines that stood inside the body's element."""
    writers = _Writers(page, data, span, sites)
    writers.of_lines_around()
    if not writers.people:
        writers.of_facts_below()
    if not writers.people:
        writers.of_lines_inside(lines)
    if not writers.people:
        writers.of_opening()
    writers.of_all_that_are_told()
    if not writers.people:
        writers.of_headline()
    if writers.place is None:
        writers.place = next(
            (found for text in lines if (found := place_alone(text) or _known_place(text))), None
        )
    writers.place = writers.place or writers.place_shown_alone()
    if not writers.people:
        writers.of_what_is_told()
    if not writers.people and (beside := latin_name_beside_day(page, span)):
        writers.of_row_with_day(*beside)
    if not writers.people and (below := name_below(page, span)):
        writers.of_name_below(*below)
    return writers.found()


class _Writers:
    """Those who are found to have written, source by source, from the surest to what only machines are told."""

    def __init__(self, page: Page, data: StructuredData, span: ArticleSpan, sites: list[str]) -> None:
        self._page = page
        self._data = data
        self._span = span
        self._outlets = tuple(sites)
        firms = (firm for firm in data.firms if agency_score(firm) < 3)
        self._site_keys = {key(name) for name in (*sites, *firms)}
        self._told = [(where, name) for where, name in data.authors if _somebody(name, self._site_keys)]
        self.people: list[str] = []
        self.place: str | None = None
        self._agencies: list[str] = []
        self._segments: set[int] = set()
        self._provenance: list[str] = []
        self._confidence = 0.0

    def _take(self, reading: Byline, where: str, trust: float) -> None:
        fresh = [self._as_told(name) for name in reading.people if _somebody(name, self._site_keys)]
        self.people.extend(
            name for name in fresh if not any(key(name) == key(other) for other in self.people)
        )
        self._agencies.extend(
            name for name in reading.agencies if key(name) not in {key(other) for other in self._agencies}
        )
        if reading.place and (
            place_score(reading.place) >= 2
            or (fresh and ARABIC.search(reading.place) and not self._names_the_outlet(reading.place))
        ):
            self.place = self.place or reading.place
        if fresh or reading.agencies or reading.place:
            self._provenance.append(where)
            self._confidence = max(self._confidence, trust)

    def _as_told(self, name: str) -> str:
        """`name`, or what machines are told of it where a post stands behind the shown one («سلمى الحداد صحافية»)."""
        for _, told in self._told:
            if 2 <= words(told) < words(name) and name.startswith(f"{told} "):
                return told
        return name

    def _names_the_outlet(self, name: str) -> bool:
        """Whether the page says elsewhere what `name` is («في جريدة …»): no place."""
        said = re.compile(rf"(?:{OUTLET_KINDS})\s+[«\"]?{re.escape(name)}(?!\w)")
        return any(name in segment.text and said.search(segment.text) for segment in self._page.segments)

    def _read(self, text: str, shown: str = "") -> Byline:
        """A byline read; a place that only begins the outlet's name («القاهرة 24») in its line as `shown` is none."""
        reading = parse_byline(text, self._outlets)
        cut = reading.place and any(
            name in (shown or text) and name.startswith(f"{reading.place} ") for name in self._outlets
        )
        return replace(reading, place=None) if cut else reading

    def of_lines_around(self) -> None:
        """Bylines that are shown above the text; one under it only when there is none above or machines are told it."""
        named = [("title", name) for name in _names_in_title(self._data)]
        shown = ShownBylines(self._page, self._data, self._span, [*self._told, *named], self._outlets)
        for index, text, where in shown.find():
            reading = self._read(text, self._page.segments[index].text)
            if not (reading.people or reading.agencies or reading.place):
                continue
            agrees = any(key(name) in key(text) for _, name in self._told if len(key(name)) > 4)
            unsure = not agrees and not STATED.match(text) and reading.confidence < 0.6
            if where == SHOWN_BYLINE and unsure and _best_score(reading) < -1.0:
                continue
            if self.people and not agrees and index > self._span.first:
                continue
            self._take(reading, where, 0.95 if agrees else 0.85)
            self._segments.add(index)

    def of_facts_below(self) -> None:
        """Names that a table of facts under the article labels as the writer's."""
        for index, text in stated_below(self._page, self._span):
            self._take(self._read(text), "byline line", 0.85)
            self._segments.add(index)

    def of_lines_inside(self, lines: list[str]) -> None:
        """Bylines that stood among the paragraphs."""
        for text in lines:
            self._take(self._read(PREFIX.sub("", text)), "byline in the text", 0.85)

    def of_opening(self) -> None:
        """A byline with which the first paragraph opens."""
        reading = byline_that_opens(self._page.segments[self._span.first].text, self._site_keys)
        if reading is not None:
            self._take(reading, "opening words", 0.8)

    def of_all_that_are_told(self) -> None:
        """Machines are told more writers than were read: the page shows them all, some with roles not known here."""
        if not self.people or not {key(name) for name in self.people} < {key(name) for _, name in self._told}:
            return
        for where, name in self._told:
            if where.startswith("json-ld") and self._is_shown(name):
                self._take(self._read(name), where, 0.9)

    def of_headline(self) -> None:
        """A column signed in its headline («عنوان المقال .. بقلم: فلان»)."""
        if self._span.headline is None:
            return
        signed = _SIGNED_HEADLINE.search(self._page.segments[self._span.headline].text)
        if signed and has_shape_of_name(signed[1].strip()):
            self._take(self._read(signed[1]), "in the headline", 0.8)

    def of_what_is_told(self) -> None:
        """Names that machines are told and no byline shows."""
        opening = self._page.segments[self._span.first : self._span.first + 2]
        arabic = any(ARABIC.search(segment.text) for segment in opening)
        for where, name in self._told:
            reading = self._read(name)
            shown = self._is_shown(name)
            if arabic and not shown and not ARABIC.search(name):
                continue  # an account, or who built the site: readers are shown Arabic names
            strong = any(person_score(person) >= 1.0 for person in reading.people)
            trusted = where.startswith("json-ld") or shown or (strong and where != "twitter")
            if reading.people and trusted:
                known = {key(other) for other in self.people}
                if any(key(person) not in known for person in reading.people):
                    self._take(reading, where, 0.85 if shown else 0.65)
                if where in ("meta", "twitter"):
                    break
            elif reading.place and not self.place:
                self._take(Byline(reading.place, (), reading.agencies), where, 0.5)

    def of_row_with_day(self, index: int, name: str) -> None:
        """A name in Latin letters that stands in the row of the day."""
        self._take(self._read(name), "beside the day", 0.6)
        self._segments.add(index)

    def place_shown_alone(self) -> str | None:
        """A known place in a line of its own between headline and text, of which the opening speaks."""
        span, segments = self._span, self._page.segments
        opening = " ".join(segment.text for segment in segments[span.first : span.first + 2])
        for segment in segments[span.top + 1 : span.first]:
            alone = segment.kind == "text" and not segment.anchors and len(segment.text) <= 30
            if alone and place_score(segment.text) >= 4 and segment.text in opening:
                return segment.text
            if alone and place_score(segment.text) >= 3 and self._is_beside_a_byline(segment):
                return segment.text
        return None

    def _is_beside_a_byline(self, segment: Segment) -> bool:
        """Whether a line and a byline stand one under the other in elements alike, with one around them: entries of a row."""
        nodes, own = self._page.nodes, self._page.nodes[segment.node]
        return any(
            abs(index - segment.index) == 1
            and nodes[self._page.segments[index].node].parent == own.parent
            and nodes[self._page.segments[index].node].tag == own.tag
            for index in self._segments
        )

    def of_name_below(self, index: int, name: str) -> None:
        """A bare name right under the text."""
        self._take(self._read(name), "under the text", 0.6)
        self._segments.add(index)

    def _is_shown(self, name: str) -> bool:
        """Whether a name stands in a line near the article's ends."""
        span, segments = self._span, self._page.segments
        near = segments[max(0, span.top - 10) : span.first + 2] + segments[span.last : span.last + 10]
        wanted = key(name)
        return any(
            wanted in key(segment.text)
            for segment in near
            if segment.kind == "text" and len(segment.text) < 300
        )

    def found(self) -> Authors:
        """All of it; a name that stands in a longer one («سلمى» in «سلمى الحداد») is that one, and one in Latin letters
        beside an Arabic one the account of who put the page up."""
        arabic = any(ARABIC.search(name) for name in self.people)
        people = [
            name
            for name in self.people
            if not any(name != other and key(name) in key(other) for other in self.people)
            and (not arabic or ARABIC.search(name))
        ]
        return Authors(
            tuple(people),
            tuple(self._agencies),
            self.place,
            round(self._confidence, 2) if people or self._agencies else 0.5,
            " + ".join(dict.fromkeys(self._provenance)) or "none shown",
            frozenset(self._segments),
        )


def _names_in_title(data: StructuredData) -> list[str]:
    """The parts of the `<title>` that have a person's name: who writes, if a line of the page says so too."""
    title = next((text for where, text in data.titles if where == "title"), "")
    parts = TITLE_SEPARATORS.split(title)
    return [part for part in parts if len(parts) > 1 and has_shape_of_name(part, 2.5)]


def _known_place(text: str) -> str | None:
    return text if place_score(text) >= 3 else None


def _best_score(reading: Byline) -> float:
    """How much the likeliest of a byline's people looks like a person; 0 for none."""
    return max((person_score(name) for name in reading.people), default=0.0)


def _somebody(name: str, site_keys: set[str]) -> bool:
    bare = fold(name).strip(" .,،:|-–—")
    if not 3 <= len(bare) <= 90 or _ADDRESS.search(bare) or _NOBODY.match(bare) or words(bare) > 9:
        return False
    name_key = key(bare)
    if _COLLECTIVE.search(bare) or _FIRM.search(bare):
        return False
    return bool(name_key) and name_key not in site_keys and not name_key.isdigit()
