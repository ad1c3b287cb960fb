"""The reader's own text around the words that were found, cut at words, safe to put into a page."""

from __future__ import annotations

from html import escape
from typing import Final

from bulaq.arabic.analysis import Analyser, Term, Token
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

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> str:
        """The passage of at most `length` characters (and a word) with the most different words that match, as
        HTML, «…» where it was cut; the beginning of the text when nothing matches."""
        text = text[:_LOOKED_AT]
        tokens = self._analyser.tokens(text)
        if not tokens:
            return escape(text[:length].strip())
        found = [token for token in tokens if self._matches(token.text)]
        first = self._start(tokens, found, length)
        last = first
        while last + 1 < len(tokens) and tokens[last + 1].end - tokens[first].start <= length:
            last += 1
        start = tokens[first].start if first else 0
        end = tokens[last].end
        if last + 1 == len(tokens):
            end = min(len(text), end + 2)  # the full stop
        inside = [token for token in found if first <= token.position <= last]
        passage = " ".join(_marked(text, start, max(end, start), inside).split())
        return f"{'… ' if first else ''}{passage}{' …' if last + 1 < len(tokens) else ''}"

    def _start(self, tokens: list[Token], found: list[Token], length: int) -> int:
        """The word with which the best passage begins: a few words before its first match."""
        best, best_value = 0, 0.0
        faces = [self._analyser.term(token.text).root for token in found]
        for place, token in enumerate(found):
            reach = token.start + length * 3 // 4
            inside = place
            while inside < len(found) and inside < place + 20 and found[inside].end <= reach:
                inside += 1
            value = (
                len(set(faces[place:inside])) + 0.1 * (inside - place) - 0.2 * token.position / len(tokens)
            )
            if value > best_value:
                best, best_value = token.position, value
        lead = best
        while lead > 0 and tokens[best].start - tokens[lead - 1].start <= length // 5:
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
