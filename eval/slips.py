"""Queries of two words from an archive's headlines, and the same with a slip of the hand in the longer one.

Drawn by a fixed seed, a kind of slip as often as another: a letter missing, doubled, exchanged with the next; a key beside the
right one hit too, or instead; a letter of like sound.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bulaq.arabic.analysis import Analyser
from bulaq.arabic.boundaries import words

_ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
_BESIDE = {
    letter: [row[other] for other in (place - 1, place + 1) if 0 <= other < len(row)]
    for row in _ROWS
    for place, letter in enumerate(row)
}
_SOUNDS = {
    "ض": "ظ",
    "ظ": "ض",
    "ذ": "زد",
    "ز": "ذ",
    "ث": "ست",
    "س": "ص",
    "ص": "س",
    "ت": "ط",
    "ط": "ت",
    "ق": "غك",
    "غ": "ق",
}
_SOUNDS |= {"ح": "ه", "د": "ض", "ك": "ق", "ج": "غ"}
_KINDS = ("missing", "doubled", "exchanged", "key beside", "wrong key", "like sound")
_LEAST_LETTERS = 4
_TRIES = 20


def with_slips(headlines: Iterable[str], number: int, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """So many times a kind of slip, a query, the query with the slip."""
    chance = random.Random(seed)
    analyser = Analyser()
    queries = []
    for headline in headlines:
        told = [span.text for span in words(headline)]
        queries += [pair for pair in pairwise(told) if all(_is_content(word, analyser) for word in pair)]
    for place in range(min(number, len(queries))):
        kind = _KINDS[place % len(_KINDS)]
        for _ in range(_TRIES):
            pair = chance.choice(queries)
            right = max(pair, key=len)
            wrong = _slipped(right, kind, chance)
            if analyser.term(wrong).exact != analyser.term(right).exact:
                yield kind, " ".join(pair), " ".join(wrong if word == right else word for word in pair)
                break


def _is_content(word: str, analyser: Analyser) -> bool:
    arabic = all("\u0620" <= letter <= "\u064a" for letter in word)
    return len(word) >= _LEAST_LETTERS and arabic and not analyser.term(word).stop


def _slipped(word: str, kind: str, chance: random.Random) -> str:
    at = chance.randrange(2 if word.startswith("ال") else 0, len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    beside = chance.choice(_BESIDE.get(letter, [letter]))
    return {
        "missing": before + after,
        "doubled": before + letter * 2 + after,
        "exchanged": before + after[:1] + letter + after[1:],
        "key beside": before + beside + letter + after,
        "wrong key": before + beside + after,
        "like sound": before + chance.choice(_SOUNDS.get(letter, letter)) + after,
    }[kind]
