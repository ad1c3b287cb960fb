"""Years: where one stands in a text, what calendar it is of, and the era named behind it."""

from __future__ import annotations

from typing import Final

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.clock import clock_at
from bulaq.arabic.dates.months import Calendar
from bulaq.arabic.dates.tokens import Token


def calendar_of(year: int) -> Calendar | None:
    """The calendar of a year without a name: an era's years do not overlap in what a newsroom prints."""
    if 1800 <= year <= 2199:
        return "gregorian"
    if 1300 <= year <= 1410:
        return "jalali"
    if 1411 <= year <= 1500:
        return "hijri"
    return None


def year_at(tokens: list[Token], index: int, calendar: Calendar) -> tuple[int, int] | None:
    """Index after the year and the year, when the next figures are one of `calendar`."""
    at = index
    for _ in range(4):
        if tokens[at].kind == "n" or (
            tokens[at].text not in v.TO_YEAR and tokens[at].text not in BEFORE_YEAR
        ):
            break
        at += 1
    token = tokens[at]
    if token.kind != "n" or (tokens[at + 1].text == ":" and tokens[at + 3].text != ":"):
        return None
    year = int(token.text[:5])
    if len(token.text) == 4 and year in YEARS[calendar]:
        return at + 1, year
    if len(token.text) == 2 and calendar == "jalali":
        return at + 1, year + (1400 if year < 50 else 1300)  # Persian pages leave the century out
    if len(token.text) == 2 and calendar == "gregorian" and at > index:
        short = tokens[at - 1].text in ("-", "/", "'", "’") and token.glued
        return (at + 1, year + (2000 if year < 70 else 1900)) if short else None
    if len(token.text) == 2 and calendar == "gregorian" and not token.glued and clock_at(tokens, at + 1):
        return at + 1, year + (2000 if year < 70 else 1900)  # RFC 822, before RFC 1123 gave four figures
    return None


BEFORE_YEAR: Final = frozenset("،,-/.–'’(")
YEARS: Final[dict[Calendar, range]] = {
    "gregorian": range(1800, 2200),
    "hijri": range(1300, 1501),
    "jalali": range(1250, 1500),
}


def era_at(tokens: list[Token], index: int, *, named: bool) -> tuple[int, Calendar | None]:
    """«م», «هـ», «ه‍.ش» after a year. `named`: the month had a name, so that «م» is not the evening's."""
    at = index + (tokens[index].text == "(")
    word = tokens[at].text
    calendar: Calendar | None = None
    if word in v.ERA_JALALI:
        calendar = "jalali"
    elif word in v.ERA_HIJRI:
        calendar = "hijri"
        if tokens[at + 1].text in v.ERA_JALALI:
            at, calendar = at + 1, "jalali"
        elif tokens[at + 1].text == "." and tokens[at + 2].text in v.ERA_JALALI:
            at, calendar = at + 2, "jalali"
    elif word in v.ERA_GREGORIAN:
        # «24/8/2020 م 10:30» says the evening; «2020م 10:30» the era.
        evening = word == "م" and not tokens[at].glued and not named and tokens[at + 1].kind == "n"
        if not evening:
            calendar = "gregorian"
    if calendar is None:
        return index, None
    at += 1
    if tokens[index].text == "(":
        at += tokens[at].text == ")"
    return at, calendar
