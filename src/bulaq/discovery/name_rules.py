"""The rules by which names are found among the words of a text: by titles, given names, verbs of speech and heads.

Each looks at one place of the text and says where the name that begins there (or after it) ends, or None; `topics` asks
them in turn and makes candidates of what they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple

from bulaq.arabic.normalise import matching_key
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.common_words import SHARES
from bulaq.discovery.countries import country_names, country_words
from bulaq.discovery.name_parts import NameParts
from bulaq.discovery.name_words import (
    AMBIGUOUS_NAMES,
    GIVEN_NAMES,
    HALVES_OF_PLACES,
    NAME_PARTICLES,
    ORGANISATION_HEADS,
    ORGANISATIONS,
    PLACE_ADJECTIVES,
    PLACE_HEADS,
    PLACES,
    SPEAKERS,
    SPEECH_VERBS,
    TITLES,
)

Kind = Literal["person", "place", "organisation"]
Rule = Literal["known", "title", "given", "says", "head", "part", "again"]

_WORD = re.compile(r"[^\W_][\w\u064b-\u0652\u0670\u0640]*")
_WRITTEN_AS_PARTICLES: Final = frozenset(("على", "وعلى", "إلى", "بأن", "لأن", "كأن", "أن", "إن"))
_CLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


class Word(NamedTuple):
    key: str  # normalised
    bare: str  # normalised, without clitics before the article or the name
    start: int  # of the bare word in the text
    end: int
    joined: bool  # nothing but white space parts it from the word before
    width: int  # of the word as written
    unnamed: bool  # written as no name is: with the accusative's tanwin («شيئاً»), or «على», which without ى is «علي»


class Found(NamedTuple):
    first: int
    end: int
    kind: Kind
    rule: Rule
    title: str = ""


def read_words(text: str) -> list[Word]:
    words: list[Word] = []
    place = 0
    for match in _WORD.finditer(text):
        key = matching_key(match.group())
        bare, offset = _without_clitics(key)
        start = match.start() + (offset if len(key) == len(match.group()) else 0)
        joined = not text[place : match.start()].strip() and bool(words)
        unnamed = match.group().endswith(("ً", "ًا")) or match.group() in _WRITTEN_AS_PARTICLES
        words.append(Word(key, bare, start, match.end(), joined, len(match.group()), unnamed))
        place = match.end()
    return words


def _without_clitics(key: str) -> tuple[str, int]:
    """A word without «و», «ف», «ب», «ل», «ك» before it, only where a word known to this module is left."""
    known = _listed()
    if key in known:
        return key, 0
    for clitic in _CLITICS[1:]:
        rest = key[len(clitic) :]
        if key.startswith(clitic) and rest in known and len(rest) > 2 and rest not in _ambiguous():
            return key[len(clitic) :], len(clitic)
    return key, 0


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(matching_key(word) for word in words)


@cache
def gazetteer() -> dict[str, Kind]:
    names: dict[str, Kind] = {matching_key(name): "place" for name in (*PLACES, *country_names())}
    names.update((matching_key(name), "organisation") for name in ORGANISATIONS)
    return names


@cache
def _listed() -> frozenset[str]:
    firsts = {name.split()[0] for name in gazetteer()}
    return _titles() | _organisation_heads() | _place_heads() | _given() | _verbs() | frozenset(firsts)


@cache
def _titles() -> frozenset[str]:
    return _keys(TITLES)


@cache
def _organisation_heads() -> frozenset[str]:
    return _keys(ORGANISATION_HEADS)


@cache
def _place_heads() -> frozenset[str]:
    return _keys(PLACE_HEADS)


@cache
def _given() -> frozenset[str]:
    return _keys(GIVEN_NAMES)


@cache
def _ambiguous() -> frozenset[str]:
    return _keys(AMBIGUOUS_NAMES)


@cache
def _verbs() -> frozenset[str]:
    return _keys(SPEECH_VERBS)


@cache
def _particles() -> frozenset[str]:
    return _keys(NAME_PARTICLES)


@cache
def _unnamelike() -> frozenset[str]:
    """Words that no name goes on with."""
    heads = _organisation_heads() | _place_heads() | _titles()
    plain = heads | _verbs() | _keys(SPEAKERS) | _keys(SHARES)
    return STOP_WORDS | plain | frozenset("ال" + word for word in plain if not word.startswith("ال"))


def is_first_name(key: str) -> bool:
    """Whether a word is a first name that very many bear («محمد»): alone it names nobody."""
    return key in _given()


def stands_alone(key: str) -> bool:
    """Whether the last word of a name may be looked for elsewhere in the text."""
    return key not in _unnamelike() and key not in _ambiguous() and not key.startswith("ال") and len(key) > 3


def _name_end(words: list[Word], place: int, names: NameParts, most: int = 4) -> int:
    """Where the name that begins at `place` ends; `place` when none begins there."""
    end = place
    while end < len(words) and end - place < most:
        word = words[end]
        if (end > place and not word.joined) or word.unnamed:
            break
        if word.key in _particles():
            end += 1
            most += 1
            continue
        known = word.key in _given() or word.key in names.parts
        if not known and word.key in names.plain:
            break
        if not known and (_joins_plain(word.key, names) or (end > place and _joins_another(word.key))):
            break
        if not known and (word.key in _unnamelike() or len(word.key) < 3 or word.key[0].isdigit()):
            break
        if not known and end > place and _looks_inflected(word.key):
            break
        if not known and _looks_like_a_verb(word.key):
            break
        end += 1
    while end > place and words[end - 1].key in _particles() and words[end - 1].key not in ("الدين", "الله"):
        end -= 1
    return end


def _joins_another(key: str) -> bool:
    """Whether a word after a name begins with «و», «ل» or «ست» («بوش *وبلير*», «أنان *لمحطة*», «رايس *ستزور*»): in names
    these are rarer than what they join."""
    return len(key) > 4 and key.startswith(("و", "ل", "ست"))


def _joins_plain(key: str, names: NameParts) -> bool:
    """Whether a word is «and», «with», «for» or «so» before one that is no name («بحفاوة», «لشؤون», «فذكر»)."""
    rest = key[1:]
    return (
        key[:1] in "وبلكف"
        and len(rest) > 2
        and (rest in _unnamelike() or not names.plain.isdisjoint((rest, f"ال{rest}")))
    )


def part_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """A word, or words in a row, that the archive knows as parts of names."""
    key = words[place].key
    if words[place].unnamed:
        return None
    if key not in names.parts:
        clitic = next(
            (some for some in _CLITICS[1:] if key.startswith(some) and key[len(some) :] in names.parts), ""
        )
        if not clitic or len(key) - len(clitic) < 4 or key in names.plain:
            return None
        rest, word = key[len(clitic) :], words[place]
        start = word.start + (len(clitic) if word.width == len(key) else 0)
        words[place] = word._replace(key=rest, bare=rest, start=start)
    if words[place].key in _unnamelike() or words[place].key in country_words():
        return None
    end = _name_end(words, place, names, 3)
    if end == place + 1 and words[place].key in _ambiguous() | _particles():
        return None
    return Found(place, end, "person", "part") if end > place else None


def _looks_inflected(key: str) -> bool:
    """Whether a word has the shape of a verb or of a word with a pronoun, as a name hardly ever has."""
    if key in country_words():
        return True
    return (key.startswith(("سي", "وال", "بال", "فال", "كال", "لل", "وي", "وت", "ون")) and len(key) > 4) or (
        len(key) > 4 and key.endswith(("ها", "هم", "هما", "ته", "وا", "نا"))
    )


def _looks_like_a_verb(key: str) -> bool:
    """Whether a word that no list knows has the shape of a verb in the present («يختار», «تستيقظ»), or of one joined on
    («فليطلب»). Names of this shape («تشرشل») are rarer than such verbs after a title or a verb of speech."""
    return (key.startswith("ي") and len(key) > 3) or (
        key.startswith(("ت", "فلي", "فلت", "وا", "فا")) and len(key) > 4
    )


def is_surname_or_verb(words: list[Word], place: int) -> bool:
    """Whether a word after a name has the shape of a verb («ترامب», «يتوعد»): an archive may know it as a surname."""
    if place >= len(words) or not words[place].joined:
        return False
    key = words[place].key
    return key.startswith(("ي", "ت")) and _looks_like_a_verb(key)


def person_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    word = words[place]
    if word.unnamed:
        return None
    if word.bare in _given() and (place + 1 < len(words)) and words[place + 1].joined:
        after = words[place + 1].key
        if word.bare in _ambiguous() and after not in _given() and after not in _particles():
            return None
        end = _name_end(words, place + 1, names, 3)
        if end > place + 1:
            return Found(place, end, "person", "given")
        return None
    if word.bare not in _titles():
        return None
    start = place + 1
    speaks_for = word.bare in _spokesmen()
    while start < len(words) and start - place < 5 and words[start].joined:
        if not _attribute(words[start].key) and not (speaks_for and words[start].key == "باسم"):
            break
        start += 1
    if start >= len(words) or not words[start].joined:
        return None
    if words[start].key.startswith(("ال", "لل", "وال")) and words[start].bare not in _given():
        return None
    first = words[start].key
    if _looks_inflected(first) and first not in _given() and first not in names.parts:
        return None
    end = _name_end(words, start, names, 3)
    if end == start + 1 and words[start].bare in _ambiguous():  # «المتحدث باسم …»
        return None
    definite = word.bare.startswith("ال") or start > place + 1
    return Found(start, end, "person", "title") if end > start and definite else None


def speaker_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    if words[place].bare not in _verbs() or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    first = words[place + 1].key
    if first.startswith("ال") or first in _ambiguous() or _looks_inflected(first):
        return None
    end = _name_end(words, place + 1, names, 3)
    return Found(place + 1, end, "person", "says") if end > place + 1 else None


@cache
def _spokesmen() -> frozenset[str]:
    return _keys(("المتحدث", "الناطق", "المتحدثة", "الناطقة"))


def _attribute(key: str) -> bool:
    """Whether a word goes on with a title: «الرئيس *الأمريكي السابق*», «المتحدث *باسم وزارة الخارجية*»."""
    return (
        (
            key.startswith(("ال", "لل"))
            or _without_clitics(key)[0] in gazetteer()
            or key in ("باسم", "عام", "خارجيه", "وزراء")
            or key in _organisation_heads()
            or key in _titles()
        )
        and key not in _given()
        and key not in STOP_WORDS
    )


def organisation_at(words: list[Word], place: int) -> Found | None:
    if words[place].bare not in _organisation_heads():
        return None
    end = place + 1
    while end < len(words) and end - place < 4 and words[end].joined:
        key = words[end].key
        if (
            (key.startswith("ال") and len(key) > 3 and key not in _never_in_organisations())
            or key in gazetteer()
            or (end == place + 1 and key not in _unnamelike() and _definite_next(words, end + 1))
        ):
            end += 1
        else:
            break
    if (
        end > place + 2
        and words[end - 1].key in country_words()
        and words[place].bare in _keys(("نادي", "صحيفة", "مجلة"))
    ):
        end -= 1  # «نادي … الإنجليزي»: the country is said of it, not in its name
    return Found(place, end, "organisation", "head") if end > place + 1 else None


@cache
def _never_in_organisations() -> frozenset[str]:
    days = "اليوم أمس السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة الماضي المقبل الجديد الذي التي الحالي السابق"
    return STOP_WORDS | _titles() | _keys(days.split())


def _definite_next(words: list[Word], place: int) -> bool:
    return place < len(words) and words[place].joined and words[place].key.startswith("ال")


def place_at(words: list[Word], place: int) -> Found | None:
    """«مدينة *تعز*», «محافظة *رام الله*»; not «مدينة *عربية*», «قضاء *النزاع*»."""
    end = place + 2
    if words[place].bare not in _place_heads() or end > len(words) or not words[place + 1].joined:
        return None
    word = words[place + 1]
    key = word.key
    if (
        key in _unnamelike()
        or len(key) < 3
        or key in country_words()
        or _looks_inflected(key)
        or word.unnamed
    ):
        return None
    if not key.isalpha() or key.startswith(("فلي", "فلت")) or (key not in gazetteer() and _describes(key)):
        return None
    if key.startswith("ال") and words[place].bare in _words_besides():
        return None
    if key in _halves():
        if end >= len(words) or not words[end].joined or words[end].key in STOP_WORDS:
            return None
        end += 1
    return Found(place + 1, end, "place", "head")


def _describes(key: str) -> bool:
    """Whether an indefinite word is an adjective («عربية», «محاصرة») rather than a name («حمص»)."""
    shaped = key.endswith("ه") and len(key) > 4 and (key.startswith("م") or key.endswith("يه"))
    return not key.startswith("ال") and (shaped or key in _adjectives())


@cache
def _adjectives() -> frozenset[str]:
    return _keys(PLACE_ADJECTIVES)


@cache
def _halves() -> frozenset[str]:
    return _keys(HALVES_OF_PLACES)


@cache
def _words_besides() -> frozenset[str]:
    """Heads that are words of other meanings as well («قضاء», «حي»), after which «ال» is mostly no name."""
    return _keys(("قضاء", "حي", "ولاية"))
