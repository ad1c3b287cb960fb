"""The reader's own text around the words that were found, cut at words, safe to put into a page."""

from __future__ import annotations

from html import escape
from itertools import accumulate
from typing import Final

import numpy as np

from bulaq.arabic.analysis import Analyser, Term, Token
from bulaq.discovery.codes import LIGHT, ROOT, Codes, code_of
from bulaq.discovery.query import Query

SNIPPET_LENGTH: Final = 220
"""Characters of a snippet, about two lines and a half of a result on a telephone."""
_LOOKED_AT: Final = 6_000
"""Characters of a body in which the best passage is looked for: some thousand words."""


class Highlighter:
    """Marks the words of one query in the texts of its results."""

    def __init__(self, query: Query, analyser: Analyser) -> None:
        self._analyser = analyser
        self._lights = {word.term.light for word in query.words}
        self._lights.update(variant.light for word in query.words for variant, _ in word.variants)
        self._roots = {word.term.root for word in query.words}
        self._phrased = {term.light for phrase in query.phrases for term in phrase}
        self._known: dict[str, bool] = {}
        roots = {code_of(word.term) & ROOT for word in query.words}
        lights = {variant.code & LIGHT for word in query.words for variant, _ in word.variants}
        lights |= {code_of(term) & LIGHT for phrase in query.phrases for term in phrase}
        self._codes = [(np.uint32(ROOT), np.uint32(code)) for code in roots]
        self._codes += [(np.uint32(LIGHT), np.uint32(code)) for code in lights]

    def _matches(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            term = self._analyser.term(word)
            known = term.light in self._lights or term.light in self._phrased or self._same_root(term)
            self._known[word] = known
        return known

    def _same_root(self, term: Term) -> bool:
        return not term.stop and term.root in self._roots

    def headline(self, text: str) -> str:
        """The whole text as HTML, the words that match within `<mark>`."""
        tokens = [token for token in self._analyser.tokens(text) if self._matches(token.text)]
        return _marked(text, 0, len(text), tokens)

    def snippet(self, text: str, length: int = SNIPPET_LENGTH, codes: Codes | None = None) -> str:
        """The passage of at most `length` characters (and a word) with the most different words that match, as
        HTML, «…» where it was cut; the beginning of the text when nothing matches. The codes of its words, where
        they are kept, tell at once which of them to look at."""
        text = text[:_LOOKED_AT]
        words = self._analyser.words(text)
        if not words:
            return escape(text[:length].strip())
        places = range(len(words)) if codes is None else self._likely(codes[: len(words)])
        found = [place for place in places if self._matches(words[place])]
        first = self._start(words, found, length)
        # No passage holds more words than half its letters; one word more tells whether the text goes on.
        tokens = self._analyser.tokens(text, first, first + length // 2 + 2)
        last = 0
        while last + 1 < len(tokens) and tokens[last + 1].end - tokens[0].start <= length:
            last += 1
        start = tokens[0].start if first else 0
        end = tokens[last].end
        at_end = first + last + 1 == len(words)
        if at_end:
            end = min(len(text), end + 2)  # the full stop
        inside = [token for token in tokens[: last + 1] if self._matches(token.text)]
        passage = " ".join(_marked(text, start, max(end, start), inside).split())
        return f"{'… ' if first else ''}{passage}{'' if at_end else ' …'}"

    def _likely(self, codes: Codes) -> list[int]:
        """The places of the words that may match, by their codes."""
        likely = np.zeros(len(codes), dtype=np.bool_)
        for mask, wanted in self._codes:
            likely |= codes & mask == wanted
        places: list[int] = np.flatnonzero(likely).tolist()
        return places

    def _start(self, words: list[str], found: list[int], length: int) -> int:
        """The word with which the best passage begins: a few words before its first match. Lengths are those of the
        words and a space after each, which is near enough to choose by."""
        if not found:
            return 0
        ends = list(accumulate(map(len, words[: found[-1] + 1]), lambda end, word: end + word + 1))
        best, best_value = 0, 0.0
        faces = [self._analyser.term(words[place]).root for place in found]
        for number, place in enumerate(found):
            reach = ends[place] - len(words[place]) + length * 3 // 4
            inside = number
            while inside < len(found) and inside < number + 20 and ends[found[inside]] <= reach:
                inside += 1
            value = len(set(faces[number:inside])) + 0.1 * (inside - number) - 0.2 * place / len(words)
            if value > best_value:
                best, best_value = place, value
        lead = best
        begin = ends[best] - len(words[best])
        while lead > 0 and begin - (ends[lead - 1] - len(words[lead - 1])) <= length // 5:
            lead -= 1
        return lead


def _marked(text: str, start: int, end: int, tokens: list[Token]) -> str:
    parts: list[str] = []
    at = start
    for token in tokens:
        if token.start >= at and token.end <= end:
            parts.append(
                f"{escape(text[at : token.start])}<mark>{escape(text[token.start : token.end])}</mark>"
            )
            at = token.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
