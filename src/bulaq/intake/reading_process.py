"""The life of one reading process of a pool: it is handed listed inputs, and hands their articles back through its pipe."""

from __future__ import annotations

import pickle
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.fetching.answers import Validators
from bulaq.intake.installed_readers import reader_for, readers
from bulaq.intake.listing import Listed
from bulaq.intake.reader import Reader, ReadOptions, Source
from bulaq.intake.sources import Fetch, Opener, read_source

MEMORY_BYTES = 4 * 1024**3
"""Address space of one reading process (where the system enforces it): an input that needs more fails alone."""

MESSAGE = 32
"""Articles that are handed back at once, at most."""

PAUSE = 0.3
"""Seconds after which what there is is handed back; also when nothing new is, as a sign of life."""


AHEAD = 8
"""Messages that wait in a process to be handed back: a pipe holds hardly one, and what a batch takes to be stored is time
in which a hundred articles are read."""


@dataclass(frozen=True, slots=True)
class Read:
    """One article or refusal, the `ordinal`-th of the input `key`. `ends_source`: the last one of it.

    `share`: how much of the input's bytes (0–1) was read by then, where it is read as a stream. `validators`: with the
    last one of an address.
    """

    key: str
    ordinal: int
    item: IncomingArticle | Refusal
    ends_source: bool
    share: float = 0.0
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class Alive:
    """A sign of life before the first article of an input; `share` (0–1) of its bytes is looked through by then."""

    share: float


def serve(pipe: Connection, options: ReadOptions, fetch: Fetch | None) -> None:
    """Until the pipe is closed, by whoever has begun it or by that one's death. A list of inputs comes in; lists of `Read`
    and `Alive` go out, and None when all of them are read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    installed = readers(warn=False)
    opener = Opener(fetch)
    sender = _Sender(pipe)
    try:
        while True:
            inputs: list[Listed] = pipe.recv()
            outgoing = _Outgoing(sender)
            for given in inputs:
                reading = _read if given.lane == (0, 1) else _read_lane
                for read in reading(given, opener, replace(options, start=given.start), installed, outgoing):
                    outgoing.put(read)
            outgoing.send()
            sender.send(None)
    except (EOFError, OSError):
        pass
    finally:
        opener.close()


class _Sender:
    """Hands messages on from a thread of its own, so that reading goes on while nobody takes them."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._waiting: queue.Queue[bytes] = queue.Queue(AHEAD)
        self._broken: OSError | None = None
        threading.Thread(target=self._hand_on, daemon=True).start()

    def send(self, message: list[Read] | Alive | None) -> None:
        """Hands on soon. Raises `OSError` when the other end was gone before."""
        if self._broken is not None:
            raise self._broken
        self._waiting.put(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def _hand_on(self) -> None:
        while True:
            message = self._waiting.get()
            if self._broken is None:
                try:
                    self._pipe.send_bytes(message)
                except OSError as error:
                    self._broken = error  # what is still put is taken and dropped, until reading notices


class _Outgoing:
    """What is to be handed back, gathered so that the way there and back is hidden."""

    def __init__(self, sender: _Sender) -> None:
        self._sender = sender
        self._gathered: list[Read] = []
        self._sent = time.monotonic()

    def put(self, read: Read | None) -> None:
        """Hands on, now or soon; None for what is read and not wanted."""
        if read is not None:
            self._gathered.append(read)
        if len(self._gathered) >= MESSAGE or time.monotonic() - self._sent > PAUSE:
            self._sender.send(self._gathered)
            self._gathered, self._sent = [], time.monotonic()

    def send(self) -> None:
        """Hands on what is left."""
        if self._gathered:
            self._sender.send(self._gathered)
            self._gathered = []

    def alive(self, share: Callable[[], float]) -> None:
        """A sign of life, unless there was one just now."""
        if time.monotonic() - self._sent > PAUSE:
            self.send()
            self._sender.send(Alive(share()))
            self._sent = time.monotonic()


def _read(
    given: Listed, opener: Opener, options: ReadOptions, installed: list[Reader], outgoing: _Outgoing
) -> Iterator[Read | None]:
    """Each item of an input, from where it is wanted; None for those before."""
    source = opener.open(given)
    items = iter([source]) if isinstance(source, Refusal) else _items(source, options, installed, outgoing)
    for ordinal, item, is_last in _numbered(items):
        if ordinal < given.start and not is_last:
            yield None
            continue
        if ordinal < given.start:  # all was read before; only the end is missing
            item, ordinal = nothing_more(given.key), given.start
        share = 0.0 if isinstance(source, Refusal) else source.share_read()
        validators = source.validators if isinstance(source, Source) and is_last else None
        yield Read(given.key, ordinal, item, is_last, share, validators)


def _read_lane(
    given: Listed, opener: Opener, options: ReadOptions, installed: list[Reader], outgoing: _Outgoing
) -> Iterator[Read | None]:
    """Each item of an input's lane, numbered from the first that is wanted; None for those before. An input that cannot
    be divided is all in the first lane."""
    source = opener.open(given)
    divided = isinstance(source, Source) and _in_lanes(source, installed)
    if given.lane[0] and not divided:
        return
    if divided:
        options = replace(options, lane=given.lane)
    items = iter([source]) if isinstance(source, Refusal) else _items(source, options, installed, outgoing)
    for number, item in enumerate(items, -given.start):
        share = 0.0 if isinstance(source, Refusal) else source.share_read()
        yield Read(given.key, number, item, False, share) if number >= given.taken else None


def _in_lanes(source: Source, installed: list[Reader]) -> bool:
    try:
        return getattr(reader_for(source, installed), "in_lanes", False)
    except OSError:
        return False  # whoever reads it says what is wrong


def _items(
    source: Source, options: ReadOptions, installed: list[Reader], outgoing: _Outgoing
) -> Iterator[IncomingArticle | Refusal]:
    return read_source(source, replace(options, alive=lambda: outgoing.alive(source.share_read)), installed)


def nothing_more(key: str) -> Refusal:
    """Of an input that ends before anything that is wanted."""
    return Refusal(key, "nothing-found", "nothing more was found in it")


def _numbered(
    items: Iterator[IncomingArticle | Refusal],
) -> Iterator[tuple[int, IncomingArticle | Refusal, bool]]:
    """Each item with its number, and whether it is the last one."""
    held = next(items, None)
    ordinal = 0
    while held is not None:
        following = next(items, None)
        yield ordinal, held, following is None
        held, ordinal = following, ordinal + 1


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        pass  # not enforced here (macOS); each reader has limits of its own
