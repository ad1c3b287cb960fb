"""Texts, many at once, as what an index in words keeps of them: light stems, roots, codes (`bulaq.discovery.terms.chunks`)."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.terms.chunks import ChunkTable, Places, Units, batches, spread, together
from bulaq.discovery.terms.codes import code_of
from bulaq.discovery.terms.letters import encoded_bytes


class Faces(NamedTuple):
    """The words of a text, in order, each face by itself: light stems and roots (of a stop word, the light stem again)
    in `letters`, parted by spaces; codes as the bytes of an array."""

    lights: str = ""
    roots: str = ""
    codes: bytes = b""

    @property
    def length(self) -> int:
        """How many words."""
        return len(self.codes) // _CODE


_CODE: Final = 4  # bytes
_NOTHING: Final = Faces()
_ROW: Final = 16  # bytes: most words, with the space behind them
_ROWS, _WORDS, _LIGHTS, _ROOTS, _FIRST_ROW, _FIRST_WORD = range(6)
"""What is known of a chunk: how many rows and words it has, how many bytes of each face; its first row and word."""


class TextFaces(ChunkTable):
    """Finds the faces of texts. Safe to share between threads."""

    COLUMNS = (
        8  # the six above, and two more, so that a row never lies across two lines of a processor's memory
    )

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._lock = threading.Lock()
        super().__init__()

    def of(self, texts: Sequence[str]) -> list[Faces]:
        """The faces of each text."""
        found: list[tuple[int, Faces]] = []
        for batch in batches(texts):
            places, some = zip(*batch, strict=True)
            with self._lock:
                found += zip(places, self._cut(*together(some)), strict=True)
        return [_joined([faces for _, faces in group]) for _, group in groupby(found, key=itemgetter(0))]

    def _cut(self, units: Units, ends: Places) -> list[Faces]:
        starts, numbers = self.chunks(units)
        if not len(numbers):
            return [_NOTHING] * len(ends)
        known = np.ascontiguousarray(self.known.take(numbers, axis=0).T, dtype=np.int64)
        rows = spread(known[_FIRST_ROW], known[_ROWS])
        words = spread(known[_FIRST_WORD], known[_WORDS])
        lights = _rows(self._lights).take(rows).tobytes().translate(None, b"\0")
        roots = _rows(self._roots).take(rows).tobytes().translate(None, b"\0")
        codes = np.frombuffer(self._codes, dtype="<u4").take(words).tobytes()
        upto = np.zeros((3, len(numbers) + 1), dtype=np.int64)
        np.cumsum(known[[_LIGHTS, _ROOTS, _WORDS]], axis=1, out=upto[:, 1:])
        result = []
        light = root = word = 0
        for next_light, next_root, next_word in upto[:, np.searchsorted(starts, ends)].T.tolist():
            if next_word == word:
                result.append(_NOTHING)
                continue
            result.append(
                Faces(
                    lights[light : next_light - 1].decode(),
                    roots[root : next_root - 1].decode(),
                    codes[word * _CODE : next_word * _CODE],
                )
            )
            light, root, word = next_light, next_root, next_word
        return result

    def learn(self, chunks: Iterator[str]) -> list[tuple[int, ...]]:
        known: list[tuple[int, ...]] = []
        row, code = len(self._lights) // _ROW, len(self._codes) // _CODE
        for chunk in chunks:
            terms = self.analyser.terms(chunk)
            lights = encoded_bytes("".join([f"{term.light} " for term in terms]))
            roots = encoded_bytes("".join([f"{term.light if term.stop else term.root} " for term in terms]))
            rows = -(-max(len(lights), len(roots)) // _ROW)
            known.append((rows, len(terms), len(lights), len(roots), row, code, 0, 0))
            self._lights += lights.ljust(rows * _ROW, b"\0")
            self._roots += roots.ljust(rows * _ROW, b"\0")
            self._codes += struct.pack(f"<{len(terms)}I", *map(code_of, terms))
            row += rows
            code += len(terms)
        return known

    def forget(self) -> None:
        super().forget()
        self._lights = bytearray(_ROW)  # so that there is a row to look at
        self._roots = bytearray(_ROW)
        self._codes = bytearray(_CODE)


def _rows(data: bytearray) -> npt.NDArray[np.complex128]:
    """The rows of sixteen bytes; the type is only one of that size which numpy copies fast."""
    return np.frombuffer(data, dtype=np.complex128)


def _joined(parts: Sequence[Faces]) -> Faces:
    """The faces of a long text, which was looked at in pieces."""
    if len(parts) == 1:
        return parts[0]
    return Faces(
        " ".join([part.lights for part in parts if part.lights]),
        " ".join([part.roots for part in parts if part.roots]),
        b"".join([part.codes for part in parts]),
    )
