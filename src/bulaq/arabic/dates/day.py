"""A day that was read in a text, and what is to be decided where the text leaves something open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bulaq.arabic.dates.clock import Clock
from bulaq.arabic.dates.months import Calendar


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
