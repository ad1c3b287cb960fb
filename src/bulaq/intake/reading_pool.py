"""Reading in several processes, in order, in bounded memory, and proof against inputs that hang or kill a reader.

Each process reads a few inputs at a time and hands its articles back through its own pipe. A process whose articles
are not wanted yet blocks on its pipe: that is the bound on memory. One that dies or is silent for too long is
replaced, its inputs are tried again one by one, and only the one that does it again at the same place is refused.

A large export is read by several processes in turns, where its reader can (`bulaq.intake.reader.ReadOptions.lane`): each
goes the whole way through it and makes articles of its own stretches alone.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

from bulaq.intake.article import Refusal
from bulaq.intake.listing import Listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_process import Alive, Read, serve
from bulaq.intake.reading_turns import Chunk, Lanes
from bulaq.intake.sources import Fetch

CHUNK = 16
"""Inputs handed to a process at once: enough to hide the way there and back, few enough to stay in order cheaply."""

LARGE = 4 * 1024 * 1024
"""Bytes from which an input makes a chunk of its own."""

DIVIDED = 16 * 1024 * 1024
"""Bytes from which several processes read one export: to start one more costs what reading a thousand posts does."""

MAX_LANES = 4
"""Processes that read one export, at most: one process stores what they read, and is behind them from three on."""

SECONDS_AN_ARTICLE = 60.0
"""Silence after which a reader is taken to hang. The slowest real page met took under two seconds."""

_AHEAD = 4
"""Chunks for each process that may be under way before the oldest is finished."""

_AT_THE_END = 1.0
"""Seconds in which a process is waited for that read another lane of an input whose last article is there."""

_BUFFERED = 400
"""Articles of one chunk kept before its turn comes; then its process waits."""


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    chunk: Chunk | None = None
    heard: float = 0.0


class ReadingPool:
    """Reads listed inputs with `workers` processes, a large export with `lanes` (as many, without it) though they be more.

    Use as a context manager: leaving it ends the processes. `looked_through` is told now and then how much of the bytes of an
    input (0–1) was looked through before its first article comes.
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        options: ReadOptions | None = None,
        fetch: Fetch | None = None,
        seconds_an_article: float = SECONDS_AN_ARTICLE,
        lanes: int | None = None,
        looked_through: Callable[[float], None] = lambda share: None,
    ) -> None:
        self.size = max(1, workers or os.cpu_count() or 1)
        self.lanes = min(lanes or self.size, MAX_LANES)
        self.looked_through = looked_through
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
        waiting = _chunks(inputs, self.lanes)
        under_way: deque[Chunk | Lanes] = deque()
        again: deque[Chunk] = deque()
        exhausted = False
        while True:
            while not exhausted and len(under_way) < self.size * _AHEAD and self._has_room():
                chunk = next(waiting, None)
                if chunk is None:
                    exhausted = True
                    break
                under_way.append(chunk)
                again.extend(chunk.chunks)
                self._give_what_waits(again)
            if under_way and under_way[0].in_turn in again:
                # The oldest goes first, in a process more if need be: the others may all wait for it to be finished.
                again.remove(under_way[0].in_turn)
                self._give(under_way[0].in_turn)
            self._give_what_waits(again)
            while under_way:
                head = under_way[0]
                yield from head.take()
                if not head.done:
                    break
                under_way.popleft()
                self._leave(head, again)
            if not under_way and exhausted:
                return
            if under_way and not under_way[0].ready:
                self._listen(under_way, again)

    def _has_room(self, *, lane: bool = False) -> bool:
        size = max(self.size, self.lanes) if lane else self.size
        return len(self._workers) < size or any(worker.chunk is None for worker in self._workers)

    def _give_what_waits(self, waiting: deque[Chunk]) -> None:
        while waiting and self._has_room(lane=waiting[0].inputs[0].lane != (0, 1)):
            self._give(waiting.popleft())

    def _leave(self, ended: Chunk | Lanes, again: deque[Chunk]) -> None:
        """Ends the processes that still read an input of which all is there, but for those that are at its end."""
        for chunk in [chunk for chunk in again if chunk in ended.chunks]:
            again.remove(chunk)
        for worker in [worker for worker in self._workers if worker.chunk in ended.chunks]:
            while worker.chunk is not None and worker.pipe.poll(_AT_THE_END):
                try:
                    worker.chunk = worker.chunk if worker.pipe.recv() is not None else None
                except (EOFError, OSError):
                    break
            if worker.chunk is not None:
                _end(worker)
                self._workers.remove(worker)

    def _give(self, chunk: Chunk) -> None:
        # One that died while idle is no fault of what it would be given.
        for dead in [
            worker for worker in self._workers if worker.chunk is None and not worker.process.is_alive()
        ]:
            _end(dead)
            self._workers.remove(dead)
        worker = next((worker for worker in self._workers if worker.chunk is None), None)
        if worker is None:
            worker = self._start()
        worker.chunk, worker.heard = chunk, time.monotonic()
        with suppress(OSError):  # it died just now: `_listen` sees the end of its pipe and tries again
            worker.pipe.send(chunk.inputs)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self.options, self.fetch), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _listen(self, under_way: deque[Chunk | Lanes], again: deque[Chunk]) -> None:
        """Takes what has come; ends what hangs."""
        head = under_way[0].in_turn
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
            elif isinstance(message, Alive):
                if worker.chunk is head:
                    self.looked_through(message.share)
            else:
                worker.chunk.heard(message)
        for worker in list(busy.values()):
            if worker.chunk is not None and now - worker.heard > self.seconds_an_article:
                reason = f"the reader needed more than {self.seconds_an_article:.0f} seconds for one article"
                self._lost(worker, reason, under_way, again)

    def _lost(
        self, worker: _Worker, reason: str, under_way: deque[Chunk | Lanes], again: deque[Chunk]
    ) -> None:
        _end(worker)
        self._workers.remove(worker)
        chunk = worker.chunk
        if chunk is None:
            return
        chunk.failed += len(chunk.inputs) == 1
        if chunk.failed >= chunk.tries or not chunk.inputs:
            for given in chunk.inputs:
                refusal = Refusal(given.key, "reader-stopped", reason)
                chunk.ready.append(Read(given.key, given.start, refusal, True))
            chunk.done = True
            return
        if chunk not in under_way:  # a lane, which goes on in another process
            again.append(chunk)
            return
        # In its place, one chunk for each input that is left; the first keeps what came already.
        first, *others = [Chunk([given], failed=1) for given in chunk.inputs]
        first.ready = chunk.ready
        place = under_way.index(chunk)
        under_way[place] = first
        for offset, other in enumerate(others, 1):
            under_way.insert(place + offset, other)
        again.extend((first, *others))


def _chunks(inputs: Iterable[Listed], lanes: int) -> Iterator[Chunk | Lanes]:
    gathered: list[Listed] = []
    # The first chunks are small, so that something is seen at once and few pages keep all processes busy.
    size = 1
    for given in inputs:
        if given.size >= LARGE:
            if gathered:
                yield Chunk(gathered)
                gathered = []
            yield Lanes(given, lanes) if lanes > 1 and _may_be_divided(given) else Chunk([given])
            continue
        gathered.append(given)
        if len(gathered) >= size:
            yield Chunk(gathered)
            gathered, size = [], min(CHUNK, size + 1)
    if gathered:
        yield Chunk(gathered)


def _may_be_divided(given: Listed) -> bool:
    """Whether it is a large export by its name: what must be unpacked first would be unpacked for each lane."""
    return given.size >= DIVIDED and given.member is None and given.key.lower().endswith((".xml", ".wxr"))


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
