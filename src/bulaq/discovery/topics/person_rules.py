"""People, known by a given name, by a title before the name, by a verb of speech, or by what an archive has taught.

Each rule finds where a name begins; `name_ends` says where it ends.
"""

from __future__ import annotations

from functools import cache

from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.gazetteer.countries import country_words
from bulaq.discovery.topics.name_ends import looks_inflected, looks_like_a_verb, name_end, ordinals
from bulaq.discovery.topics.name_parts import NameParts
from bulaq.discovery.topics.name_rules import (
    CLITICS,
    Found,
    Word,
    ambiguous_names,
    gazetteer,
    given_names,
    keys,
    name_particles,
    organisation_heads,
    speech_verbs,
    titles,
    unnamelike,
    without_clitic,
    without_clitics,
)


def is_first_name(key: str) -> bool:
    """Whether a word is a first name that very many bear («محمد»): alone it names nobody."""
    return key in given_names()


def stands_alone(key: str) -> bool:
    """Whether the last word of a name may be looked for elsewhere in the text."""
    besides = (unnamelike(), ambiguous_names(), country_words(), name_particles(), ordinals())
    return len(key) > 2 and not any(key in some for some in besides)


def part_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """A word, or words in a row, that the archive knows as parts of names."""
    key = words[place].key
    if words[place].unnamed:
        return None
    if key not in names.parts:
        clitic = next(
            (some for some in CLITICS[1:] if key.startswith(some) and key[len(some) :] in names.parts), ""
        )
        if not clitic or len(key) - len(clitic) < 4 or key in names.plain:
            return None
        words[place] = without_clitic(words[place], clitic)
    if words[place].key in unnamelike() or words[place].key in country_words():
        return None
    end = name_end(words, place, names)
    if end == place + 1 and words[place].key in ambiguous_names() | name_particles():
        return None
    return Found(place, end, "person", "part") if end > place else None


def is_surname_or_verb(words: list[Word], place: int) -> bool:
    """Whether a word after a name has the shape of a verb («ترامب», «يتوعد»): an archive may know it as a surname."""
    if place >= len(words) or not words[place].joined:
        return False
    key = words[place].key
    return key.startswith(("ي", "ت")) and looks_like_a_verb(key)


def given_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """A given name («سالم المنصوري»), a word before «بن», «عبد …», «أبو …» or «بن …», and what follows it."""
    word = words[place]
    if word.unnamed or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    after = words[place + 1].key
    fathered = after in ("بن", "بنت") and len(word.key) > 2 and word.key not in unnamelike()
    if word.key in _openings():
        if (word.key == "عبد") != after.startswith("ال"):
            return None
        end = name_end(words, place, names)
        return Found(place, end, "person", "given") if end > place + 1 else None
    if after in given_names() and word.key.startswith("و") and word.key[1:] in given_names():
        word = words[place] = without_clitic(word, "و")  # «وجمال حمزة»
    if word.bare not in given_names() and not fathered:
        return None
    if word.bare in ambiguous_names() and after not in given_names() and after not in name_particles():
        return None
    end = name_end(words, place + 1, names, given=True)
    return Found(place, end, "person", "given") if end > place + 1 else None


@cache
def _openings() -> frozenset[str]:
    return keys(("عبد", "أبو", "أبي", "أبا", "بن"))


def titled_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """The name after a title and what is said of it: «الرئيس الأمريكي السابق …», «المتحدث باسم وزارة الخارجية …»."""
    word = words[place]
    titled = word.bare in titles()
    if word.unnamed or not (titled or _is_compatriot(words, place)):
        return None
    speaks_for = word.bare in _spokesmen()
    start = place + 1
    while start < len(words) and start - place < 5 and words[start].joined:
        if not _attribute(words[start].key) and not (speaks_for and words[start].key == "باسم"):
            break
        start += 1
    if start >= len(words) or not words[start].joined or (speaks_for and words[start].key == "باسم"):
        return None
    key = words[start].key
    known = key in given_names() or key in names.parts
    if words[start].bare not in given_names() and (
        key.startswith(("ال", "لل", "وال")) or (looks_inflected(key) and not known)
    ):
        return None
    end = name_end(words, start, names)
    named = end > start and (not titled or _is_definite(words, place, start))
    return Found(start, end, "person", "title") if named else None


def _is_definite(words: list[Word], place: int, start: int) -> bool:
    """Whether a title says which («*ال*وزير», «وزير *ال*خارجية», «رئيس *فرنسا*»); «رئيس لجنة» does not."""
    ends = (words[place], words[start - 1])
    if any(word.bare.startswith("ال") or word.key.startswith("لل") for word in ends):
        return True
    return words[place].bare in _honorifics() or words[start - 1].bare in gazetteer()


def speaker_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """The name after a verb of speech («وقال …»)."""
    if words[place].bare not in speech_verbs() or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    first = words[place + 1].key
    if first.startswith("ال") or first in ambiguous_names() or looks_inflected(first):
        return None
    end = name_end(words, place + 1, names)
    return Found(place + 1, end, "person", "says") if end > place + 1 else None


def _is_compatriot(words: list[Word], place: int) -> bool:
    """Whether somebody's country stands for him («وأكد *الاسكتلندي* …»), and not as an adjective («المنتخب *البرازيلي*»)."""
    key = words[place].key
    bare = key.removeprefix("و")
    if not (bare.startswith("ال") and bare.endswith("ي") and bare in country_words()):
        return False
    return (
        bare != key
        or not words[place].joined
        or not words[place - 1].key.startswith(("ال", "لل", "وال", "بال", "فال"))
    )


@cache
def _honorifics() -> frozenset[str]:
    """Titles that are definite without the article, for they stand before nothing but a name."""
    return keys(
        [
            "معالي",
            "سعادة",
            "فخامة",
            "سماحة",
            "مولاي",
            "سيدي",
            "نظيره",
            "نظيرها",
            "زميله",
            "زميلها",
            "نائبه",
            "المدعو",
        ]
    )


@cache
def _spokesmen() -> frozenset[str]:
    return keys(("المتحدث", "الناطق", "المتحدثة", "الناطقة"))


def _attribute(key: str) -> bool:
    """Whether a word goes on with a title: «الرئيس *الأمريكي السابق*», «المتحدث *باسم وزارة الخارجية*»."""
    return (
        (
            key.startswith(("ال", "لل"))
            or without_clitics(key)[0] in gazetteer()
            or key in ("باسم", "عام", "خارجيه", "وزراء")
            or key in organisation_heads()
            or key in titles()
        )
        and key not in given_names()
        and key not in STOP_WORDS
    )
