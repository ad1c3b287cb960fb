"""From the dates that pages print to moments in time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo


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


_COUNTED = re.compile(r"-?\d{9,10}|\d{12,13}")


def of_counter(value: str) -> str | None:
    """The moment in ISO 8601 that a database counts in seconds or milliseconds since 1970; None for what is no such count.

    >>> of_counter("1615703400"), of_counter("1615703400000"), of_counter("2021")
    ('2021-03-14T06:30:00+00:00', '2021-03-14T06:30:00+00:00', None)
    """
    if not _COUNTED.fullmatch(value):
        return None
    seconds = int(value) // (1000 if len(value) >= 12 else 1)
    return datetime.fromtimestamp(seconds, UTC).isoformat()
