"""What was meant by a word that hardly anybody wrote: the words that it may be a slip of the hand for, and the Arabic
spellings of a name in Latin letters.

A noisy channel (Kernighan, Church and Gale, 1990): a word is the likelier meant the more documents hold it, and the likelier
the slip is that leads from it to what was typed: a letter too few, too many or twice, two exchanged, a key beside the
right one, a letter that sounds like it. All weights are natural logarithms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import light_stem, name_skeleton
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.arabic.transliteration import arabic_spellings
from bulaq.discovery.vocabulary import Vocabulary

MOST_SLIPS: Final = 20
"""Documents up to which a word may be a slip for a much more frequent one."""
_FEW: Final = 4
"""Documents, none of them by its headline, up to which it may be one for a word of another sound."""
_LEAST_LETTERS: Final = 3
_LEAST_KNOWN: Final = 5  # letters of a word that is taken for a slip though some document has it
_TWO_EDITS: Final = 6  # letters from which on there may be two slips in a word that nobody wrote
_IS_MEANT: Final = 2.0  # how much likelier the word is that was typed, when some document has it
_EDIT: Final = 5.0
_OTHER_KEY: Final = 6.0
_NEAR_KEY: Final = 4.0
_EXCHANGED: Final = 4.0
_TWICE: Final = 3.0
_SOUND: Final = 3.0
_CLITIC: Final = 2.0  # a letter that is «and», «with», «to»
_MOST: Final = 3
_MUCH_LESS: Final = 2.0
_MOST_POSSIBLE: Final = 8
_TRUST: Final = 0.8
_TRUST_OF_KNOWN: Final = 0.6
_KEYS: Final = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىهوزظ")
_BESIDE: Final = {frozenset(row[place : place + 2]) for row in _KEYS for place in range(len(row) - 1)}

_SPELLING: Final = 5.0  # a unit of the cost of `arabic_spellings`
_COMMON_NAME: Final = 3  # documents with a name in Arabic letters
_SHORTEST_NAME: Final = 3
_MORE_IN_ARABIC: Final = 5.0  # times as often as in Latin ones
_NAME_TRUST: Final = 0.9

Guesses = tuple[tuple[str, float], ...]
"""Light stems, with the trust in each, the likeliest first."""
Costs = tuple[tuple[str, float], ...]
"""Light stems, with the cost of what leads from each to the word as typed, the likeliest first."""


class Meant(NamedTuple):
    """What a word was likely meant for, and all that it may have been, among which what stands beside it may choose."""

    guesses: Guesses = ()
    possible: Costs = ()


class MeantWords:
    """Guesses from the light stems of an archive with the documents that hold each, from the words of its headlines as
    written, and from the learned variants of light stems."""

    def __init__(self, stems: Vocabulary, forms: Vocabulary, variants: Mapping[str, Guesses]) -> None:
        self._stems = stems
        self._forms = forms
        self._variants = variants

    def guesses(self, term: Term) -> Guesses:
        """What else was likely meant; nothing for a word that enough documents hold."""
        return self.meant(term).guesses

    def meant(self, term: Term) -> Meant:
        """What else was likely meant, and all that may have been."""
        if not self._stems or term.stop or len(term.exact) > 32 or term.exact[:1].isdigit():
            return Meant()
        times = self._stems.get(term.light, 0)
        arabic = self._arabic_worth(term.exact, times) if term.exact.isascii() else {}
        slips = {} if (times and term.exact.isascii()) or self._is_common(term) else self._slips(term, times)
        guesses = self._named(arabic) + self._mended(term, times, slips)
        best = sorted((-value, light) for light, value in {**slips, **arabic}.items())[:_MOST_POSSIBLE]
        costs = ((light, math.log(self._stems.get(light, 0) + 1) + value) for value, light in best)
        return Meant(guesses, tuple(costs))

    def _is_common(self, term: Term) -> bool:
        """Whether enough documents hold a word, or a variant of it."""
        lights = (term.light, *(light for light, _ in self._variants.get(term.light, ())))
        return max(self._stems.get(light, 0) for light in lights) > MOST_SLIPS

    def _mended(self, term: Term, times: int, slips: Mapping[str, float]) -> Guesses:
        """The likeliest words for which one is a slip, when they are likelier than the word itself."""
        in_headlines = self._forms.get(term.exact, 0) > 0
        least = math.log(times + 1) + _IS_MEANT * in_headlines if times else -math.inf
        best = sorted((-value, light) for light, value in slips.items() if value > least)[:_MOST]
        trust = _TRUST_OF_KNOWN if times else _TRUST
        return tuple((light, trust) for value, light in best if value < best[0][0] + _MUCH_LESS)

    def _slips(self, term: Term, times: int) -> dict[str, float]:
        """Light stem → how likely it is that it was meant."""
        in_headlines = self._forms.get(term.exact, 0) > 0
        most_cost = _SOUND if in_headlines or times > _FEW else math.inf
        found: dict[str, float] = {}
        if len(term.exact) < (_LEAST_KNOWN if times else _LEAST_LETTERS):
            return found
        for light, cost in (
            *self._near(self._stems, term.light, times),
            *self._near(self._forms, term.exact, times),
        ):
            documents = self._stems.get(light, 0)
            if cost <= most_cost and light != term.light and documents > times and light not in STOP_WORDS:
                found[light] = max(found.get(light, -math.inf), math.log(documents + 1) - cost)
        return found

    def _near(self, words: Vocabulary, typed: str, times: int) -> Iterator[tuple[str, float]]:
        """The light stems of words near to one, with the cost of the slips between them."""
        if len(typed) < _LEAST_LETTERS:
            return
        skeleton = name_skeleton(typed)
        for word, edits, _ in words.near(typed, 1 if times or len(typed) <= _LEAST_LETTERS else 2):
            alike = name_skeleton(word) == skeleton
            if word == typed or (edits > 1 and len(typed) < _TWO_EDITS and not alike):
                continue
            cost = _cost_of_slip(typed, word) if edits == 1 else edits * _EDIT + 1
            if alike:
                cost = min(cost, edits * _SOUND)
            yield word if words is self._stems else light_stem(word), cost
        if words is self._forms and typed[0] in "وفبلكس" and len(typed) >= _LEAST_KNOWN:
            yield light_stem(typed[1:]), _CLITIC

    def _named(self, worth: Mapping[str, float]) -> Guesses:
        """The likeliest words that a Latin one may be in Arabic letters, and their learned variants."""
        best = sorted((-value, light) for light, value in worth.items() if value > 0)[:_MOST]
        found: dict[str, float] = {}
        for value, light in best:
            trust = _NAME_TRUST * math.exp((best[0][0] - value) / _MUCH_LESS)
            for variant, share in ((light, 1.0), *self._variants.get(light, ())):
                found[variant] = max(found.get(variant, 0.0), round(trust * share, 2))
        return tuple(found.items())

    def _arabic_worth(self, word: str, times: int) -> dict[str, float]:
        """Light stem → how likely it is that a Latin word stands for it, where the archive has it much more often."""
        worth: dict[str, float] = {}
        for spelling, cost in arabic_spellings(word):
            light = light_stem(spelling)
            documents = self._stems.get(light, 0)
            enough = max(_COMMON_NAME, times * _MORE_IN_ARABIC)
            if documents >= enough and len(light) >= _SHORTEST_NAME and light not in STOP_WORDS:
                value = math.log(documents + 1) - _SPELLING * cost - (len(spelling) - len(light))
                worth[light] = max(value, worth.get(light, -math.inf))
        return worth


def _cost_of_slip(typed: str, meant: str) -> float:
    """What the one edit between two words costs."""
    same = next(
        (place for place, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    if len(typed) == len(meant):
        if typed[same + 1 :] != meant[same + 1 :]:
            return _EXCHANGED
        return _NEAR_KEY if frozenset((typed[same], meant[same])) in _BESIDE else _OTHER_KEY
    longer = typed if len(typed) > len(meant) else meant
    if same and longer[same] == longer[same - 1]:
        return _TWICE
    beside = longer is typed and any(
        frozenset((typed[same], other)) in _BESIDE for other in typed[max(0, same - 1) : same + 2]
    )
    return _NEAR_KEY if beside else _EDIT
