"""A folder through which the edge's processes hand readings to the worker. The edge never waits for a database.

Each batch is a file, complete when it has its name. The worker takes batches, stores what they hold, then acknowledges; a
batch that was stored but not acknowledged comes again, so what it adds to must be a set (`UniqueReaders` is one).
"""

from __future__ import annotations

import logging
import os
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

_RECORD = struct.Struct("<IQQQ")
_MAGIC: Final = b"BQR1"
_SUFFIX: Final = ".readings"
# When no worker takes them, this many batches wait; older ones give way to newer.
_MOST_BATCHES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader of one article in one hour. ``hour`` since 1970 (UTC); ``reader`` a hash of 64 bits, good for a day."""

    hour: int
    edition: int
    article: int
    reader: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Readings handed over together; `path` goes when it is acknowledged."""

    path: Path
    readings: tuple[Reading, ...]

    def acknowledge(self) -> None:
        """To be called when the readings are safely stored."""
        self.path.unlink(missing_ok=True)


class ReadingSpool:
    """The folder; any number of processes put, one takes."""

    def __init__(self, folder: Path, most_batches: int = _MOST_BATCHES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._most_batches = most_batches
        self._serial = 0

    def put(self, readings: Iterable[Reading]) -> None:
        """Writes one batch; drops the oldest batches when nobody takes them. Raises OSError when there is no room for it."""
        self._serial += 1
        name = f"{time.time_ns():020d}-{os.getpid()}-{self._serial}"
        content = _MAGIC + b"".join(
            _RECORD.pack(reading.hour, reading.edition, reading.article, reading.reader)
            for reading in readings
        )
        draft = self.folder / f"{name}.new"
        try:
            draft.write_bytes(content)
            os.replace(draft, self.folder / f"{name}{_SUFFIX}")
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        if self._serial % 100 == 0:
            for path in self._names()[: -self._most_batches]:
                path.unlink(missing_ok=True)

    def take(self) -> Iterator[Batch]:
        """The batches that wait, oldest first. One that cannot be read is put aside (``.bad``) and named in the log."""
        for path in self._names():
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            if not content.startswith(_MAGIC) or (len(content) - len(_MAGIC)) % _RECORD.size:
                _log.error("%s is not a batch of readings; put aside", path)
                path.rename(path.with_suffix(".bad"))
                continue
            yield Batch(
                path, tuple(Reading(*record) for record in _RECORD.iter_unpack(content[len(_MAGIC) :]))
            )

    def waiting(self) -> int:
        """How many batches wait: more than a few means that no worker runs."""
        return len(self._names())

    def _names(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.suffix == _SUFFIX)
