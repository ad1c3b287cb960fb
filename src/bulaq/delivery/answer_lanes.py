"""Answers that must be waited for: threads between the loop of the listener and the edge.

Two lanes: what has something to stand in never queues behind what must wait for the application, so a crawler in the far
end of the archive, or an application that hangs, holds up no page that is stored.
"""

from __future__ import annotations

import collections
import contextlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bulaq.delivery.connections import Connection
from bulaq.delivery.edge import Edge
from bulaq.delivery.exchange import Response
from bulaq.delivery.prepared_answers import Target
from bulaq.delivery.renewal import MustWait
from bulaq.delivery.request_head import RequestHead

_log = logging.getLogger(__name__)

_FAILED: Final = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(slots=True)
class Work:
    """A request that waits for its answer; ``raw``: its head's bytes. ``payload`` None: the application server's to give."""

    connection: Connection
    target: Target
    head: RequestHead
    raw: bytes
    payload: bytes | None = b""
    closing: bool = False


_Lane = queue.SimpleQueue[Work | None]


class AnswerLanes:
    """``payload`` makes the bytes to send of the edge's response, in a thread; ``threads``: of each of the two lanes."""

    def __init__(self, edge: Edge, payload: Callable[[Work, Response], bytes | None], threads: int) -> None:
        self._edge = edge
        self._payload = payload
        self._threads = threads
        self._quick: _Lane = queue.SimpleQueue()
        self._slow: _Lane = queue.SimpleQueue()
        self._done: collections.deque[Work] = collections.deque()
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        self._closed = False
        # Re-entrant: a signal may interrupt the very thread that holds it, to call `wake`.
        self._pipe = threading.RLock()

    def fileno(self) -> int:
        """Readable when there is something `finished`, or somebody called `wake`."""
        return self._wake_in

    def start(self) -> None:
        for lane in self._all_threads():
            threading.Thread(target=self._answer_all, args=(lane,), name="edge-listener", daemon=True).start()

    def put(self, work: Work) -> None:
        self._quick.put(work)

    def finished(self) -> Iterator[Work]:
        """What has got its answer; for the loop alone."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_in, 4096)
        while self._done:
            yield self._done.popleft()

    def wake(self) -> None:
        """Makes `fileno` readable; from any thread or a signal handler, after `close` too."""
        with self._pipe, contextlib.suppress(BlockingIOError):
            if not self._closed:
                os.write(self._wake_out, b"x")

    def close(self) -> None:
        """Ends the threads, each with the answer that it is about, which nobody waits for any more.

        Such a thread may be minutes behind: the number of its pipe is somebody else's file by then.
        """
        for lane in self._all_threads():
            lane.put(None)
        with self._pipe:
            if not self._closed:
                self._closed = True
                os.close(self._wake_in)
                os.close(self._wake_out)

    def _all_threads(self) -> Iterator[_Lane]:
        """The lane of each thread."""
        for lane in (self._quick, self._slow):
            for _ in range(self._threads):
                yield lane

    def _answer_all(self, lane: _Lane) -> None:
        """A thread: asks the edge, which may ask the application, and hands the bytes back to the loop."""
        while (work := lane.get()) is not None:
            try:
                response = self._edge.respond(work.target.request, may_wait=lane is self._slow)
                work.payload = self._payload(work, response)
                work.closing = work.head.closing
            except MustWait:
                self._slow.put(work)
                continue
            except Exception:
                _log.exception("no answer for %s", work.target.request.key.path)
                work.payload, work.closing = _FAILED, True
            self._done.append(work)
            self.wake()
