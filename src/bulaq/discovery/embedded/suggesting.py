"""The headlines that complete what a reader is typing."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from typing import Final

import numpy as np

from bulaq.discovery.embedded.reading import Generation
from bulaq.discovery.embedded.segment import Chosen
from bulaq.discovery.results.hits import headline_of
from bulaq.discovery.results.suggestions import Beginning

_SUGGESTED_FROM: Final = 40  # headlines, the newest
_COMPLETED_TO: Final = 12  # words that the one being typed may become
_LOOKED_AT: Final = 100  # the most frequent of each segment
_MOST_COMPLETIONS: Final = 10_000  # beginnings that are kept


def headlines_with(generation: Generation, typed: Beginning, edition: int | None) -> list[str]:
    """The newest live headlines that hold the whole words and one that begins as the last one does."""
    mark = "live" if edition is None else f"e{edition}"
    likely = _completed(generation, typed.started) if typed.started else []
    if typed.started and not likely:
        return []
    wanted = [typed.whole[place : place + 1] for place in range(len(typed.whole))]
    found = generation.marked(mark) & generation.alive
    for forms in [*wanted, likely] if typed.started else wanted:
        found = found & _with_any(generation, forms)
    addresses = map(generation.address, generation.newest_of(found, _SUGGESTED_FROM))
    return [headline_of(segment.source(doc)) for segment, doc in addresses]


def _with_any(generation: Generation, forms: Sequence[str]) -> Chosen:
    """The documents whose headline has one of some words in this very form."""
    found = np.zeros(len(generation.alive), dtype=bool)
    for first, segment in zip(generation.firsts, generation.segments, strict=False):
        for form in forms:
            found[first + segment.with_form(form).astype(np.int64)] = True
    return found


def _completed(generation: Generation, started: str) -> list[str]:
    """The most frequent words of headlines that begin so; kept, for the first letters of many words are typed again and
    again, and have the most words to choose from."""
    known = generation.completions.get(started)
    if known is None:
        counted: dict[str, int] = {}
        for segment in generation.segments:
            for form, count in zip(*segment.forms(started, _LOOKED_AT), strict=True):
                counted[form] = counted.get(form, 0) + int(count)
        known = nsmallest(_COMPLETED_TO, counted, key=lambda form: (-counted[form], form))
        if len(generation.completions) < _MOST_COMPLETIONS:
            generation.completions[started] = known
    return known
