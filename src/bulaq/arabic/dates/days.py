"""The day, in figures or with a month's name, in the Gregorian, Hijri or Solar Hijri calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.calendars import gregorian
from bulaq.arabic.dates.clock import Clock, clock_at
from bulaq.arabic.dates.months import MEANINGS, Calendar, Month
from bulaq.arabic.dates.tokens import Token


@dataclass(frozen=True, slots=True)
class Day:
    """A day (or month) that was read, as a Gregorian date; `end` is the index of the token after it."""

    end: int
    date: date
    calendar: Calendar
    precision: Literal["day", "month"] = "day"
    yearless: bool = False
    clock: Clock | None = None
    """A time that stood inside: "Aug 24 09:56:00 +0300 2020"."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to decide what the text leaves open."""

    today: date | None
    day_first: bool
    strict: bool
    weekday: int | None = None
    year: int | None = None
    """A year that stood before the day («GMT 10:30 2017 الأحد 3 أيلول»)."""


def day_at(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """The day that begins at `index`."""
    token = tokens[index]
    if token.kind == "n":
        if len(token.text) == 8:
            return _compact(tokens, index)
        return (
            _numeric(tokens, index, settings)
            or (_year_first(tokens, index) if len(token.text) == 4 else None)
            or (_day_month(tokens, index, settings) if len(token.text) <= 2 else None)
        )
    if token.text in v.ORDINAL_DAYS:
        return _day_month(tokens, index, settings)
    if token.kind == "w":
        return _month_first(tokens, index, settings)
    return None


# In figures


def _numeric(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """«24/8/2020», «2020-08-24», «24 - 08 - 2020», «١٤٤٢/١/٥ هـ»."""
    if index + 4 >= len(tokens):
        return None
    first, sign, second, again, third = tokens[index : index + 5]
    if sign.text not in _NUMERIC_SIGNS or again.text != sign.text or second.kind != "n" or third.kind != "n":
        return None
    if sign.text == "." and not (sign.glued and second.glued and again.glued and third.glued):
        return None
    end = index + 5
    if len(second.text) > 2 or not _stands_alone(tokens, index, end, sign.text):
        return None
    if len(first.text) == 4 and len(third.text) <= 2:
        year, month, day = int(first.text), int(second.text), int(third.text)
        if month > 12 >= day:
            month, day = day, month
    elif len(first.text) <= 2 and len(third.text) in (2, 4):
        day, month, year = int(first.text), int(second.text), int(third.text)
        if month > 12 >= day or (day <= 12 and not settings.day_first and month <= 31):
            day, month = month, day
        if len(third.text) == 2:
            if settings.strict or sign.text == "." or not (sign.glued and third.glued):
                return None
            year += 2000 if year < 70 else 1900
    else:
        return None
    end, era = _era(tokens, end, named=False)
    calendar = era or _calendar_of(year)
    if calendar is None:
        return None
    try:
        return Day(end, gregorian(calendar, year, month, day), calendar)
    except ValueError:
        return None


_NUMERIC_SIGNS: Final = frozenset("/-.–—\\؍_∕⁄")


def _stands_alone(tokens: list[Token], index: int, end: int, sign: str) -> bool:
    """Not a part of a telephone number, a version, a path or a word of letters and figures."""
    first, before = tokens[index], tokens[index - 1] if index else None
    if before is not None and first.glued:
        if before.kind == "s" and before.text in "/+#$€£@=&%_\\":
            return False
        if (
            before.kind == "s"
            and before.text in ".-–:"
            and index > 1
            and tokens[index - 2].kind == "n"
            and before.glued
        ):
            return False
        if before.kind == "w" and before.text[-1] < "\u0600" and before.text != "t":
            return False
    after = tokens[end]
    if after.glued and after.text in ("%", "@", "_"):
        return False
    if (
        after.glued
        and after.text in ("/", "-", ".", "–")
        and tokens[end + 1].kind == "n"
        and tokens[end + 1].glued
    ):
        # «24-08-2020-10:30» goes on with its time.
        return after.text != "/" and tokens[end + 2].text == ":"
    return not (
        after.kind == "w" and after.glued and after.text[-1] < "\u0600" and after.text not in _GLUED_AFTER
    )


_GLUED_AFTER: Final = frozenset(("t", "at", "ad"))


def _calendar_of(year: int) -> Calendar | None:
    """The calendar of a year without a name: an era's years do not overlap in what a newsroom prints."""
    if 1800 <= year <= 2199:
        return "gregorian"
    if 1300 <= year <= 1410:
        return "jalali"
    if 1411 <= year <= 1500:
        return "hijri"
    return None


def _compact(tokens: list[Token], index: int) -> Day | None:
    """20200824, alone or with its time (T095600)."""
    token = tokens[index]
    alone = index == 0 and tokens[1].kind == "e"
    if not alone and not (tokens[index + 1].text == "t" and tokens[index + 2].kind == "n"):
        return None
    try:
        day = date(int(token.text[:4]), int(token.text[4:6]), int(token.text[6:]))
    except ValueError:
        return None
    return Day(index + 1, day, "gregorian") if 1900 <= day.year <= 2199 else None


# With the month's name


def _day_month(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """«24 أغسطس 2020», «24 من شهر آب/أغسطس», "24th of August, 2020"."""
    token = tokens[index]
    day = v.ORDINAL_DAYS.get(token.text) or int(token.text)
    if not 1 <= day <= 31 or (token.kind == "n" and _is_fraction(tokens, index)):
        return None
    at = index + 1
    for _ in range(4):
        if tokens[at].text in MEANINGS or (
            tokens[at].text not in v.TO_MONTH and tokens[at].text not in _BEFORE_MONTH
        ):
            break
        at += 1
    named = _month(tokens, at, guess=not settings.strict)
    if named is None:
        return None
    end, month = named
    return _complete(tokens, end, month, day, settings, tokens[at].text)


_BEFORE_MONTH: Final = frozenset("-/.،,–")


def _is_fraction(tokens: list[Token], index: int) -> bool:
    """The figures after a point or a colon belong to a larger number or to a time."""
    if index < 2 or not tokens[index].glued:
        return False
    before = tokens[index - 1]
    return before.text in (".", ",", ":") and before.glued and tokens[index - 2].kind == "n"


def _month_first(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """«أغسطس 24, 2020», "August 24th, 2020", and a month alone with its year."""
    named = _month(tokens, index, guess=False)
    if named is None:
        return None
    end, month = named
    at = end
    while tokens[at].text in (".", "-", "/", "the", "،", ","):
        at += 1
    token = tokens[at]
    if (
        token.kind == "n"
        and len(token.text) <= 2
        and 1 <= int(token.text) <= 31
        and tokens[at + 1].text != ":"
    ):
        after = at + 1
        if tokens[after].text in ("st", "nd", "rd", "th"):
            after += 1
        found = _complete(tokens, after, month, int(token.text), settings, tokens[index].text)
        # «قمة 6 أبريل»: an Arabic month before a figure and no year says too little.
        if found and not (found.yearless and settings.strict):
            return found
    before = tokens[index - 1] if index else None
    if before is not None and (before.kind == "n" or before.text in _NUMERIC_SIGNS):
        return None  # «32 أغسطس 2020» is no month either
    year = _year(tokens, end, month.calendar)
    if year is None or len(tokens[year[0] - 1].text) != 4:
        return None
    if tokens[year[0]].text in _NUMERIC_SIGNS and tokens[year[0]].glued and tokens[year[0] + 1].kind == "n":
        return None
    end, _ = _era(tokens, year[0], named=True)
    try:
        return Day(end, gregorian(month.calendar, year[1], month.number, 1), month.calendar, "month")
    except ValueError:
        return None


def _year_first(tokens: list[Token], index: int) -> Day | None:
    """«2020 أغسطس 24», "2020-Aug-24"."""
    at = index + 1
    if tokens[at].text in ("-", "/", "،", ","):
        at += 1
    named = _month(tokens, at, guess=False)
    if named is None:
        return None
    at, month = named
    if tokens[at].text in ("-", "/", "،", ","):
        at += 1
    token = tokens[at]
    if token.kind != "n" or len(token.text) > 2 or tokens[at + 1].text == ":":
        return None
    # «عام 2020 أغسطس 24 2021» does not occur; a year behind would make this day its own.
    year = int(tokens[index].text)
    if _calendar_of(year) is None or (month.calendar == "gregorian" and year < 1800):
        return None
    try:
        return Day(at + 1, gregorian(month.calendar, year, month.number, int(token.text)), month.calendar)
    except ValueError:
        return None


def _month(tokens: list[Token], index: int, *, guess: bool) -> tuple[int, Month] | None:
    """Index after the month's name, both names of a double one («آب/أغسطس», «آب (أغسطس)»), and the month."""
    token = tokens[index]
    month = MEANINGS.get(token.text)
    end = index + 1
    if month is None:
        if token.text in _NUMBERED and tokens[end].text in ("1", "2") and tokens[end].glued:
            month = Month("gregorian", _NUMBERED[token.text][int(tokens[end].text) - 1])  # «ت2»
            end += 1
        elif guess and token.kind == "w" and len(token.text) >= 5 and _year(tokens, end, "gregorian"):
            month = _nearest(token.text)
        if month is None:
            return None
    at = end
    opened = tokens[at].text in _BETWEEN_NAMES
    at += opened
    if tokens[at].text == "شهر":
        at += 1
    if MEANINGS.get(tokens[at].text) == month and at > index:
        end = at + 1
        if tokens[end].text in (")", "]") and opened:
            end += 1
    elif (
        tokens[end].text == "."
        and tokens[end].glued
        and token.text[-1] < "\u0600"
        and not tokens[end + 1].glued
    ):
        end += 1  # "Aug. 24"
    return end, month


_NUMBERED: Final = {"ك": (12, 1), "ت": (10, 11), "كانون": (12, 1), "تشرين": (10, 11)}
_BETWEEN_NAMES: Final = frozenset((*"/(-–،\\|[_", "او"))


def _complete(
    tokens: list[Token], index: int, month: Month, day: int, settings: Settings, name: str
) -> Day | None:
    """Adds the year (or, where the text has none and now is known, the nearest one) to a day and month."""
    calendar = month.calendar
    clock = None
    year = _year(tokens, index, calendar)
    if year is None and (clock := clock_at(tokens, index)):
        year = _year(tokens, clock.end, calendar)
        if year is None:
            clock = None
    try:
        if year is not None:
            end, era = _era(tokens, year[0], named=True)
            del era  # the month's name has said it already
            return Day(end, gregorian(calendar, year[1], month.number, day), calendar, clock=clock)
        if settings.year in _YEARS[calendar] and settings.year is not None:
            return Day(index, gregorian(calendar, settings.year, month.number, day), calendar)
        if settings.strict and name in v.DOUBTFUL_MONTHS:
            return None
        found = _without_year(calendar, month.number, day, settings)
    except ValueError:
        return None
    if found is None or _other_year(tokens, index):
        return None
    return Day(index, found, calendar, yearless=True)


def _other_year(tokens: list[Token], index: int) -> bool:
    """Whether figures follow that say a year, though none of this calendar («24 أغسطس 1441»)."""
    while tokens[index].text in v.TO_YEAR or tokens[index].text in _BEFORE_YEAR:
        index += 1
    return tokens[index].kind == "n" and len(tokens[index].text) > 2


def _without_year(calendar: Calendar, month: int, day: int, settings: Settings) -> date | None:
    """The last such day that is not after tomorrow; with a weekday, the nearest one that agrees with it."""
    if settings.today is None:
        return None
    about = settings.today.year + {"gregorian": 0, "hijri": -578, "jalali": -621}[calendar]
    if calendar == "hijri":
        about = round((settings.today.year - 622) * 33 / 32) + 1
    days = []
    for year in range(about + 1, about - 9, -1):
        try:
            days.append(gregorian(calendar, year, month, day))
        except ValueError:
            continue
    past = [found for found in days if found <= settings.today + timedelta(days=1)]
    if settings.weekday is not None:
        agreeing = [found for found in past[:2] if found.weekday() == settings.weekday]
        past = agreeing or past
    return past[0] if past else None


def _year(tokens: list[Token], index: int, calendar: Calendar) -> tuple[int, int] | None:
    """Index after the year and the year, when the next figures are one of `calendar`."""
    at = index
    for _ in range(4):
        if tokens[at].kind == "n" or (
            tokens[at].text not in v.TO_YEAR and tokens[at].text not in _BEFORE_YEAR
        ):
            break
        at += 1
    token = tokens[at]
    if token.kind != "n" or (tokens[at + 1].text == ":" and tokens[at + 3].text != ":"):
        return None
    year = int(token.text[:5])
    if len(token.text) == 4 and year in _YEARS[calendar]:
        return at + 1, year
    if len(token.text) == 2 and calendar == "jalali":
        return at + 1, year + (1400 if year < 50 else 1300)  # Persian pages leave the century out
    if len(token.text) == 2 and calendar == "gregorian" and at > index:
        short = tokens[at - 1].text in ("-", "/", "'", "’") and token.glued
        return (at + 1, year + (2000 if year < 70 else 1900)) if short else None
    if len(token.text) == 2 and calendar == "gregorian" and not token.glued and clock_at(tokens, at + 1):
        return at + 1, year + (2000 if year < 70 else 1900)  # RFC 822, before RFC 1123 gave four figures
    return None


_BEFORE_YEAR: Final = frozenset("،,-/.–'’(")
_YEARS: Final[dict[Calendar, range]] = {
    "gregorian": range(1800, 2200),
    "hijri": range(1300, 1501),
    "jalali": range(1250, 1500),
}


def _era(tokens: list[Token], index: int, *, named: bool) -> tuple[int, Calendar | None]:
    """«م», «هـ», «ه‍.ش» after a year. `named`: the month had a name, so that «م» is not the evening's."""
    at = index + (tokens[index].text == "(")
    word = tokens[at].text
    calendar: Calendar | None = None
    if word in v.ERA_JALALI:
        calendar = "jalali"
    elif word in v.ERA_HIJRI:
        calendar = "hijri"
        if tokens[at + 1].text in v.ERA_JALALI:
            at, calendar = at + 1, "jalali"
        elif tokens[at + 1].text == "." and tokens[at + 2].text in v.ERA_JALALI:
            at, calendar = at + 2, "jalali"
    elif word in v.ERA_GREGORIAN:
        # «24/8/2020 م 10:30» says the evening; «2020م 10:30» the era.
        evening = word == "م" and not tokens[at].glued and not named and tokens[at + 1].kind == "n"
        if not evening:
            calendar = "gregorian"
    if calendar is None:
        return index, None
    at += 1
    if tokens[index].text == "(":
        at += tokens[at].text == ")"
    return at, calendar


# Spelling mistakes


def _nearest(word: str) -> Month | None:
    """The month whose name is one slip away («اغسطسس», «نوفمير»); None when two are."""
    found = {_slips()[slip] for slip in _shortened(word) if slip in _slips()}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _slips() -> dict[str, Month]:
    names = {name: month for name, month in MEANINGS.items() if len(name) >= 5 and " " not in name}
    result: dict[str, Month] = {}
    several: set[str] = set()
    for name, month in names.items():
        for slip in _shortened(name):
            if result.setdefault(slip, month) != month:
                several.add(slip)
    return {slip: month for slip, month in result.items() if slip not in several}


def _shortened(word: str) -> set[str]:
    """The word and the word without any one letter: two words one slip apart share one of these
    (W. Garbe's symmetric deletion)."""
    word = word[:20]
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}
