"""«Did you mean»: a query with the words that nobody wrote replaced by the nearest that somebody did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bulaq.discovery.learning import Learned
from bulaq.discovery.query import Query

_LEAST_DOCUMENTS: Final = 2  # in which a proposed word must stand


def did_you_mean(query: Query, learned: Learned, surface: Callable[[str], str | None]) -> str | None:
    """The corrected query, or None when every word is known or nothing near is. `surface` writes a light stem as
    the documents do."""
    corrected = query.text
    for word in query.words:
        term = word.term
        if not learned.vocabulary or term.light in learned.vocabulary or term.light[:1].isdigit():
            continue
        for light, _ in learned.guesses(term)[:1]:
            written = surface(light) if learned.vocabulary.get(light, 0) >= _LEAST_DOCUMENTS else None
            if written is not None:
                corrected = corrected.replace(word.surface, written)
    return corrected if query.retyped or corrected != query.text else None
