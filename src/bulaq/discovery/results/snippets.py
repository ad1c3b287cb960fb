"""The reader's own text around the words that were found, cut at words, safe to put into a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

import numpy as np

from bulaq.arabic.analysis import Analyser, Term
from bulaq.discovery.query.parsing import Query
from bulaq.discovery.terms.codes import LIGHT, ROOT, Codes, code_of, light_code

SNIPPET_LENGTH: Final = 220
"""Characters of a snippet, about two lines and a half of a result on a telephone."""
_LOOKED_AT: Final = 6_000
"""Characters of a body in which the best passage is looked for: some thousand words."""
_MOST_WORDS: Final = _LOOKED_AT // 2
_PASSAGE: Final = 28
"""Words of a passage, as long as words are on the average."""
_LEAD: Final = 6
"""Words before the first that matches."""
_SPECIAL: Final = re.compile("[&<>\"']")

_Span = tuple[int, int]
"""Where a word begins and ends in a text."""


class Highlighter:
    """Marks the words of one query in the texts of its results."""

    def __init__(self, query: Query, analyser: Analyser) -> None:
        self._analyser = analyser
        self._lights = {light for word in query.words for light in (*word.of_place, *word.lights)}
        self._roots = {word.term.root: word.stems_left_out for word in query.words if not word.of_place}
        self._phrased = {term.light for phrase in query.phrases for term in phrase}
        self._known: dict[str, bool] = {}
        roots = {code_of(word.term) & ROOT for word in query.words if not word.of_place}
        lights = {variant.code & LIGHT for word in query.words for variant, _ in word.variants}
        lights |= {light_code(light) for word in query.words for light in word.of_place}
        lights |= {code_of(term) & LIGHT for phrase in query.phrases for term in phrase}
        self._codes = [
            (np.uint32(mask), [np.uint32(code) for code in codes])
            for mask, codes in ((ROOT, roots), (LIGHT, lights))
            if codes
        ]

    def _matches(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            term = self._analyser.term(word)
            known = term.light in self._lights or term.light in self._phrased or self._same_root(term)
            self._known[word] = known
        return known

    def _same_root(self, term: Term) -> bool:
        return not term.stop and term.root in self._roots and term.light not in self._roots[term.root]

    def headline(self, text: str, codes: Codes | None = None) -> str:
        """The whole text as HTML, the words that match within `<mark>`. `codes` as for `snippet`."""
        likely = None if codes is None else self._likely(codes)
        if likely is None:
            first, spans = 0, self._analyser.spans(text)
        elif likely:  # only those from the first to the last that may match
            first, spans = min(likely), self._analyser.spans(text, min(likely), max(likely) + 1)
        else:
            first, spans = 0, []
        return _marked(text, 0, len(text), self._found(text, spans, first, likely))

    def _found(self, text: str, spans: list[_Span], first: int, likely: set[int] | None) -> list[_Span]:
        """Those of the words from the position `first` on that match."""
        return [
            (start, end)
            for position, (start, end) in enumerate(spans, first)
            if (likely is None or position in likely) and self._matches(text[start:end])
        ]

    def _likely(self, codes: Codes) -> set[int]:
        """The places of the words that may match, by their codes: only they need be analysed."""
        likely = np.zeros(len(codes), dtype=np.bool_)
        for mask, wanted in self._codes:
            masked = codes & mask
            for code in wanted:
                likely |= masked == code
        return set(np.flatnonzero(likely).tolist())

    def snippet(self, text: str, length: int = SNIPPET_LENGTH, codes: Codes | None = None) -> str:
        """The passage of at most `length` characters (and the full stop) with the most different words that match, as
        HTML, «…» where it was cut; the beginning of the text when nothing matches. `codes` are those of its words,
        where they are kept: they tell where the words stand that match, without analysing each."""
        text = text[:_LOOKED_AT]
        if codes is None:
            terms = self._analyser.terms(text)
            codes = np.fromiter(map(code_of, terms), dtype=np.uint32, count=len(terms))
        codes = codes[:_MOST_WORDS]
        likely = self._likely(codes)
        first, spans = self._passage(text, self._best(codes, sorted(likely)), length)
        if not spans:
            return escape(text[:length].strip())
        start = spans[0][0] if first else 0
        end = spans[-1][1]
        at_end = first + len(spans) == len(codes) < _MOST_WORDS and end - start <= length
        # The full stop; or only a part of a word that is longer than a snippet (it is not marked).
        end = min(len(text), end + 2) if at_end else min(end, start + length)
        marked = _marked(text, start, max(end, start), self._found(text, spans, first, likely))
        return f"{'… ' if first else ''}{' '.join(marked.split())}{'' if at_end else ' …'}"

    def _passage(self, text: str, best: int, length: int) -> tuple[int, list[_Span]]:
        """The words to be shown, some before the one at position `best`; and the position of the first."""
        first = max(0, best - _LEAD)
        spans = self._analyser.spans(text, first, first + length // 4 + 2)
        # Of a text of long words (a vowelled one) it may stand beyond what is looked at.
        if len(spans) <= best - first:
            first = best = 0
            spans = self._analyser.spans(text, 0, length // 4 + 2)
        while first < best and len(spans) > 1 and spans[best - first][0] - spans[0][0] > length // 3:
            del spans[0]
            first += 1
        last = 0
        while last + 1 < len(spans) and spans[last + 1][1] - spans[0][0] <= length:
            last += 1
        return first, spans[: last + 1]

    @staticmethod
    def _best(codes: Codes, likely: list[int]) -> int:
        """The place of the word with which the best passage begins: most different words in the following ones,
        early rather than late."""
        found = [place for place in likely if place < _LOOKED_AT // 8]
        roots: list[int] = (codes[found] & np.uint32(ROOT)).tolist()
        best, best_value = 0, 0.0
        for number, place in enumerate(found):
            stop = number + 1
            while stop < len(found) and stop < number + 20 and found[stop] < place + _PASSAGE:
                stop += 1
            value = len(set(roots[number:stop])) + 0.1 * (stop - number) - 0.2 * place / len(codes)
            if value > best_value:
                best, best_value = place, value
        return best


def _marked(text: str, start: int, end: int, found: list[_Span]) -> str:
    parts: list[str] = []
    at = start
    safe: Callable[[str], str] = escape if _SPECIAL.search(text, start, end) else str
    for begin, stop in found:
        if begin >= at and stop <= end:
            parts += (safe(text[at:begin]), "<mark>", safe(text[begin:stop]), "</mark>")
            at = stop
    parts.append(safe(text[at:end]))
    return "".join(parts)
