"""From the Hijri (Umm al-Qura) and the Solar Hijri calendar to the Gregorian one and back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hijridate import Gregorian, Hijri

from bulaq.arabic.dates.months import Calendar

HIJRI_YEARS: Final = range(1343, 1501)
"""The years of the Umm al-Qura tables (R. H. van Gent's, as `hijridate` ships them)."""

JALALI_YEARS: Final = range(1211, 1635)
"""The years in which the 33-year cycle gives the same leap years as the equinox at Tehran
(K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996)."""


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day of a day in `calendar`. ValueError when there is no such day or it is out of range."""
    if calendar == "gregorian":
        return date(year, month, day)
    if calendar == "jalali":
        return jalali_to_gregorian(year, month, day)
    return hijri_to_gregorian(year, month, day)


def hijri_to_gregorian(year: int, month: int, day: int) -> date:
    """By Umm al-Qura. The 30th of a month that has 29 days there (countries that sight the moon differ by a day)
    is the day after its 29th; three months of the tables before 1350 have 31. ValueError when out
    of range."""
    if year not in HIJRI_YEARS or not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError(f"no day {year}-{month}-{day} in the Hijri calendar of 1343 to 1500")
    month_begins = Hijri(year, month, 1)
    if day > max(30, month_begins.month_length()):
        raise ValueError(f"no day {year}-{month}-{day} in the Hijri calendar of 1343 to 1500")
    first = month_begins.to_gregorian()
    return date(first.year, first.month, first.day) + timedelta(days=day - 1)


def gregorian_to_hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day by Umm al-Qura. ValueError outside of 1343 to 1500 (1924 to 2077)."""
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        raise ValueError(f"{day} is outside of the Hijri years 1343 to 1500") from None
    return hijri.year, hijri.month, hijri.day


def jalali_to_gregorian(year: int, month: int, day: int) -> date:
    """The Solar Hijri calendar of Iran and Afghanistan. ValueError when there is no such day."""
    if year not in JALALI_YEARS or not 1 <= month <= 12:
        raise ValueError(f"no month {year}-{month} in the Solar Hijri calendar of 1211 to 1634")
    length = 31 if month <= 6 else 30 if month < 12 or _is_jalali_leap(year) else 29
    if not 1 <= day <= length:
        raise ValueError(f"no day {year}-{month}-{day} in the Solar Hijri calendar")
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _NEW_YEAR_1399 + timedelta(days=_days_before(year) - _days_before(1399) + before + day - 1)


_NEW_YEAR_1399: Final = date(2020, 3, 20)


def _is_jalali_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _days_before(year: int) -> int:
    # Eight leap years in each cycle of 33; within a cycle they fall where 25 y + 11 (mod 33) is below 8.
    cycles, rest = divmod(year, 33)
    return 365 * year + 8 * cycles + sum(map(_is_jalali_leap, range(rest)))
