"""The indexes of this installation: opened once in a process, in the home folder or at `BULAQ_SEARCH_URL`."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.duplicates import DuplicateIndex, OutdatedIndexError
from bulaq.discovery.index import SearchIndex
from bulaq.discovery.related import RelatedFinder
from bulaq.discovery.related_index import RelatedIndex, RelatedIndexOutdated
from bulaq.discovery.tantivy_index import TantivyIndex


def folder() -> Path:
    """Where the embedded indexes lie."""
    path = Path(settings.HOME) / "index"
    path.mkdir(parents=True, exist_ok=True)
    return path


@cache
def search_index() -> SearchIndex:
    """The search index: embedded, or in PostgreSQL when `BULAQ_SEARCH_URL` says so."""
    if settings.BULAQ.search_url:
        from bulaq.discovery.postgres_index import PostgresIndex

        return PostgresIndex(settings.BULAQ.search_url)
    return TantivyIndex(folder() / "search", Analyser())


@cache
def related_index() -> RelatedIndex:
    """The index of related articles; one made by another version is put away and begun anew."""
    path = folder() / "related"
    try:
        return RelatedIndex(path)
    except RelatedIndexOutdated:
        shutil.rmtree(path, ignore_errors=True)
        return RelatedIndex(path)


@cache
def duplicate_index() -> DuplicateIndex:
    """The index of near-duplicates."""
    path = folder() / "duplicates.sqlite3"
    try:
        return DuplicateIndex(path)
    except OutdatedIndexError:
        path.unlink(missing_ok=True)
        return DuplicateIndex(path)


def finder() -> RelatedFinder:
    """Looks up related articles, leaving out near-duplicates."""
    return RelatedFinder(related_index(), duplicate_index())


def forget_opened() -> None:
    """Closes what this process has opened; the next use opens it anew (after a rebuild, or in another home)."""
    for opened in (related_index, duplicate_index):
        if opened.cache_info().currsize:
            opened().close()
        opened.cache_clear()
    search_index.cache_clear()


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Held by whoever changes the indexes: the worker, or a rebuild. False when another holds it and `wait` is not set.

    While a rebuild runs, follow-up work waits in the outbox and is done on the new index: nothing is lost in between.
    """
    with (folder() / "writing.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
