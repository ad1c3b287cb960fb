"""A text as an array of numbers, one for each word, in which its light stem, root and exact form can be recognised.

An index keeps these arrays beside its documents, so that the ranking can look at where the words of a query stand in
a few hundred candidates at once (numpy compares 60,000 words with a query word in some 20 microseconds).

A code has 32 bits: 20 of the root's hash, 6 of the light stem's, 6 of the exact form's. Words of one root share their
upper 20 bits, of one root and light stem their upper 26. In 60,000 words some word has the upper 20 bits of another
root once in 17 comparisons: seldom enough for an order of candidates, never used to decide what matches.
"""

from __future__ import annotations

import struct
from sys import intern
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
    """The words of a text, in order, each face by itself: light stems and roots parted by spaces, codes as the bytes
    of an array."""

    lights: str = ""
    roots: str = ""
    codes: bytes = b""

    @property
    def length(self) -> int:
        """How many words."""
        return len(self.codes) // _CODE.size


_CODE: Final = struct.Struct("<I")
_NOTHING: Final = Faces()


class IndexedWords(dict[str, IndexedWord]):
    """Word as written → what the index keeps of it, computed once."""

    MOST: Final = 500_000

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self.analyser = analyser
        self._chunks = _Chunks(self)

    def __missing__(self, word: str) -> IndexedWord:
        term = self.analyser.term(word)
        # One object for each stem and root: a memory that is looked up a million times a second must be small.
        light, known_root = intern(term.light), intern(term.light if term.stop else term.root)
        found = IndexedWord(light, "" if known_root is light else known_root, code_of(term), known_root)
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
        found = list(map(self._chunks.__getitem__, text.split()))
        if not found:
            return _NOTHING
        lights, roots, codes = zip(*found, strict=True)
        return Faces(" ".join(lights), " ".join(roots), b"".join(codes))


class _Chunks(dict[str, tuple[str, str, bytes]]):
    """What stands between two spaces → its faces. No word holds white space, so that a text may be cut there; and
    to look up «السلام،» once costs a quarter of finding the word in it each time."""

    MOST: Final = 400_000

    def __init__(self, words: IndexedWords) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, chunk: str) -> tuple[str, str, bytes]:
        words = self._words.of(chunk)
        codes = b"".join([_CODE.pack(word.code) for word in words])
        if len(words) == 1:
            found = (words[0].light, words[0].known_root, codes)
        else:
            found = (
                " ".join([word.light for word in words]),
                " ".join([word.known_root for word in words]),
                codes,
            )
        if len(chunk) <= 32:  # the longer ones are addresses, seldom met twice
            if len(self) >= self.MOST:
                self.clear()
            self[chunk] = found
        return found


_LENGTHS: Final = struct.Struct("<3I")


def pack(headline: bytes, body: bytes, extra: bytes) -> bytes:
    """The codes of a document's headline, body and smaller fields (`Faces.codes`) as bytes; `unpack` gives them
    back."""
    lengths = (len(part) // _CODE.size for part in (headline, body, extra))
    return b"".join((_LENGTHS.pack(*lengths), headline, body, extra))


def unpack(data: bytes) -> tuple[Codes, Codes, Codes]:
    """Headline, body and smaller fields as they were packed."""
    headline, body, _ = _LENGTHS.unpack_from(data)
    codes = np.frombuffer(data, dtype="<u4", offset=_LENGTHS.size)
    return codes[:headline], codes[headline : headline + body], codes[headline + body :]
