"""What countries, capitals, well-known cities and international organisations are called: facts that no archive teaches.

«Cairo» cannot be spelt into «القاهرة» letter by letter, and «G20» says «مجموعة العشرين» to those only who know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bulaq.discovery.gazetteer.organisations import ORGANISATIONS
from bulaq.discovery.gazetteer.places import CITIES, COUNTRIES


@dataclass(frozen=True, slots=True)
class StandingName:
    """A place or an organisation: its Arabic names, short ones in Arabic letters («ناتو»), and those in Latin letters, the
    usual one first. `equivocal` are those of them that are other words or names as well."""

    arabic: tuple[str, ...]
    short: tuple[str, ...]
    latin: tuple[str, ...]
    equivocal: frozenset[str]
    is_place: bool


@cache
def standing_names() -> tuple[StandingName, ...]:
    """All of them; where two share a name, the better known comes first."""
    return tuple(_read())


def _read() -> Iterator[StandingName]:
    for line in COUNTRIES.strip().splitlines():
        country, latin, capital, capital_latin, *_ = line.split("|")
        yield _named(country, "", latin, is_place=True)
        yield _named(capital, "", capital_latin, is_place=True)
    for line in CITIES.strip().splitlines():
        city, latin = line.split("|")
        yield _named(city, "", latin, is_place=True)
    for line in ORGANISATIONS.strip().splitlines():
        yield _named(*line.split("|"), is_place=False)


def _named(*cells: str, is_place: bool) -> StandingName:
    groups = [[name for name in cell.split(",") if name] for cell in cells]
    equivocal = frozenset(name[1:] for group in groups for name in group if name.startswith("*"))
    arabic, short, latin = (tuple(name.removeprefix("*") for name in group) for group in groups)
    return StandingName(arabic, short, latin, equivocal, is_place)
