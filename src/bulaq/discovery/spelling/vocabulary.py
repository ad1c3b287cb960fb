"""The light stems of an index with the documents that hold each: which words there are, and which are near another.

Words of one length stand in one sorted array, in UTF-16: some ten bytes a word, opened in a few milliseconds, searched
by halving, and compared with a misspelt word all at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.spelling.edit_distance import Letters, distances_of, letters_of

_LONGEST: Final = 32  # letters of a word that is kept


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
        letters = letters_of(word)
        signature = _signatures(letters[None, :])[0]
        close: list[tuple[Letters, npt.NDArray[np.uint32]]] = []
        for length in range(max(1, len(letters) - edits), len(letters) + edits + 1):
            group = self._lengths.get(length)
            if group is not None:
                # An edit takes one letter away and brings one in: so many bits may differ.
                places = np.flatnonzero(np.bitwise_count(group.signatures ^ signature) <= 2 * edits)
                close.append((_letters(group.words[places], length), group.counts[places]))
        away = distances_of(letters, [rows for rows, _ in close])
        found: list[tuple[str, int, int]] = []
        for rows, counts in close:
            here, away = away[: len(rows)], away[len(rows) :]
            near = np.flatnonzero(here <= edits)
            found += zip(_decoded(rows[near]), here[near].tolist(), counts[near].tolist(), strict=True)
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


def _letters(words: npt.NDArray[np.bytes_], length: int) -> Letters:
    """A row of letters for each word."""
    return np.ascontiguousarray(words).view(">u2").reshape(len(words), length).astype(np.uint16)


def _decoded(letters: Letters) -> Iterable[str]:
    """The words of rows of letters."""
    length, units = letters.shape[1], letters.astype("<u2")
    text = units.tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) == units.size:
        return [text[at : at + length] for at in range(0, len(text), length)]
    # Some character takes two units.
    return [row.tobytes().decode("utf-16-le", "surrogatepass") for row in units]


def _signatures(letters: Letters) -> npt.NDArray[np.uint64]:
    bits = np.left_shift(np.uint64(1), (letters & np.uint16(63)).astype(np.uint64))
    result: npt.NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return result
