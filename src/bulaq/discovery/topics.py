"""People, places and organisations in a text, offered to the editor as topics.

Arabic writes names without capitals; they are known by their company. Seven rules find them, each with its own
confidence: `known` (a name that editors accepted, or a well-known one), `title` («الرئيس …», «وزير الخارجية …»), `given`
(a given name and what follows it), `says` («وقال …»), `head` («منظمة …», «حزب …», «مدينة …»), `part` (a word that the
archive has taught to be a name: `name_parts`) and `again` (a part of a name found elsewhere in the text: «بوتين» after
«فلاديمير بوتين»). The confidence of a rule and of a name is the share of its offers that editors
accepted, starting from a prior (Beta and Bernoulli), so the desk's answers teach it: `TopicMemory`.

A candidate's variants are the ways in which the text writes it: «الرئيس بوتين» and «فلاديمير بوتين» are one person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal, NamedTuple, Self

from bulaq.arabic.normalise import matching_key
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.common_words import SHARES
from bulaq.discovery.countries import country_names, country_words
from bulaq.discovery.name_parts import NameParts
from bulaq.discovery.name_words import (
    AMBIGUOUS_NAMES,
    GIVEN_NAMES,
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

MOST_LETTERS: Final = 60_000
_LONGEST_NAME: Final = 5
_PRIOR: Final[dict[str, tuple[float, float]]] = {
    # accepted and rejected offers that each rule starts with
    "known": (9.0, 1.0),
    "title": (6.0, 4.0),
    "given": (7.0, 3.0),
    "says": (5.0, 5.0),
    "head": (5.0, 5.0),
    "part": (5.0, 5.0),
    "again": (6.0, 4.0),
}
_WORD = re.compile(r"[^\W_][\w\u064b-\u0652\u0670\u0640]*")
_BREAK = re.compile(r"[^\s]")
_CLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


class Span(NamedTuple):
    """Where a name stands: `text[start:end]`, its clitics left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicCandidate:
    """A name found. `name` is its fullest form, `variants` all its forms as written, `confidence` 0..1."""

    name: str
    kind: Kind
    variants: tuple[str, ...]
    count: int
    spans: tuple[Span, ...]
    confidence: float
    rule: Rule


@dataclass
class TopicMemory:
    """What editors answered: counts of offers accepted and rejected, by rule and by name. Store it with `as_json`."""

    rules: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    """Normalised variant → the name that the newsroom gave its topic."""

    def accept(self, candidate: TopicCandidate, *, name: str | None = None, kind: Kind | None = None) -> None:
        """The editor took it, perhaps under another name (an existing topic's: a merge) or as another kind."""
        title = name or candidate.name
        for variant in {title, candidate.name, *candidate.variants}:
            key = matching_key(variant)
            if (
                variant in candidate.variants
                and " " not in key
                and candidate.kind == "person"
                and key != matching_key(title)
            ):
                continue  # a bare «محمد» must not stand for one person everywhere
            self.topics[key] = title
            self.kinds[key] = kind or candidate.kind
        self._count(self.names, matching_key(candidate.name), 0)
        self._count(self.rules, candidate.rule, 0)

    def reject(self, candidate: TopicCandidate) -> None:
        """The editor did not want it; after two rejections more than acceptances it is not offered again."""
        self._count(self.names, matching_key(candidate.name), 1)
        self._count(self.rules, candidate.rule, 1)

    def add(self, name: str, kind: Kind, variants: Iterable[str] = ()) -> None:
        """A topic that the newsroom has: its name and other spellings."""
        for variant in (name, *variants):
            self.topics[matching_key(variant)] = name
            self.kinds[matching_key(variant)] = kind

    def confidence(self, name: str, rule: Rule) -> float:
        """The share of offers like this one that were accepted: by the rule, then by the name's own answers."""
        accepted, rejected = _PRIOR[rule]
        counted = self.rules.get(rule, [0, 0])
        share = (accepted + counted[0]) / (accepted + rejected + sum(counted))
        own = self.names.get(matching_key(name), [0, 0])
        return (2 * share + own[0]) / (2 + sum(own))

    def unwanted(self, name: str) -> bool:
        own = self.names.get(matching_key(name), [0, 0])
        return own[1] - own[0] >= 2

    @staticmethod
    def _count(counts: dict[str, list[int]], key: str, place: int) -> None:
        counts.setdefault(key, [0, 0])[place] += 1

    def as_json(self) -> dict[str, Any]:
        return {"rules": self.rules, "names": self.names, "kinds": self.kinds, "topics": self.topics}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data)


class _Word(NamedTuple):
    key: str  # normalised
    bare: str  # normalised, without clitics before the article or the name
    start: int  # of the bare word in the text
    end: int
    joined: bool  # nothing but white space parts it from the word before
    width: int  # of the word as written


class _Found(NamedTuple):
    first: int
    end: int
    kind: Kind
    rule: Rule
    title: str = ""


class TopicFinder:
    """Finds candidates in texts, with what `memory` has learned."""

    def __init__(self, memory: TopicMemory | None = None, names: NameParts | None = None) -> None:
        self.memory = memory or TopicMemory()
        self.names = names or NameParts()

    def find(self, text: str, *, least: float = 0.0) -> list[TopicCandidate]:
        """The names in `text` of at least the confidence `least`, the most telling first."""
        text = text[:MOST_LETTERS]
        words = _words(text)
        found = self._again(words, self._first_pass(words))
        return self._candidates(text, words, found, least)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> NameParts:
        """Reads an archive for the words that names are made of; some 4 ms an article."""
        finder = cls()

        def read(text: str) -> tuple[list[str], set[int]]:
            words = _words(text[:MOST_LETTERS])
            found = [one for one in finder._first_pass(words) if one.rule in ("title", "given", "says")]
            inside = {place for one in found for place in range(one.first, one.end)}
            return [word.key for word in words], inside

        return NameParts.counted(map(read, texts))

    def _first_pass(self, words: list[_Word]) -> list[_Found]:
        found = []
        place = 0
        while place < len(words):
            one = self._known(words, place)
            one = one or _organisation(words, place)
            for rule in (_person, _speaker, _part):
                one = one or rule(words, place, self.names)
            one = one or _place(words, place)
            if one is not None and one.first > place:  # after a title or a verb: perhaps a name that is known
                one = self._known(words, one.first) or one
            if one is None:
                place += 1
            else:
                found.append(one)
                place = max(one.end, place + 1)
        return found

    def _known(self, words: list[_Word], place: int) -> _Found | None:
        longest: _Found | None = None
        for start_key in {words[place].bare, words[place].key}:
            key = start_key
            for end in range(place + 1, min(place + 1 + _LONGEST_NAME, len(words) + 1)):
                if end > place + 1:
                    if not words[end - 1].joined:
                        break
                    key += " " + words[end - 1].key
                title = self.memory.topics.get(key)
                kind = self.memory.kinds.get(key) if title else _gazetteer().get(key)
                if kind is not None and (longest is None or end > longest.end):
                    longest = _Found(place, end, kind, "known", title or "")
        return longest

    def _again(self, words: list[_Word], found: list[_Found]) -> list[_Found]:
        """Adds the places where the last word of a person's full name stands alone."""
        taken = {place for one in found for place in range(one.first, one.end)}
        last = {
            words[one.end - 1].key
            for one in found
            if one.kind == "person" and one.end - one.first > 1 and _stands_alone(words[one.end - 1].key)
        }
        more = [
            _Found(place, place + 1, "person", "again")
            for place, word in enumerate(words)
            if place not in taken and (word.bare in last or word.key in last)
        ]
        return sorted([*found, *more])

    def _candidates(
        self, text: str, words: list[_Word], found: list[_Found], least: float
    ) -> list[TopicCandidate]:
        groups: dict[tuple[str, Kind], list[_Found]] = defaultdict(list)
        names: Counter[tuple[str, Kind]] = Counter()
        full: dict[str, tuple[str, Kind]] = {}
        for one in sorted(found, key=lambda one: one.first - one.end):
            key = (
                matching_key(one.title)
                if one.title
                else " ".join(
                    word.bare if place == 0 else word.key
                    for place, word in enumerate(words[one.first : one.end])
                )
            )
            name = (key, one.kind)
            if one.kind == "person":
                last = key.split()[-1]
                name = full.setdefault(last, name)
            groups[name].append(one)
            names[name] += 1
        candidates = []
        for (_, kind), some in groups.items():
            spans = sorted(Span(words[one.first].start, words[one.end - 1].end) for one in some)
            variants = Counter(" ".join(text[span.start : span.end].split()) for span in spans)
            fullest = next((one.title for one in some if one.title), "") or max(
                variants, key=lambda form: (len(form.split()), variants[form])
            )
            rule = min((one.rule for one in some), key=list(_PRIOR).index)
            confidence = self.memory.confidence(fullest, rule)
            confidence = 1 - (1 - confidence) * 0.85 ** (
                len(some) - 1
            )  # what comes again is more surely a name
            if confidence >= least and not self.memory.unwanted(fullest):
                ordered = tuple(form for form, _ in variants.most_common())
                candidates.append(
                    TopicCandidate(
                        fullest, kind, ordered, len(some), tuple(spans), round(confidence, 3), rule
                    )
                )
        return sorted(candidates, key=lambda one: (-one.confidence * (1 + one.count) ** 0.5, one.spans[0]))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    place = 0
    for match in _WORD.finditer(text):
        key = matching_key(match.group())
        bare, offset = _without_clitics(key)
        start = match.start() + (offset if len(key) == len(match.group()) else 0)
        joined = not text[place : match.start()].strip() and bool(words)
        words.append(_Word(key, bare, start, match.end(), joined, len(match.group())))
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
def _gazetteer() -> dict[str, Kind]:
    names: dict[str, Kind] = {matching_key(name): "place" for name in (*PLACES, *country_names())}
    names.update((matching_key(name), "organisation") for name in ORGANISATIONS)
    return names


@cache
def _listed() -> frozenset[str]:
    firsts = {name.split()[0] for name in _gazetteer()}
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


def _stands_alone(key: str) -> bool:
    """Whether the last word of a name may be looked for elsewhere in the text."""
    return key not in _unnamelike() and key not in _ambiguous() and not key.startswith("ال") and len(key) > 3


def _name_end(words: list[_Word], place: int, names: NameParts, most: int = 4) -> int:
    """Where the name that begins at `place` ends; `place` when none begins there."""
    end = place
    while end < len(words) and end - place < most:
        word = words[end]
        if end > place and not word.joined:
            break
        if word.key in _particles():
            end += 1
            most += 1
            continue
        known = word.key in _given() or word.key in names.parts
        if not known and word.key in names.plain:
            break
        if not known and end > place and _joins_another(word.key):
            break
        if not known and (word.key in _unnamelike() or len(word.key) < 3 or word.key[0].isdigit()):
            break
        if not known and end > place and _looks_inflected(word.key):
            break
        end += 1
    while end > place and words[end - 1].key in _particles() and words[end - 1].key not in ("الدين", "الله"):
        end -= 1
    return end


def _joins_another(key: str) -> bool:
    """Whether a word after a name begins with «و», «ل» or «ست» («بوش *وبلير*», «أنان *لمحطة*», «رايس *ستزور*»): in names
    these are rarer than what they join."""
    return len(key) > 4 and key.startswith(("و", "ل", "ست"))


def _part(words: list[_Word], place: int, names: NameParts) -> _Found | None:
    """A word, or words in a row, that the archive knows as parts of names."""
    key = words[place].key
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
    return _Found(place, end, "person", "part") if end > place else None


def _looks_inflected(key: str) -> bool:
    """Whether a word has the shape of a verb or of a word with a pronoun, as a name hardly ever has."""
    if key in country_words():
        return True
    return (key.startswith(("سي", "وال", "بال", "فال", "كال", "لل", "وي", "وت", "ون")) and len(key) > 4) or (
        len(key) > 4 and key.endswith(("ها", "هم", "هما", "ته", "وا", "نا"))
    )


def _person(words: list[_Word], place: int, names: NameParts) -> _Found | None:
    word = words[place]
    if word.bare in _given() and (place + 1 < len(words)) and words[place + 1].joined:
        after = words[place + 1].key
        if word.bare in _ambiguous() and after not in _given() and after not in _particles():
            return None
        end = _name_end(words, place + 1, names, 3)
        if end > place + 1:
            return _Found(place, end, "person", "given")
        return None
    if word.bare not in _titles():
        return None
    start = place + 1
    while start < len(words) and start - place < 5 and words[start].joined and _attribute(words[start].key):
        start += 1
    if start >= len(words) or not words[start].joined:
        return None
    if words[start].key.startswith(("ال", "لل", "وال")) and words[start].bare not in _given():
        return None
    end = _name_end(words, start, names, 3)
    definite = word.bare.startswith("ال") or start > place + 1
    return _Found(start, end, "person", "title") if end > start and definite else None


def _speaker(words: list[_Word], place: int, names: NameParts) -> _Found | None:
    if words[place].bare not in _verbs() or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    first = words[place + 1].key
    if first.startswith("ال") or first in _ambiguous() or _looks_inflected(first):
        return None
    end = _name_end(words, place + 1, names, 3)
    return _Found(place + 1, end, "person", "says") if end > place + 1 else None


def _attribute(key: str) -> bool:
    """Whether a word goes on with a title: «الرئيس *الأمريكي السابق*», «المتحدث *باسم وزارة الخارجية*»."""
    return (
        key.startswith(("ال", "لل"))
        or _without_clitics(key)[0] in _gazetteer()
        or key in ("باسم", "عام", "خارجيه", "وزراء")
        or key in _organisation_heads()
        or key in _titles()
    ) and key not in _given()


def _organisation(words: list[_Word], place: int) -> _Found | None:
    if words[place].bare not in _organisation_heads():
        return None
    end = place + 1
    while end < len(words) and end - place < 4 and words[end].joined:
        key = words[end].key
        if (
            (key.startswith("ال") and len(key) > 3 and key not in _never_in_organisations())
            or key in _gazetteer()
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
    return _Found(place, end, "organisation", "head") if end > place + 1 else None


@cache
def _never_in_organisations() -> frozenset[str]:
    days = "اليوم أمس السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة الماضي المقبل الجديد الذي التي الحالي السابق"
    return STOP_WORDS | _titles() | _keys(days.split())


def _definite_next(words: list[_Word], place: int) -> bool:
    return place < len(words) and words[place].joined and words[place].key.startswith("ال")


def _place(words: list[_Word], place: int) -> _Found | None:
    if words[place].bare not in _place_heads() or place + 1 >= len(words) or not words[place + 1].joined:
        return None
    key = words[place + 1].key
    if key in _unnamelike() or len(key) < 3 or key in country_words() or _looks_inflected(key):
        return None
    return _Found(place + 1, place + 2, "place", "head")
