"""The month of a day of the archive: which of its days had news, and the ways to the months beside it."""

from __future__ import annotations

from calendar import Calendar, monthrange
from dataclasses import dataclass
from datetime import date

from bulaq.arabic.dates.months import ENGLISH, month_name
from bulaq.newsroom import addresses
from bulaq.newsroom.profiles import Profile
from bulaq.newsroom.queries import headlines
from bulaq.reader.editions import Site

WEEKDAYS = {
    "ar": ("اثنين", "ثلاثاء", "أربعاء", "خميس", "جمعة", "سبت", "أحد"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""From Monday, short enough for a seventh of a telephone's width."""


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the month."""

    day: date
    path: str | None
    """Its page; None for a day without news."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a calendar shows it."""

    first: date
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day | None, ...], ...]
    """Rows of seven, None outside of the month."""
    earlier: Day | None
    """The last day with news of a month before this one."""
    later: Day | None
    """The first day with news of a month after it."""


def month_of(site: Site, day: date) -> Month:
    """The month of `day`, weeks beginning as the edition's readers count them (three queries)."""
    profile = site.profile
    calendar = Calendar(profile.first_weekday)
    names = WEEKDAYS["en" if profile.content_language.startswith("en") else "ar"]
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    held = headlines.days_with_news(site.edition, first, last)
    earlier, later = headlines.neighbouring_days(site.edition, first, last)
    return Month(
        first,
        weekdays=tuple(names[number] for number in calendar.iterweekdays()),
        weeks=tuple(
            tuple(_day(one, one in held) if one.month == day.month else None for one in week)
            for week in calendar.monthdatescalendar(day.year, day.month)
        ),
        earlier=_day(earlier) if earlier else None,
        later=_day(later) if later else None,
    )


def _day(day: date, has_news: bool = True) -> Day:
    return Day(day, addresses.archive(day) if has_news else None)


def month_title(day: date, profile: Profile) -> str:
    """«تشرين الثاني/نوفمبر 2026», in Latin digits."""
    english = profile.content_language.startswith("en")
    name = ENGLISH[day.month - 1] if english else month_name(day.month, profile.month_names)
    return f"{name} {day.year}"
