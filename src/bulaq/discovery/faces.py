"""Texts, many at once, as what an index keeps of their words: light stems, roots, codes.

To look up a word in a Python dictionary is to wait for memory several times: for the entry, for the key, and for each of
the values, which lie apart. So a batch of texts is one array here: where words begin, and their hashes, are computed for
all at once; each hash is found in a table of arrays, and what the table leads to is copied from places that lie together.
A word that was met before costs no object of Python at all.

Two chunks of one hash would be taken for one another. A hash has 63 bits, and hangs on numbers drawn for each process: in
a million different chunks that happens once in some twenty million archives, and nobody can write a text for it.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.codes import code_of
from bulaq.discovery.term_letters import encoded_bytes


class Faces(NamedTuple):
    """The words of a text, in order, each face by itself: light stems and roots (of a stop word, the light stem again)
    in `term_letters`, parted by spaces; codes as the bytes of an array."""

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
_AT_ONCE: Final = 1 << 16
"""Characters that are looked at together: some forty articles, whose arrays fit into a processor's own memory."""
_FIRST_BITS: Final = 12  # of the table's size
_FULL: Final = 0.5
_ROWS, _WORDS, _LIGHTS, _ROOTS, _FIRST_ROW, _FIRST_WORD = range(6)
"""What is known of a chunk: how many rows and words it has, how many bytes of each face; its first row and word."""
_GOLDEN: Final = 0x9E3779B97F4A7C15
_WHOLE: Final = 2**64

_Units = npt.NDArray[np.uint16]
_Hashes = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]


class TextFaces:
    """Finds the faces of texts, and remembers what stood between two spaces (no word holds white space, so that a text may
    be cut there): «السلام،» is taken apart into word and comma once. Safe to share between threads."""

    MOST: Final = 700_000
    """Chunks that are remembered, with a hundred bytes each; an endless vocabulary begins anew."""

    _keys: _Hashes
    _places: npt.NDArray[np.uint32]
    _known: npt.NDArray[np.uint32]

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._lock = threading.Lock()
        chance = np.random.default_rng()
        self._numbers = chance.integers(1, _WHOLE, 1 << 16, dtype=np.uint64)
        self._numbers[[chr(code).isspace() for code in range(1 << 16)]] = 0
        factor = int(chance.integers(_WHOLE >> 4, dtype=np.uint64)) * 8 + 5  # odd, so that it has an inverse
        self._powers = _powers(factor)
        self._inverse = _powers(pow(factor, -1, _WHOLE))
        self._forget()

    def of(self, texts: Sequence[str]) -> list[Faces]:
        """The faces of each text."""
        result: list[Faces] = []
        waiting: list[str] = []
        size = 0
        for text in texts:
            if size + len(text) > _AT_ONCE and waiting:
                result += self._of_some(waiting)
                waiting, size = [], 0
            if len(text) > _AT_ONCE:
                result.append(_joined([self._of_some([piece])[0] for piece in _pieces(text)]))
            else:
                waiting.append(text)
                size += len(text) + 1
        return result + self._of_some(waiting)

    def _of_some(self, texts: Sequence[str]) -> list[Faces]:
        if not texts:
            return []
        units = np.frombuffer(_utf16("\n".join(texts)), dtype="<u2")
        lengths = list(map(len, texts))
        if len(units) != sum(lengths) + len(texts) - 1:  # some character takes two units
            lengths = [len(_utf16(text)) // 2 for text in texts]
        ends = np.cumsum(lengths) + np.arange(len(texts))
        with self._lock:
            return self._cut(units, ends)

    def _cut(self, units: _Units, ends: _Places) -> list[Faces]:
        starts, numbers = self._chunks(units)
        if not len(numbers):
            return [_NOTHING] * len(ends)
        known = np.ascontiguousarray(self._known.take(numbers, axis=0).T, dtype=np.int64)
        rows = _spread(known[_FIRST_ROW], known[_ROWS])
        words = _spread(known[_FIRST_WORD], known[_WORDS])
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

    def _chunks(self, units: _Units) -> tuple[_Places, npt.NDArray[np.uint32]]:
        """What stands between spaces: where each begins, and its number."""
        count = len(units)
        values = self._numbers.take(units)
        spaces = np.ones(count + 2, dtype=np.bool_)
        np.equal(values, 0, out=spaces[1:-1])
        edges = np.flatnonzero(spaces[1:] != spaces[:-1])
        starts, stops = edges[::2], edges[1::2]
        # The hash of letters a, b, c is n(a) + n(b)·p + n(c)·p², modulo 2^64: a difference of two running sums.
        values *= self._powers[:count]
        sums = np.zeros(count + 1, dtype=np.uint64)
        np.cumsum(values, out=sums[1:])
        hashes = (sums.take(stops) - sums.take(starts)) * self._inverse.take(starts) | np.uint64(1)
        slots, absent = self._slots(hashes)
        if absent.size:
            self._learn(units, starts, stops, hashes, absent)
            slots, _ = self._slots(hashes)
        return starts, self._places.take(slots)

    def _slots(self, hashes: _Hashes) -> tuple[_Places, _Places]:
        """Where each hash stands in the table (open addressing), and which of them do not."""
        slots = self._first_slots(hashes)
        absent = []
        other = np.flatnonzero(self._keys.take(slots) != hashes)
        while other.size:
            held = self._keys.take(slots.take(other))
            absent.append(other[held == 0])
            other = other[(held != 0) & (held != hashes.take(other))]
            slots[other] = slots[other] + 1 & len(self._keys) - 1
        return slots, np.concatenate(absent) if absent else np.zeros(0, dtype=np.int64)

    def _first_slots(self, hashes: _Hashes) -> _Places:
        return (hashes * np.uint64(_GOLDEN) >> np.uint64(64 - self._bits)).astype(np.int64)

    def _learn(
        self, units: _Units, starts: _Places, stops: _Places, hashes: _Hashes, absent: _Places
    ) -> None:
        new, first = np.unique(hashes[absent], return_index=True)
        if self._count + len(new) > self.MOST:
            self._forget()
            absent = np.arange(len(hashes))
            new, first = np.unique(hashes, return_index=True)
        places = absent[first]
        text = units.tobytes()
        known = []
        row, code = len(self._lights) // _ROW, len(self._codes) // _CODE
        for start, stop in zip(starts[places].tolist(), stops[places].tolist(), strict=True):
            terms = self.analyser.terms(text[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass"))
            lights = encoded_bytes("".join([f"{term.light} " for term in terms]))
            roots = encoded_bytes("".join([f"{term.light if term.stop else term.root} " for term in terms]))
            rows = -(-max(len(lights), len(roots)) // _ROW)
            known.append((rows, len(terms), len(lights), len(roots), row, code))
            self._lights += lights.ljust(rows * _ROW, b"\0")
            self._roots += roots.ljust(rows * _ROW, b"\0")
            self._codes += struct.pack(f"<{len(terms)}I", *map(code_of, terms))
            row += rows
            code += len(terms)
        self._enter(new, np.array(known, dtype=np.uint32))

    def _enter(self, hashes: _Hashes, known: npt.NDArray[np.uint32]) -> None:
        count = self._count
        self._count += len(hashes)
        if self._count > len(self._known):
            more = np.zeros((max(self._count, 2 * len(self._known)), known.shape[1] + 2), dtype=np.uint32)
            more[:count] = self._known[:count]
            self._known = more
        self._known[count : self._count, : known.shape[1]] = known
        numbers = np.arange(count, self._count)
        if self._count > _FULL * len(self._keys):
            held = np.flatnonzero(self._keys)
            hashes = np.concatenate((self._keys[held], hashes))
            numbers = np.concatenate((self._places[held], numbers))
            while self._count > _FULL * (1 << self._bits):
                self._bits += 1
            self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
            self._places = np.zeros(1 << self._bits, dtype=np.uint32)
        slots = self._first_slots(hashes)
        waiting = np.arange(len(hashes))
        while waiting.size:  # of those that come to the same free slot, one gets it in each round
            free = waiting[self._keys[slots[waiting]] == 0]
            self._keys[slots[free]] = hashes[free]
            waiting = waiting[self._keys[slots[waiting]] != hashes[waiting]]
            slots[waiting] = slots[waiting] + 1 & len(self._keys) - 1
        self._places[slots] = numbers

    def _forget(self) -> None:
        self._bits = _FIRST_BITS
        self._count = 0
        self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
        self._places = np.zeros(1 << self._bits, dtype=np.uint32)
        self._known = np.zeros((1 << self._bits - 1, 8), dtype=np.uint32)
        self._lights = bytearray(_ROW)  # so that there is a row to look at
        self._roots = bytearray(_ROW)
        self._codes = bytearray(_CODE)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _powers(factor: int) -> _Hashes:
    """factor^0, factor^1, …, modulo 2^64, for all the units that are looked at together."""
    powers = np.full(2 * _AT_ONCE + 2, factor, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _rows(data: bytearray) -> npt.NDArray[np.complex128]:
    """The rows of sixteen bytes; the type is only one of that size which numpy copies fast."""
    return np.frombuffer(data, dtype=np.complex128)


def _spread(first: _Places, count: _Places) -> _Places:
    """first, first + 1, …, so many of each."""
    ends = np.cumsum(count)
    if ends[-1] == len(count) and count.all():
        return first
    return np.repeat(first - (ends - count), count) + np.arange(ends[-1])


def _pieces(text: str) -> Iterator[str]:
    """A long text, cut where white space stands; where there is none in thousands of characters, anywhere."""
    at = 0
    while at < len(text):
        end = min(at + _AT_ONCE, len(text))
        if end < len(text):
            end = max(text.rfind(" ", at, end), text.rfind("\n", at, end)) + 1 or end
        yield text[at:end]
        at = end


def _joined(parts: Sequence[Faces]) -> Faces:
    return Faces(
        " ".join([part.lights for part in parts if part.lights]),
        " ".join([part.roots for part in parts if part.roots]),
        b"".join([part.codes for part in parts]),
    )
