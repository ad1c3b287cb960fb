"""What the words of a query are called elsewhere, whatever the archive: months («أيار», «مايو», «ماي»), countries
(«أمريكا», «أميركا»; «Egypt»), capitals («Cairo»), organisations («G20», «ناتو»).

* A month counts only beside a number, its day or its year: «آب», «أيلول» or «نيسان» may be something else.
* A standing name in Latin letters (`bulaq.discovery.gazetteer.entries`) is asked for in Arabic, where the archive holds that
  oftener; its words as typed may stand for them. One that is also another word («us», «Jordan») is taken for the name only when
  nothing else is asked, or when it alone is in capitals.
* A standing name in Arabic letters may be there under its short name («حلف شمال الأطلسي»: «ناتو», «NATO») or, where both are one
  word, under its other one («بورما»: «ميانمار»).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.dates.months import EGYPTIAN, LEVANTINE, MAGHREBI, MOROCCAN
from bulaq.arabic.stemming import fold
from bulaq.discovery.gazetteer.entries import StandingName, standing_names

TRUST = 0.9
"""In another name."""
_MOST_WORDS = 6  # of a name

_Value = TypeVar("_Value")


class NamedWords(NamedTuple):
    """The words to ask for, and by which light stems each is known elsewhere."""

    words: list[str]
    others: list[tuple[str, ...]]


def by_other_names(surfaces: Sequence[str], analyser: Analyser, vocabulary: Mapping[str, int]) -> NamedWords:
    """The words of a query with their other names; those of names in Latin letters in Arabic ones, where the archive,
    of which `vocabulary` tells how many documents hold a light stem, holds them oftener so."""
    terms = [analyser.term(surface) for surface in surfaces]
    named = NamedWords([], [])
    place = 0
    while place < len(terms):
        end, name = _longest(_named().latin, [term.exact for term in terms], place)
        arabic = _in_arabic(surfaces, terms, place, end, name, vocabulary) if name else None
        if arabic:
            named.words.extend(arabic)
            named.others.extend(_shared_out(terms[place:end], len(arabic)))
            place = end
        else:
            named.words.append(surfaces[place])
            named.others.append(())
            place += 1
    return NamedWords(named.words, _with_arabic_ones(named, analyser))


def _in_arabic(
    surfaces: Sequence[str],
    terms: Sequence[Term],
    place: int,
    end: int,
    name: _Name,
    vocabulary: Mapping[str, int],
) -> tuple[str, ...] | None:
    """The words of the Arabic name that the archive holds in the most documents, if it holds the Latin one in fewer."""
    alone = len(surfaces) == end - place
    capitals = surfaces[place].isupper() and not all(surface.isupper() for surface in surfaces)
    equivocal = name.is_equivocal or (end == place + 1 and terms[place].stop)
    if equivocal and not (alone or capitals):
        return None
    held = [(_holders(lights, vocabulary), words) for words, lights in name.arabic]
    most, words = max(held, key=lambda one: one[0])
    return words if most > _holders([term.light for term in terms[place:end]], vocabulary) else None


def _holders(lights: Iterable[str], vocabulary: Mapping[str, int]) -> int:
    return min(vocabulary.get(light, 0) for light in lights)


def _shared_out(terms: Sequence[Term], words: int) -> list[tuple[str, ...]]:
    """For each of so many words the typed ones that stand for it: one each, what is left over for the last; of fewer
    typed ones, the last again («G20» is «مجموعة» and «العشرين»)."""
    typed = [term.light for term in terms if not term.stop] or [term.light for term in terms]
    shares: list[tuple[str, ...]] = [(typed[min(place, len(typed) - 1)],) for place in range(words)]
    shares[-1] = tuple(typed[min(words, len(typed)) - 1 :])
    return shares


def _with_arabic_ones(named: NamedWords, analyser: Analyser) -> list[tuple[str, ...]]:
    """Adds the other names of months, and of names in Arabic letters."""
    terms = [analyser.term(word) for word in named.words]
    lights = [term.light for term in terms]
    others = [dict.fromkeys(some) for some in named.others]
    for place in range(len(terms)):
        end, shorts = _longest(_named().whole, lights, place)
        for inside in range(place, end):
            others[inside] |= dict.fromkeys(shorts or ())
        others[place] |= dict.fromkeys(_months_at(terms, place))
    return [
        tuple(light for light in some if light != term.light)
        for some, term in zip(others, terms, strict=True)
    ]


def _months_at(terms: Sequence[Term], place: int) -> tuple[str, ...]:
    exact = terms[place].exact
    two = f"{exact} {terms[place + 1].exact}" if place + 1 < len(terms) else ""
    if two in _months() and _is_number(terms, place - 1, place + 2):
        return _months()[two]
    if exact in _months() and _is_number(terms, place - 1, place + 1):
        return _months()[exact]
    return ()


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


@dataclass(frozen=True, slots=True)
class _Name:
    """The Arabic names of what a Latin name stands for: their words, and the light stems of these."""

    arabic: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    is_equivocal: bool


class _Names(NamedTuple):
    latin: dict[tuple[str, ...], _Name]
    """Folded words in Latin letters → what they stand for."""
    whole: dict[tuple[str, ...], tuple[str, ...]]
    """Light stems of a name in Arabic letters → those of its other names of one word."""


def _longest(
    names: Mapping[tuple[str, ...], _Value], keys: Sequence[str], place: int
) -> tuple[int, _Value | None]:
    """Where the longest name that begins at a place ends, and what is known of it; (place, None) when none does."""
    for end in range(min(len(keys), place + _MOST_WORDS), place, -1):
        found = names.get(tuple(keys[place:end]))
        if found is not None:
            return end, found
    return place, None


@cache
def _named() -> _Names:
    analyser = Analyser()
    latin: dict[tuple[str, ...], _Name] = {}
    whole: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for name in standing_names():
        arabic = tuple(
            (words, tuple(analyser.term(word).light for word in words))
            for words in (tuple(analyser.words(one)) for one in (*name.arabic, *name.short))
        )
        for one in name.latin:
            key = tuple(term.exact for term in analyser.terms(one))
            latin.setdefault(key, _Name(arabic, one in name.equivocal))
        for lights, others in _known_elsewhere(name, analyser):
            whole[lights] |= dict.fromkeys(others)
    return _Names(latin, {lights: tuple(others) for lights, others in whole.items() if others})


def _known_elsewhere(name: StandingName, analyser: Analyser) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The light stems of each Arabic name, with those of its other names that are one word (of organisations, in Latin
    letters, too: «NATO» stands in Arabic texts)."""
    own = [one for one in (*name.arabic, *name.short) if one not in name.equivocal]
    latin = [] if name.is_place else [one for one in name.latin if one not in name.equivocal]
    terms = {one: analyser.terms(one) for one in (*own, *latin)}
    single = [terms[one][0].light for one in terms if len(terms[one]) == 1 and not terms[one][0].stop]
    found = []
    for one in own:
        lights = tuple(term.light for term in terms[one])
        if name.is_place and len(lights) > 1:
            continue  # whatever speaks of «أميركا» would hold both words of «الولايات المتحدة»
        found.append((lights, tuple(light for light in single if (light,) != lights)))
    return found
