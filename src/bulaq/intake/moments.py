"""From the dates that pages print to moments in time."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo


def moment(text: str | None, zone: tzinfo) -> datetime | None:
    """The moment that an ISO 8601 text names; None when it names none.

    A time without an offset is a time of `zone` (the edition's own). A date alone is its noon there, so that it
    is still that day in the sister editions, whose clocks differ by a few hours.
    """
    if not text:
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(12), zone)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    try:
        found.timestamp()
        return found if 1800 <= found.year <= 9000 else None
    except (OverflowError, ValueError):
        return None
