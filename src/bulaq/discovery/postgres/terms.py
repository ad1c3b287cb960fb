"""A document's terms as a `tsvector`, a query's as a `tsquery`, in PostgreSQL's own notation.

«l:» light stem (with positions, those of the headline with the weight A), «r:» root (of a stop word, the light stem; of
the name of a place, none), «w:» word of the headline. See PostgreSQL's manual, 8.11, for the limits: positions up to 16383,
256 of one lexeme, a megabyte for all.
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
    roots: dict[str, None] = {}
    position = 1
    for number, faces in enumerate(fields):
        lights = _words(faces.lights)
        for light in lights:
            key = lexeme("l", light)
            if position <= _LAST_POSITION and len(places[key]) < _MOST_POSITIONS:
                places[key].append(f"{position}{'' if number else 'A'}")
            position += 1
        named = zip(lights, _words(faces.roots), strict=True)
        roots |= {root: None for light, root in named if light not in place_stems()}
        position += _GAP
    with_places = [f"{key}:{','.join(at)}" if at else key for key, at in places.items()]
    bare = [lexeme("r", root) for root in roots] + [lexeme("w", word) for word in headline_words]
    return " ".join(with_places + bare)


def _words(terms: str) -> list[str]:
    return decoded(terms).split(" ", _MOST_WORDS)[:_MOST_WORDS] if terms else []


def word_query(word: QueryWord) -> str:
    """The `tsquery` of all that a word of a query may stand as; the same terms as in the embedded index."""
    terms = dict.fromkeys(lexeme("r", root) for root in word.roots_to_match)
    terms |= dict.fromkeys(lexeme("l", light) for light in word.lights_to_match)
    return f"({' | '.join(terms)})"


def light_query(word: QueryWord, weight: str = "") -> str:
    """The `tsquery` of a word's light stem and its variants; with ":A", in the headline only."""
    return f"({' | '.join(lexeme('l', light) + weight for light in word.lights)})"


def phrase_query(terms: Sequence[Term]) -> str:
    """The `tsquery` of a phrase."""
    return " <-> ".join(lexeme("l", term.light) for term in terms)
