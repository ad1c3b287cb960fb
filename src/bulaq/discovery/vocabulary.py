"""The light stems of an index with the documents that hold each: which words there are, and which are near another.

Words of one length stand in one sorted array, in UTF-16: some ten bytes a word, opened in a few milliseconds, searched
by halving, and compared with a misspelt word all at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

_LONGEST: Final = 32  # letters of a word that is kept

_Letters = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class _Length:
    """The words of one length, sorted; `signatures` have a bit for each letter of a word."""

    words: npt.NDArray[np.bytes_]
    counts: npt.NDArray[np.uint32]
    signatures: npt.NDArray[np.uint64]


class Vocabulary(Mapping[str, int]):
    """Word → the number of documents that hold it. Words of more than 32 letters are left out."""

    def __init__(self, words: Mapping[str, int] | None = None) -> None:
        self._lengths: dict[int, _Length] = {}
        by_length: dict[int, list[tuple[bytes, int]]] = {}
        for word, count in (words or {}).items():
            encoded = _encoded(word)
            if 0 < len(encoded) <= 2 * _LONGEST:
                by_length.setdefault(len(encoded) // 2, []).append((encoded, count))
        for length, found in by_length.items():
            found.sort()
            encoded_words = np.array([word for word, _ in found], dtype=f"S{2 * length}")
            self._add(length, encoded_words, np.array([count for _, count in found], dtype=np.uint32))

    def _add(self, length: int, words: npt.NDArray[np.bytes_], counts: npt.NDArray[np.uint32]) -> None:
        self._lengths[length] = _Length(words, counts, _signatures(_letters(words, length)))

    def __getitem__(self, word: str) -> int:
        encoded = _encoded(word)
        group = self._lengths.get(len(encoded) // 2)
        if group is not None:
            place = int(np.searchsorted(group.words, np.bytes_(encoded)))
            if place < len(group.words) and group.words[place] == encoded:
                return int(group.counts[place])
        raise KeyError(word)

    def __iter__(self) -> Iterator[str]:
        for length, group in self._lengths.items():
            yield from _decoded(_letters(group.words, length))

    def __len__(self) -> int:
        return sum(len(group.words) for group in self._lengths.values())

    def near(self, word: str, edits: int) -> list[tuple[str, int, int]]:
        """The words within so many edits of a word: each with its edits and its documents."""
        letters = np.frombuffer(_encoded(word), dtype=">u2").astype(np.uint16)
        signature = _signatures(letters[None, :])[0]
        found: list[tuple[str, int, int]] = []
        for length in range(max(1, len(letters) - edits), len(letters) + edits + 1):
            group = self._lengths.get(length)
            if group is None:
                continue
            # An edit takes one letter away and brings one in: so many bits may differ.
            close = np.flatnonzero(np.bitwise_count(group.signatures ^ signature) <= 2 * edits)
            if not close.size:
                continue
            others = _letters(group.words[close], length)
            away = _distances(letters, others, np.full(len(others), length))
            near = np.flatnonzero(away <= edits)
            counts = group.counts[close[near]].tolist()
            found += zip(_decoded(others[near]), away[near].tolist(), counts, strict=True)
        return found

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step."""
        arrays: dict[str, npt.NDArray[np.generic]] = {}
        for length, group in self._lengths.items():
            arrays |= {f"words{length}": group.words, f"counts{length}": group.counts}
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """What was saved; raises FileNotFoundError, and ValueError when the file is something else."""
        result = cls()
        with np.load(path, allow_pickle=False) as arrays:
            for name in arrays:
                if name.startswith("words"):
                    length = int(name.removeprefix("words"))
                    result._add(length, arrays[name], arrays[f"counts{length}"])
        return result


def _encoded(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


def _letters(words: npt.NDArray[np.bytes_], length: int) -> _Letters:
    """A row of letters for each word."""
    return np.ascontiguousarray(words).view(">u2").reshape(len(words), length).astype(np.uint16)


def _decoded(letters: _Letters) -> Iterable[str]:
    for row in letters.astype(">u2"):
        yield row.tobytes().decode("utf-16-be", "surrogatepass")


def _signatures(letters: _Letters) -> npt.NDArray[np.uint64]:
    bits = np.left_shift(np.uint64(1), (letters & np.uint16(63)).astype(np.uint64))
    result: npt.NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return result


def distances(word: str, others: Sequence[str]) -> list[int]:
    """Edits (insertion, deletion, substitution, exchange of neighbours) between a word and each of the others:
    Damerau's restricted distance, in UTF-16 letters."""
    if not others:
        return []
    encoded = [np.frombuffer(_encoded(other), dtype=">u2") for other in others]
    lengths = np.array([len(each) for each in encoded])
    letters = np.zeros((len(others), max(1, int(lengths.max()))), dtype=np.uint16)
    for row, each in zip(letters, encoded, strict=True):
        row[: len(each)] = each
    found: list[int] = _distances(np.frombuffer(_encoded(word), dtype=">u2"), letters, lengths).tolist()
    return found


def _distances(
    word: npt.NDArray[np.uint16], others: _Letters, lengths: npt.NDArray[np.int_]
) -> npt.NDArray[np.int16]:
    """The same for rows of letters, the table filled for all of them at once."""
    count, width = others.shape
    columns = np.ascontiguousarray(others.T)
    row = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], count, axis=1)
    before = row
    for i, letter in enumerate(word.tolist(), 1):
        last, row, before_last = row, np.empty_like(row), before
        row[0] = i
        other = columns != letter
        cost = other.astype(np.int16)
        for j in range(1, width + 1):
            value = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + cost[j - 1])
            if i > 1 and j > 1:
                exchanged = ~other[j - 2] & (columns[j - 1] == word[i - 2])
                value = np.where(exchanged, np.minimum(value, before_last[j - 2] + 1), value)
            row[j] = value
        before = last
    result: npt.NDArray[np.int16] = row[lengths, np.arange(count)]
    return result
