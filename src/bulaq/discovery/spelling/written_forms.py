"""How often each word stands in an archive exactly as it is written: what tells a slip of the hand from a rare word.

A light stem is known for many words that nobody ever wrote («رويسا» has that of «رويس»). So the forms are counted, too: by
their codes, of which those of one stem share a few with each other (`bulaq.discovery.terms.codes`), so that a count is at
times too high, never too low.
"""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Term
from bulaq.discovery.terms.codes import Codes, code_of

_BATCH: Final = 4_000_000  # words that are counted at once
_Counts = npt.NDArray[np.uint32]


class WrittenForms:
    """The codes of all words of some texts, sorted, and how often each stands there. Empty, it knows nothing."""

    def __init__(self, codes: Codes | None = None, counts: _Counts | None = None) -> None:
        self._codes = np.zeros(0, dtype=np.uint32) if codes is None else codes
        self._counts = np.zeros(0, dtype=np.uint32) if counts is None else counts

    def __bool__(self) -> bool:
        return self._codes.size > 0

    def times(self, term: Term) -> int:
        """How often a word stands in the texts in this form."""
        code = np.uint32(code_of(term))
        place = int(np.searchsorted(self._codes, code))
        known = place < self._codes.size and self._codes[place] == code
        return int(self._counts[place]) if known else 0

    def to_text(self) -> str:
        """As ASCII letters; `from_text` reads them."""
        parts = (self._codes.astype("<u4").tobytes(), self._counts.astype("<u4").tobytes())
        return base64.b85encode(zlib.compress(b"".join(parts), 1)).decode()

    @classmethod
    def from_text(cls, text: str) -> WrittenForms:
        """What was written with `to_text`; of nothing, an empty one."""
        numbers = np.frombuffer(zlib.decompress(base64.b85decode(text)) if text else b"", dtype="<u4")
        return cls(*np.split(numbers.astype(np.uint32), 2))

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step."""
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, codes=self._codes, counts=self._counts)
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> WrittenForms:
        """What was saved; raises FileNotFoundError, and ValueError or KeyError when the file is something else."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays["codes"], arrays["counts"])


class Counting:
    """Counts the words of texts that pass by."""

    def __init__(self) -> None:
        self._codes = np.zeros(0, dtype=np.uint32)
        self._counts = np.zeros(0, dtype=np.int64)
        self._waiting: list[Codes] = []
        self._words = 0

    def passing(self, texts: Iterable[Codes]) -> Iterator[Codes]:
        """The same texts, counted."""
        for text in texts:
            self._waiting.append(text)
            self._words += len(text)
            if self._words >= _BATCH:
                self._add()
            yield text

    def counted(self) -> WrittenForms:
        """What has passed so far."""
        self._add()
        return WrittenForms(self._codes, np.minimum(self._counts, 2**32 - 1).astype(np.uint32))

    def _add(self) -> None:
        codes, counts = np.unique(np.concatenate([self._codes[:0], *self._waiting]), return_counts=True)
        both, places = np.unique(np.concatenate([self._codes, codes]), return_inverse=True)
        counted = np.bincount(places, np.concatenate([self._counts, counts]), both.size)
        self._codes, self._counts = both, counted.astype(np.int64)
        self._waiting.clear()
        self._words = 0
