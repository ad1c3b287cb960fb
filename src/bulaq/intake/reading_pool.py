"""Reading in several processes, in order, in bounded memory, and proof against inputs that hang or kill a reader.

Each process reads a few inputs at a time and hands its articles back through its own pipe. A process whose articles
are not wanted yet blocks on its pipe: that is the bound on memory. One that dies or is silent for too long is
replaced, its inputs are tried again one by one, and only the one that does it again is refused.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

from bulaq.intake.article import Refusal
from bulaq.intake.listing import Listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_process import Read, serve
from bulaq.intake.sources import Fetch

CHUNK = 16
"""Inputs handed to a process at once: enough to hide the way there and back, few enough to stay in order cheaply."""

LARGE = 4 * 1024 * 1024
"""Bytes from which an input makes a chunk of its own."""

SECONDS_AN_ARTICLE = 60.0
"""Silence after which a reader is taken to hang. The slowest real page met took under two seconds."""

_AHEAD = 4
"""Chunks for each process that may be under way before the oldest is finished."""

_BUFFERED = 400
"""Articles of one chunk kept before its turn comes; then its process waits."""


@dataclass(eq=False)
class _Chunk:
    inputs: list[Listed]
    ready: deque[Read] = field(default_factory=deque)
    done: bool = False
    alone: bool = False
    """A second try, of one input: when it fails again, that input is refused."""


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    chunk: _Chunk | None = None
    heard: float = 0.0


class ReadingPool:
    """Reads listed inputs with `workers` processes. Use as a context manager: leaving it ends the processes."""

    def __init__(
        self,
        *,
        workers: int | None = None,
        options: ReadOptions | None = None,
        fetch: Fetch | None = None,
        seconds_an_article: float = SECONDS_AN_ARTICLE,
    ) -> None:
        self.size = max(1, workers or os.cpu_count() or 1)
        self.options = options or ReadOptions()
        self.fetch = fetch
        self.seconds_an_article = seconds_an_article
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def read(self, inputs: Iterable[Listed]) -> Iterator[Read]:
        """Every article and refusal of `inputs`, in their order."""
        waiting = _chunks(inputs)
        under_way: deque[_Chunk] = deque()
        again: deque[_Chunk] = deque()
        exhausted = False
        while True:
            while not exhausted and len(under_way) < self.size * _AHEAD and self._has_room():
                chunk = next(waiting, None)
                if chunk is None:
                    exhausted = True
                    break
                under_way.append(chunk)
                self._give(chunk)
            if under_way and under_way[0] in again:
                # The oldest goes first, in a process more if need be: the others may all wait for it to be finished.
                again.remove(under_way[0])
                self._give(under_way[0])
            while again and self._has_room():
                self._give(again.popleft())
            while under_way:
                head = under_way[0]
                while head.ready:
                    yield head.ready.popleft()
                if not head.done:
                    break
                under_way.popleft()
            if not under_way and exhausted:
                return
            if under_way and not under_way[0].ready:
                self._listen(under_way, again)

    def _has_room(self) -> bool:
        return len(self._workers) < self.size or any(worker.chunk is None for worker in self._workers)

    def _give(self, chunk: _Chunk) -> None:
        worker = next((worker for worker in self._workers if worker.chunk is None), None)
        if worker is None:
            worker = self._start()
        worker.chunk, worker.heard = chunk, time.monotonic()
        with suppress(OSError):  # it died while idle: `_listen` sees the end of its pipe and tries again
            worker.pipe.send(chunk.inputs)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self.options, self.fetch), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _listen(self, under_way: deque[_Chunk], again: deque[_Chunk]) -> None:
        """Takes what has come; ends what hangs."""
        head = under_way[0]
        busy = {
            worker.pipe: worker
            for worker in self._workers
            if worker.chunk is not None and (worker.chunk is head or len(worker.chunk.ready) < _BUFFERED)
        }
        heard = wait(list(busy), timeout=1.0)
        now = time.monotonic()
        for worker in self._workers:
            if worker.chunk is not None and worker.pipe not in busy:
                worker.heard = now  # it waits for us, not we for it
        for pipe in heard:
            worker = busy[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._lost(worker, "the reader broke down over it", under_way, again)
                continue
            worker.heard = now
            assert worker.chunk is not None
            if message is None:
                worker.chunk.done, worker.chunk = True, None
            else:
                worker.chunk.ready.extend(message)
                worker.chunk.inputs = _left(worker.chunk.inputs, message)
        for worker in list(busy.values()):
            if worker.chunk is not None and now - worker.heard > self.seconds_an_article:
                reason = f"the reader needed more than {self.seconds_an_article:.0f} seconds for one article"
                self._lost(worker, reason, under_way, again)

    def _lost(self, worker: _Worker, reason: str, under_way: deque[_Chunk], again: deque[_Chunk]) -> None:
        _end(worker)
        self._workers.remove(worker)
        chunk = worker.chunk
        if chunk is None:
            return
        if chunk.alone or not chunk.inputs:
            for given in chunk.inputs:
                refusal = Refusal(given.key, "reader-stopped", reason)
                chunk.ready.append(Read(given.key, given.start, refusal, True))
            chunk.done = True
            return
        # In its place, one chunk for each input that is left; the first keeps what came already.
        first, *others = [_Chunk([given], alone=True) for given in chunk.inputs]
        first.ready = chunk.ready
        place = under_way.index(chunk)
        under_way[place] = first
        for offset, other in enumerate(others, 1):
            under_way.insert(place + offset, other)
        again.extend((first, *others))


def _chunks(inputs: Iterable[Listed]) -> Iterator[_Chunk]:
    gathered: list[Listed] = []
    # The first chunks are small, so that something is seen at once and few pages keep all processes busy.
    size = 1
    for given in inputs:
        if given.size >= LARGE:
            if gathered:
                yield _Chunk(gathered)
                gathered = []
            yield _Chunk([given])
            continue
        gathered.append(given)
        if len(gathered) >= size:
            yield _Chunk(gathered)
            gathered, size = [], min(CHUNK, size + 1)
    if gathered:
        yield _Chunk(gathered)


def _left(inputs: list[Listed], message: list[Read]) -> list[Listed]:
    """The inputs of a chunk that are not finished after a message, the first of them from where it stands."""
    ended = {read.key for read in message if read.ends_source}
    left = [given for given in inputs if given.key not in ended]
    if left and message and message[-1].key == left[0].key:
        left[0] = left[0].starting_at(message[-1].ordinal + 1)
    return left


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
