"""The indexes of this installation: opened once in a process, in the home folder or at `BULAQ_SEARCH_URL`."""

from __future__ import annotations

import fcntl
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from bulaq.discovery.duplicates import DuplicateIndex, OutdatedIndexError
from bulaq.discovery.index import SearchIndex
from bulaq.discovery.open_index import open_index
from bulaq.discovery.related import RelatedFinder, RelatedIndex, RelatedIndexOutdated

logger = logging.getLogger(__name__)


def folder() -> Path:
    """Where the embedded indexes lie."""
    path = Path(settings.HOME) / "index"
    path.mkdir(parents=True, exist_ok=True)
    return path


@cache
def search_index() -> SearchIndex:
    """The search index: embedded, or the one that `BULAQ_SEARCH_URL` names."""
    return open_index(settings.BULAQ.search_url or str(folder() / "search"))


class Neighbours:
    """The two indexes that say which articles are near each other: by what they tell, and by their very words."""

    def __init__(self, path: Path) -> None:
        """Opens those in the folder `path`, or begins them there; raises `NeighboursOutdated`."""
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        try:
            self.related = RelatedIndex(path)
            self.duplicates = DuplicateIndex(path / "duplicates.sqlite3")
        except (RelatedIndexOutdated, OutdatedIndexError) as error:
            raise NeighboursOutdated(str(error)) from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # locked, or no room
                raise
            raise NeighboursOutdated(f"{path}: damaged ({error}); make it anew") from error

    def close(self) -> None:
        self.related.close()
        self.duplicates.close()


class NeighboursOutdated(RuntimeError):
    """They were made by another version of Bulaq, or are damaged."""


class _Generation:
    """The neighbours in use, opened anew when a rebuild, in whatever process, has put others in their place.

    Each rebuild makes a folder of its own; a small file names the one in use and is replaced in one step.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stamp: tuple[str, str] | None = None
        self.opened: Neighbours | None = None

    def current(self) -> Neighbours:
        name = in_use()
        stamp = (str(folder()), name)
        with self.lock:
            if self.opened is None or stamp != self.stamp:
                # Another thread may be reading from the old ones: they close when the last of them lets go.
                self.opened = _open_or_begin(folder() / name)
                self.stamp = stamp
            return self.opened

    def forget(self) -> None:
        with self.lock:
            if self.opened is not None:
                self.opened.close()
            self.opened = self.stamp = None


_generation = _Generation()
_POINTER = "neighbours.name"
_NEXT = "neighbours.next"
_FIRST = "neighbours-0"
_EARLIER = ("related", "duplicates.sqlite3", "duplicates.sqlite3-wal", "duplicates.sqlite3-shm")
"""Where they lay in earlier versions."""


def in_use() -> str:
    """The name of the folder of neighbours in use."""
    return _named(_POINTER) or _FIRST


def being_filled() -> str:
    """The name of the folder that an unfinished rebuild fills; empty when there is none. Under the writing lock, what
    is filed in those in use is filed there, too."""
    return _named(_NEXT)


def filling() -> Neighbours | None:
    """Opens the neighbours that an unfinished rebuild fills (whoever asks closes them); None when there are none. Those that
    another version began are given up: a rebuild begins them anew."""
    name = being_filled()
    if not name:
        return None
    try:
        return Neighbours(folder() / name)
    except NeighboursOutdated as error:
        logger.warning("what an unfinished rebuild has filled is given up: %s", error)
        (folder() / _NEXT).unlink(missing_ok=True)
        return None


def begin_next(name: str) -> None:
    """Begins to fill the folder `name`; one that was being filled before is deleted."""
    _name(_NEXT, name)
    _delete_all_but({name, in_use()})
    Neighbours(folder() / name).close()


def use(name: str) -> None:
    """Puts the neighbours in the folder `name` in the place of those in use, which are deleted."""
    _name(_POINTER, name)
    (folder() / _NEXT).unlink(missing_ok=True)
    _delete_all_but({name})


def _named(file: str) -> str:
    try:
        return (folder() / file).read_text("utf-8")
    except FileNotFoundError:
        return ""


def _name(file: str, name: str) -> None:
    new = folder() / f"{file}.part"
    new.write_text(name, "utf-8")
    new.replace(folder() / file)


def _delete_all_but(names: set[str]) -> None:
    for old in (*folder().glob("neighbours-*"), *(folder() / name for name in _EARLIER)):
        if old.name not in names:
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


def neighbours_missing() -> bool:
    """Whether those in use were made by another version, or hold nothing."""
    path = folder() / in_use()
    if not path.exists():
        return True
    try:
        found = Neighbours(path)
    except NeighboursOutdated:
        return True
    try:
        return found.related.is_empty()
    finally:
        found.close()


def _open_or_begin(path: Path) -> Neighbours:
    try:
        return Neighbours(path)
    except NeighboursOutdated:  # `rebuilding.rebuild_when_outdated` fills them again
        shutil.rmtree(path, ignore_errors=True)
        return Neighbours(path)


def related_index() -> RelatedIndex:
    """The index of related articles in use."""
    return _generation.current().related


def duplicate_index() -> DuplicateIndex:
    """The index of near-duplicates in use."""
    return _generation.current().duplicates


def finder() -> RelatedFinder:
    """Looks up related articles, leaving out near-duplicates."""
    neighbours = _generation.current()
    return RelatedFinder(neighbours.related, neighbours.duplicates)


def forget_opened() -> None:
    """Closes what this process has opened; the next use opens it anew (after a rebuild, or in another home)."""
    _generation.forget()
    search_index.cache_clear()


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Held by whoever changes the indexes in use: the worker, or a rebuild in its turn. False when another holds it and
    `wait` is not set."""
    with _held("writing.lock", wait=wait) as ours:
        yield ours


@contextmanager
def one_rebuild() -> Iterator[bool]:
    """Held for as long as a rebuild takes; False while there is another, in whatever process."""
    with _held("rebuilding.lock", wait=False) as ours:
        yield ours


@contextmanager
def _held(name: str, *, wait: bool) -> Iterator[bool]:
    """A lock of the operating system: it goes with its process."""
    with (folder() / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
