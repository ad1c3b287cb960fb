"""Times told from now: «منذ ساعتين», «قبل 3 أيام», «أمس», "2 hours ago"."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.tokens import Token
from bulaq.arabic.normalise import matching_key


@dataclass(frozen=True, slots=True)
class Distance:
    """What was read: the index after it, the moment, and whether it has a time of the day."""

    end: int
    moment: datetime
    precision: Literal["day", "hour", "minute", "second"]
    bare: bool = False
    """Only a word such as «اليوم», which prose and names hold too («اليوم السابع»)."""


def distance_at(tokens: list[Token], index: int, now: datetime, *, strict: bool) -> Distance | None:
    """The time told from `now` that begins at `index`; `strict` takes only what prose does not say otherwise."""
    token = tokens[index]
    word = token.text
    if word in v.JUST_NOW:
        return Distance(index + 1, now, "minute", bare=" " not in word)
    if word in v.NAMED_DAYS:
        return Distance(index + 1, _back(now, "day", -v.NAMED_DAYS[word]), "day", bare=True)
    direction = 0
    if word in v.SINCE or (not strict and word in v.LOOSELY_SINCE):
        direction = 1
    elif not strict and word in v.HENCE and token.kind == "w":
        direction = -1
    amount = _amount(tokens, index + 1 if direction else index, short=True)
    if amount is None:
        return None
    end, parts = amount
    if direction and strict and tokens[end].text == "من":
        return None  # «قبل 3 أيام من الانتخابات» is not told from now
    if tokens[end].text in v.AGO and tokens[end].kind == "w":
        if direction == 0:
            direction = 1
        if direction == 1:
            end += 1
    if not direction:
        return None
    moment = now
    try:
        for unit, count in parts:
            moment = _back(moment, unit, direction * count)
    except (OverflowError, ValueError):
        return None
    finest = parts[-1][0]
    if finest in ("second", "minute", "hour"):
        return Distance(end, moment, finest)
    return Distance(end, moment, "day")


_Parts = list[tuple[v.Unit, float]]


def _amount(tokens: list[Token], index: int, *, short: bool) -> tuple[int, _Parts] | None:
    """«ساعتين», «3 أيام», «خمس عشرة دقيقة», «ساعة و20 دقيقة», «ساعة ونصف»."""
    parts: _Parts = []
    while len(parts) < 4:
        while tokens[index].text in v.ABOUT:
            index += 1
        one = _one(tokens, index, short=short)
        if one is None:
            break
        index, unit, count = one
        if tokens[index].text in _HALVES:
            count += _HALVES[tokens[index].text]
            index += 1
        parts.append((unit, count))
        if tokens[index].text in ("و", "and", ","):
            if _one(tokens, index + 1, short=short) is None:
                break
            index += 1
        elif not (tokens[index].text[:1] == "و" and _one(tokens, index, short=short)):
            break
    return (index, parts) if parts else None


_HALVES: Final = {"ونصف": 0.5, "وربع": 0.25, "وثلث": 1 / 3, "ونصف الساعه": 0.5}
_FRACTIONS: Final = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3, "half": 0.5}
_ONE: Final = frozenset(matching_key(word) for word in ("واحد", "واحدة"))


def _one(tokens: list[Token], index: int, *, short: bool) -> tuple[int, v.Unit, float] | None:
    count: float | None = None
    token = tokens[index]
    word = token.text.removeprefix("و") if token.text not in v.NUMBERS else token.text
    if token.kind == "n":
        if len(token.text) > 3:
            return None
        count = int(token.text)
        index += 1
    elif word in v.NUMBERS:
        count = v.NUMBERS[word]
        index += 1
        following = tokens[index].text
        if count < 10 and following in ("عشر", "عشره"):
            count += 10
            index += 1
        elif count < 10 and following[:1] == "و" and v.NUMBERS.get(following[1:], 0) >= 20:
            count += v.NUMBERS[following[1:]]
            index += 1
    elif word in _FRACTIONS:
        count = _FRACTIONS[word]
        index += 1
        if tokens[index].text in ("an", "a"):
            index += 1
    unit_word = tokens[index].text
    if count is None:
        unit_word = unit_word if unit_word in v.UNITS else unit_word.removeprefix("و")
    unit_word = unit_word if unit_word in v.UNITS else unit_word.removeprefix("ال")
    if unit_word in v.UNITS:
        unit, own = v.UNITS[unit_word]
        index += 1
        if tokens[index].text in _ONE:
            index += 1
        return index, unit, own if count is None else count
    if short and count is not None and token.kind == "n" and unit_word in v.SHORT_UNITS:
        return index + 1, v.SHORT_UNITS[unit_word], count
    return None


_SECONDS: Final[dict[v.Unit, int]] = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def _back(moment: datetime, unit: v.Unit, count: float) -> datetime:
    """`count` units before the moment, on the clock of its place; months keep the day where there is one."""
    if unit in _SECONDS:
        return moment - timedelta(seconds=_SECONDS[unit] * count)
    months = round(count * (12 if unit == "year" else 1))
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1]) if date.min.year <= year <= 9999 else 0
    return moment.replace(year=year, month=month + 1, day=day)
