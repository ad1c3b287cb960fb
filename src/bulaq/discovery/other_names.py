"""Words that are two names of one thing, whatever the archive: months («أيار», «مايو», «ماي») and spellings of a country
(«أمريكا», «أميركا»).

A month counts only beside a number, its day or its year: «آب», «أيلول» or «نيسان» may be something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.dates.months import EGYPTIAN, LEVANTINE, MAGHREBI, MOROCCAN
from bulaq.arabic.stemming import fold, light_stem, name_skeleton
from bulaq.discovery.countries import country_names

TRUST = 0.9
"""In another name."""


def other_names(terms: Sequence[Term], place: int) -> tuple[str, ...]:
    """The light stems by which the word at `place` of a query is known elsewhere; none for most words."""
    exact = terms[place].exact
    two = f"{exact} {terms[place + 1].exact}" if place + 1 < len(terms) else ""
    if two in _months() and _is_number(terms, place - 1, place + 2):
        return _months()[two]
    if exact in _months() and _is_number(terms, place - 1, place + 1):
        return _months()[exact]
    return _countries().get(terms[place].light, ())


def _is_number(terms: Sequence[Term], *places: int) -> bool:
    return any(0 <= place < len(terms) and terms[place].exact.isdigit() for place in places)


@cache
def _months() -> dict[str, tuple[str, ...]]:
    """Folded name, of one word or two → the light stems of the month's other names that are one word."""
    found: dict[str, tuple[str, ...]] = {}
    analyser = Analyser()
    for names in zip(EGYPTIAN, LEVANTINE, MAGHREBI, MOROCCAN, strict=True):
        lights = {name: analyser.term(name).light for name in names if " " not in name}
        for name in names:
            own = lights.get(name)
            others = tuple(dict.fromkeys(light for light in lights.values() if light != own))
            found[" ".join(map(fold, name.split()))] = others
    return found


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Light stem of a country's name → those of its other spellings."""
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, code in country_names().items():
        word = fold(name)
        if " " not in word:
            spellings[code, name_skeleton(word)].add(light_stem(word))
    return {
        light: tuple(sorted(group - {light}))
        for group in spellings.values()
        if len(group) > 1
        for light in group
    }
