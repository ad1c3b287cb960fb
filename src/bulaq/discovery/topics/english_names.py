"""People, places and organisations in an English text: capitals say where a name stands, its company what it names.

A run of capitalised words is a name when a title, a given name, a verb of speech, a head («Ministry», «River») or a
preposition of place tells its kind; a headline with every word in capitals tells nothing and is passed over, as is a
word whose only capital is that of its sentence. The lists are our own, written from knowledge of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulaq.arabic.normalise import matching_key
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.terms.common_words import SHARES
from bulaq.discovery.topics.english_name_words import (
    GIVEN,
    NO_NAMES,
    ORGANISATION_HEADS,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACES,
    TITLES,
    TWO_WORD_PLACES,
)
from bulaq.discovery.topics.name_rules import Found, Kind, Rule, Word

_WORD: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[^\W_]|[-'’](?=[^\W\d_]))*")
_AFTER_ARTICLE: Final = re.compile(r"(?:al|el)-[A-Z]")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 6

_HEADS: Final = ORGANISATION_HEADS | PLACE_HEADS
_PLACE_CODES: Final = frozenset(("US", "USA", "UK", "UAE", "EU"))
_ABBREVIATIONS = "AM PM TV CEO GDP AI IT DNA CD DVD PC OK AD BC BCE CE II III IV"
_NOT_ORGANISATIONS: Final = frozenset(_ABBREVIATIONS.split())
_JOINING: Final = frozenset(
    ("of", "bin", "bint", "ibn", "al", "el", "de", "da", "di", "del", "la", "van", "von", "der", "the")
)
_OF_PERSONS: Final = frozenset(
    ("bin", "bint", "ibn", "al", "el", "de", "da", "di", "del", "la", "van", "von", "der")
)
_DEMONYMS: Final = re.compile(
    r"(?:ians?|eses?|ish|iraqis?|saudis?|israelis?|pakistanis?|kuwaitis?|qataris?|emiratis?|omanis?|yemenis?|turks?|greeks?"
    r"|americans?|germans?|dutch|europeans?|africans?|asians?|moroccans?|bahrainis?|afghans?)$"
)
_SPEECH: Final = frozenset(
    ["said", "says", "told", "added", "announced", "denied", "wrote", "argued", "insisted", "warned"]
)
_BEFORE_PLACES: Final = frozenset(["in", "near", "outside"])


def is_english(text: str) -> bool:
    """Whether most of the letters at the beginning of a text are Latin."""
    letters: list[str] = _LETTERS.findall(text[:2000])
    return sum(letter.isascii() for letter in letters) > len(letters) / 2


def read_english_words(text: str) -> list[Word]:
    """The words of a text, without the possessive; `unnamed` says that a word is not written as a name is."""
    words: list[Word] = []
    first: set[int] = set()  # the words with which sentences begin
    end = 0
    for line in re.finditer(r"[^\n]+", text):
        titled = _is_titled(line.group())
        for match in _WORD.finditer(text, line.start(), line.end()):
            between = text[end : match.start()]
            begins = not words or "\n" in between or re.search(r"[.!?:;]\W*$", between) is not None
            initial = bool(words) and between == ". " and words[-1].width == 1
            dotted = match.group().endswith(".")
            word = match.group().replace(".", "") if dotted else _POSSESSIVE.sub("", match.group())
            key = matching_key(word)
            apart = bool(between.strip()) or "\n" in between
            joined = bool(words) and (not apart or initial) and not text[words[-1].end : end]
            capital = word[:1].isupper() or _AFTER_ARTICLE.match(word) is not None
            unnamed = titled or not capital or (begins and not initial and _is_plain(key))
            if begins:
                first.add(len(words))
            last = match.end() if dotted else match.start() + len(word)
            words.append(Word(key, word, match.start(), last, joined, len(word), unnamed))
            end = match.end()
    return _without_doubtful(words, first)


def _without_doubtful(words: list[Word], first: set[int]) -> list[Word]:
    """The words, `unnamed` those that are written small too, and those that only say something at the beginning of a
    sentence («Residents said»): who is called by one name alone was called by more before."""
    named = {word.key for word in words if not word.unnamed}
    inside = {word.key for place, word in enumerate(words) if not word.unnamed and place not in first}
    small = {word.key for word in words if word.bare[:1].islower()} - named
    return [
        word._replace(unnamed=True)
        if word.key in small
        or (place in first and word.key not in inside and _says(words[place + 1 : place + 2]))
        else word
        for place, word in enumerate(words)
    ]


def _says(following: list[Word]) -> bool:
    return bool(following) and following[0].joined and following[0].key in _SPEECH


def _is_titled(line: str) -> bool:
    """Whether a line has its every word in capitals, as a headline may."""
    if line.rstrip().endswith("."):
        return False
    longer = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(longer) > 3 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)


def _is_plain(key: str) -> bool:
    return any(key in some for some in (STOP_WORDS, SHARES, TITLES)) or key.endswith("ly")


def english_names(words: list[Word]) -> Iterator[Found]:
    """The names among the words that `read_english_words` gave, in their order."""
    place = 0
    while place < len(words):
        end = _run(words, place)
        if end == place:
            place += 1
            continue
        found = _named(words, place, end)
        if found is not None:
            yield found
        place = end


def _run(words: list[Word], place: int) -> int:
    """Where the capitalised words that begin at `place` end."""
    if words[place].unnamed or words[place].key in NO_NAMES or words[place].key in STOP_WORDS:
        return place
    end = place + 1
    while end < len(words) and words[end].joined and end - place < _LONGEST + 3:
        if not words[end].unnamed and words[end].key not in NO_NAMES:
            end += 1
        elif words[end].key in _JOINING and end + 1 < len(words) and words[end + 1].joined:
            following = end + 1 + (words[end + 1].key == "the")
            if following < len(words) and words[following].joined and not words[following].unnamed:
                end = following + 1
            else:
                break
        else:
            break
    return end


def _named(words: list[Word], first: int, end: int) -> Found | None:
    start = first
    while start < end and (words[start].key in TITLES or _DEMONYMS.search(words[start].key)):
        start += 1
    titled = any(words[place].key in TITLES for place in range(max(0, first - 1), start))
    keys = [word.key for word in words[start:end]]
    if not keys or len(keys) > _LONGEST:
        return None
    if keys[0] in _JOINING and keys[0] not in _OF_PERSONS:
        return None
    known = _known(words, start, keys)
    if known is not None:
        return known
    if not ORGANISATION_HEADS.isdisjoint((keys[0], keys[-1])) and len(keys) > 1:
        # «Egyptian Ministry of Health»: the country belongs to the name of what is in it.
        return Found(first if start == first + 1 and not titled else start, end, "organisation", "head")
    if "of" in keys and not titled:
        kind: Kind = "place" if keys[0] in PLACE_HEADS else "organisation"
        return Found(start, end, kind, "head") if not _HEADS.isdisjoint(keys) else None
    if not PLACE_HEADS.isdisjoint((keys[0], keys[-1])) and len(keys) > 1:
        return Found(start, end, "place", "head")
    rule = _person_rule(words, start, end, keys, titled)
    if rule is not None:
        return Found(start, end, "person", rule)
    before = words[first - 1].key if first and words[first].joined else ""
    if before in _BEFORE_PLACES and start == first and len(keys) <= 2:
        return Found(start, end, "place", "part")
    return None  # a name of a kind that nothing tells


def _known(words: list[Word], start: int, keys: list[str]) -> Found | None:
    whole = " ".join(keys)
    if whole in PLACES or whole in TWO_WORD_PLACES or (len(keys) == 1 and words[start].bare in _PLACE_CODES):
        return Found(start, start + len(keys), "place", "known")
    if len(keys) == 1:
        written = words[start].bare
        if keys[0] in ORGANISATIONS:
            return Found(start, start + 1, "organisation", "known")
        if (
            2 <= len(written) <= 6
            and written.isupper()
            and written.isalpha()
            and written not in _NOT_ORGANISATIONS
        ):
            return Found(start, start + 1, "organisation", "head")
    return None


def _person_rule(words: list[Word], start: int, end: int, keys: list[str], titled: bool) -> Rule | None:
    if len(keys) > 5:
        return None
    if titled:
        return "title"
    if len(keys) > 1 and keys[0] in GIVEN:
        return "given"
    near = [words[place].key for place in (start - 1, end) if 0 <= place < len(words)]
    if not _SPEECH.isdisjoint(near):
        return "says"
    return None
