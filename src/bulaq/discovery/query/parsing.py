"""What a reader typed, understood: words, "phrases", -exclusions.

The rules of matching, for every backend:

* A word matches a document that holds its light stem, its root, or a learned variant of it, in any field. No root leads to
  the name of a place, nor from it to what is no word of the place (`bulaq.discovery.query.place_words`).
* Stop words and the words that ask do not have to match, unless the query has no others; nor do the particles of speech
  («اللي», «عشان»), a clitic alone («بـ»), or a word that asks in speech («ليش», «وين») at the beginning of the query.
* A word of speech («تليفونات») may be there as newspapers write it («هواتف»: `bulaq.discovery.query.spoken_words`).
* A phrase matches the light stems of its words, stop words included, one after the other in one field. It must
  match when it is what the query is about: in a question, or among more than three other words, quotation marks are
  prose, and only the ranking looks at the order. When nothing holds the phrase, its words are searched.
* Single letters in a row («م.ت.ف») are a phrase. A month beside a number, countries, capitals and international organisations
  go by their other names too («أيار», «Cairo», «G20»: `bulaq.discovery.query.other_names`).
* Nothing that is excluded may match (a word by its light stem, a phrase as a phrase).
* A word that the archive does not know, or hardly, is taken for what was likely meant (`bulaq.discovery.spelling.meant_words`), or
  for two written as one; a query of which it knows nothing, for one typed on the other keyboard
  (`bulaq.discovery.query.typing_slips`).
* In order of relevance any word is enough to be a candidate, and the ranking decides: to ask for all of them costs
  .06 of nDCG@10 on rewritten headlines. In order of time, and for counts and facets, all words must match; when
  fewer documents do than were asked for, two thirds of the words are enough, then any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.stemming import root_of
from bulaq.arabic.stop_words import ASKING_WORDS, SPOKEN_ASKING, SPOKEN_PARTICLES
from bulaq.discovery.query.other_names import TRUST, by_other_names
from bulaq.discovery.query.pasted_addresses import words_for_addresses
from bulaq.discovery.query.place_words import lights_of_place, place_stems, unrelated_places, with_clitics
from bulaq.discovery.query.spoken_words import TRUST as SPOKEN_TRUST
from bulaq.discovery.query.spoken_words import written_for
from bulaq.discovery.query.typing_slips import joined, parted, retyped, with_its_lam, words_typed
from bulaq.discovery.terms.codes import code_of

LONGEST_QUERY = 400
"""Characters of a query that are looked at."""
MOST_WORDS = 32
"""Words of a query that are looked at; a pasted paragraph is searched by its beginning."""

_SLIP_TRUST = 0.9  # in a word that was mended
_TATWEEL = "\u0640"
_LATIN_ARTICLES = frozenset(("al", "el", "il", "ul"))  # of a name in Latin letters: «al-Ahly»
_MOST_LOOSE_WORDS = 3  # beside a phrase that must match
_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["«“„](?P<phrase>[^"»”“]*)["»”“]')
_EXCLUDED = re.compile(r"(?<!\S)-(?P<word>[^\s-]\S*)")

Variants = Callable[[Term], tuple[tuple[str, float], ...]]
"""The light stems that were learned from the archive to mean the same as a word's, with the trust in each, 0 to 1."""


def _no_variants(_: Term) -> tuple[tuple[str, float], ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Another light stem that stands for a word; `code` as in `bulaq.discovery.terms.codes`."""

    light: str
    code: int


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word to look for: as typed, its faces, and the learned variants of its light stem with the trust in each. `of_place`
    are the light stems of all words of the place that it is of: it is looked for by these, not by its root. `unrelated` are
    the light stems of places that merely have its root, by which they are not found."""

    surface: str
    term: Term
    variants: tuple[tuple[Variant, float], ...] = ()
    of_place: tuple[str, ...] = ()
    unrelated: tuple[str, ...] = ()

    @property
    def lights(self) -> tuple[str, ...]:
        """Its light stem, and those that stand for it."""
        return (self.term.light, *(variant.light for variant, _ in self.variants))

    @property
    def roots_to_match(self) -> tuple[str, ...]:
        """The roots that tell who holds it. (A stop word, looked for when there is nothing else, stands there by its
        light stem.)"""
        if self.of_place:
            return ()
        return (self.term.root, self.term.light) if self.term.stop else (self.term.root,)

    @property
    def stems_left_out(self) -> tuple[str, ...]:
        """The light stems of its root that do not tell it."""
        return with_clitics(self.unrelated)

    @property
    def lights_to_match(self) -> tuple[str, ...]:
        """The light stems that tell it beside its root."""
        own = (
            self.lights[:1] if self.term.light in place_stems() else ()
        )  # that of «قطرة» is the one of «قطر»
        return tuple(dict.fromkeys((*self.of_place, *own, *self.lights[1:])))


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood. `words` holds the phrases' words, too; `asked` are all words, stop words included.
    `text` is as typed, or as it would be on the other keyboard (`retyped`). A pasted address in which no word stands is
    `wordless`: it matches nothing."""

    text: str
    asked: tuple[Term, ...]
    words: tuple[QueryWord, ...]
    phrases: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    excluded_phrases: tuple[tuple[Term, ...], ...] = ()
    retyped: bool = False
    wordless: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: unless it is wordless, such a query matches what its filters let through."""
        return not self.words

    def without_phrases(self) -> Query:
        """The same query, its phrases' words loose."""
        return replace(self, phrases=())

    def levels(self) -> tuple[int, ...]:
        """How many words must match, strictest first: all, two thirds, one."""
        count = len(self.words)
        return tuple(dict.fromkeys((count, -(-2 * count // 3), 1))) if count else ()


def understand(
    text: str,
    analyser: Analyser,
    variants: Variants = _no_variants,
    vocabulary: Mapping[str, int] = MappingProxyType({}),
) -> Query:
    """The query that `text` stands for; any text is one, an empty one matches by the filters alone.
    `vocabulary` tells in how many documents of the archive a light stem stands."""
    without_addresses = words_for_addresses(text)[:LONGEST_QUERY]
    meant = retyped(without_addresses, analyser, vocabulary, variants)
    typed = without_addresses if meant is None else meant
    signs = _signs_in(typed, analyser)
    surfaces, others = by_other_names(
        words_typed(signs.bare, analyser, vocabulary)[:MOST_WORDS], analyser, vocabulary
    )
    terms = [analyser.term(surface) for surface in surfaces]
    elsewhere = {term.exact: lights for term, lights in zip(terms, others, strict=True)}
    wanted = [surfaces[place] for place in _looked_for(surfaces, terms)]
    words: dict[str, QueryWord] = {}
    for surface, term, mended in _respaced(wanted, analyser, variants, vocabulary):
        if term.exact not in words:
            known = dict.fromkeys(mended, _SLIP_TRUST)
            known |= dict.fromkeys(written_for(term), SPOKEN_TRUST)
            known |= dict.fromkeys(elsewhere.get(term.exact, ()), TRUST) | dict(variants(term))
            known.pop(term.light, None)
            stands_for = tuple((variant_of(light), trust) for light, trust in known.items())
            of_place = lights_of_place(term)
            unrelated = () if of_place else unrelated_places(term)
            words[term.exact] = QueryWord(surface, term, stands_for, of_place, unrelated)
    return Query(
        text=typed,
        asked=tuple(terms),
        words=tuple(words.values()),
        phrases=(*_that_must_match(signs, terms), *_abbreviations(terms)),
        excluded=signs.excluded,
        excluded_phrases=signs.excluded_phrases,
        retyped=meant is not None,
        wordless=without_addresses != text[:LONGEST_QUERY]
        and not (words or signs.excluded or signs.excluded_phrases),
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the signs in a query ask for, and its text without them (the words of phrases still in it)."""

    bare: str
    quoted: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...]
    excluded_phrases: tuple[tuple[Term, ...], ...]


def _signs_in(text: str, analyser: Analyser) -> _Signs:
    quoted: list[tuple[Term, ...]] = []
    excluded_phrases: list[tuple[Term, ...]] = []
    excluded: list[Term] = []

    def unquoted(match: re.Match[str]) -> str:
        terms = tuple(analyser.terms(match["phrase"]))
        (excluded_phrases if match["minus"] else quoted).append(terms)
        return " " if match["minus"] else f" {match['phrase']} "

    def taken_out(match: re.Match[str]) -> str:
        excluded.extend(analyser.terms(match["word"]))
        return " "

    bare = _EXCLUDED.sub(taken_out, _QUOTED.sub(unquoted, text))
    return _Signs(bare, tuple(quoted), tuple(excluded), tuple(filter(None, excluded_phrases)))


def _that_must_match(signs: _Signs, terms: list[Term]) -> list[tuple[Term, ...]]:
    """The phrases that the query is about; none in prose."""
    quoted_words = sum(not term.stop for phrase in signs.quoted for term in phrase)
    loose = sum(not term.stop for term in terms) - quoted_words
    if loose > _MOST_LOOSE_WORDS or any(term.exact in ASKING_WORDS for term in terms[:3]):
        return []
    return [phrase for phrase in signs.quoted if len(phrase) > 1]


def _looked_for(surfaces: list[str], terms: list[Term]) -> list[int]:
    """The places of the words that must be looked for; of all, when the query has no others."""
    return [
        place
        for place, (surface, term) in enumerate(zip(surfaces, terms, strict=True))
        if not term.stop
        and term.exact not in SPOKEN_PARTICLES
        and not (place == 0 and term.exact in SPOKEN_ASKING)
        and not (place + 1 < len(terms) and term.exact in _LATIN_ARTICLES)
        and not (len(term.exact) == 1 and surface.endswith(_TATWEEL))  # «بـ "سوريا"», no letter's name
    ] or list(range(len(terms)))


def _abbreviations(terms: list[Term]) -> Iterator[tuple[Term, ...]]:
    """Single Arabic letters in a row: «م.ت.ف», «د ب أ» mean nothing one by one."""
    for arabic, group in groupby(terms, key=lambda term: len(term.exact) == 1 and term.exact >= "\u0620"):
        letters = tuple(group)
        if arabic and len(letters) > 1:
            yield letters


def _respaced(
    surfaces: list[str], analyser: Analyser, variants: Variants, vocabulary: Mapping[str, int]
) -> Iterator[tuple[str, Term, list[str]]]:
    """The words, those parted that were written as one; with each the light stems it may stand as besides: together
    with its neighbour, or with a ل that was not written."""
    words: list[str] = []
    for surface in surfaces:
        term = analyser.term(surface)
        parts = parted(term, analyser, vocabulary, guessed=bool(variants(term))) or (surface,)
        words += [part for part in parts if len(parts) == 1 or not analyser.term(part).stop]
    terms = [analyser.term(word) for word in words]
    for place, (word, term) in enumerate(zip(words, terms, strict=True)):
        others = [
            joined(terms[first], terms[first + 1], analyser, vocabulary)
            for first in (place - 1, place)
            if 0 <= first < len(terms) - 1
        ]
        others.append(with_its_lam(term, analyser, vocabulary))
        yield word, term, [light for light in others if light is not None]


def variant_of(light: str) -> Variant:
    """A light stem as a variant."""
    return Variant(light, code_of(Term(light, light, root_of(light), False)))
