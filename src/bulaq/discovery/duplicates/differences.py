"""What two versions of a text say differently: the passages that an editor is shown beside «this was published on …».

Words are compared as readers take them (`bulaq.arabic.normalise.for_matching`), passages are cut from the texts as
written. The method is patience diff (Bram Cohen): words that stand once in both texts, in the same order, hold the two
together; the same is done again between each two of them. It takes n log n steps, also for text made to be slow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from bulaq.arabic.normalise import for_matching

MOST_WORDS: Final = 20_000
"""Of longer texts, only the beginning is compared."""

_JOINED: Final = 2
"""Words in common between two differences that do not part them: «في» alone is no common ground."""

_WORD = re.compile(r"\w[\w\u064b-\u0652\u0670]*")
_SMALL: Final = 4096  # pairs of words that may be compared each with each, where no word stands once in both


class Passage(NamedTuple):
    """A part of a text as written: `text` is `whole[start:end]`."""

    text: str
    start: int
    end: int


class Difference(NamedTuple):
    """A place where the texts part. `before` is of the first text, `after` of the second; either may be empty."""

    kind: Literal["changed", "added", "removed"]
    before: Passage
    after: Passage


def differences(before: str, after: str) -> list[Difference]:
    """The passages in which two texts differ, in their order; none when they read the same."""
    old, new = _words(before), _words(after)
    matches = _matches([word for word, _, _ in old], [word for word, _, _ in new])
    found: list[tuple[int, int, int, int]] = []
    i = j = 0
    for k, m, length in [*_runs(matches), (len(old), len(new), 0)]:
        if k > i or m > j:
            if found and i - found[-1][1] <= _JOINED and j - found[-1][3] <= _JOINED:
                found[-1] = (found[-1][0], k, found[-1][2], m)
            else:
                found.append((i, k, j, m))
        i, j = k + length, m + length
    return [
        Difference(
            "added" if i == k else "removed" if j == m else "changed",
            _passage(before, old, i, k),
            _passage(after, new, j, m),
        )
        for i, k, j, m in found
    ]


_Word = tuple[str, int, int]


def _words(text: str) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text):
        words.append((for_matching(match.group()), match.start(), match.end()))
        if len(words) == MOST_WORDS:
            break
    return words


def _passage(text: str, words: Sequence[_Word], first: int, end: int) -> Passage:
    if first == end:
        place = words[first - 1][2] if first else 0
        return Passage("", place, place)
    start, stop = words[first][1], words[end - 1][2]
    return Passage(text[start:stop], start, stop)


def _matches(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs of places that hold the same word, rising in both."""
    matches: list[tuple[int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            matches.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            matches.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(old, i, i_end, new, j, j_end)
        if not anchors:
            if (i_end - i) * (j_end - j) <= _SMALL:
                matches.extend(_common(old, i, i_end, new, j, j_end))
            continue
        for k, m in [*anchors, (i_end, j_end)]:
            waiting.append((i, k, j, m))
            if k < i_end:
                matches.append((k, m))
            i, j = k + 1, m + 1
    return sorted(matches)


def _anchors(old: list[str], i: int, i_end: int, new: list[str], j: int, j_end: int) -> list[tuple[int, int]]:
    """The longest rising row of words that stand once in each part (patience sorting)."""
    first = _once(old, i, i_end)
    second = _once(new, j, j_end)
    pairs = [(first[word], place) for word, place in second.items() if word in first]
    pairs.sort()
    heaps: list[int] = []
    tops: list[int] = []
    back: list[int] = []
    for number, (_, place) in enumerate(pairs):
        heap = bisect_left(heaps, place)
        if heap == len(heaps):
            heaps.append(place)
            tops.append(number)
        else:
            heaps[heap], tops[heap] = place, number
        back.append(tops[heap - 1] if heap else -1)
    row = []
    number = tops[-1] if tops else -1
    while number >= 0:
        row.append(pairs[number])
        number = back[number]
    return row[::-1]


def _once(words: list[str], start: int, end: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place in range(start, end):
        places[words[place]] = -1 if words[place] in places else place
    return {word: place for word, place in places.items() if place >= 0}


def _common(old: list[str], i: int, i_end: int, new: list[str], j: int, j_end: int) -> list[tuple[int, int]]:
    """The longest common subsequence of two short parts, by the plain table."""
    rows, columns = i_end - i, j_end - j
    table = [[0] * (columns + 1) for _ in range(rows + 1)]
    for k in range(rows - 1, -1, -1):
        for m in range(columns - 1, -1, -1):
            same = old[i + k] == new[j + m]
            table[k][m] = table[k + 1][m + 1] + 1 if same else max(table[k + 1][m], table[k][m + 1])
    found = []
    k = m = 0
    while k < rows and m < columns:
        if old[i + k] == new[j + m]:
            found.append((i + k, j + m))
            k, m = k + 1, m + 1
        elif table[k + 1][m] >= table[k][m + 1]:
            k += 1
        else:
            m += 1
    return found


def _runs(matches: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Matches that follow one another, as (place, place, length)."""
    runs: list[tuple[int, int, int]] = []
    for k, m in matches:
        if runs and runs[-1][0] + runs[-1][2] == k and runs[-1][1] + runs[-1][2] == m:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((k, m, 1))
    return runs
