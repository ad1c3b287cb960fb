"""People, places and organisations in a text, offered to the editor as topics.

Arabic writes names without capitals; they are known by their company. Seven rules find them, each with its own
confidence: `known` (a name that editors accepted, or a well-known one), `title` («الرئيس …», «وزير الخارجية …»), `given`
(a given name and what follows it), `says` («وقال …»), `head` («منظمة …», «حزب …», «مدينة …»), `part` (a word that the
archive has taught to be a name: `name_parts`) and `again` (a part of a name found elsewhere in the text: «بوتين» after
«فلاديمير بوتين»). The confidence of a rule and of a name is the share of its offers that editors
accepted, starting from a prior (Beta and Bernoulli), so the desk's answers teach it: `TopicMemory`.

An English text is read by its capitals instead: `english_names`.

A candidate's variants are the ways in which the text writes it: «الرئيس بوتين» and «فلاديمير بوتين» are one person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from bulaq.arabic.normalise import matching_key
from bulaq.discovery.english_names import english_names, is_english, read_english_words
from bulaq.discovery.name_parts import NameParts
from bulaq.discovery.name_rules import (
    Found,
    Kind,
    Rule,
    Word,
    gazetteer,
    is_first_name,
    is_surname_or_verb,
    organisation_at,
    part_at,
    person_at,
    place_at,
    read_words,
    speaker_at,
    stands_alone,
)

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
_BARE: Final = ("part", "says", "again")
"""The rules that may find a name without a title or a second word."""
_NOBODY: Final = 0.5
"""Times as surely is a first name alone somebody whom an article is about."""


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


class TopicFinder:
    """Finds candidates in texts, with what `memory` has learned."""

    def __init__(self, memory: TopicMemory | None = None, names: NameParts | None = None) -> None:
        self.memory = memory or TopicMemory()
        self.names = names or NameParts()

    def find(self, text: str, *, least: float = 0.0) -> list[TopicCandidate]:
        """The names in `text` of at least the confidence `least`, the most telling first."""
        text = text[:MOST_LETTERS]
        if is_english(text):
            words = read_english_words(text)
            found = [self._known(words, one.first) or one for one in english_names(words)]
        else:
            words = read_words(text)
            found = self._first_pass(words)
        found = self._again(words, found)
        return self._candidates(text, words, found, least)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> NameParts:
        """Reads an archive for the words that names are made of; some 4 ms an article."""
        finder = cls()

        def read(text: str) -> tuple[list[str], set[int]]:
            words = read_words(text[:MOST_LETTERS])
            found = [one for one in finder._first_pass(words) if one.rule in ("title", "given", "says")]
            inside = {place for one in found for place in range(one.first, one.end)}
            inside |= {one.end for one in found if is_surname_or_verb(words, one.end)}
            return [word.key for word in words], inside

        return NameParts.counted(map(read, texts))

    def _first_pass(self, words: list[Word]) -> list[Found]:
        found = []
        place = 0
        while place < len(words):
            one = self._known(words, place)
            one = one or organisation_at(words, place)
            for rule in (person_at, speaker_at, part_at):
                one = one or rule(words, place, self.names)
            one = one or place_at(words, place)
            if one is not None and one.first > place:  # after a title or a verb: perhaps a name that is known
                one = self._known(words, one.first) or one
            if one is None:
                place += 1
            else:
                found.append(one)
                place = max(one.end, place + 1)
        return found

    def _known(self, words: list[Word], place: int) -> Found | None:
        longest: Found | None = None
        for start_key in {words[place].bare, words[place].key}:
            key = start_key
            for end in range(place + 1, min(place + 1 + _LONGEST_NAME, len(words) + 1)):
                if end > place + 1:
                    if not words[end - 1].joined:
                        break
                    key += " " + words[end - 1].key
                title = self.memory.topics.get(key)
                kind = self.memory.kinds.get(key) if title else gazetteer().get(key)
                if kind is not None and (longest is None or end > longest.end):
                    longest = Found(place, end, kind, "known", title or "")
        return longest

    def _again(self, words: list[Word], found: list[Found]) -> list[Found]:
        """Adds the places where the last word of a person's full name stands alone."""
        taken = {place for one in found for place in range(one.first, one.end)}
        last = {
            words[one.end - 1].key
            for one in found
            if one.kind == "person" and one.end - one.first > 1 and stands_alone(words[one.end - 1].key)
        }
        more = [
            Found(place, place + 1, "person", "again")
            for place, word in enumerate(words)
            if place not in taken and (word.bare in last or word.key in last)
        ]
        return sorted([*found, *more])

    def _candidates(
        self, text: str, words: list[Word], found: list[Found], least: float
    ) -> list[TopicCandidate]:
        groups: dict[tuple[str, Kind], list[Found]] = defaultdict(list)
        names: Counter[tuple[str, Kind]] = Counter()
        full: dict[str, tuple[str, Kind]] = {}
        for one in sorted(found, key=lambda one: one.first - one.end):
            key = (
                matching_key(one.title)
                if one.title
                else " ".join(
                    matching_key(word.bare) if place == 0 else word.key
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
            if rule in _BARE and is_first_name(matching_key(fullest)):
                confidence *= _NOBODY
            if confidence >= least and not self.memory.unwanted(fullest):
                ordered = tuple(form for form, _ in variants.most_common())
                candidates.append(
                    TopicCandidate(
                        fullest, kind, ordered, len(some), tuple(spans), round(confidence, 3), rule
                    )
                )
        return sorted(candidates, key=lambda one: (-one.confidence * (1 + one.count) ** 0.5, one.spans[0]))
