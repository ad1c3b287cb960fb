"""The words of a place: its name and what is called after it («سوريا»: «سوري», «السوريون»).

A name has no other forms. Words of the same consonants are quite others («قطر», «قطار»; «المغرب», «الغربية»; «الجزائر»,
«الجزيرة»), so that a place is not looked for by its root, nor found by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import fold, light_stem, root_of
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.gazetteer.entries import standing_names

_ENDINGS: Final = ("يا", "يه", "ا", "ه")
"""Of names, which fall away before «ي», the ending of what belongs to a place."""
_LEAST: Final = 3
"""Letters that must remain."""
_OF_PEOPLE: Final = ("", "ه", "ا", "ون", "ين")
_PEOPLES: Final = {
    "تركيا": "اتراك", "روسيا": "روس", "المانيا": "المان", "اسبانيا": "اسبان", "هند": "هنود", "صربيا": "صرب",
    "كرواتيا": "كروات", "بلغاريا": "بلغار", "افغانستان": "افغان", "كردستان": "اكراد",
}  # fmt: skip
"""Those who are not called by an ending."""
_CLITICS: Final = 4
"""Letters before a name, at most: «وبال»."""

_ONE_LETTER: Final = tuple("بلكفو")
"""Clitics that the stem of a word without the article keeps."""
_STOP_STEMS: Final = frozenset(map(light_stem, STOP_WORDS))

_Form = tuple[str, tuple[str, ...]]
"""A word without clitics, and the light stems of all words of its place."""


def lights_of_place(term: Term) -> tuple[str, ...]:
    """The light stems of all words of the place that a word is of, its own first; none when it is of no place."""
    stems = (term.light, term.light[1:]) if term.light.startswith(_ONE_LETTER) else (term.light,)
    for form, lights in (one for stem in stems for one in _forms().get(stem, ())):
        if term.exact.endswith(form) and len(term.exact) - len(form) <= _CLITICS:
            return (term.light, *(light for light in lights if light != term.light))
    return ()


def unrelated_places(term: Term) -> tuple[str, ...]:
    """The light stems of places that merely have the consonants of a word which is of none («قطار»: that of «قطر»; so has
    «قطرة», whose own light stem it is)."""
    return () if term.stop else _names_of_root().get(term.root, ())


def with_clitics(lights: Iterable[str]) -> tuple[str, ...]:
    """Light stems of places, and those that they have behind a clitic of one letter («لقطر»)."""
    return tuple(clitic + light for light in lights for clitic in ("", *_ONE_LETTER))


@cache
def place_stems() -> frozenset[str]:
    """The light stems of the places' names, also behind a clitic: no root leads to them."""
    return frozenset(
        each
        for root, lights in _names_of_root().items()
        for each in with_clitics(lights)
        if root_of(each) == root and each not in _STOP_STEMS
    )


@cache
def _names_of_root() -> dict[str, tuple[str, ...]]:
    """Root → the light stems of the places whose names would have it."""
    found: dict[str, dict[str, None]] = {}
    for name in _names():
        light = light_stem(name)
        if light not in _STOP_STEMS:
            found.setdefault(root_of(light), {})[light] = None
    return {root: tuple(lights) for root, lights in found.items()}


@cache
def _forms() -> dict[str, list[_Form]]:
    """Light stem → the words that have it. (Names that are other words as well are left out.)"""
    found: dict[str, list[_Form]] = {}
    for name in _names():
        forms = list(_words_of(name))
        lights = tuple(dict.fromkeys(map(light_stem, forms)))
        for form in forms:
            found.setdefault(light_stem(form), []).append((form, lights))
    return found


def _names() -> Iterator[str]:
    """The names of places that are one word and none else, without the article."""
    for name in standing_names():
        for arabic in (*name.arabic, *name.short) if name.is_place else ():
            if " " not in arabic and arabic not in name.equivocal:
                yield fold(arabic.removeprefix("ال"))


def _words_of(name: str) -> Iterator[str]:
    yield name
    if name in _PEOPLES:
        yield _PEOPLES[name]
    ending = next((end for end in _ENDINGS if name.endswith(end) and len(name) - len(end) >= _LEAST), "")
    for people in _OF_PEOPLE:
        yield f"{name.removesuffix(ending)}ي{people}"
