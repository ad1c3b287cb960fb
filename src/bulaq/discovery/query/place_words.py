"""The words of a place: its name and what is called after it («سوريا»: «سوري», «السوريون»).

A name has no other forms. Words of the same consonants are quite others («قطر», «قطار»; «المغرب», «الغربية»; «الجزائر»,
«الجزيرة»), so that a place is not looked for by its root.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import fold, light_stem
from bulaq.discovery.gazetteer.entries import standing_names

_ENDINGS: Final = ("يا", "يه", "ا", "ه")
"""Of names, which fall away before «ي», the ending of what belongs to a place."""
_LEAST: Final = 3
"""Letters that must remain."""
_OF_PEOPLE: Final = ("", "ه", "ون", "ين")
_CLITICS: Final = 4
"""Letters before a name, at most: «وبال»."""

_Form = tuple[str, tuple[str, ...]]
"""A word without clitics, and the light stems of all words of its place."""


def lights_of_place(term: Term) -> tuple[str, ...]:
    """The light stems of all words of the place that a word is of, its own first; none when it is of no place."""
    for form, lights in _forms().get(term.light, ()):
        if term.exact.endswith(form) and len(term.exact) - len(form) <= _CLITICS:
            return (term.light, *(light for light in lights if light != term.light))
    return ()


@cache
def _forms() -> dict[str, list[_Form]]:
    """Light stem → the words that have it. (Names that are other words as well are left out.)"""
    found: dict[str, list[_Form]] = {}
    for name in standing_names():
        for arabic in (*name.arabic, *name.short) if name.is_place else ():
            if " " in arabic or arabic in name.equivocal:
                continue
            forms = list(_words_of(fold(arabic.removeprefix("ال"))))
            lights = tuple(dict.fromkeys(map(light_stem, forms)))
            for form in forms:
                found.setdefault(light_stem(form), []).append((form, lights))
    return found


def _words_of(name: str) -> Iterator[str]:
    yield name
    ending = next((end for end in _ENDINGS if name.endswith(end) and len(name) - len(end) >= _LEAST), "")
    for people in _OF_PEOPLE:
        yield f"{name.removesuffix(ending)}ي{people}"
