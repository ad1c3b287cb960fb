"""Days in figures: «24/8/2020», «2020-08-24», «١٤٤٢/١/٥ هـ», «20200824»."""

from __future__ import annotations

from datetime import date
from typing import Final

from bulaq.arabic.dates.calendars import gregorian
from bulaq.arabic.dates.day import Day, Settings
from bulaq.arabic.dates.tokens import Token
from bulaq.arabic.dates.years import calendar_of, era_at


def in_figures(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """«24/8/2020», «2020-08-24», «24 - 08 - 2020», «١٤٤٢/١/٥ هـ»."""
    if index + 4 >= len(tokens):
        return None
    first, sign, second, again, third = tokens[index : index + 5]
    if sign.text not in SIGNS or again.text != sign.text or second.kind != "n" or third.kind != "n":
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
    end, era = era_at(tokens, end, named=False)
    calendar = era or calendar_of(year)
    if calendar is None:
        return None
    try:
        return Day(end, gregorian(calendar, year, month, day), calendar)
    except ValueError:
        return None


SIGNS: Final = frozenset("/-.–—\\؍_∕⁄")


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


def compact(tokens: list[Token], index: int) -> Day | None:
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
