"""The reader's own text around the words that were found, cut at words, safe to put into a page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from bulaq.arabic.analysis import Analyser, Term, Token

SNIPPET_LENGTH: Final = 220
"""Characters of a snippet, about two lines and a half of a result on a telephone."""
_LOOKED_AT: Final = 20_000
"""Characters of a body in which the best passage is looked for."""

Matches = Callable[[Term], bool]


def highlight(text: str, matches: Matches, analyser: Analyser) -> str:
    """The whole text as HTML, the words that match within `<mark>`."""
    tokens = analyser.tokens(text)
    return _marked(text, 0, len(text), [token for token in tokens if matches(analyser.term(token.text))])


def snippet(text: str, matches: Matches, analyser: Analyser, length: int = SNIPPET_LENGTH) -> str:
    """The passage of at most `length` characters with the most different words that match, as HTML, «…» where it
    was cut; the beginning of the text when nothing matches."""
    text = text[:_LOOKED_AT]
    tokens = analyser.tokens(text)
    terms = [analyser.term(token.text) for token in tokens]
    found = [index for index, term in enumerate(terms) if matches(term)]
    first = _best_start(tokens, terms, found, length)
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].end - tokens[first].start <= length:
        last += 1
    if not tokens:
        return escape(text[:length].strip())
    start = tokens[first].start if first else 0
    end = tokens[last].end if last + 1 < len(tokens) else len(text)
    end = min(end, start + length + 1) if last + 1 == len(tokens) else end
    marked = [tokens[index] for index in found if first <= index <= last]
    passage = _marked(text, start, end, marked)
    passage = " ".join(passage.split())
    return f"{'… ' if first else ''}{passage}{' …' if last + 1 < len(tokens) else ''}"


def _best_start(tokens: list[Token], terms: list[Term], found: list[int], length: int) -> int:
    """The word with which the best passage begins: a sentence's start or a few words before the first match."""
    best, best_value = 0, -1.0
    for place, index in enumerate(found):
        reach = tokens[index].start + length * 3 // 4
        inside = [other for other in found[place : place + 40] if tokens[other].end <= reach]
        value = len({terms[other].root for other in inside}) + 0.1 * len(inside) - 0.001 * index / len(tokens)
        if value > best_value:
            best, best_value = index, value
    lead = best
    while lead > 0 and tokens[best].start - tokens[lead - 1].start <= length // 5:
        lead -= 1
    return lead


def _marked(text: str, start: int, end: int, tokens: list[Token]) -> str:
    parts: list[str] = []
    at = start
    for token in tokens:
        if token.start < at or token.end > end:
            continue
        parts.append(escape(text[at : token.start]))
        parts.append(f"<mark>{escape(text[token.start : token.end])}</mark>")
        at = token.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
