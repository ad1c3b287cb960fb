"""Which people of the newsroom are probably one: names that differ by a letter, a hyphen, a title or a middle name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.models import Person, TwoPeople

TITLES = frozenset(
    map(
        matching_key,
        ("د", "دكتور", "الدكتور", "دكتورة", "الدكتورة", "أ", "أ.د", "أستاذ", "الأستاذ", "الأستاذة", "م", "مهندس", "المهندس",
         "الشيخ", "السيد", "السيدة", "كتب", "كتبت", "بقلم", "إعداد", "اعداد", "تحرير", "dr", "mr", "mrs", "ms", "prof", "by"),
    )
)  # fmt: skip

COMMON = 40
"""People who share a word of the name: a commoner word («محمد») brings nobody together by itself."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one. `keep` has the more bylines; `score` is 0..1."""

    keep: Person
    merged: Person
    score: float
    keep_bylines: int
    merged_bylines: int


def suggestions(limit: int = 200) -> list[Suggestion]:
    """Likely pairs, surest first; without those that an editor has told apart."""
    people = {
        person.pk: person
        for person in Person.objects.annotate(number=Count("bylines"))
        .prefetch_related("other_names")
        .order_by("pk")
    }
    told_apart = set(TwoPeople.objects.values_list("one_id", "other_id"))
    words = {pk: name_words(person.name) for pk, person in people.items()}
    found: list[Suggestion] = []
    for one, other in _pairs(words):
        score = 0.0 if (one, other) in told_apart else likeness(words[one], words[other])
        if score <= 0:
            continue
        keep, merged = sorted((people[one], people[other]), key=lambda person: (-person.number, person.pk))
        found.append(Suggestion(keep, merged, score, keep.number, merged.number))
    found.sort(key=lambda suggestion: (-suggestion.score, -suggestion.merged_bylines, suggestion.merged.pk))
    return found[:limit]


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in matching form, without titles; «عبد الله» and «عبدالله» are one word.

    >>> name_words("د. عبد الله الأحمد") == name_words("عبدالله الاحمد")
    True
    """
    parts = [part for part in re.split(r"[\s.\-ـ،,/_]+", matching_key(name)) if part and part not in TITLES]
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1] in ("عبد", "ابو", "ابن", "بن", "ام", "بو", "ال"):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How likely two names are one person's, 0 when they are not: equal but for spelling, or one without the middle.

    >>> likeness(("احمد", "الاسعد"), ("احمد", "اسعد")) > 0.8
    True
    >>> likeness(("احمد", "سالم"), ("سالم", "احمد"))
    0.0
    """
    if not one or not other or (len(one) == 1) != (len(other) == 1):
        return 1.0 if one and "".join(one) == "".join(other) else 0.0
    if "".join(one) == "".join(other):
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        different = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if len(different) > 1:
            return 0.0
        return 0.9 if _one_letter(*different[0]) else 0.0
    if len(short) >= 2 and _same(short[0], long[0]) and _same(short[-1], long[-1]) and _within(short, long):
        return 0.7
    return 0.6 if len(short) >= 3 and long[: len(short)] == short else 0.0


def _same(one: str, other: str) -> bool:
    return one == other or _one_letter(one, other)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    following = iter(long)
    return all(any(_same(word, candidate) for candidate in following) for word in short)


def _one_letter(one: str, other: str) -> bool:
    """Whether the words differ by the article, or by one letter added, lost, changed or swapped in five or more."""
    if one.removeprefix("ال") == other.removeprefix("ال"):
        return True
    short, long = sorted((one, other), key=len)
    if len(long) < 5 or len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        # A changed first letter makes another name («سالم», «غالم» are rare; «نادر», «قادر» are not).
        return start > 0
    swapped = short[start : start + 2][::-1] == long[start : start + 2]
    return swapped and short[start + 2 :] == long[start + 2 :]


def _pairs(words: dict[int, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs worth a look: people who share a word that not everybody has, or whose letters are the same joined."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for pk, name in words.items():
        keys: Iterable[str] = {*(word.removeprefix("ال") for word in name), "=" + "".join(name)}
        if len(name) >= 2:
            keys = {*keys, f"{name[0]} {name[-1][:3]}", f"{name[0][:3]} {name[-1]}"}
        for key in keys:
            by_word[key].append(pk)
    seen: set[tuple[int, int]] = set()
    for group in by_word.values():
        if 1 < len(group) <= COMMON:
            for pair in combinations(sorted(group), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair
