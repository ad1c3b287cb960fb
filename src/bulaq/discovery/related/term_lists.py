"""The lists of who holds which term: for each edition and term, articles in the order of filing, in blocks of `BLOCK`.

A list is read in part: its newest blocks, and those of one time, `BLOCKS` at most. So what a lookup costs has a ceiling,
whatever the size of the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

BLOCK: Final = 256
"""Articles in a block."""
BLOCKS: Final = 12
"""Blocks of a list that are read at most."""


class Block(NamedTuple):
    """A part of a list: the articles' ids (u32, little-endian), and what the term weighs in each (one byte)."""

    ids: bytes
    weights: bytes


class TermLists:
    """The lists in a database whose transactions and lock are its owner's."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def create(self) -> None:
        """Make the table, when it is not there."""
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS files (edition INTEGER, term INTEGER, block INTEGER, since REAL,"
            " ids BLOB, weights BLOB, PRIMARY KEY (edition, term, block)) WITHOUT ROWID"
        )

    def append(
        self, edition: int, term: int, ids: Sequence[int], weights: Sequence[int], times: Sequence[float]
    ) -> None:
        """File articles at the end of a list, with their weights (1..255) and their times (seconds, UTC); not none."""
        execute = self._database.execute
        last = execute(
            "SELECT block, since, ids, weights FROM files WHERE edition = ? AND term = ?"
            " ORDER BY block DESC LIMIT 1",
            (edition, term),
        ).fetchone()
        block, since, id_bytes, weight_bytes = last or (0, times[0], b"", b"")
        held = len(weight_bytes)
        id_bytes += np.array(ids, dtype="<u4").tobytes()
        weight_bytes += bytes(weights)
        for start in range(0, len(weight_bytes), BLOCK):
            execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                (
                    edition,
                    term,
                    block,
                    since if start < held else times[start - held],
                    id_bytes[4 * start : 4 * (start + BLOCK)],
                    weight_bytes[start : start + BLOCK],
                ),
            )
            block += 1

    def blocks(self, edition: int, term: int, moment: float | None) -> Iterator[Block]:
        """The blocks of a list to be read: the newest first, then, when a `moment` (seconds, UTC) is given and the list is
        longer than `BLOCKS`, those around it in place of half of them."""
        execute = self._database.execute
        last = execute(
            "SELECT max(block) FROM files WHERE edition = ? AND term = ?", (edition, term)
        ).fetchone()[0]
        if last is None:
            return
        for first, end in self._spans(edition, term, last, moment):
            rows = execute(
                "SELECT ids, weights FROM files WHERE edition = ? AND term = ? AND block BETWEEN ? AND ?"
                " ORDER BY block DESC",
                (edition, term, first, end),
            )
            yield from map(Block._make, rows)

    def _spans(self, edition: int, term: int, last: int, moment: float | None) -> list[tuple[int, int]]:
        """The first and last blocks of what is read of a list that ends with block `last`."""
        if moment is None or last < BLOCKS:
            return [(max(0, last - BLOCKS + 1), last)]
        newest = last - BLOCKS // 2 + 1
        at = self._block_at(edition, term, last, moment)
        around = max(0, min(at - BLOCKS // 4, newest - BLOCKS // 2))
        return [(newest, last), (around, around + BLOCKS // 2 - 1)]

    def _block_at(self, edition: int, term: int, last: int, moment: float) -> int:
        """The last block that begins at the moment or before it; 0 when none does."""
        low, high = 0, last
        while low < high:
            middle = (low + high + 1) // 2
            since = self._database.execute(
                "SELECT since FROM files WHERE edition = ? AND term = ? AND block = ?",
                (edition, term, middle),
            ).fetchone()[0]
            low, high = (middle, high) if since <= moment else (low, middle - 1)
        return low
