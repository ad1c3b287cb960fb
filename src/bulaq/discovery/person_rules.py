"""People, known by a given name, by a title before the name, by a verb of speech, or by what an archive has taught.

A name is read word by word (`_Reading`): given names and particles («محمد بن عبد الله») go on as long as they come, one
word that no list knows may follow them as the surname, and after a surname only what shows itself to be of the name: an
adjective of origin («الخطابي»), the number of a king («الثاني»). Arabic news hardly ever ends a name with a comma before the
verb or the object that follows it, so where a name ends is most of the art.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import cache
from typing import Final

from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.countries import country_words
from bulaq.discovery.name_parts import NameParts
from bulaq.discovery.name_rules import (
    CLITICS,
    Found,
    Word,
    ambiguous_names,
    foreign_names,
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

_MOST_WORDS: Final = 7
_ORDINALS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر عشر"


def is_first_name(key: str) -> bool:
    """Whether a word is a first name that very many bear («محمد»): alone it names nobody."""
    return key in given_names()


def stands_alone(key: str) -> bool:
    """Whether the last word of a name may be looked for elsewhere in the text."""
    besides = (unnamelike(), ambiguous_names(), country_words(), name_particles(), _ordinals())
    return len(key) > 2 and not any(key in some for some in besides)


def _name_end(words: Sequence[Word], place: int, names: NameParts, *, given: bool = False) -> int:
    """Where the name that begins at `place` ends; `place` when none begins there. `given`: a given name stands before."""
    end = place
    expects = _Expects.SURNAME if given else _Expects.NAME
    while end < len(words) and end - place < _MOST_WORDS and (end == place or words[end].joined):
        word, before = words[end], words[end - 1] if given or end > place else None
        if word.unnamed:
            break
        if before is not None and word.key in _ordinals():
            return end + 1
        after = _after(word.key, before, expects, names)
        if after is None:
            break
        expects = after
        end += 1
    while (
        end > place and words[end - 1].key in name_particles() and words[end - 1].key not in ("الدين", "الله")
    ):
        end -= 1
    return end


class _Expects(Enum):
    """What may come next in a name."""

    NAME = auto()  # its first word
    SURNAME = auto()  # more given names, or a surname
    BEARER = auto()  # the father's or the son's name («بن *سعيد*»)
    ORIGIN = auto()  # after a surname: «الخطابي»


def _after(key: str, before: Word | None, expects: _Expects, names: NameParts) -> _Expects | None:
    """What may follow `key` in a name that expects it; None when the name ends before it."""
    if key in name_particles() or (
        before is not None and key in ("لا", "لوس") and before.key in ("دو", "دي")
    ):
        return _Expects.SURNAME if key in ("عبد", "الله", "الدين") else _Expects.BEARER
    if before is not None and before.key == "عبد":
        return _Expects.SURNAME if key.startswith("ال") else None
    if key.startswith("و") and key[1:] in given_names():
        return None
    known = key in given_names() or key in names.parts
    if expects in (_Expects.NAME, _Expects.BEARER):
        if not known and (not _may_be_named(key, names) or (before is None and _joins_another(key))):
            return None
        return _Expects.SURNAME if known or expects is _Expects.NAME else _Expects.ORIGIN
    if known:
        return expects
    if before is not None and before.bare in foreign_names():
        foreign = len(key) > 2 and not key.startswith("ال") and key not in country_words()
        plain = key in unnamelike() or key in names.plain
        return _Expects.ORIGIN if foreign and not plain and expects is _Expects.SURNAME else None
    if not _may_be_named(key, names):
        return None
    if key.startswith("ال"):
        surname = before is not None and (before.bare in given_names() or before.key in names.parts)
        return _Expects.ORIGIN if surname or _is_origin(key) else None
    if expects is _Expects.ORIGIN or _joins_another(key) or looks_inflected(key):
        return None
    return _Expects.ORIGIN


@cache
def _ordinals() -> frozenset[str]:
    return keys(_ORDINALS.split())


def _is_origin(key: str) -> bool:
    """Whether a word with the article has the shape of an adjective of origin («الخطابي», «المصري»)."""
    return key.endswith("ي") and len(key) > 4


def _may_be_named(key: str, names: NameParts) -> bool:
    """Whether a word that no list knows could stand in a name."""
    return not (
        key in names.plain
        or key in unnamelike()
        or len(key) < 3
        or key[0].isdigit()
        or _joins_plain(key, names)
        or _looks_like_a_verb(key)
    )


def _joins_another(key: str) -> bool:
    """Whether a word after a name begins with «و», «ل», «ب» or «ست» («بوش *وبلير*», «أنان *لمحطة*», «رايس *ستزور*»): in
    names these are rarer than what they join, but for «بو…», «بل…» and «بن…» («بوتفليقة»)."""
    if key.startswith("ب"):
        return len(key) > 4 and not key.startswith(("بو", "بل", "بن"))
    return (key.startswith(("و", "ل")) and len(key) > 3) or (key.startswith("ست") and len(key) > 4)


def _joins_plain(key: str, names: NameParts) -> bool:
    """Whether a word is «and», «with», «for» or «so» before one that is no name («بحفاوة», «لشؤون», «فذكر»)."""
    rest = key[1:]
    return (
        key[:1] in "وبلكف"
        and len(rest) > 2
        and (rest in unnamelike() or not names.plain.isdisjoint((rest, f"ال{rest}")))
    )


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
    end = _name_end(words, place, names)
    if end == place + 1 and words[place].key in ambiguous_names() | name_particles():
        return None
    return Found(place, end, "person", "part") if end > place else None


def looks_inflected(key: str) -> bool:
    """Whether a word has the shape of a verb or of a word with a pronoun, as a name hardly ever has."""
    if key in country_words():
        return True
    return (key.startswith(("سي", "وال", "بال", "فال", "كال", "لل", "وي", "وت", "ون")) and len(key) > 4) or (
        len(key) > 4 and key.endswith(("ها", "هم", "هما", "ته", "وا", "نا"))
    )


def _looks_like_a_verb(key: str) -> bool:
    """Whether a word that no list knows has the shape of a verb in the present («يختار», «تستيقظ»), or of one joined on
    («فليطلب»). Names of this shape («تشرشل») are rarer than such verbs after a title or a verb of speech."""
    return (key.startswith("ي") and len(key) > 2) or (
        key.startswith(("ت", "فلي", "فلت", "وا", "فا")) and len(key) > 4
    )


def is_surname_or_verb(words: list[Word], place: int) -> bool:
    """Whether a word after a name has the shape of a verb («ترامب», «يتوعد»): an archive may know it as a surname."""
    if place >= len(words) or not words[place].joined:
        return False
    key = words[place].key
    return key.startswith(("ي", "ت")) and _looks_like_a_verb(key)


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
        end = _name_end(words, place, names)
        return Found(place, end, "person", "given") if end > place + 1 else None
    if after in given_names() and word.key.startswith("و") and word.key[1:] in given_names():
        word = words[place] = without_clitic(word, "و")  # «وجمال حمزة»
    if word.bare not in given_names() and not fathered:
        return None
    if word.bare in ambiguous_names() and after not in given_names() and after not in name_particles():
        return None
    end = _name_end(words, place + 1, names, given=True)
    return Found(place, end, "person", "given") if end > place + 1 else None


@cache
def _openings() -> frozenset[str]:
    return keys(("عبد", "أبو", "أبي", "أبا", "بن"))


def titled_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """The name after a title and what is said of it: «الرئيس الأمريكي السابق …», «المتحدث باسم وزارة الخارجية …»."""
    word = words[place]
    if word.unnamed or not (word.bare in titles() or _is_compatriot(words, place)):
        return None
    start = place + 1
    speaks_for = word.bare in _spokesmen()
    while start < len(words) and start - place < 5 and words[start].joined:
        if not _attribute(words[start].key) and not (speaks_for and words[start].key == "باسم"):
            break
        start += 1
    if start >= len(words) or not words[start].joined:
        return None
    if words[start].key.startswith(("ال", "لل", "وال")) and words[start].bare not in given_names():
        return None
    first = words[start].key
    if looks_inflected(first) and first not in given_names() and first not in names.parts:
        return None
    end = _name_end(words, start, names)
    if speaks_for and first == "باسم":
        return None
    definite = word.bare not in titles() or any(
        words[one].bare.startswith("ال") or words[one].key.startswith("لل") for one in (place, start - 1)
    )
    definite = definite or word.bare in _honorifics() or words[start - 1].bare in gazetteer()
    return Found(start, end, "person", "title") if end > start and definite else None


def speaker_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """The name after a verb of speech («وقال …»)."""
    if words[place].bare not in speech_verbs() or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    first = words[place + 1].key
    if first.startswith("ال") or first in ambiguous_names() or looks_inflected(first):
        return None
    end = _name_end(words, place + 1, names)
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
        (
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
        )
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
