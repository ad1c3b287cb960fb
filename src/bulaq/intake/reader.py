"""The one interface of all readers: what they are given, and what they give. Which are installed: `installed_readers`."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.fetching.answers import Validators

HEAD_BYTES = 8192
"""How much of an input a reader may look at to say whether it is its own."""

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""A single saved page larger than this is refused: the largest real article page met was under 3 MB."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file (streamed by readers of large formats) or bytes already in hand.

    `name` is the path or address as given. `folder` is where files saved with the page are looked for.
    `url` is the address the input was fetched from when known (WARC, ZIP index).
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    url: str | None = None
    charset: str | None = None
    """The charset that a transport (HTTP header) declared; a hint, never believed against the bytes."""
    validators: Validators | None = None
    """By which its address can be asked for what is new alone."""
    _opened: list[IO[bytes]] = field(default_factory=list, init=False, repr=False, compare=False)

    def open(self) -> IO[bytes]:
        """The bytes as a file, from their beginning; `share_read` tells how far the newest one is read."""
        if self.data is not None:
            file: IO[bytes] = io.BytesIO(self.data)
        else:
            assert self.path is not None
            file = self.path.open("rb")
        self._opened[:] = [file]
        return file

    def share_read(self) -> float:
        """How much of its bytes is read (0–1), where the reader streams it with `open`; otherwise 0."""
        if not self._opened:
            return 0.0
        file = self._opened[0]
        if file.closed:
            return 1.0
        size = len(self.data) if self.data is not None else os.fstat(file.fileno()).st_size
        return min(1.0, file.tell() / size) if size else 1.0

    def head(self) -> bytes:
        """The first `HEAD_BYTES` bytes."""
        if self.data is not None:
            return self.data[:HEAD_BYTES]
        assert self.path is not None
        with self.path.open("rb") as file:
            return file.read(HEAD_BYTES)

    def read(self, limit: int = MAX_PAGE_BYTES) -> bytes:
        """All bytes, or `SourceTooLarge` when there are more than `limit`."""
        if self.data is not None:
            data = self.data
        else:
            assert self.path is not None
            with self.path.open("rb") as file:
                data = file.read(limit + 1)
        if len(data) > limit:
            raise SourceTooLarge(self.name, limit)
        return data


class SourceTooLarge(ValueError):
    """The input is larger than the reader takes."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(f"{name}: larger than {limit // (1024 * 1024)} MB")


def _unheard() -> None:
    """A sign of life that nobody waits for."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller wants of a reading. `keep_lines`: flattened readers also return each line's role.

    `start`: how many articles and refusals at the beginning of the source the caller leaves aside, for they were taken
    in before. A reader may give `PASSED` for each of them instead, where counting costs less than reading.

    `lane`: (number, of). Only a reader whose `in_lanes` is true is asked for other than (0, 1): as many processes as `of`
    then read the same source, and in each the reader gives only what stands in the stretches of it whose turn is that
    process's (the first, the one `of` stretches behind it, …), and `TURN` at the end of each full stretch.

    `alive` is called now and then by a reader that is at work for long before it gives something.
    """

    keep_lines: bool = False
    start: int = 0
    lane: tuple[int, int] = (0, 1)
    alive: Callable[[], None] = _unheard
    extra: dict[str, str] = field(default_factory=dict)


PASSED = Refusal("", "passed", "is not wanted, and was not read")
"""Stands for one of the first `ReadOptions.start` articles and refusals of a source, so that the others keep their number."""

TURN = Refusal("", "turn", "ends what is read in one turn")
"""Stands between what a reader gives in one of its turns and in the next (`ReadOptions.lane`)."""


class Reader(Protocol):
    """Reads one format. `read` yields every article or refusal that the source holds; it raises nothing for bad input."""

    format: str

    def recognises(self, source: Source) -> bool:
        """Whether the source looks like this format, from its head and name alone."""
        ...

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]: ...
