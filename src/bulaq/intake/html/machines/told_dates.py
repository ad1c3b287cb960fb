"""Moments written for machines, and how one agrees with the day that the reader is shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from bulaq.arabic.dates.reading import FoundDate, read_date

_DIGIT = re.compile(r"\d")
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
    return plausible(read_date(text, day_first=not is_month_first(text)))


_UNPADDED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4} (\d{1,2}):\d\d:\d\d [AP]M\b")


def is_month_first(text: str) -> bool:
    """Whether a day is written as .NET writes one where nobody chose a format («11/7/2015 9:42:00 PM»): as in America."""
    match = _UNPADDED.search(text)
    return match is not None and any(len(figure) == 1 for figure in match.groups())


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


def plausible(found: FoundDate | None) -> FoundDate | None:
    """`found`, unless it is only a month or of another age."""
    if found is None or found.precision == "month" or not 1900 <= found.date.year <= 2100:
        return None
    return found


Agreed = tuple[str | None, float, str]
"""ISO 8601 text, confidence, provenance."""


def agree(shown: FoundDate | None, told: tuple[str, FoundDate] | None) -> Agreed:
    """The moment that the shown day and the one told to machines give together."""
    if shown is None:
        return (told[1].isoformat(), 0.8 if told[1].time else 0.75, told[0]) if told else (None, 0.0, "")
    if told is None:
        return shown.isoformat(), 0.85, "shown"
    where, moment = told
    if shown.time is None:
        return _day_and_moment(shown, moment, where)
    if moment.time is not None:
        return _two_moments(shown, moment, where)
    if shown.date == moment.date:
        return shown.isoformat(), 0.97, f"shown + {where}"
    return shown.isoformat(), 0.65, f"shown, against {where}"


def _day_and_moment(shown: FoundDate, moment: FoundDate, where: str) -> Agreed:
    if shown.date == moment.date:
        return moment.isoformat(), 0.98, f"shown + {where}"
    close = abs((shown.date - moment.date).days) <= 1
    if close and moment.offset:  # told in the site's own zone, so the day in words is misspelt or another
        return moment.isoformat(), 0.8, where
    return shown.date.isoformat(), 0.85 if close else 0.6, f"shown, against {where}"


def _two_moments(shown: FoundDate, moment: FoundDate, where: str) -> Agreed:
    """The shown clock with the offset that the two imply, where people live by it."""
    assert shown.time is not None
    assert moment.time is not None
    difference = datetime.combine(shown.date, shown.time) - datetime.combine(moment.date, moment.time)
    difference = timedelta(minutes=round(difference.total_seconds() / 60))
    if abs(difference) <= timedelta(minutes=1):
        own = moment if moment.offset is not None or shown.offset is None else shown
        return own.isoformat(), 0.99, f"shown + {where}"
    if shown.offset is not None:
        return shown.isoformat(), 0.95, "shown with its zone"
    zone = _zone(difference + moment.offset) if moment.offset is not None else None
    if zone is not None:
        local = datetime.combine(shown.date, shown.time, timezone(zone))
        return local.isoformat(timespec="seconds"), 0.93, f"shown + {where}"
    close = abs((shown.date - moment.date).days) <= 1
    return shown.isoformat(), 0.85 if close else 0.6, f"shown, against {where}"


def _zone(implied: timedelta) -> timedelta | None:
    """The zone of the world nearest to an offset, two minutes off at most."""
    quarter = abs(implied.total_seconds()) % 900
    nearest = timedelta(minutes=15 * round(implied.total_seconds() / 900))
    if min(quarter, 900 - quarter) > 120 or not timedelta(hours=-12) <= nearest <= timedelta(hours=14):
        return None
    return nearest if nearest <= timedelta(hours=11) or not nearest % timedelta(hours=1) else None
