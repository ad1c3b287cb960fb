"""Countries as news names them: by name, by adjective, by capital or by a seat of power.

«موسكو», «روسيا», «الروسية» and «الكرملين» all speak of one country; articles that speak of the same countries are closer
than their words alone say. The names are those of `places`; one that means something else as well («عمان») is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from bulaq.arabic.normalise import for_matching
from bulaq.discovery.gazetteer.places import COUNTRIES

_ENDINGS: Final = ("", "ة", "ين", "ون", "ا", "ات", "تين", "ان")
_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


class _Country(NamedTuple):
    code: str
    names: list[str]  # of the country, its capital and other seats
    adjectives: list[str]


@cache
def country_words() -> dict[str, str]:
    """Each single word that names a country, in its normalised form with clitics → the country's ISO 3166 code."""
    words: dict[str, str] = {}
    for code, names, adjectives in _countries():
        for name in names:
            if " " not in name:
                words |= dict.fromkeys(_with_clitics(name), code)
        for adjective in adjectives:
            for ending in _ENDINGS:
                words |= dict.fromkeys(_with_clitics(adjective + ending), code)
                words |= dict.fromkeys(_with_clitics("ال" + adjective + ending), code)
    return words


@cache
def country_names() -> frozenset[str]:
    """The names of countries and seats («كوريا الشمالية», «البيت الأبيض»), as written."""
    return frozenset(name for country in _countries() for name in country.names)


def _countries() -> Iterator[_Country]:
    for line in COUNTRIES.strip().splitlines():
        names, _, capitals, _, *told = line.split("|")
        if told:
            code, adjectives, seats = told
            every = ",".join((names, capitals, seats)).split(",")
            yield _Country(
                code,
                [one for one in every if one and not one.startswith("*")],
                adjectives.split(",") if adjectives else [],
            )


def _with_clitics(name: str) -> list[str]:
    word = for_matching(name)
    forms = [prefix + word for prefix in _PREFIXES]
    if word.startswith("ال"):
        forms += [prefix + word[2:] for prefix in ("لل", "ولل", "فلل")]
    return forms
