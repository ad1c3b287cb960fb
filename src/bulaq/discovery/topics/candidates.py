"""Candidates made of the names found in a text: the forms of one name together, with the confidence of all its places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from bulaq.arabic.normalise import matching_key
from bulaq.discovery.topics.memory import PRIOR, Span, TopicCandidate, TopicMemory
from bulaq.discovery.topics.name_rules import Found, Kind, Word
from bulaq.discovery.topics.name_words import CLUB
from bulaq.discovery.topics.person_rules import is_first_name

_NOBODY: Final = 0.5
"""Times as surely is a first name alone somebody whom an article is about."""
_AGAIN: Final = 0.85
"""By so much is it less likely, with each place more, that a name is none."""


def candidates(
    text: str, words: Sequence[Word], found: Sequence[Found], memory: TopicMemory
) -> list[TopicCandidate]:
    """The names, the most telling first; those that editors do not want are left out. «بوتين» is the «فلاديمير بوتين» of
    this text; «إيفانكا ترامب» is not its «دونالد ترامب»."""
    groups: dict[tuple[str, Kind], list[Found]] = defaultdict(list)
    people: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)  # by last word
    for one in sorted(found, key=lambda one: one.first - one.end):
        written = _key(words[one.first : one.end])
        key = matching_key(one.title) if one.title else written
        if one.kind == "person":
            parts = written.split()
            fuller = (name for others, name in people[parts[-1]] if others.issuperset(parts))
            key = key if one.title else next(fuller, key)
            people[parts[-1]].append((frozenset(parts), key))
        elif one.kind == "organisation":
            key = key.removeprefix(f"{CLUB} ")
        groups[key, one.kind].append(one)
    made = [_candidate(text, words, kind, some, memory) for (_, kind), some in groups.items()]
    wanted = [one for one in made if not memory.unwanted(one.name)]
    return sorted(wanted, key=lambda one: (-one.confidence * (1 + one.count) ** 0.5, one.spans[0]))


def _key(words: Sequence[Word]) -> str:
    return " ".join((matching_key(words[0].bare), *(word.key for word in words[1:])))


def _candidate(
    text: str, words: Sequence[Word], kind: Kind, some: Sequence[Found], memory: TopicMemory
) -> TopicCandidate:
    spans = sorted(Span(words[one.first].start, words[one.end - 1].end) for one in some)
    variants = Counter(_form(text, words[one.first], words[one.end - 1].end) for one in some)
    fullest = next((one.title for one in some if one.title), "") or max(
        variants, key=lambda form: (len(form.split()), variants[form])
    )
    rule = min((one.rule for one in some), key=list(PRIOR).index)
    confidence = 1 - (1 - memory.confidence(fullest, rule)) * _AGAIN ** (len(some) - 1)
    if rule not in ("known", "title") and is_first_name(matching_key(fullest)):
        confidence *= _NOBODY
    ordered = tuple(form for form, _ in variants.most_common())
    return TopicCandidate(fullest, kind, ordered, len(some), tuple(spans), round(confidence, 3), rule)


def _form(text: str, first: Word, end: int) -> str:
    """A variant as it is told: in one line, and «الأمم المتحدة» for «للأمم المتحدة»."""
    form = " ".join(text[first.start : end].split())
    joined = first.key.startswith("لل") and first.bare.startswith("ال")
    return f"ال{form[2:]}" if joined else form
