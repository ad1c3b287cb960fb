"""A text as an array of numbers, one for each word, in which its light stem, root and exact form can be recognised.

An index keeps these arrays beside its documents, so that the ranking can look at where the words of a query stand in
a few hundred candidates at once (numpy compares 60,000 words with a query word in some 20 microseconds).

A code has 32 bits: 20 of the root's hash, 6 of the light stem's, 6 of the exact form's. Words of one root share their
upper 20 bits, of one root and light stem their upper 26. In 60,000 words some word has the upper 20 bits of another
root once in 17 comparisons: seldom enough for an order of candidates, never used to decide what matches.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser, Term

ROOT: Final = 0xFFFFF000
LIGHT: Final = 0xFFFFFFC0
EXACT: Final = 0xFFFFFFFF

Codes = npt.NDArray[np.uint32]


def code_of(term: Term) -> int:
    """The code of a word."""
    return (
        (crc32(term.root.encode()) & ROOT)
        | ((crc32(term.light.encode()) >> 8 & 0x3F) << 6)
        | (crc32(term.exact.encode()) >> 8 & 0x3F)
    )


class IndexedWord(NamedTuple):
    """What the index keeps of a word; `root` is empty where it adds nothing (a stop word, or the light stem), and
    `known_root` then the light stem."""

    light: str
    root: str
    code: int
    known_root: str


class Faces(NamedTuple):
    """The words of a text, in order, each face by itself."""

    lights: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()


class IndexedWords(dict[str, IndexedWord]):
    """Word as written → what the index keeps of it, computed once."""

    MOST: Final = 500_000

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self.analyser = analyser

    def __missing__(self, word: str) -> IndexedWord:
        term = self.analyser.term(word)
        root = "" if term.stop or term.root == term.light else term.root
        found = IndexedWord(term.light, root, code_of(term), root or term.light)
        if len(word) <= 64:
            if len(self) >= self.MOST:
                self.clear()
            self[word] = found
        return found

    def of(self, text: str) -> list[IndexedWord]:
        """The words of a text, in order."""
        return list(map(self.__getitem__, self.analyser.words(text)))

    def faces(self, text: str) -> Faces:
        """The same, parted by faces: known roots, not empty ones."""
        found = self.of(text)
        if not found:
            return Faces()
        lights, _, codes, roots = zip(*found, strict=True)
        return Faces(lights, roots, codes)


_LENGTHS: Final = struct.Struct("<3I")


def pack(headline: Sequence[int], body: Sequence[int], extra: Sequence[int]) -> bytes:
    """The codes of a document's headline, body and smaller fields as bytes; `unpack` gives them back."""
    lengths = _LENGTHS.pack(len(headline), len(body), len(extra))
    return lengths + array("I", (*headline, *body, *extra)).tobytes()


def unpack(data: bytes) -> tuple[Codes, Codes, Codes]:
    """Headline, body and smaller fields as they were packed."""
    headline, body, _ = _LENGTHS.unpack_from(data)
    codes = np.frombuffer(data, dtype=np.uint32, offset=_LENGTHS.size)
    return codes[:headline], codes[headline : headline + body], codes[headline + body :]
