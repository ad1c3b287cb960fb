"""The words of a text as the rules of names look at them, and the lists of words that the rules know.

`person_rules` and `head_rules` each look at one place of the text and say where the name that begins there (or after
it) ends, or None; `topics` asks them in turn and makes candidates of what they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple

from bulaq.arabic import given_names as known_names
from bulaq.arabic.normalise import matching_key
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.gazetteer.countries import country_names
from bulaq.discovery.gazetteer.entries import standing_names
from bulaq.discovery.terms.common_words import SHARES
from bulaq.discovery.topics.name_words import (
    NAME_PARTICLES,
    ORGANISATION_HEADS,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACES,
    SPEAKERS,
    SPEECH_VERBS,
    TITLES,
)

Kind = Literal["person", "place", "organisation"]
Rule = Literal["known", "title", "given", "says", "head", "part", "again"]

_WORD = re.compile(r"[^\W_][\w\u064b-\u0652\u0670\u0640]*")
_QUOTATION = re.compile(
    r"""(?:(?<!\w)"|[«“„]|(?<!\w)'\s?')\s{0,3}([^"«»“”„'.،,؛:\n]{2,40}?)\s{0,3}(?:["»”“]|'\s?')"""
)
_WRITTEN_AS_PARTICLES: Final = frozenset(("على", "وعلى", "إلى", "بأن", "لأن", "كأن", "أن", "إن"))
CLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


class Word(NamedTuple):
    """A word of a text, as the rules of names look at it."""

    key: str  # normalised
    bare: str  # normalised, without clitics before the article or the name
    start: int  # of the bare word in the text
    end: int
    joined: bool  # nothing but white space parts it from the word before
    width: int  # of the word as written
    unnamed: bool  # written as no name is: with the accusative's tanwin («شيئاً»), or «على», which without ى is «علي»
    quoted: int = 0  # where the short quotation ends that begins here, next to the word before


class Found(NamedTuple):
    """A name: the words from `first` to before `end`, what it names, the rule that saw it, the title before it."""

    first: int
    end: int
    kind: Kind
    rule: Rule
    title: str = ""


def read_words(text: str) -> list[Word]:
    """The words of a text, in order."""
    words: list[Word] = []
    quotations = {match.start(1): match.end(1) for match in _QUOTATION.finditer(text)}
    place = 0
    for match in _WORD.finditer(text):
        key = matching_key(match.group())
        bare, offset = without_clitics(key)
        start = match.start() + _behind(match.group(), offset)
        between = text[place : match.start()].strip()
        joined = not between and bool(words)
        unnamed = match.group().endswith(("ً", "ًا")) or match.group() in _WRITTEN_AS_PARTICLES
        quoted = 0 if between.strip("\"«“„' ") else quotations.get(match.start(), 0)
        words.append(Word(key, bare, start, match.end(), joined, len(match.group()), unnamed, quoted))
        place = match.end()
    return words


def _behind(written: str, letters: int) -> int:
    """Where a word goes on behind so many letters, with what lengthens or vowels them («بـإسرائيل»)."""
    if not letters:
        return 0
    places = [place for place, character in enumerate(written) if matching_key(character)]
    return places[letters] if letters < len(places) else 0


def without_clitics(key: str) -> tuple[str, int]:
    """A word without «و», «ف», «ب», «ل», «ك» before it, only where a word known to this module is left."""
    known = _listed()
    if key in known:
        return key, 0
    if key.startswith("لل") and f"ال{key[2:]}" in known:
        return f"ال{key[2:]}", 0  # «للولايات المتحدة»
    for clitic in CLITICS[1:]:
        rest = key[len(clitic) :]
        least = 4 if rest in given_names() else 3  # «لجان» is no «جان», «بعمر» no «عمر»
        if key.startswith(clitic) and rest in known and len(rest) >= least and rest not in ambiguous_names():
            return rest, len(clitic)
    return key, 0


def without_clitic(word: Word, clitic: str) -> Word:
    """The word without a clitic that stands before it."""
    rest = word.key[len(clitic) :]
    start = word.start + (len(clitic) if word.width == len(word.key) else 0)
    return word._replace(key=rest, bare=rest, start=start)


def keys(words: Iterable[str]) -> frozenset[str]:
    """The words as they are compared (`matching_key`)."""
    return frozenset(matching_key(word) for word in words)


@cache
def gazetteer() -> dict[str, Kind]:
    """The names that are known beforehand, as they are compared, and what each names."""
    names: dict[str, Kind] = {}
    for name in standing_names():
        own = [one for one in (*name.arabic, *name.short) if one not in name.equivocal]
        own += [f"ال{one}" for one in own if one in name.short]  # «الناتو», but not «ميناء الفاو»
        names.update((matching_key(one), "place" if name.is_place else "organisation") for one in own)
    names.update((matching_key(name), "place") for name in (*PLACES, *country_names()))
    names.update((matching_key(name), "organisation") for name in ORGANISATIONS)
    return names


@cache
def _listed() -> frozenset[str]:
    firsts = {name.split()[0] for name in gazetteer()}
    return (
        titles() | organisation_heads() | place_heads() | given_names() | speech_verbs() | frozenset(firsts)
    )


@cache
def titles() -> frozenset[str]:
    """Words that stand before a person's name («الرئيس»)."""
    return keys(TITLES)


@cache
def organisation_heads() -> frozenset[str]:
    """Words that an organisation's name begins with («وزارة»)."""
    return keys(ORGANISATION_HEADS)


@cache
def place_heads() -> frozenset[str]:
    """Words that a place's name begins with («مدينة»)."""
    return keys(PLACE_HEADS)


@cache
def given_names() -> frozenset[str]:
    """What people are called, in Arabic and elsewhere."""
    return (keys(known_names.arab_names()) | foreign_names()) - STOP_WORDS | {matching_key("علي")}


@cache
def foreign_names() -> frozenset[str]:
    """Those that are no Arab's: the surname that follows has no article of its own."""
    return keys(known_names.foreign_names()) - keys(known_names.arab_names()) - STOP_WORDS


@cache
def ambiguous_names() -> frozenset[str]:
    """Given names that are other words as well («أمل»)."""
    return keys(known_names.ambiguous_names())


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs of saying, behind or before which a speaker stands («قال»)."""
    return keys(SPEECH_VERBS)


@cache
def name_particles() -> frozenset[str]:
    """Words between the parts of a name («بن»)."""
    return keys(NAME_PARTICLES)


@cache
def unnamelike() -> frozenset[str]:
    """Words that no name goes on with."""
    heads = organisation_heads() | place_heads() | titles()
    plain = heads | speech_verbs() | keys(SPEAKERS) | keys(SHARES)
    return STOP_WORDS | plain | frozenset("ال" + word for word in plain if not word.startswith("ال"))
