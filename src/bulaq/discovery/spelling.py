"""«Did you mean»: a query with the words that nobody wrote replaced by the nearest that somebody did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bulaq.arabic.stemming import fold
from bulaq.discovery.learning import Learned
from bulaq.discovery.query import Query
from bulaq.discovery.vocabulary import distances

LOOKED_AT: Final = 5
"""Documents in which it is looked how a word is written."""
_LEAST_DOCUMENTS: Final = 2  # in which a proposed word must stand


def did_you_mean(query: Query, learned: Learned, written: Callable[[str], Sequence[str]]) -> str | None:
    """The corrected query, or None when every word is known or nothing near is. `written` gives the forms of a light stem
    as some documents have them; the one nearest to what was typed is proposed, for a Latin name the shortest."""
    corrected = query.text
    for word in query.words:
        if word.surface.isascii() and word.term.light in learned.vocabulary:
            continue  # a Latin name that some documents have stands for itself as well
        for light, _ in learned.guesses(word.term)[:1]:
            forms = written(light) if learned.vocabulary.get(light, 0) >= _LEAST_DOCUMENTS else ()
            if forms:
                latin = word.surface.isascii()
                away = map(len, forms) if latin else distances(word.term.exact, list(map(fold, forms)))
                corrected = corrected.replace(word.surface, min(zip(away, forms, strict=True))[1])
    return corrected if query.retyped or corrected != query.text else None
