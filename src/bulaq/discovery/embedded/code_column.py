"""The codes of all words of a segment, in two bytes for most of them.

The 65,535 most frequent words of a segment have a number that stands for their code; of the others, some one in twenty, the
codes stand apart, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.embedded.array_file import Array
from bulaq.discovery.terms.chunks import spread
from bulaq.discovery.terms.codes import LIGHT, Codes

_RARE: Final = 0xFFFF
"""The number of a word whose code stands apart."""
MOST_FREQUENT: Final = _RARE
"""Words whose codes stand in a table."""


def packed_codes(
    words: npt.NDArray[np.integer[Any]], table: Codes, ends: npt.NDArray[np.int64]
) -> dict[str, Array]:
    """The arrays of a segment that hold codes: `table[word]` for each of `words`; the documents' words end at `ends`."""
    counts = np.bincount(words, minlength=len(table))
    frequent = np.argsort(-counts, kind="stable")[:MOST_FREQUENT]
    number = np.full(len(table), _RARE, dtype=np.uint16)
    number[frequent] = np.arange(len(frequent))
    numbers = number[words]
    rare = np.flatnonzero(numbers == _RARE)
    return {
        "code_table": table[frequent],
        "codes": numbers,
        "rare_codes": table[words[rare]],
        "rare_starts": np.searchsorted(rare, np.concatenate(([0], ends))).astype(np.uint32),
    }


class CodeColumn:
    """The codes of a segment's documents."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        self._table: Codes = np.append(arrays["code_table"], np.uint32(0)).astype(np.uint32)
        self._numbers = arrays["codes"]
        self._rare: Codes = arrays["rare_codes"]
        self._rare_starts = arrays["rare_starts"]

    def of(self, doc: int, start: int, end: int) -> Codes:
        """The codes of a document, whose words stand from `start` to `end`."""
        numbers = self._numbers[start:end]
        codes: Codes = self._table.take(numbers, mode="clip")
        codes[numbers == _RARE] = self._rare[int(self._rare_starts[doc]) : int(self._rare_starts[doc + 1])]
        return codes

    def of_all(
        self, docs: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
    ) -> Codes:
        """The codes of several documents, one after the other."""
        numbers = self._numbers[spread(starts, lengths)]
        codes: Codes = self._table.take(numbers, mode="clip")
        first = self._rare_starts[docs].astype(np.int64)
        codes[numbers == _RARE] = self._rare[spread(first, self._rare_starts[docs + 1] - first)]
        return codes

    def in_a_row(self, lights: Sequence[int]) -> npt.NDArray[np.int64]:
        """Where words with these codes of light stems (`codes.light_code`) stand one after the other, in all documents: the
        column is read as it lies, a byte for each word."""
        count = max(len(self._numbers) - len(lights) + 1, 0)
        holds = np.ones(count, dtype=bool)
        for place, light in enumerate(lights):
            holds &= self._with(np.uint32(light))[place : place + count]
        return np.flatnonzero(holds)

    def _with(self, light: np.uint32) -> npt.NDArray[np.bool_]:
        known = np.zeros(_RARE + 1, dtype=bool)
        frequent = self._table[:-1] & np.uint32(LIGHT) == light
        known[: len(frequent)] = frequent
        found: npt.NDArray[np.bool_] = known.take(self._numbers)
        rare = self._rare & np.uint32(LIGHT) == light
        if rare.any():
            found[np.flatnonzero(self._numbers == _RARE)[rare]] = True
        return found
