"""What was meant by a word that hardly anybody wrote: the words that it may be a slip of the hand for, and the Arabic
spellings of a name in Latin letters.

A noisy channel (Kernighan, Church and Gale, 1990): a word is the likelier meant the more documents hold it, and the likelier
the slip is that leads from it to what was typed: a letter too few, too many or twice, two exchanged, a key beside the
right one, a letter that sounds like it. All weights are natural logarithms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import light_stem, name_skeleton, root_of
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.arabic.transliteration import arabic_spellings
from bulaq.discovery.query.spoken_words import written_for
from bulaq.discovery.spelling.vocabulary import Vocabulary
from bulaq.discovery.spelling.written_forms import WrittenForms

MOST_SLIPS: Final = 20
"""Documents up to which a word may be a slip for a much more frequent one."""
_FEW: Final = 4
"""Documents, none of them by its headline, up to which it may be one for a word of another sound."""
_LEAST_LETTERS: Final = 3
_LEAST_KNOWN: Final = 5  # letters of a word that is taken for a slip though some document has it
_TWO_EDITS: Final = 6  # letters from which on there may be two slips in a word that nobody wrote
_IS_MEANT: Final = 2.0  # how much likelier the word is that was typed, when some document has it
_A_HEADLINE: Final = 20
"""Documents for which a headline with a word counts: people ask in the words of headlines, and «قوله» is in few of them."""
_MANY: Final = 2**31
_NEW_FORM: Final = 4.0  # how much less likely than a stem is a form of it that hardly any text has
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
_LETTERS: Final = re.compile(r"[^\W\d_]")
_KEYS: Final = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىهوزظ")
_BESIDE: Final = {frozenset(row[place : place + 2]) for row in _KEYS for place in range(len(row) - 1)}

_SPELLING: Final = 5.0  # a unit of the cost of `arabic_spellings`
_COMMON_NAME: Final = 3  # documents with a name in Arabic letters
_SHORTEST_NAME: Final = 3
_MORE_IN_ARABIC: Final = 5.0  # times as often as in Latin ones
_NAME_TRUST: Final = 0.9
_LONG_NAME: Final = 6  # letters
_A_LETTER: Final = 0.5  # by which more may be spelt otherwise, for each letter of a long name
_MOST_NEAR: Final = 5  # spellings to which the nearest words are looked for

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
    written, from the learned variants of light stems, and from how often its texts have each word as it is written."""

    def __init__(
        self,
        stems: Vocabulary,
        forms: Vocabulary,
        variants: Mapping[str, Guesses],
        written: WrittenForms | None = None,
    ) -> None:
        self._stems = stems
        self._forms = forms
        self._variants = variants
        self._written = written

    def guesses(self, term: Term) -> Guesses:
        """What else was likely meant; nothing for a word that enough documents hold."""
        return self.meant(term).guesses

    def meant(self, term: Term) -> Meant:
        """What else was likely meant, and all that may have been."""
        if not self._stems or term.stop or len(term.exact) > 32 or not _LETTERS.search(term.exact):
            return Meant()
        if written_for(term):  # nor is a word of speech a slip of the hand
            return Meant()
        times = self._stems.get(term.light, 0)
        arabic = self._arabic_worth(term.exact, times) if term.exact.isascii() else {}
        slips = {} if (times and term.exact.isascii()) or self._is_common(term) else self._slips(term, times)
        guesses = self._named(term.exact, arabic) + self._mended(term, times, slips)
        best = sorted((-value, light) for light, value in {**slips, **arabic}.items())[:_MOST_POSSIBLE]
        costs = ((light, math.log(self._stems.get(light, 0) + 1) + value) for value, light in best)
        return Meant(guesses, tuple(costs))

    def _is_common(self, term: Term) -> bool:
        """Whether enough documents hold a word, or a variant of it, and not merely its stem in other forms."""
        lights = (term.light, *(light for light, _ in self._variants.get(term.light, ())))
        common = max(self._stems.get(light, 0) for light in lights) > MOST_SLIPS
        return common and not (self._written and self._times_written(term) <= _FEW)

    def _times_written(self, term: Term) -> int:
        return max(self._forms.get(term.exact, 0), self._written.times(term) if self._written else 0)

    def _is_written(self, exact: str, light: str) -> bool:
        """Whether some text has a name so, or with the article; where that is not known, it may be."""
        forms = (exact, f"ال{exact}")
        return not self._written or any(
            self._written.times(Term(form, light, root_of(light), False)) for form in forms
        )

    def _worth_as_typed(self, term: Term, times: int) -> float:
        """How likely it is that a word was meant as it was typed: by how often that is written, or else by how often its
        stem is, of which new forms are found now and then."""
        if not times:
            return -math.inf
        worth = math.log(times + 1)
        if self._written:
            worth = max(math.log(self._times_written(term) + 1), worth - _NEW_FORM)
        return worth + _IS_MEANT * (self._forms.get(term.exact, 0) > 0)

    def _mended(self, term: Term, times: int, slips: Mapping[str, float]) -> Guesses:
        """The likeliest words for which one is a slip, when they are likelier than the word itself."""
        least = self._worth_as_typed(term, times)
        best = sorted((-value, light) for light, value in slips.items() if value > least)[:_MOST]
        trust = _TRUST_OF_KNOWN if times else _TRUST
        return tuple((light, trust) for value, light in best if value < best[0][0] + _MUCH_LESS)

    def _slips(self, term: Term, times: int) -> dict[str, float]:
        """Light stem → how likely it is that it was meant."""
        in_headlines = self._forms.get(term.exact, 0) > 0
        as_typed = min(times, self._times_written(term)) if self._written else times
        most_cost = _SOUND if in_headlines or as_typed > _FEW else math.inf
        found: dict[str, float] = {}
        if len(term.exact) < (_LEAST_KNOWN if times else _LEAST_LETTERS):
            return found
        for light, cost, asked in (*self._near_stems(term, times), *self._near_forms(term.exact, times)):
            documents = min(self._stems.get(light, 0), _A_HEADLINE * asked)
            if cost <= most_cost and light != term.light and documents > as_typed and light not in STOP_WORDS:
                found[light] = max(found.get(light, -math.inf), math.log(documents + 1) - cost)
        return found

    def _near_stems(self, term: Term, times: int) -> Iterator[tuple[str, float, int]]:
        """Light stems near to that of a word, with the headlines that have them with the word's own clitics and endings;
        where none has, it is less likely meant, by as much as a second slip («أوجلان» is none for «أجل»)."""
        before, _, after = term.exact.partition(term.light)
        for light, cost in _near(self._stems, term.light, times):
            asked = self._forms.get(f"{before}{light}{after}", 0)
            yield (light, cost, asked) if asked else (light, cost + _EDIT, self._stems[light])

    def _near_forms(self, exact: str, times: int) -> Iterator[tuple[str, float, int]]:
        """The light stems of words of headlines near to a word as it was typed, and how many headlines have them so."""
        for form, cost in _near(self._forms, exact, times):
            yield light_stem(form), cost, self._forms[form]
        if exact[0] in "وفبلكس" and len(exact) >= _LEAST_KNOWN:
            yield light_stem(exact[1:]), _CLITIC, _MANY

    def _named(self, word: str, worth: Mapping[str, float]) -> Guesses:
        """The likeliest words that a Latin one may be in Arabic letters, and their learned variants."""
        least = _least_worth(word)
        best = sorted((-value, light) for light, value in worth.items() if value > least)[:_MOST]
        found: dict[str, float] = {}
        for value, light in best:
            trust = _NAME_TRUST * math.exp((best[0][0] - value) / _MUCH_LESS)
            for variant, share in ((light, 1.0), *self._variants.get(light, ())):
                found[variant] = max(found.get(variant, 0.0), round(trust * share, 2))
        return tuple(found.items())

    def _arabic_worth(self, word: str, times: int) -> dict[str, float]:
        """Light stem → how likely it is that a Latin word stands for it, where the archive has it much more often."""
        found = self._worth_of(arabic_spellings(word), times)
        if len(word) >= _LONG_NAME and max(found.values(), default=-math.inf) <= _least_worth(word):
            found |= self._worth_of(self._beside(arabic_spellings(word)[:_MOST_NEAR]), times)
        return found

    def _worth_of(self, spellings: Iterable[tuple[str, float]], times: int) -> dict[str, float]:
        worth: dict[str, float] = {}
        for spelling, cost in spellings:
            light = light_stem(spelling)
            documents = self._stems.get(light, 0)
            enough = max(_COMMON_NAME, times * _MORE_IN_ARABIC)
            if documents < enough or len(light) < _SHORTEST_NAME or light in STOP_WORDS:
                continue
            if self._is_written(spelling, light):
                value = math.log(documents + 1) - _SPELLING * cost - (len(spelling) - len(light))
                worth[light] = max(value, worth.get(light, -math.inf))
        return worth

    def _beside(self, spellings: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
        """The words of headlines nearest to some spellings, for a name that the archive has in none of them."""
        for spelling, cost in spellings:
            for form, slip in _near(self._forms, spelling, 1):
                yield form, cost + slip / _SPELLING


def _least_worth(name: str) -> float:
    """What a spelling of a Latin name must be worth; of a long name more may be spelt otherwise than expected, for few
    words have even so many letters of it."""
    return -_A_LETTER * max(0, len(name) - _LONG_NAME + 1)


def _near(words: Vocabulary, typed: str, times: int) -> Iterator[tuple[str, float]]:
    """The words near to one that so many documents hold, with the cost of the slips between them."""
    if len(typed) < _LEAST_LETTERS:
        return
    skeleton = name_skeleton(typed)
    two = len(typed) > _LEAST_LETTERS and times <= _FEW
    for word, edits, _ in words.near(typed, 2 if two else 1):
        alike = name_skeleton(word) == skeleton
        if word == typed or (edits > 1 and not alike and (times or len(typed) < _TWO_EDITS)):
            continue
        cost = _cost_of_slip(typed, word) if edits == 1 else edits * _EDIT + 1
        yield word, min(cost, _cost_of_respelling(typed, word, edits)) if alike else cost


def _cost_of_respelling(typed: str, meant: str, edits: int) -> float:
    """What the edits between two words cost that sound the same: one letter written for another throughout is one
    («قوقل», «غوغل»), and so is a vowel in another place («اوردغان»)."""
    if sorted(typed) == sorted(meant):
        return _EXCHANGED
    if len(typed) == len(meant):
        edits = len({pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]})
    return edits * _SOUND


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
