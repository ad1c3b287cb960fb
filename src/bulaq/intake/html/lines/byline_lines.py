"""Lines that say who wrote an article, told from lines that do not."""

from __future__ import annotations

import re
from functools import lru_cache

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import Byline, parse_byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.text import words

MAX_LINE = 130
_CAPITALS = re.compile(r"[A-Z][A-Z .'’]{2,25}\s+[-–—]\s+[A-Z][a-z]+(?:\s[A-Z][\w.'’-]+){1,2}")
"""«LEEDS - Jane Cooper»: a place in capitals and a name."""
STATED = re.compile(
    r"^[\s\W]*(?:(?:كتب(?:ت|ه|ها)?|بقلم|[إا]عداد|by|par|written\s+by|reported\s+by)\s+\S|(?:كتب(?:ت|ه|ها|وا)?|بقلم|[إا]عداد|حوار|حاور(?:ه|ها|ته|تها)|تحقيق|تقرير|ترجمة|تحرير|مراسل(?:نا|تنا)?|تغطية|متابعة|أجرى\s+الحوار|أجرت\s+الحوار|by|par|written\s+by|reported\s+by|نویسنده|خبرنگار|گزارش)"
    r"\s*[:：/\-–—]\s*\S)",
    re.I,
)
_TELLS = re.compile(r"(?:^|\s)(?:بسم|عن|[أا]مام|خلال|حول|بعد|قبل|بين|التي|الذي|الذين|[أا]ن|لدى|ضد)\s")
"""Words of a sentence, of which no bare byline has one."""
ARABIC = re.compile(r"[\u0620-\u064a]{2}")
_STROKES = re.compile(r"\s[|•·▪●]\s|\s[|•·▪●]|[|•·▪●]\s")
_JOINED = re.compile(r"\s*[،,]\s*")
_STROKED = re.compile(r"\s*[-–—ـ/]\s*")
BETWEEN = re.compile(r"\s*[|•·▪●]+\s*")


@lru_cache(maxsize=4096)
def is_byline(text: str) -> bool:
    """Whether a short line at the edge of the body is a byline: a stated role with a name, or place and name."""
    if len(text) > MAX_LINE or words(text) > 16:
        return False
    stated = bool(STATED.match(text))
    if text.rstrip()[-1:] in ".!؟?…،," and not stated:
        return False  # a sentence, or words to the reader («صباح السبت،»)
    if not stated and (heading_of(text) is not None or _TELLS.search(text)):
        return False
    if _STROKES.search(text):
        return _is_row_of_credits(text)
    if _CAPITALS.fullmatch(text.strip()):
        return True
    if not stated and words(text) > 8 and not _STROKED.search(text):
        return False
    reading = parse_byline(text)
    if not reading.people:
        return False
    if stated:
        best = max(person_score(name) for name in reading.people)
        return best > 1 or (":" in text[:25] and words(text) <= 8 and not text.rstrip().endswith((".", "؟")))
    names = sum(words(name) for name in reading.people)
    # Two capitalised words («Text Size») are no name by their shape: a bare line must hold a known Arabic one.
    strong = any(person_score(name) >= 2.5 and ARABIC.search(name) for name in reading.people)
    if not strong and any(map(str.isdigit, text)):
        return False  # an exchange rate, the weather
    if reading.roles and all(person_score(name) >= 2.5 for name in reading.people):
        return words(text) <= names + 4
    if reading.place and all(place_score(place) >= 3 for place in _JOINED.split(reading.place)):
        return strong or (words(text) <= 6 and reading.confidence >= 0.6)
    if (reading.place or reading.agencies) and _parted(text, reading):
        return True
    return (
        strong and reading.confidence >= 0.75 and names >= 2 and words(text) <= names + 2 and words(text) <= 5
    )


def _parted(text: str, reading: Byline) -> bool:
    """Whether a line is one sure name and, with a stroke between, a place or an outlet that nobody knows («خربة الوادي - فلان»)."""
    name, place = reading.people[0], " ".join((reading.place or "", *reading.agencies)).strip()
    bare = _STROKED.sub(" ", text).strip()
    whole = len(reading.people) == 1 and words(bare) <= words(name) + words(place) <= 7
    sure = person_score(name) >= 3.5 and 2 <= words(name) <= 4 and words(place) <= 3
    return whole and sure and reading.confidence >= 0.6 and bool(_STROKED.search(text))


def _is_row_of_credits(text: str) -> bool:
    """Whether each part of a line between strokes is a name, a day, a counter («فلان • تصوير: فلان • 21.02.2021»)."""
    parts = [part for part in BETWEEN.split(text) if part]
    named = sum(1 for part in parts if is_byline(part))
    return bool(named) and all(
        is_byline(part)
        or noise_line(part)
        or parse_byline(part).photographers
        or (find_dates(part) and words(part) <= 12)
        for part in parts
    )


def has_shape_of_name(text: str, least: float = 1.0) -> bool:
    """Whether two to four words could be a name: no figure, no sign, no box's heading, no thing («سوق …»)."""
    return (
        2 <= words(text) <= 4
        and heading_of(text) is None
        and not _TELLS.search(text)
        and not re.search(r"[\d:؟?!«»\"/…]", text)
        and person_score(text) >= least
    )


_TITLES = re.compile(r"^(?:\S{1,3}[./]\s*)+|^(?:الدكتورة?|المهندسة?|السيدة?)\s+")
SPOKEN = 60
"""How many lines of a text are looked through for a name."""


def speaks_of(page: Page, first: int, name: str) -> bool:
    """Whether the text that begins at segment `first` speaks of a person: somebody in the news, hardly who wrote it."""
    bare = _TITLES.sub("", name)
    if words(bare) < 2:
        return False
    opening, *others = page.segments[first : first + SPOKEN]
    if bare in opening.text and not re.match(rf".{{0,40}}{re.escape(bare)}\s*[-–—:/،,(«|]", opening.text):
        return True  # it does not open with its own byline
    return any(bare in each.text for each in others if len(each.text) > 2 * len(bare))
