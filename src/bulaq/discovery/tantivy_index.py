"""The embedded search index: Tantivy, in a folder, nothing to install.

The folder holds generations (`generation-7/`) and a file CURRENT that names the one in use. A rebuild fills the next
generation and then replaces CURRENT in one atomic step. Within a generation Tantivy's own commits are atomic; the
outbox cursor is a document of the same commit, so that after a kill at any moment the index and its cursor agree.

Readers look at two file times for each question and take up a new commit or generation by themselves. The writer's
lock is Tantivy's (an advisory lock of the operating system, gone with its process).

Tantivy takes no Python tokeniser; it is given the analysed terms parted by spaces, and keeps their positions.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zstandard import ZstdError

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.faces import TextFaces
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Rebuild, Results, Search, Writer
from bulaq.discovery.suggestions import beginning, continuations
from bulaq.discovery.tantivy_answer import Answer
from bulaq.discovery.tantivy_generation import Generation, current, learn_from, next_name, point, stamp_of
from bulaq.discovery.tantivy_suggestions import headlines_with
from bulaq.discovery.tantivy_writer import writing


class TantivyIndex:
    """A `SearchIndex` in `folder` (made when missing)."""

    def __init__(self, folder: Path, analyser: Analyser | None = None) -> None:
        self.folder = folder
        self.analyser = analyser or Analyser()
        self._faces = TextFaces(self.analyser)
        self._open: Generation | None = None

    # -- reading

    def count(self) -> int:
        """How many documents the index holds."""
        generation = self._generation()
        return 0 if generation is None else generation.documents

    def cursor(self) -> str | None:
        """The cursor of the last commit."""
        generation = self._generation()
        return None if generation is None else generation.cursor

    def check(self) -> None:
        """See `SearchIndex.check`. (Files that are spoilt after they were opened are not noticed by who has them open.)"""
        before, self._open = self._open, None
        now = self._generation()
        if before is not None and now is not None and (before.path, before.stamp) == (now.path, now.stamp):
            self._open = before  # which has in memory what was learned

    def search(self, search: Search) -> Results:
        """See `SearchIndex.search`."""
        generation = self._generation()
        if generation is None:
            return Results()
        with _readable(generation):
            return Answer(generation, search, self.analyser).results()

    def suggest(self, prefix: str, *, edition: int | None = None, limit: int = 8) -> tuple[str, ...]:
        """See `SearchIndex.suggest`."""
        generation = self._generation()
        typed = beginning(prefix, self.analyser)
        if generation is None or not (typed.whole or typed.started):
            return ()
        with _readable(generation):
            return continuations(typed, headlines_with(generation, typed, edition), self.analyser, limit)

    def _generation(self) -> Generation | None:
        """The generation in use, opened anew when another commit or generation has come since."""
        problem: BaseException | None = None
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
            except BaseException as error:
                if not _is_damage(error):
                    raise
                problem = error  # or replaced between two steps: look again
                continue
            return opened
        if isinstance(problem, OSError) and not isinstance(problem, FileNotFoundError):
            raise IndexUnavailable(f"{self.folder}: the search index cannot be opened: {problem}")
        raise IndexOutdated(f"{self.folder}: the search index is damaged; run a reindex ({problem})")

    # -- writing

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The writer into the generation in use; raises `IndexOutdated` rather than mix it with another version's."""
        opened = self._generation()
        name = opened.path.name if opened is not None else None
        if name is None:
            name = next_name(self.folder)
            (self.folder / name).mkdir(parents=True)
            point(self.folder, name)
        with writing(self.folder / name, self._faces) as writer:
            yield writer

    def learn(self) -> None:
        """Learn anew the variants and the vocabulary of the generation in use (the worker does, now and then)."""
        generation = self._generation()
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
            with writing(path, self._faces) as writer:
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
    except BaseException as error:
        if not _is_damage(error):
            raise
        raise IndexUnavailable(f"{generation.path}: the search index cannot be read: {error}") from error


def _is_damage(error: BaseException) -> bool:
    """Whether this is how Tantivy and the codes of a document answer to damaged files; sometimes its code panics, which
    Python's package tells by an exception beside all others."""
    return isinstance(error, (ValueError, OSError, ZstdError)) or type(error).__name__ == "PanicException"
