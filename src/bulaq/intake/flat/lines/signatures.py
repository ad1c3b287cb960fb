"""Whether a line that can be read as a byline is one: somebody's signature and nothing else."""

from __future__ import annotations

import re

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import Byline
from bulaq.intake.bylines.places import place_score

MAX_SIGNED_WORDS = 16
"""Words of a line that signs; a longer one says something."""

LIKELY_PERSON = 2.4
"""`person_score` of names of an unknown first name in the shape of a person («… المقدسي», two capitalised words)."""

KNOWN_PLACE = KNOWN_PERSON = 3.0
"""`place_score` and `person_score` of names that can hardly be anything else."""

_PLACE_BREAK = re.compile(r"\s*[،,/-]\s*")
_JOINED = re.compile(r"\s(?:من|في)\s")
_WITHIN = re.compile(r"\sفي\s")
"""«فلان في مصنعه» says whom a picture shows, where nobody knows the place."""


def signs(found: Byline, text: str, words: int) -> bool:
    """Whether `found`, read on the line `text` of `words` words, is all that the line says."""
    if _says_more(found, words) or not _holds_names(found):
        return False
    if found.place:
        return _signs_from_place(found, found.place, text, words)
    return _signs_without_place(found, words)


def _says_more(found: Byline, words: int) -> bool:
    """Whether the line is too long for what was read on it, or the reading itself is doubtful."""
    if words > 8 and not (found.roles or len(found.people) > 1):
        return True
    return found.confidence < 0.55 or max((len(name.split()) for name in found.people), default=0) > 5


def _holds_names(found: Byline) -> bool:
    """Whether what was read as names can be some."""
    names = (*found.people, *found.agencies)
    if any(name[:1].islower() for name in names):
        return False  # "By way of …"
    if not found.place:
        return True
    if not found.people and all(agency_score(name) <= 0 for name in found.agencies):
        return False  # «السوق - المدينة» is a caption
    return bool(found.roles) or not any(char.isdigit() for name in names for char in name)


def _signs_from_place(found: Byline, place: str, text: str, words: int) -> bool:
    """A place and names: either says «كتب», or the names are persons', or the place is known and the names plain."""
    if len(place.split()) > 6:
        return False
    if found.roles:
        return True
    named = _are_persons(found, LIKELY_PERSON)
    if place_score(_PLACE_BREAK.split(place)[0]) >= KNOWN_PLACE:
        return named or (words <= 5 and _are_persons(found, 1.2) and not _JOINED.search(text))
    within = _WITHIN.search(text)
    return named and not within and len(place.split()) <= 3 and words <= 7


def _signs_without_place(found: Byline, words: int) -> bool:
    if found.roles or (found.people and found.agencies):
        return True
    if found.people and words <= 5 and _are_persons(found, KNOWN_PERSON):
        return True
    return bool(found.agencies) and words <= 3 and found.confidence >= 0.8


def _are_persons(found: Byline, least: float) -> bool:
    return all(person_score(name) >= least for name in found.people)
