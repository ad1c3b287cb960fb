"""Organisations and places that are known by their first word: «منظمة …», «حزب …», «الوكالة الدولية …», «مدينة …»."""

from __future__ import annotations

from functools import cache

from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.gazetteer.countries import country_words
from bulaq.discovery.topics.name_ends import looks_inflected
from bulaq.discovery.topics.name_parts import NameParts
from bulaq.discovery.topics.name_rules import (
    Found,
    Word,
    gazetteer,
    keys,
    organisation_heads,
    place_heads,
    titles,
    unnamelike,
)
from bulaq.discovery.topics.name_words import CLUB, COMPANIES, HALVES_OF_PLACES, PAPERS, PLACE_ADJECTIVES

_MOST_WORDS = 6
_MOST_CALLED = 3


def organisation_at(words: list[Word], place: int) -> Found | None:
    """«منظمة *الصحة العالمية*», «شركة *…*»; «*الوكالة الدولية للطاقة الذرية*»."""
    if words[place].bare not in organisation_heads():
        return _definite_at(words, place)
    end = place + 1
    while end < len(words) and end - place < 4 and words[end].joined:
        key = words[end].key
        if (
            (key.startswith("ال") and len(key) > 3 and key not in _never_in_organisations())
            or key in gazetteer()
            or (end == place + 1 and key not in unnamelike() and _definite_next(words, end + 1))
        ):
            end += 1
        else:
            break
    if end > place + 2 and words[end - 1].key in country_words() and words[place].bare in _papers() | {CLUB}:
        end -= 1  # «نادي … الإنجليزي»: the country is said of it, not in its name
    return Found(place, end, "organisation", "head") if end > place + 1 else None


def _definite_at(words: list[Word], place: int) -> Found | None:
    """A head with the article, whose realm is said after it: «اللجنة *الأولمبية*», «الاتحاد *الدولي لكرة القدم*». Of one
    that only has a country («النادي *الإسباني*») the text has spoken before: it is no name."""
    head, end = words[place].bare, place + 1
    if not head.startswith("ال") or head[2:] not in organisation_heads() or head in titles():
        return None
    agreeing = "يه" if head.endswith("ه") else "ي"
    if end >= len(words) or not words[end].joined or not words[end].key.startswith("ال"):
        return None
    if not words[end].key.endswith(agreeing) or words[end].key in _never_in_organisations():
        return None
    named = words[end].key not in country_words()
    end += 1
    while end < len(words) and end - place < _MOST_WORDS and words[end].joined:
        key = words[end].key
        if key.startswith("ال") and key not in _never_in_organisations():
            end += 1
        elif key.startswith("لل") or (key.startswith("ل") and _definite_next(words, end + 1)):
            named = True
            end += 1 if key.startswith("لل") else 2
        else:
            break
    return Found(place, end, "organisation", "head") if named else None


def called_at(words: list[Word], place: int, names: NameParts) -> Found | None:
    """What a newspaper, a company or anything in quotation marks is called, where its kind is said of it and is no part of
    its name: «صحيفة *الحياة*», «شركة *نوكيا* الفنلندية», «حركة "*فتح*"»."""
    head, start = words[place].bare, place + 1
    if start >= len(words) or head not in organisation_heads() | _kinds():
        return None
    end = start
    if words[start].quoted:
        while end < len(words) and words[end].end <= words[start].quoted:
            end += 1
        return Found(start, end, "organisation", "head") if end > start else None
    while end < len(words) and end - start < _MOST_CALLED and words[end].joined and _calls(words[end], names):
        end += 1
    of_a_country = end < len(words) and words[end].joined and _is_of_a_country(words[end].key)
    if end > start and of_a_country and head in _kinds():
        return Found(start, end, "organisation", "head")
    if head in _papers() and (named := organisation_at(words, place)) is not None:
        return named._replace(first=start)
    return None


def _calls(word: Word, names: NameParts) -> bool:
    """Whether a word without the article may be what something is called."""
    plain = word.key in unnamelike() or word.key in names.plain or word.key in country_words()
    return not (
        plain
        or word.unnamed
        or word.key.startswith("ال")
        or looks_inflected(word.key)
        or _describes(word.key)
    )


def _is_of_a_country(key: str) -> bool:
    return key.startswith("ال") and key.endswith(("ي", "يه")) and key in country_words()


@cache
def _kinds() -> frozenset[str]:
    return keys((*PAPERS, *COMPANIES))


@cache
def _papers() -> frozenset[str]:
    return keys(PAPERS)


@cache
def _never_in_organisations() -> frozenset[str]:
    days = "اليوم أمس السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة الماضي المقبل الجديد الذي التي الحالي السابق المحلي المحلية التابع التابعة الخاص الخاصة"
    return STOP_WORDS | titles() | keys(days.split())


def _definite_next(words: list[Word], place: int) -> bool:
    return place < len(words) and words[place].joined and words[place].key.startswith("ال")


def place_at(words: list[Word], place: int) -> Found | None:
    """«مدينة *تعز*», «محافظة *رام الله*»; not «مدينة *عربية*», «قضاء *النزاع*»."""
    end = place + 2
    if words[place].bare not in place_heads() or end > len(words) or not words[place + 1].joined:
        return None
    word = words[place + 1]
    key = word.key
    if key in unnamelike() or len(key) < 3 or key in country_words() or looks_inflected(key) or word.unnamed:
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
    return keys(PLACE_ADJECTIVES)


@cache
def _halves() -> frozenset[str]:
    return keys(HALVES_OF_PLACES)


@cache
def _words_besides() -> frozenset[str]:
    """Heads that are words of other meanings as well («قضاء», «حي»), after which «ال» is mostly no name."""
    return keys(("قضاء", "حي", "ولاية"))
