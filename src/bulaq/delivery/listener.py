"""The listener: the edge's own front door, for the speed of a file server.

A server for any WSGI application spends more on one request (an environ, a thread, a callable) than the edge spends on
answering it. The listener is one thread around an epoll loop that knows one thing: a request that means the same as one it
has seen before, for a page that is still fresh, is answered with bytes that lie ready. Other requests for pages that may be stored
go to the edge in a few threads; everything else (the desk, uploads, what is malformed only in its eyes) is passed to the
application server through a tunnel.
"""

from __future__ import annotations

import collections
import contextlib
import logging
import os
import queue
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bulaq.delivery import worker_report
from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.client_address import TrustedProxies
from bulaq.delivery.connections import (
    GONE,
    HEAD_SECONDS,
    IDLE_SECONDS,
    IN,
    OUT,
    STALLED_SECONDS,
    Connection,
    Connections,
)
from bulaq.delivery.edge import Edge, Response
from bulaq.delivery.prepared_answers import PreparedAnswers, Target
from bulaq.delivery.renewal import MustWait
from bulaq.delivery.request_head import LARGEST_HEAD, MalformedHead, RequestHead, SmallRequest, read_head
from bulaq.delivery.tunnel import TUNNEL_SECONDS, Tunnels, Upstream
from bulaq.delivery.worker_report import WorkerReport

_log = logging.getLogger(__name__)

_READ: Final = 65_536
_SWEEP_SECONDS: Final = 5.0
_SHUT_SECONDS: Final = 5.0
_LARGEST_SMALL_BODY: Final = 2048

_BAD_REQUEST: Final = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FAILED: Final = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_Lane = queue.SimpleQueue[tuple[Connection, Target, bool] | None]
Endpoint = Callable[[SmallRequest], tuple[str, Headers, bytes]]


class Listener:
    """Serves ``sockets`` (listening, shared with other processes or not) until `stop`.

    ``upstream``: the application server for what the edge does not answer; None: it is told 502.
    ``endpoints``: answered in the loop, so they must not wait for anything; by path.
    ``threads``: of each of the two lanes.
    ``report_folder``: where `report` is written every second.
    """

    def __init__(
        self,
        edge: Edge,
        sockets: list[socket.socket],
        upstream: Upstream | None = None,
        endpoints: Mapping[str, Endpoint] | None = None,
        threads: int = 4,
        report_folder: Path | None = None,
    ) -> None:
        self.edge = edge
        self.endpoints = {path.encode("ascii"): endpoint for path, endpoint in (endpoints or {}).items()}
        self.proxies = TrustedProxies(edge.settings.trusted_proxies)
        self.served = 0
        self._report_folder = report_folder
        self._threads = threads
        self._sockets = {sock.fileno(): sock for sock in sockets}
        self._connections = Connections()
        self._tunnels = Tunnels(self._connections, upstream, edge.renewal.outage)
        self._answers = PreparedAnswers(edge)
        # Two lanes: what has something to stand in never queues behind what must wait for the application, so a crawler
        # in the far end of the archive, or an application that hangs, holds up no page that is stored.
        self._quick: _Lane = queue.SimpleQueue()
        self._slow: _Lane = queue.SimpleQueue()
        self._done: collections.deque[tuple[Connection, bytes, bool]] = collections.deque()
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        self._stopping = False

    def stop(self) -> None:
        """Ends `run` when the answers under way are given; from any thread or a signal handler."""
        self._stopping = True
        self._wake()

    def run(self) -> None:
        """The loop; returns after `stop`."""
        for lane in (self._quick, self._slow):
            for _ in range(self._threads):
                threading.Thread(
                    target=self._answer_all, args=(lane,), name="edge-listener", daemon=True
                ).start()
        connections = self._connections
        epoll = connections.epoll
        exclusive = getattr(select, "EPOLLEXCLUSIVE", 0)
        for fd, sock in self._sockets.items():
            sock.setblocking(False)
            epoll.register(fd, IN | exclusive)
        epoll.register(self._wake_in, IN)
        # What the loop looks at for each request stands in local names: it is most of what a hit costs.
        opened = connections.open
        known, meant, recognise = self._answers.known, self._answers.meant, self._answers.recognise
        words = self.edge.words
        clock = self.edge.settings.clock
        next_sweep = next_second = 0.0
        while not self._stopping:
            events = epoll.poll(1.0)
            now = connections.now = time.monotonic()
            wall = clock()
            for fd, event in events:
                connection = opened.get(fd)
                if connection is None:
                    if fd in self._sockets:
                        for accepted in connections.accept(self._sockets[fd]):
                            accepted.trusted = self.proxies.trusts(accepted.peer)
                    elif fd == self._wake_in:
                        self._finish_answers()
                    continue
                if event != IN or connection.tunnel:
                    self._uncommon(connection, event)
                    continue
                try:
                    data = connection.sock.recv(_READ)
                except BlockingIOError:
                    continue
                except OSError:
                    connections.close(connection)
                    continue
                target = known.get(data)
                if target is None and (meaning := recognise(data)) is not None:
                    target = meant.get(meaning)
                if (
                    target is not None
                    and not connection.buffer
                    and target.until > wall
                    and target.generation == words[2]
                ):
                    connection.deadline = now + IDLE_SECONDS
                    payload = target.payload
                    self.served += 1
                    try:
                        sent = connection.sock.send(payload)
                    except BlockingIOError:
                        sent = 0
                    except OSError:
                        connections.close(connection)
                        continue
                    if sent != len(payload):
                        connections.send(connection, memoryview(payload)[sent:])
                elif data:
                    connection.buffer += data
                    self._read_requests(connection)
                else:
                    connections.close(connection)
            if now >= next_second:
                next_second = now + 1.0
                if self._report_folder is not None:
                    worker_report.write(self._report_folder, self.report())
                if now >= next_sweep:
                    next_sweep = now + _SWEEP_SECONDS
                    connections.sweep()
        self._shut()

    def report(self) -> WorkerReport:
        """What this worker has done since its start, and what it holds."""
        store = self.edge.renewal.store
        return WorkerReport(
            pid=os.getpid(),
            served=self.served,
            asked=self.edge.renewal.renders,
            stored=len(store),
            bytes=store.bytes,
            generation=self.edge.table.generation,
        )

    # ---- requests --------------------------------------------------------------------------------------------------

    def _read_requests(self, connection: Connection) -> None:
        """Answers the requests in the buffer, one after another, until one must wait."""
        while connection.buffer and not connection.busy and not connection.closing and not connection.tunnel:
            end = connection.buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(connection.buffer) > LARGEST_HEAD:
                    self._refuse(connection)
                else:
                    self._hurry(connection)
                return
            raw = connection.buffer[: end + 4]
            try:
                head = read_head(raw[:end])
            except MalformedHead:
                self._refuse(connection)
                return
            if not self._answer(connection, head, raw):
                return

    def _hurry(self, connection: Connection) -> None:
        """The clock of a slow head runs from its first byte, however often it drips."""
        connection.deadline = min(connection.deadline, self._connections.now + HEAD_SECONDS)

    def _answer(self, connection: Connection, head: RequestHead, raw: bytes) -> bool:
        """False when the rest of its body must arrive first."""
        endpoint = self.endpoints.get(head.target.partition(b"?")[0]) if self.endpoints else None
        if endpoint is not None and head.plain and head.body_bytes <= _LARGEST_SMALL_BODY:
            return self._ask_endpoint(connection, endpoint, head, raw)
        path = head.path()
        if (
            not head.plain
            or head.body_bytes
            or head.method not in (b"GET", b"HEAD")
            or self.edge.addresses.bypasses(path)
        ):
            self._tunnels.begin(connection, raw[:-4], connection.buffer[len(raw) :])
            return True
        connection.buffer = connection.buffer[len(raw) :]
        answers = self._answers
        target = answers.target(head, path, connection.trusted)
        if not head.closing and b"surrogate-capability" not in head.fields:
            answers.remember(raw, target)
        connection.closing = head.closing
        connection.deadline = self._connections.now + IDLE_SECONDS
        if answers.is_good(target):
            self.served += 1
            self._connections.send(connection, target.payload)
            return True
        response = self.edge.ready(target.request)
        if response is not None:
            self.served += 1
            self._connections.send(connection, answers.keep(target, response))
            return True
        connection.busy = True
        connection.deadline = self._connections.now + TUNNEL_SECONDS
        self._connections.watch(connection, 0)
        self._quick.put((connection, target, head.closing))
        return True

    def _ask_endpoint(
        self, connection: Connection, endpoint: Endpoint, head: RequestHead, raw: bytes
    ) -> bool:
        whole = len(raw) + head.body_bytes
        if len(connection.buffer) < whole:
            self._hurry(connection)
            return False
        body = connection.buffer[len(raw) : whole]
        connection.buffer = connection.buffer[whole:]
        connection.closing = head.closing
        status, headers, answer = endpoint(SmallRequest(head, body, connection.peer))
        headers = [*headers, ("Content-Length", str(len(answer)))]
        sent = b"" if head.method == b"HEAD" else answer
        self._connections.send(connection, self._answers.as_bytes(status, headers, sent))
        return True

    def _refuse(self, connection: Connection) -> None:
        connection.closing = True
        connection.buffer = b""
        self._connections.send(connection, _BAD_REQUEST)

    # ---- answers that must be waited for ---------------------------------------------------------------------------

    def _answer_all(self, lane: _Lane) -> None:
        """A thread: asks the edge, which may ask the application, and hands the bytes back to the loop."""
        while (work := lane.get()) is not None:
            connection, target, closing = work
            try:
                response = self.edge.respond(target.request, may_wait=lane is self._slow)
            except MustWait:
                self._slow.put(work)
                continue
            except Exception:
                payload, closing = self._failure(target), True
            else:
                payload, closing = self._payload(connection, target, response, closing)
            self._done.append((connection, payload, closing))
            self._wake()

    def _payload(
        self, connection: Connection, target: Target, response: Response, closing: bool
    ) -> tuple[bytes, bool]:
        """The bytes to send, and whether the connection ends with them."""
        try:
            if not isinstance(response.body, list):
                return self._stream(connection, target, response), True
            named = {name.lower() for name, _ in response.headers}
            if "content-length" not in named and response.status[:3] not in ("304", "204"):
                response.headers.append(("Content-Length", str(sum(map(len, response.body)))))
            return self._answers.keep(target, response), closing
        except Exception:
            return self._failure(target), True

    def _failure(self, target: Target) -> bytes:
        _log.exception("no answer for %s", target.request.key.path)
        return _FAILED

    def _stream(self, connection: Connection, target: Target, response: Response) -> bytes:
        """Sends a long body from this thread (the loop does not touch a busy connection); the end of it closes."""
        connection.sock.settimeout(STALLED_SECONDS)
        try:
            headers = [(name, value) for name, value in response.headers if name.lower() != "connection"]
            head = self._answers.as_bytes(response.status, [*headers, ("Connection", "close")], b"")
            connection.sock.sendall(head)
            if not target.head_only:
                for chunk in response.body:
                    connection.sock.sendall(chunk)
        except OSError:
            pass
        finally:
            close = getattr(response.body, "close", None)
            if close is not None:
                close()
            with contextlib.suppress(OSError):
                connection.sock.setblocking(False)
        return b""

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self._wake_out, b"x")

    def _finish_answers(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_in, 4096)
        while self._done:
            connection, payload, closing = self._done.popleft()
            connection.busy = False
            if not self._connections.is_open(connection):
                connection.sock.close()
                continue
            connection.closing = closing
            connection.deadline = self._connections.now + IDLE_SECONDS
            self._connections.send(connection, payload)
            if self._connections.is_open(connection):
                self._read_requests(connection)

    # ---- the rest --------------------------------------------------------------------------------------------------

    def _uncommon(self, connection: Connection, event: int) -> None:
        """Whatever is not a request on a connection that waits for one."""
        connections = self._connections
        if connection.tunnel:
            # What the far end said, or that it is gone, before what goes there: only then is it known why a send fails.
            if event & (IN | GONE):
                self._tunnels.carry(connection)
            if event & OUT and connections.is_open(connection):
                connections.flush(connection)
            return
        if event & OUT:
            connections.flush(connection)
            if not connections.is_open(connection):
                return
            if not connection.outgoing:
                self._read_requests(connection)
        if event & GONE:
            # An answer may still be waiting on a busy connection; its thread finds the socket closed.
            connections.close(connection)

    def _shut(self) -> None:
        connections = self._connections
        for fd in self._sockets:
            connections.epoll.unregister(fd)
        end = time.monotonic() + _SHUT_SECONDS
        while time.monotonic() < end and any(c.busy or c.outgoing for c in connections.open.values()):
            for fd, event in connections.epoll.poll(0.1):
                connection = connections.open.get(fd)
                if connection is not None:
                    self._uncommon(connection, event)
                elif fd == self._wake_in:
                    self._finish_answers()
        for connection in list(connections.open.values()):
            connections.close(connection)
        for lane in (self._quick, self._slow):
            for _ in range(self._threads):
                lane.put(None)
        connections.epoll.close()
        os.close(self._wake_in)
        os.close(self._wake_out)
