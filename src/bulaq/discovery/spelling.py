"""«Did you mean»: a query with the words that nobody wrote replaced by the nearest that somebody did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bulaq.arabic.stemming import fold
from bulaq.discovery.learning import Learned
from bulaq.discovery.query import Query, QueryWord
from bulaq.discovery.vocabulary import distances

LOOKED_AT: Final = 12
"""Documents in which it is looked how a word is written."""
_LEAST_DOCUMENTS: Final = 2  # in which a proposed word must stand


def did_you_mean(query: Query, learned: Learned, written: Callable[[str], Sequence[str]]) -> str | None:
    """The corrected query, or None when every word is known or nothing near is. `written` gives the forms of a light stem
    as some documents have them; the one nearest to what was typed is proposed, for a Latin name the most frequent.

    Names in Latin letters are proposed in Arabic ones all or none («جمال Khashoggi» helps nobody), and not when some
    document has each of them as it was typed."""
    proposed = {word.surface: _proposed(word, learned, written) for word in query.words}
    latin = [word for word in query.words if word.surface.isascii() and word.surface.isalpha()]
    known = all(word.term.light in learned.vocabulary for word in latin)
    corrected = _replaced(query.text, proposed)
    if latin and (known or any(letter.isascii() and letter.isalpha() for letter in corrected)):
        corrected = _replaced(query.text, {**proposed, **dict.fromkeys(word.surface for word in latin)})
    return corrected if query.retyped or corrected != query.text else None


def _replaced(text: str, proposed: Mapping[str, str | None]) -> str:
    for surface, right in proposed.items():
        text = text.replace(surface, right or surface)
    return text


def _proposed(word: QueryWord, learned: Learned, written: Callable[[str], Sequence[str]]) -> str | None:
    """How the word that was likeliest meant is written; None when it was the one that was typed."""
    variants = {variant.light for variant, _ in word.variants}
    light = next((light for light, _ in learned.possible(word.term) if light in variants), None)
    forms = written(light) if light and learned.vocabulary.get(light, 0) >= _LEAST_DOCUMENTS else ()
    if not forms:
        return None
    folded = list(map(fold, forms))
    away = [0] * len(forms) if word.surface.isascii() else distances(word.term.exact, folded)
    seldom = (-learned.forms.get(form, 0) for form in folded)
    return min(zip(away, seldom, forms, strict=True))[2]
