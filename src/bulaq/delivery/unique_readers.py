"""How many different readers, without remembering them: exact while few, HyperLogLog when many.

Flajolet et al., "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm" (AofA 2007), with 64-bit
hashes (so no correction for large counts) and linear counting below its range. Standard error 1.04/√m = 1.6 %.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from typing import Final

_BITS: Final = 12
_REGISTERS: Final = 1 << _BITS
_ALPHA: Final = 0.7213 / (1 + 1.079 / _REGISTERS)
# As many exact hashes as the registers take in memory, about.
_MOST_EXACT: Final = 512
_EXACT, _ESTIMATED = b"E", b"H"


class UniqueReaders:
    """A set of 64-bit hashes of which only the size is asked for. Two can be merged; the order of adding does not matter."""

    __slots__ = ("_exact", "_registers")

    def __init__(self, hashes: Iterable[int] = ()) -> None:
        self._exact: set[int] | None = set()
        self._registers: bytearray | None = None
        for number in hashes:
            self.add(number)

    def add(self, number: int) -> None:
        """``number``: a hash that is uniform over 64 bits."""
        if self._exact is not None:
            self._exact.add(number)
            if len(self._exact) > _MOST_EXACT:
                exact, self._exact = self._exact, None
                self._registers = bytearray(_REGISTERS)
                for known in exact:
                    self._register(known)
        else:
            self._register(number)

    def merge(self, other: UniqueReaders) -> None:
        """Afterwards this counts the readers of both, each once."""
        if other._exact is not None:
            for number in other._exact:
                self.add(number)
            return
        theirs = other._registers
        assert theirs is not None
        if self._exact is not None:
            exact, self._exact = self._exact, None
            self._registers = bytearray(_REGISTERS)
            for number in exact:
                self._register(number)
        assert self._registers is not None
        self._registers = bytearray(map(max, self._registers, theirs))

    def __len__(self) -> int:
        """The number of readers, or the estimate of it."""
        if self._exact is not None:
            return len(self._exact)
        assert self._registers is not None
        zeros = self._registers.count(0)
        estimate = (
            _ALPHA
            * _REGISTERS**2
            / sum(2.0**-rank * self._registers.count(rank) for rank in set(self._registers))
        )
        if estimate <= 2.5 * _REGISTERS and zeros:
            estimate = _REGISTERS * math.log(_REGISTERS / zeros)
        return round(estimate)

    def to_bytes(self) -> bytes:
        """For storing; read again by `from_bytes`."""
        if self._exact is not None:
            return _EXACT + struct.pack(f"<{len(self._exact)}Q", *sorted(self._exact))
        assert self._registers is not None
        return _ESTIMATED + bytes(self._registers)

    @classmethod
    def from_bytes(cls, stored: bytes) -> UniqueReaders:
        """Raises ValueError for what `to_bytes` did not write."""
        readers = cls()
        kind, content = stored[:1], stored[1:]
        if kind == _EXACT and len(content) % 8 == 0 and len(content) // 8 <= _MOST_EXACT:
            readers._exact = set(struct.unpack(f"<{len(content) // 8}Q", content))
        elif kind == _ESTIMATED and len(content) == _REGISTERS and max(content) <= 64 - _BITS + 1:
            readers._exact, readers._registers = None, bytearray(content)
        else:
            raise ValueError("not a stored count of readers")
        return readers

    def _register(self, number: int) -> None:
        assert self._registers is not None
        index = number & (_REGISTERS - 1)
        rank = 64 - _BITS - (number >> _BITS).bit_length() + 1
        if rank > self._registers[index]:
            self._registers[index] = rank
