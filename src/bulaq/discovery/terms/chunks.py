"""What stands between the spaces of many texts at once, looked up in arrays.

To look up a word in a Python dictionary is to wait for memory several times: for the entry, for the key, and for each of
the values, which lie apart. So a batch of texts is one array here: where chunks begin, and their hashes, are computed for
all at once; each hash is found in a table of arrays, and what the table leads to is copied from places that lie together.
A chunk that was met before costs no object of Python at all.

Two chunks of one hash would be taken for one another. A hash has 63 bits, and hangs on numbers drawn for each process: in
a million different chunks that happens once in some twenty million archives, and nobody can write a text for it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

AT_ONCE: Final = 1 << 16
"""Characters that are looked at together: some forty articles, whose arrays fit into a processor's own memory."""
_FIRST_BITS: Final = 12  # of the table's size
_FULL: Final = 0.5
_GOLDEN: Final = 0x9E3779B97F4A7C15
_WHOLE: Final = 2**64

_SPACES: Final = np.flatnonzero([chr(code).isspace() for code in range(1 << 16)])
"""The units of UTF-16 that are white space."""

Units = npt.NDArray[np.uint16]
Places = npt.NDArray[np.int64]
Known = npt.NDArray[np.uint32]
_Hashes = npt.NDArray[np.uint64]


class ChunkTable(ABC):
    """Remembers what stood between two spaces (no word holds white space, so that a text may be cut there): «السلام،» is
    taken apart into word and comma once. For one thread at a time."""

    MOST: Final = 700_000
    """Chunks that are remembered, with a hundred bytes each; an endless vocabulary begins anew."""
    COLUMNS: int
    """How many numbers `known` keeps of a chunk."""

    _keys: _Hashes
    _places: Known
    known: Known
    """What the table leads to: a row of each chunk."""

    def __init__(self) -> None:
        chance = np.random.default_rng()
        self._numbers = chance.integers(1, _WHOLE, 1 << 16, dtype=np.uint64)
        self._numbers[_SPACES] = 0
        factor = int(chance.integers(_WHOLE >> 4, dtype=np.uint64)) * 8 + 5  # odd, so that it has an inverse
        self._powers = _powers(factor)
        self._inverse = _powers(pow(factor, -1, _WHOLE))
        self.forget()

    @abstractmethod
    def learn(self, chunks: Iterator[str]) -> list[tuple[int, ...]]:
        """The rows of chunks that were not met before."""

    def forget(self) -> None:
        """Begin anew."""
        self._bits = _FIRST_BITS
        self._count = 0
        self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
        self._places = np.zeros(1 << self._bits, dtype=np.uint32)
        self.known = np.zeros((1 << self._bits - 1, self.COLUMNS), dtype=np.uint32)

    def chunks(self, units: Units) -> tuple[Places, Known]:
        """What stands between spaces: where each begins, and the number of its row."""
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
            self._add(units, starts, stops, hashes, absent)
            slots, _ = self._slots(hashes)
        return starts, self._places.take(slots)

    def _slots(self, hashes: _Hashes) -> tuple[Places, Places]:
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

    def _first_slots(self, hashes: _Hashes) -> Places:
        return (hashes * np.uint64(_GOLDEN) >> np.uint64(64 - self._bits)).astype(np.int64)

    def _add(self, units: Units, starts: Places, stops: Places, hashes: _Hashes, absent: Places) -> None:
        new, first = np.unique(hashes[absent], return_index=True)
        if self._count + len(new) > self.MOST:
            self.forget()
            absent = np.arange(len(hashes))
            new, first = np.unique(hashes, return_index=True)
        places = absent[first]
        text = units.tobytes()
        edges = zip(starts[places].tolist(), stops[places].tolist(), strict=True)
        chunks = (text[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass") for start, stop in edges)
        self._enter(new, np.array(self.learn(chunks), dtype=np.uint32))

    def _enter(self, hashes: _Hashes, known: Known) -> None:
        count = self._count
        self._count += len(hashes)
        if self._count > len(self.known):
            more = np.zeros((max(self._count, 2 * len(self.known)), self.COLUMNS), dtype=np.uint32)
            more[:count] = self.known[:count]
            self.known = more
        self.known[count : self._count] = known
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


def together(texts: Sequence[str]) -> tuple[Units, Places]:
    """Texts as one array of UTF-16 units, a line's end between them; and where each ends."""
    units = np.frombuffer(_utf16("\n".join(texts)), dtype="<u2")
    lengths = list(map(len, texts))
    if len(units) != sum(lengths) + len(texts) - 1:  # some character takes two units
        lengths = [len(_utf16(text)) // 2 for text in texts]
    return units, np.cumsum(lengths) + np.arange(len(texts))


def batches(texts: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Texts with their places, so many at once as are looked at together; a longer text comes in several pieces."""
    waiting: list[tuple[int, str]] = []
    size = 0
    for place, text in enumerate(texts):
        for piece in pieces(text):
            if size + len(piece) > AT_ONCE and waiting:
                yield waiting
                waiting, size = [], 0
            waiting.append((place, piece))
            size += len(piece) + 1
    if waiting:
        yield waiting


def spread(first: Places, count: Places) -> Places:
    """first, first + 1, …, so many of each."""
    ends = np.cumsum(count)
    if len(ends) and ends[-1] == len(count) and count.all():
        return first
    return np.repeat(first - (ends - count), count) + np.arange(ends[-1] if len(ends) else 0)


def pieces(text: str) -> Iterator[str]:
    """A long text, cut where white space stands; where there is none in thousands of characters, anywhere."""
    if len(text) <= AT_ONCE:
        yield text
        return
    at = 0
    while at < len(text):
        end = min(at + AT_ONCE, len(text))
        if end < len(text):
            end = max(text.rfind(" ", at, end), text.rfind("\n", at, end)) + 1 or end
        yield text[at:end]
        at = end


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _powers(factor: int) -> _Hashes:
    """factor^0, factor^1, …, modulo 2^64, for all the units that are looked at together."""
    powers = np.full(2 * AT_ONCE + 2, factor, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
