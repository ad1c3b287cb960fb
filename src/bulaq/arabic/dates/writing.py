"""Dates and times as an edition prints them: its month names, digits, clock, and the Hijri day beside."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final, Literal

from bulaq.arabic.dates.calendars import gregorian_to_hijri
from bulaq.arabic.dates.months import ENGLISH, HIJRI, MonthNaming, month_name
from bulaq.arabic.digits import DigitSystem, to_digits

Clock = Literal["12", "24"]

_WEEKDAYS: Final = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def write_date(
    day: date,
    *,
    months: MonthNaming = "egyptian",
    digits: DigitSystem = "latn",
    weekday: bool = False,
    year: bool = True,
    hijri: bool = False,
    language: str = "ar",
) -> str:
    """«24 أغسطس 2020», «الاثنين، ٢٤ آب/أغسطس ٢٠٢٠», «24 غشت 2020 (5 محرم 1442 هـ)», "Monday, 24 August 2020".

    `hijri` adds the Umm al-Qura day in brackets, where there is one (1924 to 2077). A `datetime` is written as
    the day on its own clock.
    """
    english = language.startswith("en")
    name = ENGLISH[day.month - 1] if english else month_name(day.month, months)
    text = f"{day.day} {name}"
    if year:
        text += f" {day.year}"
    if weekday:
        text = f"{_WEEKDAYS['en' if english else 'ar'][day.weekday()]}{', ' if english else '، '}{text}"
    if hijri and (beside := write_hijri(day)):
        text += f" ({beside})"
    return to_digits(text, digits)


def write_hijri(day: date, *, digits: DigitSystem = "latn") -> str:
    """«5 محرم 1442 هـ» by Umm al-Qura; empty outside of its tables."""
    try:
        year, month, number = gregorian_to_hijri(day)
    except ValueError:
        return ""
    return to_digits(f"{number} {HIJRI[month - 1]} {year} هـ", digits)


def write_time(
    at: time | datetime, *, clock: Clock = "12", digits: DigitSystem = "latn", language: str = "ar"
) -> str:
    """«9:05 م» on the clock of twelve, «21:05» on that of twenty-four; "9:05 pm" in English."""
    if clock == "24":
        return to_digits(f"{at.hour:02}:{at.minute:02}", digits)
    marks = ("am", "pm") if language.startswith("en") else ("ص", "م")
    return to_digits(f"{at.hour % 12 or 12}:{at.minute:02} {marks[at.hour >= 12]}", digits)


def write_datetime(
    moment: datetime,
    *,
    months: MonthNaming = "egyptian",
    digits: DigitSystem = "latn",
    clock: Clock = "12",
    weekday: bool = False,
    hijri: bool = False,
    language: str = "ar",
) -> str:
    """«24 أغسطس 2020، 9:05 م»: the day and the time of `moment` as its own zone has them."""
    day = write_date(moment, months=months, digits=digits, weekday=weekday, hijri=hijri, language=language)
    at = write_time(moment, clock=clock, digits=digits, language=language)
    return f"{day}{', ' if language.startswith('en') else '، '}{at}"
