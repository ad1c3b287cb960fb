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

from collections.abc import Iterable, Set
from typing import Final

from bulaq.discovery.topics.candidates import candidates
from bulaq.discovery.topics.english_names import english_names, is_english, read_english_words
from bulaq.discovery.topics.head_rules import called_at, organisation_at, place_at
from bulaq.discovery.topics.memory import TopicCandidate, TopicMemory
from bulaq.discovery.topics.name_parts import NameParts
from bulaq.discovery.topics.name_rules import (
    Found,
    Rule,
    Word,
    ambiguous_names,
    gazetteer,
    read_words,
    without_clitic,
)
from bulaq.discovery.topics.name_words import CLUB
from bulaq.discovery.topics.person_rules import (
    given_at,
    is_first_name,
    is_surname_or_verb,
    part_at,
    speaker_at,
    stands_alone,
    titled_at,
)

MOST_LETTERS: Final = 60_000
_LONGEST_NAME: Final = 5


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
        return [one for one in candidates(text, words, found, self.memory) if one.confidence >= least]

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
            one = self._organisation(words, place)
            for rule in (given_at, titled_at, speaker_at, part_at):
                one = one or rule(words, place, self.names)
            one = one or place_at(words, place)
            if one is not None and one.first > place:  # after a title or a verb: perhaps a name that is known
                one = self._known(words, one.first) or one
            if one is None:
                place += 1
            else:
                found += self._between(words, place + 1, one.first)
                found.append(one)
                place = max(one.end, place + 1)
        return found

    def _between(self, words: list[Word], place: int, end: int) -> list[Found]:
        """What is named between a title and its bearer: «الأمين العام *للأمم المتحدة* …»."""
        found = []
        while place < end:
            one = self._organisation(words, place)
            if one is not None and one.end <= end:
                found.append(one)
            place = one.end if one is not None else place + 1
        return found

    def _organisation(self, words: list[Word], place: int) -> Found | None:
        """What is known here, or an organisation by its head; of «مجلس الأمن» and «مجلس الأمن القومي» the longer, but not
        «مجلس الأمن الأسبوع»; of «نادي ريال مدريد» and «ريال مدريد» the one that is known."""
        known, headed = self._known(words, place), organisation_at(words, place)
        if known is None and (called := called_at(words, place, self.names)) is not None:
            return called
        if headed is None or (
            known is not None
            and (known.title or known.end >= headed.end or not words[known.end].key.endswith(("ي", "يه")))
        ):
            return known
        if known is None and (named := self._known(words, place + 1)) and named.kind == "organisation":
            return named if named.end >= headed.end else headed
        return headed

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
                if not title and end == place + 1 and words[place].unnamed:  # «روسياً» is no «روسيا»
                    continue
                if kind is not None and (longest is None or end > longest.end):
                    longest = Found(place, end, kind, "known", title or "")
        return longest

    def _again(self, words: list[Word], found: list[Found]) -> list[Found]:
        """Adds the places where the last word of a person's full name or an organisation's one word stands alone, and given
        names that stand alone."""
        taken = {place for one in found for place in range(one.first, one.end)}
        people = _last_names(words, found)
        organisations = _one_word_names(words, found) - people - self.names.plain
        more = [
            Found(place, place + 1, "organisation" if words[place].key in organisations else "person", rule)
            for place in range(len(words))
            if place not in taken and (rule := _rule_alone(words, place, people | organisations)) is not None
        ]
        return sorted([*found, *more])


def _last_names(words: list[Word], found: Iterable[Found]) -> set[str]:
    """The last words of the full names of people."""
    return {
        words[one.end - 1].key
        for one in found
        if one.kind == "person"
        and (one.end - one.first > 1 or one.rule == "title")
        and stands_alone(words[one.end - 1].key)
    }


def _one_word_names(words: list[Word], found: Iterable[Found]) -> set[str]:
    """What organisations are called that are known by their kind and have a name of one word («نادي *الزمالك*»)."""
    return {
        words[one.end - 1].key
        for one in found
        if (one.kind, one.rule) == ("organisation", "head")
        and one.end - one.first == 1 + (words[one.first].bare == CLUB)
        and stands_alone(words[one.end - 1].key)
    }


def _rule_alone(words: list[Word], place: int, last: Set[str]) -> Rule | None:
    """By which rule a word is a person alone: as a part of a name in this text, or as a given name."""
    word = words[place]
    if word.bare in last or word.key in last:
        return "again"
    for clitic in ("و", "ل", "ب", "ف"):
        rest = word.key.removeprefix(clitic)
        if len(rest) < len(word.key) and rest in last:
            words[place] = without_clitic(word, clitic)
            return "again"
    if word.unnamed or word.bare in ambiguous_names() or not is_first_name(word.bare):
        return None
    return "given"
