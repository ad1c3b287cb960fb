"""Which of several guesses at a word was meant: the one that keeps company with the query's other words in headlines.

By its letters alone «Mohamed Salah» may be «محمد سلاح», and «ميجان ماركل» is nearer to a square than to «ميغان ماركل»:
the frequent word wins. Beside its neighbour another one does («you shall know a word by the company it keeps»: Firth,
1957): the prior of the noisy channel (`bulaq.discovery.spelling.meant_words`) is then how many headlines hold both, or, where no headline
tells, how many texts have them in a row. Where none does, the guesses stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Final

from bulaq.discovery.query.parsing import Query, QueryWord, variant_of
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.spelling.meant_words import Costs

Together = Callable[[str, str, bool], int]
"""How many documents hold two light stems: anywhere in their headlines (True), or in a row in some field."""

_LEAST: Final = 2  # headlines that tell
_UNLIKELY: Final = -7.0  # natural logarithm from which down company is chance
_UNLIKELY_OF_KNOWN: Final = -1.5  # likewise, when some document has the word as it was typed
_MUCH_LESS: Final = 2.0  # natural logarithms by which a guess is less likely than the best and still kept
_TRUST: Final = 0.9  # in the best
_MOST_BESIDE: Final = 3  # guesses at a neighbour
_MOST_UNCERTAIN: Final = 6  # words, from the first; each may cost a hundred questions to the index


def in_company(query: Query, learned: Learned, together: Together) -> Query:
    """The query, each uncertain word taken for what stands beside its neighbours in the archive."""
    words = query.words
    possible = [learned.possible(word.term) for word in words]
    lights = [
        (word.term.light, *(light for light, _ in guessed[:_MOST_BESIDE]))
        for word, guessed in zip(words, possible, strict=True)
    ]
    settled = list(words)
    once = cache(together)
    for place in [place for place, guessed in enumerate(possible) if guessed][:_MOST_UNCERTAIN]:
        before = lights[place - 1] if place else ()
        after = lights[place + 1] if place + 1 < len(words) else ()
        settled[place] = _settled(
            words[place], possible[place], partial(_company, once, before, after), learned
        )
    return replace(query, words=tuple(settled))


def _company(
    together: Together, before: Sequence[str], after: Sequence[str], light: str, headlines: bool
) -> int:
    """The greatest number of documents that hold a light stem with one of those before or after it."""
    held = [together(other, light, headlines) for other in before]
    return max([*held, *(together(light, other, headlines) for other in after)], default=0)


def _settled(
    word: QueryWord, possible: Costs, company: Callable[[str, bool], int], learned: Learned
) -> QueryWord:
    for headlines in (True, False):
        if not word.surface.isascii() and company(word.term.light, headlines):
            return word  # some document has it beside them as it was typed
        held = {light: company(light, headlines) for light, _ in possible}
        if max(held.values()) >= _LEAST:
            break
    else:
        return word
    likely = {light: math.log(held[light]) - cost for light, cost in possible if held[light] >= _LEAST}
    best = max(likely.values())
    if best < (_UNLIKELY_OF_KNOWN if word.term.light in learned.vocabulary else _UNLIKELY):
        return word
    trusts = {variant.light: trust for variant, trust in word.variants if variant.light not in held}
    for light, value in sorted(likely.items(), key=lambda item: -item[1]):
        if value > best - _MUCH_LESS:
            trust = _TRUST * math.exp((value - best) / _MUCH_LESS)
            for variant, share in ((light, 1.0), *learned.variants.get(light, ())):
                trusts[variant] = max(trusts.get(variant, 0.0), round(trust * share, 2))
    return replace(word, variants=tuple((variant_of(light), trust) for light, trust in trusts.items()))
