"""When the article was published, as the page showed it to its reader.

Machines are told a moment, often in UTC and so sometimes on the day before; the reader is told a day. Where the
two name the same day, the moment with its offset is kept; where they differ by a zone, the shown clock is kept
with the offset that the two imply; where they differ otherwise, the shown day wins. A date in a page's frame
(«today is …»), in the text or in an address is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from bulaq.arabic.dates.reading import FoundDate, find_dates, read_date
from bulaq.intake.html.head.issue_day import day_of_the_issue
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, is_linked_headline
from bulaq.intake.html.layout.text import fold
from bulaq.intake.html.machines.structured_data import StructuredData
from bulaq.intake.html.machines.told_dates import agree, is_month_first, plausible, read_machine_date

_DIGIT = re.compile(r"\d")
_UPDATE = re.compile(
    r"(?:آخر|اخر)\s+تحديث|تحديث|محدث|معدل|عُدل|تعديل|حُدّث|حُدِّث|updated|modified|actualizado|mis\s+à\s+jour|به\s*روز|آخرین\s+تغییر|dateModified",
    re.I,
)
_PUBLISH = re.compile(r"نشر|تاريخ|أضيف|publi|posted|انتشار|created|الإضافة", re.I)
_NAMES = re.compile(
    r"(?:^|[\s_-])\S*(?:date|time|publish|posted|created|tarikh|clock|calendar)\S*(?:$|[\s_-])|meta|byline|info|submitted"
)

MAX_ROW = 300
"""No row of writer, day and section is longer."""
WINDOW_BEFORE = 14
WINDOW_AFTER = 10
"""How many segments around the headline and the body's first paragraph are looked at for the shown date."""


_ELSEWHERE = frozenset(("related", "comments", "nav", "hidden", "ad", "aside", "tags", "newsletter"))
_UNIVERSAL = re.compile(r"\b(?:GMT|UTC)\b(?!\s*[+-])|غرينتش|جرينتش", re.I)


@dataclass(frozen=True, slots=True)
class Dates:
    """ISO 8601 texts (None where unknown) with confidence and provenance of the publication."""

    published: str | None = None
    modified: str | None = None
    confidence: float = 0.0
    provenance: str = ""
    segments: frozenset[int] = frozenset()
    """The segments that show dates: no part of the body."""


def find_dates_of(page: Page, data: StructuredData, headline: int | None, first: int, last: int) -> Dates:
    """The dates of the article whose headline is segment `headline` and whose body spans `first`…`last`."""
    on_page = _ShownDates(page, headline, first, last)
    shown, shown_modified, segments = on_page.published, on_page.modified, frozenset(on_page.segments)
    told = _first_told(data.published) or _told_by_time_elements(page, sorted(segments))
    if told is None and shown is None and headline is not None:
        # «منذ ساعتين» is shown; the element that shows it tells machines the moment.
        told = _told_by_time_elements(page, [*range(headline + 1, first), *range(last + 1, last + 4)])
    told_modified = _first_told(data.modified)
    published, confidence, provenance = agree(shown, told)
    if published is None and told_modified and not shown:
        published, confidence, provenance = told_modified[1].isoformat(), 0.5, told_modified[0]
    if published is None and shown_modified:
        published, confidence, provenance = shown_modified.isoformat(), 0.6, "shown update"
    if published is None and (issued := day_of_the_issue(page, headline if headline is not None else first)):
        published, confidence, provenance = issued.isoformat(), 0.4, "the issue"
    modified = None
    if shown_modified or told_modified:
        modified, _, _ = agree(shown_modified, told_modified)
    return Dates(published, modified, confidence, provenance, segments)


def _first_told(claims: list[tuple[str, str]]) -> tuple[str, FoundDate] | None:
    best: tuple[str, FoundDate] | None = None
    for where, text in claims:
        found = read_machine_date(text)
        if found is None:
            continue
        if best is None or (best[1].time is None and found.time is not None and best[1].date == found.date):
            best = (where, found)
    return best


def _told_by_time_elements(page: Page, segments: Iterable[int]) -> tuple[str, FoundDate] | None:
    """What `<time datetime>` beside a shown date says."""
    for index in segments:
        if index >= len(page.segments) or page.segments[index].label in APART:
            continue
        for element in page.segments[index].inline:
            told = element.get("datetime") if element.tag == "time" else None
            if told and "modif" not in (element.get("itemprop") or "").lower():
                found = read_machine_date(told)
                if found:
                    return "time", found
    return None


class _ShownDates:
    """The publication and the update that the page shows near its headline."""

    def __init__(self, page: Page, headline: int | None, first: int, last: int) -> None:
        self._page = page
        self._headline = headline
        self._first = first
        self._last = last
        self._published: tuple[float, FoundDate] | None = None
        self.modified: FoundDate | None = None
        self.segments: set[int] = set()
        """The segments that show them."""
        self._below = _own_lines_below(page, last)
        """Line under the text → its place among those that are no link to another article."""
        self._look()

    @property
    def published(self) -> FoundDate | None:
        """The likeliest of the days, when it is likely at all."""
        return self._published[1] if self._published and self._published[0] > -4 else None

    def _look(self) -> None:
        segments = self._page.segments
        begin = max(0, (self._headline if self._headline is not None else self._first) - WINDOW_BEFORE)
        above = range(begin, min(len(segments), self._first + 3))
        for index in (*above, *(index for index in self._below if index not in above)):
            if self._may_show(segments[index]):
                self._read(segments[index])

    def _may_show(self, segment: Segment) -> bool:
        """Whether a line stands where pages say when the article was published."""
        page, headline = self._page, self._headline
        if segment.kind != "text":
            return False
        under_headline = headline is not None and headline < segment.index < self._first
        if segment.label in _ELSEWHERE and not (
            (segment.label == "nav" and (_over_headline(page, segment, headline) or _says_when(segment)))
            or (segment.label == "aside" and under_headline)
        ):
            return False
        if segment.label == "footer" and not under_headline:
            return False
        text = page.spaced(segment)
        if len(text) > 160 or not _DIGIT.search(text):
            return False
        if segment.link_chars > 0.8 * len(text) and not (under_headline and is_date(text)):
            return False
        # in a quotation it is when somebody else wrote
        return all(page.nodes[node].tag != "blockquote" for node in page.ancestors(segment.node))

    def _read(self, segment: Segment) -> None:
        text = self._page.spaced(segment)
        names = f"{segment.names} {self._page.nodes[segment.node].names}"
        named = bool(_NAMES.search(names)) or any(element.tag == "time" for element in segment.inline)
        if segment.index > self._last and not named and not self._is_signed_off(segment, text):
            return
        american = is_month_first(text) or (_SYSTEM_DAY.search(text) and "submitted" in names)
        found = _days_in(text, day_first=not american)
        if not found and (named or len(text) <= 60):
            single = plausible(read_date(text))
            found = [single] if single else []
        if not found or _tells_a_story(segment, text, found, named):
            return
        self.segments.add(segment.index)
        # of a day in two calendars ours counts: they may be a day apart
        found = [date for date in found if date.calendar == "gregorian"] or found
        told = names + " ".join((e.get("itemprop") or "").lower() for e in segment.inline)
        for date in found:
            before = fold(text[: date.span[0]])[-30:]
            is_update, is_alone = _is_update(before, told), len(found) == 1 and not _UPDATE.search(before)
            if date.time is not None and date.offset is None and _UNIVERSAL.search(text):
                date = replace(date, offset=timedelta(0))
            if is_update and not is_alone:
                self.modified = self.modified or date
                continue
            score = self._score(segment, date, before, named)
            if self._published is None or score > self._published[0]:
                self._published = (score, date)

    def _is_signed_off(self, segment: Segment, text: str) -> bool:
        """Whether a line under the text that no name calls a date is one: it says so, or stands alone right there."""
        if _PUBLISH.search(text):
            return True
        beside = self._page.home(segment) == self._page.home(self._page.segments[self._last])
        return (
            self._below.get(segment.index, WINDOW_AFTER) <= 4
            and beside
            and shows_only_a_date(self._page, segment, 0.8)
        )

    def _score(self, segment: Segment, date: FoundDate, before: str, named: bool) -> float:
        over_headline = self._headline is None or segment.index < self._headline
        score = self._nearness(segment.index)
        score += 2.0 if named else 0.0
        score += 1.0 if date.time else 0.0
        score += 1.0 if _PUBLISH.search(before) else 0.0
        score -= 2.0 if segment.label == "header" and over_headline else 0.0
        return score

    def _nearness(self, index: int) -> float:
        if index > self._last:
            return -1.0 - 0.2 * self._below.get(index, index - self._last)
        if self._headline is None:
            return -0.2 * abs(self._first - index)
        if index >= self._headline:
            return 3.0 - 0.1 * (index - self._headline)
        return 1.5 - 0.35 * (self._headline - index)


def _own_lines_below(page: Page, last: int) -> dict[int, int]:
    """The next lines under segment `last` → their place (1 …); boxes and links to other articles push none away."""
    own = (
        segment.index
        for segment in page.segments[last + 1 : last + 1 + 6 * WINDOW_AFTER]
        if segment.label not in APART and not is_linked_headline(segment)
    )
    return {index: place for place, index in enumerate(islice(own, WINDOW_AFTER), start=1)}


_SYSTEM_DAY = re.compile(r"[^\W\d]{3,}, \d\d/\d\d/\d{4} - \d\d:\d\d")
"""«Wed, 02/08/2023 - 10:17»: how Drupal writes a day, the month first, in any language."""


def _days_in(text: str, *, day_first: bool = True) -> list[FoundDate]:
    return [date for date in map(plausible, find_dates(text, day_first=day_first)) if date]


def _covered(found: list[FoundDate]) -> int:
    """How many characters the dates take."""
    return sum(date.span[1] - date.span[0] for date in found)


_PARTED = re.compile(r"\s+[|•·–—-]\s+")


def _tells_a_story(segment: Segment, text: str, found: list[FoundDate], named: bool) -> bool:
    """Whether a line is a sentence that tells a date rather than a line of one."""
    if named or _PUBLISH.search(text) or _UPDATE.search(text):
        return False
    if len(segment.pieces) > 1 and any(is_date(piece) for piece in segment.pieces):
        return False  # the date has an element of its own
    if len(text) <= 90 and any(map(is_date, _PARTED.split(text))):
        return False  # or stands behind a stroke
    return len(text) > 90 or (len(text) > 40 and _covered(found) < 0.3 * len(text))


def _is_update(before: str, told: str) -> bool:
    """Whether the words before a date, or the names and microdata of its elements (`told`), call it an update's."""
    return bool(_UPDATE.search(before) and not _PUBLISH.search(before)) or "modified" in told


def _over_headline(page: Page, segment: Segment, headline: int | None) -> bool:
    """Whether a line stands in the `<article>` that holds the headline: a row of path and date, no menu of the site."""
    if headline is None or not 0 < headline - segment.index <= WINDOW_BEFORE:
        return False
    above = [page.nodes[node] for node in page.ancestors(segment.node)]
    return any(node.tag == "article" and node.start <= headline < node.end for node in above)


def _says_when(segment: Segment) -> bool:
    """Whether a line without a link says that something was published: no menu, whatever it is called."""
    return not segment.anchors and bool(_PUBLISH.search(segment.text))


def is_date(piece: str) -> bool:
    """Whether one element of a line is a day and nothing else."""
    text = fold(piece).strip(" -–—|/،,()[]")
    if not 6 <= len(text) <= 60 or not _DIGIT.search(text):
        return False
    single = plausible(read_date(text)) if len(text) <= 24 else None
    return _covered(_days_in(text) or ([single] if single else [])) >= 0.8 * len(text)


def shows_only_a_date(page: Page, segment: Segment, share: float = 0.5) -> bool:
    """Whether a line is a date and little else («الجمعة 8 فيفري 2019»): `share` of its characters at least."""
    text = page.spaced(segment)
    if len(text) > 110 or not _DIGIT.search(text) or segment.label in APART:
        return False
    found = _days_in(text)
    if not found:
        return False
    covered = _covered(found)
    return covered >= share * len(text) or (
        bool(_PUBLISH.search(text) or _UPDATE.search(text)) and covered >= 0.25 * len(text)
    )


def without_dates(text: str) -> str:
    """A short line with a stroke in the place of each day, and without hours and counts."""
    if len(text) > MAX_ROW or not any(char.isdigit() for char in text):
        return text
    for found in reversed(find_dates(text)):
        text = text[: found.span[0]] + " | " + text[found.span[1] :]
    return fold(re.sub(r"(?<![^\W\d_])[\d٠-٩:/]{2,}\s*(?:[صم]\b)?", " ", text))
