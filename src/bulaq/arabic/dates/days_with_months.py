"""Days with the name of a month: «24 أغسطس 2020», «أغسطس 24, 2020», «2020-Aug-24»."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.calendars import gregorian
from bulaq.arabic.dates.clock import clock_at
from bulaq.arabic.dates.day import Day, Settings
from bulaq.arabic.dates.days_in_figures import SIGNS
from bulaq.arabic.dates.month_at import month_at
from bulaq.arabic.dates.months import MEANINGS, Calendar, Month
from bulaq.arabic.dates.tokens import Token
from bulaq.arabic.dates.years import BEFORE_YEAR, YEARS, calendar_of, era_at, year_at


def day_first(tokens: list[Token], index: int, settings: Settings) -> Day | None:
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
    named = month_at(tokens, at, guess=not settings.strict)
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


def month_first(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """«أغسطس 24, 2020», "August 24th, 2020", and a month alone with its year."""
    named = month_at(tokens, index, guess=False)
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
    if before is not None and (before.kind == "n" or before.text in SIGNS):
        return None  # «32 أغسطس 2020» is no month either
    year = year_at(tokens, end, month.calendar)
    if year is None or len(tokens[year[0] - 1].text) != 4:
        return None
    if tokens[year[0]].text in SIGNS and tokens[year[0]].glued and tokens[year[0] + 1].kind == "n":
        return None
    end, _ = era_at(tokens, year[0], named=True)
    try:
        return Day(end, gregorian(month.calendar, year[1], month.number, 1), month.calendar, "month")
    except ValueError:
        return None


def year_first(tokens: list[Token], index: int) -> Day | None:
    """«2020 أغسطس 24», "2020-Aug-24"."""
    at = index + 1
    if tokens[at].text in ("-", "/", "،", ","):
        at += 1
    named = month_at(tokens, at, guess=False)
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
    if calendar_of(year) is None or (month.calendar == "gregorian" and year < 1800):
        return None
    try:
        return Day(at + 1, gregorian(month.calendar, year, month.number, int(token.text)), month.calendar)
    except ValueError:
        return None


def _complete(
    tokens: list[Token], index: int, month: Month, day: int, settings: Settings, name: str
) -> Day | None:
    """Adds the year (or, where the text has none and now is known, the nearest one) to a day and month."""
    calendar = month.calendar
    clock = None
    year = year_at(tokens, index, calendar)
    if year is None and (clock := clock_at(tokens, index)):
        year = year_at(tokens, clock.end, calendar)
        if year is None:
            clock = None
    try:
        if year is not None:
            end, era = era_at(tokens, year[0], named=True)
            del era  # the month's name has said it already
            return Day(end, gregorian(calendar, year[1], month.number, day), calendar, clock=clock)
        if settings.year in YEARS[calendar] and settings.year is not None:
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
    while tokens[index].text in v.TO_YEAR or tokens[index].text in BEFORE_YEAR:
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
