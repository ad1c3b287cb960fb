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
from datetime import datetime, timedelta, timezone

from bulaq.arabic.dates.reading import FoundDate, find_dates, read_date
from bulaq.intake.html.labels import APART
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Segment
from bulaq.intake.html.structured_data import StructuredData
from bulaq.intake.html.text import fold

_DIGIT = re.compile(r"\d")
_UPDATE = re.compile(
    r"(?:آخر|اخر)\s+تحديث|تحديث|محدث|معدل|عُدل|تعديل|updated|modified|mis\s+à\s+jour|به\s*روز|آخرین\s+تغییر|dateModified",
    re.I,
)
_PUBLISH = re.compile(r"نشر|تاريخ|أضيف|publi|posted|انتشار|created|الإضافة", re.I)
_NAMES = re.compile(
    r"(?:^|[\s_-])\S*(?:date|time|publish|posted|created|tarikh|clock|calendar)\S*(?:$|[\s_-])|meta|byline|info|submitted"
)

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
    shown, shown_modified, segments = _shown(page, headline, first, last)
    told = _first_told(data.published) or _told_by_time_elements(page, sorted(segments))
    if told is None and shown is None and headline is not None:
        # «منذ ساعتين» is shown; the element that shows it tells machines the moment.
        told = _told_by_time_elements(page, [*range(headline + 1, first), *range(last + 1, last + 4)])
    told_modified = _first_told(data.modified)
    published, confidence, provenance = _agree(shown, told)
    if published is None and told_modified and not shown:
        published, confidence, provenance = told_modified[1].isoformat(), 0.5, told_modified[0]
    if published is None and shown_modified:
        published, confidence, provenance = shown_modified.isoformat(), 0.6, "shown update"
    modified = None
    if shown_modified or told_modified:
        modified, _, _ = _agree(shown_modified, told_modified)
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


_ISO = re.compile(
    r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?\s*$",
    re.I,
)


def read_machine_date(text: str) -> FoundDate | None:
    """A date written for machines: ISO 8601 first, then whatever the grammar of dates reads."""
    match = _ISO.match(text)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        try:
            moment = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
            )
        except ValueError:
            return None
        if not 1900 <= moment.year <= 2100:
            return None
        if hour is None:
            return FoundDate(moment.date(), None, None, "day", (0, len(text)), "gregorian")
        return FoundDate(
            moment.date(),
            moment.time(),
            _offset(zone),
            "second" if second else "minute",
            (0, len(text)),
            "gregorian",
        )
    if len(text) > 120 or not _DIGIT.search(text):
        return None
    return _plausible(read_date(text))


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        return timedelta(0)
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "")
    hours, minutes = (
        int(digits[:-2] or 0) if len(digits) > 2 else int(digits),
        int(digits[-2:]) if len(digits) > 2 else 0,
    )
    return sign * timedelta(hours=hours, minutes=minutes) if hours <= 14 and minutes < 60 else None


def _plausible(found: FoundDate | None) -> FoundDate | None:
    if found is None or found.precision == "month" or not 1900 <= found.date.year <= 2100:
        return None
    return found


def _shown(
    page: Page, headline: int | None, first: int, last: int
) -> tuple[FoundDate | None, FoundDate | None, frozenset[int]]:
    """The publication and the update that the page shows near its headline, and the segments that show them."""
    begin = max(0, (headline if headline is not None else first) - WINDOW_BEFORE)
    end = min(len(page.segments), first + 3)
    published: tuple[float, FoundDate] | None = None
    modified: FoundDate | None = None
    used: set[int] = set()
    order = [*range(begin, end), *range(last + 1, min(len(page.segments), last + 1 + WINDOW_AFTER))]
    for index in order:
        segment = page.segments[index]
        if segment.kind != "text":
            continue
        if segment.label in _ELSEWHERE and not (
            segment.label == "nav" and _over_headline(page, segment, headline)
        ):
            continue
        if segment.label == "footer" and not (headline is not None and headline < index < first):
            continue
        text = page.spaced(segment)
        if not _DIGIT.search(text) or segment.link_chars > 0.8 * len(text):
            continue
        if any(page.nodes[node].tag == "blockquote" for node in page.ancestors(segment.node)):
            continue  # when somebody else wrote
        names = f"{segment.names} {page.nodes[segment.node].names}"
        if len(text) > 160:
            continue
        named = bool(_NAMES.search(names)) or any(element.tag == "time" for element in segment.inline)
        if index > last and not named and not _PUBLISH.search(text):
            below = (
                index <= last + 4
                and page.nodes[segment.node].parent == page.nodes[page.segments[last].node].parent
            )
            if not (below and shows_only_a_date(page, segment, 0.8)):
                continue
        found = [date for date in (_plausible(each) for each in find_dates(text)) if date]
        if not found:
            single = _plausible(read_date(text)) if named or len(text) <= 60 else None
            found = [single] if single else []
        if not found:
            continue
        covered = sum(date.span[1] - date.span[0] for date in found)
        alone = len(segment.pieces) > 1 and any(_is_date(piece) for piece in segment.pieces)
        loose = not (named or alone) and not _PUBLISH.search(text) and not _UPDATE.search(text)
        if loose and (len(text) > 90 or (len(text) > 40 and covered < 0.3 * len(text))):
            continue  # a sentence that tells a date
        for each in found:
            date = each
            if date.time is not None and date.offset is None and _UNIVERSAL.search(text):
                date = replace(each, offset=timedelta(0))
            before = fold(text[: date.span[0]])[-30:]
            is_update = bool(_UPDATE.search(before)) and not _PUBLISH.search(before)
            if not is_update and "modified" in names + " ".join(
                (e.get("itemprop") or "").lower() for e in segment.inline
            ):
                is_update = True
            if is_update and not (each is found[0] and len(found) == 1 and not _UPDATE.search(before)):
                modified = modified or date
                used.add(index)
                continue
            score = _nearness(index, headline, first, last)
            score += 2.0 if named else 0.0
            score += 1.0 if date.time else 0.0
            score += 1.0 if _PUBLISH.search(before) else 0.0
            score -= 2.0 if segment.label == "header" and (headline is None or index < headline) else 0.0
            used.add(index)
            if published is None or score > published[0]:
                published = (score, date)
    best = published[1] if published and published[0] > -4 else None
    return best, modified, frozenset(used)


def _over_headline(page: Page, segment: Segment, headline: int | None) -> bool:
    """Whether a line stands in the `<article>` that holds the headline: a row of path and date, no menu of the site."""
    if headline is None or not 0 < headline - segment.index <= WINDOW_BEFORE:
        return False
    above = [page.nodes[node] for node in page.ancestors(segment.node)]
    return any(node.tag == "article" and node.start <= headline < node.end for node in above)


def _is_date(piece: str) -> bool:
    """Whether one element of a line is a day and nothing else."""
    text = fold(piece)
    if not 6 <= len(text) <= 60 or not _DIGIT.search(text):
        return False
    found = [date for date in (_plausible(each) for each in find_dates(text)) if date]
    return sum(date.span[1] - date.span[0] for date in found) >= 0.8 * len(text)


def _nearness(index: int, headline: int | None, first: int, last: int) -> float:
    if index > last:
        return -1.0 - 0.2 * (index - last)
    if headline is None:
        return -0.2 * abs(first - index)
    if index >= headline:
        return 3.0 - 0.1 * (index - headline)
    return 1.5 - 0.35 * (headline - index)


def _agree(shown: FoundDate | None, told: tuple[str, FoundDate] | None) -> tuple[str | None, float, str]:
    if shown is None and told is None:
        return None, 0.0, ""
    if shown is None:
        assert told is not None
        return told[1].isoformat(), 0.8 if told[1].time else 0.75, told[0]
    if told is None:
        return shown.isoformat(), 0.85, "shown"
    where, moment = told
    if shown.time is None:
        if shown.date == moment.date:
            return moment.isoformat(), 0.98, f"shown + {where}"
        close = abs((shown.date - moment.date).days) <= 1
        if close and moment.offset:  # told in the site's own zone, so the day in words is misspelt or another
            return moment.isoformat(), 0.8, where
        return shown.date.isoformat(), 0.85 if close else 0.6, f"shown, against {where}"
    if moment.time is None:
        agrees = shown.date == moment.date
        return (
            shown.isoformat(),
            0.97 if agrees else 0.65,
            f"shown + {where}" if agrees else f"shown, against {where}",
        )
    difference = datetime.combine(shown.date, shown.time) - datetime.combine(moment.date, moment.time)
    difference = timedelta(minutes=round(difference.total_seconds() / 60))
    if abs(difference) <= timedelta(minutes=1):
        return (
            (moment if moment.offset is not None or shown.offset is None else shown).isoformat(),
            0.99,
            f"shown + {where}",
        )
    if shown.offset is not None:
        return shown.isoformat(), 0.95, "shown with its zone"
    implied = difference + (moment.offset or timedelta(0))
    quarter = abs(implied.total_seconds()) % 900
    if (
        moment.offset is not None
        and min(quarter, 900 - quarter) <= 120
        and timedelta(hours=-12) <= implied <= timedelta(hours=14)
    ):
        zone = timezone(timedelta(minutes=15 * round(implied.total_seconds() / 900)))
        return (
            datetime.combine(shown.date, shown.time, zone).isoformat(timespec="seconds"),
            0.93,
            f"shown + {where}",
        )
    close = abs((shown.date - moment.date).days) <= 1
    return shown.isoformat(), 0.85 if close else 0.6, f"shown, against {where}"


def shows_only_a_date(page: Page, segment: Segment, share: float = 0.5) -> bool:
    """Whether a line is a date and little else («الجمعة 8 فيفري 2019»): `share` of its characters at least."""
    text = page.spaced(segment)
    if len(text) > 110 or not _DIGIT.search(text) or segment.label in APART:
        return False
    found = [date for date in (_plausible(each) for each in find_dates(text)) if date]
    if not found:
        return False
    covered = sum(date.span[1] - date.span[0] for date in found)
    return covered >= share * len(text) or (
        bool(_PUBLISH.search(text) or _UPDATE.search(text)) and covered >= 0.25 * len(text)
    )
