"""The one writer of the embedded index."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import numpy as np
from zstandard import ZstdError

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document
from bulaq.discovery.embedded.array_file import Array, write_arrays
from bulaq.discovery.embedded.commits import COMMIT, DAMAGED, Commit, Part, opened, write_alive
from bulaq.discovery.embedded.gathering import MOST_WORDS, Gathering, batched
from bulaq.discovery.embedded.merging import merged
from bulaq.discovery.embedded.reading import Generation, learn_from, stamp_of
from bulaq.discovery.embedded.segment import FULL, Chosen, Segment
from bulaq.discovery.embedded.word_numbers import WordNumbers
from bulaq.discovery.index import IndexOutdated, IndexUnavailable

_LOCK: Final = "writer.lock"
_TIER: Final = 8
"""Segments of about the same size that are made one; each document is so written some five times until its segment is full."""
_SMALLEST: Final = 64  # documents; smaller segments are of one size
_WORN: Final = 0.5  # the share of a segment's documents taken out from which on it is written anew


@contextmanager
def writing(folder: Path, analyser: Analyser) -> Iterator[EmbeddedWriter]:
    """The writer into a generation's folder; raises `IndexUnavailable` while another process has it, and
    `IndexOutdated`."""
    try:
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise IndexUnavailable(f"{folder}: the search index cannot be written: {error}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexUnavailable(f"{folder}: another process is writing the search index") from error
        try:
            commit = Commit.read(folder) if (folder / COMMIT).exists() else Commit()
            writer = EmbeddedWriter(folder, commit, opened(folder, commit), analyser)
        except (OSError, ValueError) as error:
            raise IndexOutdated(f"{folder}: the search index is damaged; run a reindex ({error})") from error
        writer.clear_away()  # what a killed process left
        try:
            yield writer
        finally:
            writer.clear_away()


class EmbeddedWriter:
    """Gathers documents, writes them as segments, commits, and keeps the segments few."""

    def __init__(self, folder: Path, commit: Commit, segments: list[Segment], analyser: Analyser) -> None:
        self._folder = folder
        self._commit = commit
        self._files = commit.files
        self._segments = segments
        self._worn: dict[str, Chosen] = {}  # segments whose documents were taken out since the commit
        self._gathering = Gathering(WordNumbers(analyser))
        self._highest = max((int(segment.ids[-1]) for segment in segments if segment.count), default=-1)
        self.committed = self.prepared = self._failed = False

    def begin(self) -> None:
        """Put a commit of nothing in use, where there is none, so that the folder can be read."""
        if not self._commit.number:
            Commit(1, self._files).write(self._folder)

    def put(self, documents: Iterable[Document]) -> None:
        for batch in batched(documents):
            if not self._gathering.has_room_for(len(batch)):
                self._flush()
            self._take_out([document.id for document in batch])  # what was flushed just now, too
            self._gathering.put(batch)

    def delete(self, ids: Iterable[int]) -> None:
        for identity in ids:
            self._gathering.delete(identity)
            self._take_out([identity])

    def _take_out(self, ids: list[int]) -> None:
        """Take documents out of the segments written."""
        known = np.array([identity for identity in ids if identity <= self._highest], dtype=np.int64)
        if not len(known):
            return
        for number, segment in enumerate(self._segments):
            places = np.minimum(np.searchsorted(segment.ids, known), segment.count - 1)
            held = places[(segment.ids[places] == known)] if segment.count else places[:0]
            held = held[segment.alive[held]]
            if len(held):
                alive = segment.alive.copy()
                alive[held] = False
                self._segments[number] = segment.with_alive(alive)
                self._worn[segment.path.name] = alive

    def _flush(self) -> None:
        arrays = self._gathering.take()
        if arrays is not None:
            self._segments.append(self._written(arrays))
            self._highest = max(self._highest, int(arrays["ids"][-1]))

    def _written(self, arrays: dict[str, Array]) -> Segment:
        path = self._named("segment")
        try:
            write_arrays(path, arrays)
            return Segment(path)
        except OSError as error:
            raise self._not_written(error) from error

    def _named(self, kind: str) -> Path:
        self._files += 1
        return self._folder / f"{self._files}.{kind}"

    def commit(self, cursor: str) -> None:
        if self._failed:
            raise IndexUnavailable(f"{self._folder}: what could not be written cannot be committed")
        self._flush()
        self._merge()
        before = {part.segment: part for part in self._commit.parts}
        parts = []
        try:
            for segment in self._segments:
                name = segment.path.name
                part = before.get(name, Part(name))
                if name in self._worn:
                    path = self._named("alive")
                    write_alive(path, segment.alive)
                    part = Part(name, path.name)
                parts.append(part)
            commit = Commit(self._commit.number + 1, self._files, cursor, tuple(parts))
            commit.write(self._folder)
        except OSError as error:
            raise self._not_written(error) from error
        self._commit = commit
        self._worn = {}
        self.committed = True
        self.clear_away()

    def _merge(self) -> None:
        """Make one of segments that are many of about one size, or hold few living documents."""
        while chosen := _to_merge(self._segments):
            living = [segment for segment in chosen if segment.alive.any()]
            try:
                together = [self._written(merged(living))] if living else []
            except (ValueError, IndexError, OverflowError, ZstdError) as error:
                (self._folder / DAMAGED).touch()
                raise IndexOutdated(
                    f"{self._folder}: the search index is damaged; run a reindex ({error})"
                ) from error
            self._segments = [segment for segment in self._segments if segment not in chosen] + together

    def clear_away(self) -> None:
        """Delete the files that the commit in use does not name; who reads them now goes on doing so. Which commit that is
        tells the disk: a process may be broken off while it waits for its commit to arrive there."""
        try:
            in_use = Commit.read(self._folder) if (self._folder / COMMIT).exists() else Commit()
        except (OSError, ValueError, IndexOutdated):
            return  # nothing is deleted that may be needed
        named = {name for part in in_use.parts for name in (part.segment, part.alive)}
        for path in self._folder.iterdir():
            if path.suffix in (".segment", ".alive") and path.name not in named:
                with suppress(OSError):
                    path.unlink()

    def prepare(self) -> None:
        """Learn from what was committed; raises `IndexUnavailable` when that is nothing."""
        if not self.committed:
            raise IndexUnavailable(f"{self._folder}: a rebuild must end with a commit")
        learn_from(Generation.open(self._folder, stamp_of(self._folder)))
        self.prepared = True

    def _not_written(self, error: OSError) -> IndexUnavailable:
        self._failed = True  # what was gathered is lost: the next writer begins at the last commit
        return IndexUnavailable(f"{self._folder}: the search index cannot be written: {error}")


def _to_merge(segments: list[Segment]) -> list[Segment]:
    """Segments that are better one: a worn one by itself, or `_TIER` of about the same size that fit into one; none when all
    is well."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        alive = int(segment.alive.sum())
        if alive <= _WORN * segment.count:
            return [segment]
        tiers.setdefault(int(np.log(max(_size(segment), _SMALLEST)) / np.log(_TIER)), []).append(segment)
    for _, tier in sorted(tiers.items()):
        together: list[Segment] = []
        size = 0
        for segment in sorted(tier, key=_size):
            size += _size(segment)
            if size > FULL:
                break
            together.append(segment)
        if len(together) >= _TIER or (len(together) > 1 and 2 * size > FULL and len(tier) >= _TIER):
            return together
    return []


def _size(segment: Segment) -> int:
    """The living documents of a segment, or, where these are long, as many as hold so many words otherwise."""
    return max(int(segment.alive.sum()), sum(segment.words) * FULL // MOST_WORDS)
