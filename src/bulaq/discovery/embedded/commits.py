"""What is in use of an index's folder: the segments of a commit, which of their documents were taken out, the cursor.

A commit is one file that is replaced in one step, after all that it names is on the disk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.embedded.array_file import ArrayFileError, read_arrays, write_arrays
from bulaq.discovery.embedded.segment import Chosen, Segment
from bulaq.discovery.index import IndexOutdated

LAYOUT: Final = "1"
"""Changes with the files; an index of another layout or analyser is rebuilt."""
COMMIT: Final = "commit.json"
DAMAGED: Final = "DAMAGED"
"""A file that says that some segment was found to be spoilt in its middle, which opening does not notice."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in a commit: its file, and the file that tells which of its documents are left, if not all are."""

    segment: str
    alive: str | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit names. `number` grows with each; `files` counts the files ever written, to name the next."""

    number: int = 0
    files: int = 0
    cursor: str | None = None
    parts: tuple[Part, ...] = ()

    def write(self, folder: Path) -> None:
        """Put this commit in use, durably. Raises OSError."""
        told = {
            "layout": LAYOUT,
            "analyser": Analyser.VERSION,
            "number": self.number,
            "files": self.files,
            "cursor": self.cursor,
            "parts": [[part.segment, part.alive] for part in self.parts],
        }
        new = folder / f"{COMMIT}.new"
        with new.open("w") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        sync(folder)  # the names of what the commit names come first
        os.replace(new, folder / COMMIT)
        sync(folder)

    @classmethod
    def read(cls, folder: Path) -> Commit:
        """The commit in use; raises OSError, ValueError when it is damaged, and `IndexOutdated` when other code made it."""
        if (folder / DAMAGED).exists():
            raise IndexOutdated(f"{folder}: the search index is damaged; run a reindex")
        told = json.loads((folder / COMMIT).read_text())
        try:
            if (told["layout"], told["analyser"]) != (LAYOUT, Analyser.VERSION):
                raise IndexOutdated(f"{folder}: made by another version of Bulaq; run a reindex")
            parts = tuple(Part(str(segment), alive) for segment, alive in told["parts"])
            return cls(int(told["number"]), int(told["files"]), told["cursor"], parts)
        except (KeyError, TypeError) as error:
            raise ArrayFileError(f"{folder / COMMIT}: damaged ({error})") from error


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def opened(folder: Path, commit: Commit, before: Sequence[Segment] = ()) -> list[Segment]:
    """The segments of a commit; those of `before` are not opened again."""
    known = {segment.path.name: segment for segment in before}
    segments = []
    for part in commit.parts:
        segment = known.get(part.segment) or Segment(folder / part.segment)
        segments.append(segment.with_alive(_alive(folder, part, segment.count)))
    return segments


def _alive(folder: Path, part: Part, count: int) -> Chosen:
    if part.alive is None:
        return np.ones(count, dtype=bool)
    bits = read_arrays(folder / part.alive)["alive"]
    if len(bits) != -(-count // 8):
        raise ArrayFileError(f"{folder / part.alive}: damaged")
    return np.unpackbits(bits, count=count).astype(bool)


def write_alive(path: Path, alive: Chosen) -> None:
    """Write which documents of a segment are left. Raises OSError."""
    write_arrays(path, {"alive": np.packbits(alive)})


Named = Callable[[str], Path]
"""A new file's path, by its ending."""
