"""The words of many texts as numbers, one for each different word: what is gathered before a segment is written."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser, Term
from bulaq.discovery.embedded.keys import new_key
from bulaq.discovery.terms.chunks import ChunkTable, batches, spread, together
from bulaq.discovery.terms.codes import Codes, code_of

Numbers = npt.NDArray[np.uint32]

MARK: Final = "\ue000"
"""A character of private use that parts the smaller fields; it has the number 0, and the code of
`smaller_fields.MARK`."""
_NUMBER: Final = 4  # bytes
_WORDS, _FIRST_WORD = range(2)  # what is known of a chunk


class WordNumbers(ChunkTable):
    """Numbers words in the order in which they are met, until it is told to `forget`. Two forms are two words. For one
    thread at a time."""

    COLUMNS = 2

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        super().__init__()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget all words and their numbers."""
        self.forget()
        self._by_term: dict[Term, int] = {}
        self._codes = array("I", [0])
        self._lights = array("Q", [0])
        self._roots = array("Q", [0])
        self.exact: list[str] = [""]
        """The words themselves, by their numbers, as `Term.exact`…"""
        self.light: list[str] = [""]
        """… and as `Term.light`."""

    def forget(self) -> None:
        super().forget()
        self._of_chunks = bytearray(_NUMBER)

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def codes(self) -> Codes:
        """The code of each word (`bulaq.discovery.terms.codes`)."""
        return np.array(self._codes, dtype=np.uint32)

    @property
    def lights(self) -> npt.NDArray[np.uint64]:
        """The key of each word's light stem."""
        return np.array(self._lights, dtype=np.uint64)

    @property
    def roots(self) -> npt.NDArray[np.uint64]:
        """The key of each word's root; of a stop word, of its light stem again."""
        return np.array(self._roots, dtype=np.uint64)

    def of(self, texts: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """The words of all texts, and how many each text has."""
        found: list[Numbers] = []
        lengths = np.zeros(len(texts), dtype=np.int64)
        for batch in batches(texts):
            places, some = zip(*batch, strict=True)
            units, ends = together(some)
            starts, chunks = self.chunks(units)
            known = self.known.take(chunks, axis=0).astype(np.int64)
            words = spread(known[:, _FIRST_WORD], known[:, _WORDS])
            found.append(np.frombuffer(bytes(self._of_chunks), dtype="<u4").take(words))
            upto = np.concatenate(([0], np.cumsum(known[:, _WORDS])))[np.searchsorted(starts, ends)]
            np.add.at(lengths, list(places), np.diff(upto, prepend=0))
        return np.concatenate(found) if found else np.zeros(0, dtype=np.uint32), lengths

    def learn(self, chunks: Iterator[str]) -> list[tuple[int, ...]]:
        known: list[tuple[int, ...]] = []
        for chunk in chunks:
            first = len(self._of_chunks) // _NUMBER
            numbers = [0] if chunk == MARK else [self._number(term) for term in self._analyser.terms(chunk)]
            self._of_chunks += struct.pack(f"<{len(numbers)}I", *numbers)
            known.append((len(numbers), first))
        return known

    def _number(self, term: Term) -> int:
        number = self._by_term.get(term)
        if number is None:
            number = self._by_term[term] = len(self._codes)
            self._codes.append(code_of(term))
            light = new_key(term.light)
            self._lights.append(light)
            self._roots.append(light if term.stop or term.root == term.light else new_key(term.root))
            self.exact.append(term.exact)
            self.light.append(term.light)
        return number
