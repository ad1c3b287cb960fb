"""A document's terms as a `tsvector`, a query's as a `tsquery`, in PostgreSQL's own notation.

«l:» light stem (with positions), «r:» root (of a stop word, the light stem; of the name of a place, none); «h:» and «t:»
those of the headline, «w:» its words. The headline's are lexemes of their own because an index knows no weights: to tell
them by a weight, PostgreSQL would open every document that holds the word. See its manual, 8.11, for the limits: positions
up to 16383, 256 of one lexeme, a megabyte for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bulaq.arabic.analysis import Term
from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.query.place_words import place_stems
from bulaq.discovery.terms.faces import Faces
from bulaq.discovery.terms.letters import decoded

_LAST_POSITION: Final = 16_383
_MOST_POSITIONS: Final = 255
_MOST_WORDS: Final = 30_000  # of a document, so that its vector stays under a megabyte
_GAP: Final = 16  # positions between two fields, so that no phrase reaches over


def lexeme(kind: str, term: str) -> str:
    """A lexeme in quotes, as vectors and queries write it."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{kind}:{escaped}'"


def vector(fields: Sequence[Faces], headline_words: Iterable[str]) -> str:
    """The `tsvector` of a document whose fields have these words: the headline first, then the others."""
    places: dict[str, list[str]] = defaultdict(list)
    bare: dict[str, None] = {}
    position = 1
    for number, faces in enumerate(fields):
        lights = _words(faces.lights)
        for light in lights:
            key = lexeme("l", light)
            if position <= _LAST_POSITION and len(places[key]) < _MOST_POSITIONS:
                places[key].append(str(position))
            position += 1
        named = zip(lights, _words(faces.roots), strict=True)
        roots = [root for light, root in named if light not in place_stems()]
        bare |= dict.fromkeys(lexeme("r", root) for root in roots)
        if not number:
            bare |= dict.fromkeys(lexeme("h", light) for light in lights)
            bare |= dict.fromkeys(lexeme("t", root) for root in roots)
        position += _GAP
    bare |= dict.fromkeys(lexeme("w", word) for word in headline_words)
    return " ".join([*(f"{key}:{','.join(at)}" if at else key for key, at in places.items()), *bare])


def _words(terms: str) -> list[str]:
    return decoded(terms).split(" ", _MOST_WORDS)[:_MOST_WORDS] if terms else []


def word_lexemes(word: QueryWord, *, headline: bool = False) -> list[str]:
    """All that a word of a query may stand as, anywhere or in the headline: the same terms as in the embedded index."""
    root, light = ("t", "h") if headline else ("r", "l")
    terms = dict.fromkeys(lexeme(root, each) for each in word.roots_to_match)
    return list(terms | dict.fromkeys(lexeme(light, each) for each in word.lights_to_match))


def light_lexemes(word: QueryWord, *, headline: bool = False) -> list[str]:
    """A word's light stem and its variants."""
    return [lexeme("h" if headline else "l", light) for light in word.lights]


def any_of(lexemes: Iterable[str]) -> str:
    """The `tsquery` of documents with any of some lexemes."""
    return f"({' | '.join(lexemes)})"


def phrase_query(terms: Sequence[Term]) -> str:
    """The `tsquery` of a phrase."""
    return " <-> ".join(lexeme("l", term.light) for term in terms)
