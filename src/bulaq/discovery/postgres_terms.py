"""A document's terms as a `tsvector`, a query's as a `tsquery`, in PostgreSQL's own notation.

«l:» light stem (with positions, those of the headline with the weight A), «r:» root (of a stop word, the light stem), «w:» word of the headline. See PostgreSQL's manual, 8.11, for the
limits: positions up to 16383, 256 of one lexeme, a megabyte for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bulaq.arabic.analysis import Term
from bulaq.discovery.faces import Faces
from bulaq.discovery.query import QueryWord
from bulaq.discovery.term_letters import decoded

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
        for light in decoded(faces.lights).split(" ", _MOST_WORDS)[:_MOST_WORDS]:
            key = lexeme("l", light)
            if position <= _LAST_POSITION and len(places[key]) < _MOST_POSITIONS:
                places[key].append(f"{position}{'' if number else 'A'}")
            position += 1
        roots |= dict.fromkeys(decoded(faces.roots).split(" ", _MOST_WORDS)[:_MOST_WORDS])
        position += _GAP
    with_places = [f"{key}:{','.join(at)}" if at else key for key, at in places.items()]
    bare = [lexeme("r", root) for root in roots] + [lexeme("w", word) for word in headline_words]
    return " ".join(with_places + bare)


def word_query(word: QueryWord) -> str:
    """The `tsquery` of all that a word of a query may stand as; the same terms as in the embedded index."""
    term = word.term
    terms = {lexeme("r", term.root): None}
    if term.stop:
        terms[lexeme("r", term.light)] = None
    terms |= dict.fromkeys(lexeme("l", variant.light) for variant, _ in word.variants)
    return f"({' | '.join(terms)})"


def light_query(word: QueryWord, weight: str = "") -> str:
    """The `tsquery` of a word's light stem and its variants; with ":A", in the headline only."""
    lights = (word.term.light, *(variant.light for variant, _ in word.variants))
    return f"({' | '.join(lexeme('l', light) + weight for light in lights)})"


def phrase_query(terms: Sequence[Term]) -> str:
    """The `tsquery` of a phrase."""
    return " <-> ".join(lexeme("l", term.light) for term in terms)
