"""The embedded search index in a folder.

The folder holds generations (`generation-7/`) and a file CURRENT that names the one in use. A rebuild fills the next
generation and then replaces CURRENT in one atomic step; within a generation a commit is one file, replaced likewise
(`commits`). The outbox cursor is in that file, so that after a kill at any moment the index and its cursor agree.

Readers look at two file times for each question and take up a new commit or generation by themselves. The writer's
lock is an advisory lock of the operating system, gone with its process.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zstandard import ZstdError

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.embedded.answer import Answer
from bulaq.discovery.embedded.reading import Generation, learn_from, stamp_of
from bulaq.discovery.embedded.suggesting import headlines_with
from bulaq.discovery.embedded.writer import writing
from bulaq.discovery.generations import current, next_name, point
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Rebuild, Results, Search, Writer
from bulaq.discovery.results.suggestions import beginning, continuations


class EmbeddedIndex:
    """A `SearchIndex` in `folder` (made when missing)."""

    def __init__(self, folder: Path, analyser: Analyser | None = None) -> None:
        self.folder = folder
        self.analyser = analyser or Analyser()
        self._open: Generation | None = None

    # -- reading

    def count(self) -> int:
        """How many documents the index holds."""
        generation = self.generation()
        return 0 if generation is None else generation.documents

    def cursor(self) -> str | None:
        """The cursor of the last commit."""
        generation = self.generation()
        return None if generation is None else generation.commit.cursor

    def check(self) -> None:
        """See `SearchIndex.check`. (Files that are spoilt after they were opened are not noticed by who has them open.)"""
        before, self._open = self._open, None
        now = self.generation()
        if before is not None and now is not None and (before.path, before.stamp) == (now.path, now.stamp):
            self._open = before  # which has in memory what was learned

    def search(self, search: Search) -> Results:
        """See `SearchIndex.search`."""
        generation = self.generation()
        if generation is None:
            return Results()
        with _readable(generation):
            return Answer(generation, search, self.analyser).results()

    def suggest(self, prefix: str, *, edition: int | None = None, limit: int = 8) -> tuple[str, ...]:
        """See `SearchIndex.suggest`."""
        generation = self.generation()
        typed = beginning(prefix, self.analyser)
        if generation is None or not (typed.whole or typed.started):
            return ()
        with _readable(generation):
            return continuations(typed, headlines_with(generation, typed, edition), self.analyser, limit)

    def generation(self) -> Generation | None:
        """The generation in use, opened anew when another commit or generation has come since; None when there is none.
        Raises `IndexOutdated` and `IndexUnavailable`."""
        problem: Exception | None = None
        for _ in range(5):
            try:
                name = current(self.folder)
                if name is None:
                    return None
                path = self.folder / name
                stamp = stamp_of(path)
                opened = self._open
                if opened is None or opened.path != path:
                    opened = Generation.open(path, stamp)
                elif opened.stamp != stamp:
                    opened = opened.reloaded(stamp)
                self._open = opened
            except (OSError, ValueError) as error:
                problem = error  # or replaced between two steps: look again
                continue
            return opened
        if isinstance(problem, OSError) and not isinstance(problem, FileNotFoundError):
            raise IndexUnavailable(f"{self.folder}: the search index cannot be opened: {problem}")
        raise IndexOutdated(
            f"{self.folder}: the search index is damaged, or of another version; run a reindex ({problem})"
        )

    # -- writing

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The writer into the generation in use; raises `IndexOutdated` rather than mix it with another version's."""
        opened = self.generation()
        if opened is None:
            name = next_name(self.folder)
            (self.folder / name).mkdir(parents=True)
            with writing(self.folder / name, self.analyser) as writer:
                writer.begin()
            point(self.folder, name)
        else:
            name = opened.path.name
        with writing(self.folder / name, self.analyser) as writer:
            yield writer

    def learn(self) -> None:
        """Learn anew the variants and the vocabulary of the generation in use (the worker does, now and then)."""
        generation = self.generation()
        if generation is not None:
            learn_from(generation)

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        """A writer into the next generation, which takes the place of this one at the end of the block."""
        self.folder.mkdir(parents=True, exist_ok=True)
        before = current(self.folder)
        name = next_name(self.folder)
        path = self.folder / name
        path.mkdir()
        try:
            with writing(path, self.analyser) as writer:
                yield writer
                if not writer.prepared:
                    writer.prepare()
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        point(self.folder, name)
        for other in self.folder.glob("generation-*"):
            if other.name not in (name, before):  # readers may still be opening the one before
                shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _readable(generation: Generation) -> Iterator[None]:
    """Around a question: it may meet damage that opening does not notice."""
    try:
        yield
    except (ValueError, IndexError, OSError, OverflowError, MemoryError, ZstdError) as error:
        raise IndexUnavailable(f"{generation.path}: the search index cannot be read: {error}") from error
