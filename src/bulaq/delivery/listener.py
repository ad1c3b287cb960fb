"""The listener: the edge's own front door, for the speed of a file server.

A server for any WSGI application spends more on one request (an environ, a thread, a callable) than the edge spends on
answering it. The listener is one thread around an epoll loop that knows one thing: a request that means the same as one it
has seen before, for a page that is still fresh, is answered with bytes that lie ready. Other requests for pages that may be stored
go to the edge in a few threads; everything else (the desk, uploads, what is malformed only in its eyes) is passed to the
application server through a tunnel.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bulaq.delivery import keys as surrogate_keys
from bulaq.delivery import worker_report
from bulaq.delivery.answer_lanes import AnswerLanes, Work
from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.client_address import TrustedProxies
from bulaq.delivery.connections import (
    BODY_SECONDS,
    GONE,
    HEAD_SECONDS,
    IDLE_SECONDS,
    IN,
    OUT,
    Connection,
    Connections,
)
from bulaq.delivery.edge import Edge
from bulaq.delivery.exchange import Response, close_body
from bulaq.delivery.prepared_answers import PreparedAnswers
from bulaq.delivery.request_body import BodyTooLarge, MalformedBody, RequestBody
from bulaq.delivery.request_head import (
    LARGEST_HEAD,
    MalformedHead,
    RequestHead,
    SmallRequest,
    origin_form,
    read_head,
)
from bulaq.delivery.tunnel import TUNNEL_SECONDS, Tunnels, Upstream
from bulaq.delivery.worker_report import WorkerReport

_log = logging.getLogger(__name__)

HEALTH: Final = "/_/health/edge"
"""Answered by every listener: to what stands in front, a machine whose application is down still has its pages."""

_READ: Final = 65_536
_SWEEP_SECONDS: Final = 5.0
_SHUT_SECONDS: Final = 5.0
_CLOCK_SLIP: Final = 5.0
_LARGEST_SMALL_BODY: Final = 2048

# RFC 9110 §9.3.8: a trace would show the reader's cookies to whoever can make a browser send it.
_NEVER: Final = frozenset({b"TRACE", b"CONNECT"})
_ALLOWED: Final = "Allow: GET, HEAD, OPTIONS, POST\r\n"
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"

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
        known = {HEALTH: _alive, **(endpoints or {})}
        self.endpoints = {path.encode("ascii"): endpoint for path, endpoint in known.items()}
        self.proxies = TrustedProxies(edge.settings.trusted_proxies)
        self.served = 0
        self._report_folder = report_folder
        self._sockets = {sock.fileno(): sock for sock in sockets}
        self._connections = Connections()
        self._tunnels = Tunnels(self._connections, upstream, edge.renewal.outage)
        self._answers = PreparedAnswers(edge)
        self._lanes = AnswerLanes(edge, self._payload, threads)
        self._stopping = False
        self._latest = self._next_sweep = 0.0

    def stop(self) -> None:
        """Ends `run` when the answers under way are given; from any thread or a signal handler."""
        self._stopping = True
        self._lanes.wake()

    def run(self) -> None:
        """The loop; returns after `stop`."""
        self._lanes.start()
        self._listen()
        connections = self._connections
        epoll = connections.epoll
        # What the loop looks at for each request stands in local names: it is most of what a hit costs.
        opened = connections.open
        known, meant, recognise = self._answers.known, self._answers.meant, self._answers.recognise
        words = self.edge.words
        clock = self.edge.settings.clock
        next_second = 0.0
        while not self._stopping:
            events = epoll.poll(1.0)
            now = connections.now = time.monotonic()
            wall = clock()
            self._mind_the_clock(wall)
            for fd, event in events:
                connection = opened.get(fd)
                if connection is None:
                    self._not_a_connection(fd)
                    continue
                if event != IN or connection.tunnel:
                    self._uncommon(connection, event)
                    continue
                try:
                    data = connection.sock.recv(LARGEST_HEAD)
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
                self._each_second(now)
        self._shut()

    def _listen(self) -> None:
        epoll = self._connections.epoll
        exclusive = getattr(select, "EPOLLEXCLUSIVE", 0)
        for fd, sock in self._sockets.items():
            sock.setblocking(False)
            epoll.register(fd, IN | exclusive)
        epoll.register(self._lanes, IN)

    def _mind_the_clock(self, wall: float) -> None:
        if wall < self._latest - _CLOCK_SLIP:
            # What was stored before would count as fresh for as long as the clock went back.
            _log.warning("the clock went back by %.0f s: all pages are made anew", self._latest - wall)
            self.edge.purge([surrogate_keys.everything()])
        self._latest = wall

    def _not_a_connection(self, fd: int) -> None:
        """A socket that listens has readers, or the lanes have answers."""
        if fd in self._sockets:
            for accepted in self._connections.accept(self._sockets[fd]):
                accepted.trusted = self.proxies.trusts(accepted.peer)
        elif fd == self._lanes.fileno():
            self._send_finished()

    def _each_second(self, now: float) -> None:
        self.edge.keep_fresh()
        if self._report_folder is not None:
            worker_report.write(self._report_folder, self.report())
        if now >= self._next_sweep:
            self._next_sweep = now + _SWEEP_SECONDS
            self._connections.sweep()

    def report(self) -> WorkerReport:
        """What this worker has done since its start, and what it holds."""
        store = self.edge.renewal.store
        return WorkerReport(
            pid=os.getpid(),
            served=self.served,
            asked=self.edge.renewal.renders,
            ahead=self.edge.renewal.ahead,
            stored=len(store),
            bytes=store.bytes,
            generation=self.edge.table.generation,
        )

    # ---- requests --------------------------------------------------------------------------------------------------

    def _read_requests(self, connection: Connection) -> None:
        """Answers the requests in the buffer, one after another, until one must wait."""
        while connection.buffer and not connection.busy and not connection.closing and not connection.tunnel:
            # RFC 9112 §2.2: an empty line before a request comes from old programs after a body.
            if connection.buffer.startswith(b"\r\n"):
                connection.buffer = connection.buffer[2:]
                continue
            end = connection.buffer.find(b"\r\n\r\n", 0, LARGEST_HEAD + 4)
            if end < 0:
                if len(connection.buffer) > LARGEST_HEAD:
                    self._refuse(connection, "431 Request Header Fields Too Large")
                else:
                    self._hurry(connection)
                return
            raw = connection.buffer[: end + 4]
            form = origin_form(raw[:end])
            try:
                head = read_head(form)
            except MalformedHead as error:
                self._refuse(connection, error.status)
                return
            try:
                going = self._answer(connection, head, raw, form)
            except Exception:
                # One request that nobody foresaw must not take the others of this process with it.
                _log.exception("no answer for %r", form.partition(b"\r\n")[0])
                self._refuse(connection, "500 Internal Server Error")
                return
            if not going:
                return

    def _hurry(self, connection: Connection) -> None:
        """The clock of a slow head runs from its first byte, however often it drips."""
        connection.deadline = min(connection.deadline, self._connections.now + HEAD_SECONDS)

    def _answer(self, connection: Connection, head: RequestHead, raw: bytes, form: bytes) -> bool:
        """False when the rest of its body must arrive first. ``form``: the head in origin form."""
        endpoint = self.endpoints.get(head.target.partition(b"?")[0])
        if endpoint is not None and head.plain and (head.body_bytes or 0) <= _LARGEST_SMALL_BODY:
            return self._ask_endpoint(connection, endpoint, head, raw)
        connection.buffer = connection.buffer[len(raw) :]
        if head.method in _NEVER or head.target == b"*":
            self._refuse(connection, "200 OK" if head.target == b"*" else "405 Method Not Allowed", _ALLOWED)
            return True
        path = head.path()
        if (
            not head.plain
            or head.body_bytes
            or head.method not in (b"GET", b"HEAD")
            or self.edge.addresses.bypasses(path)
        ):
            if head.body_bytes == 0:
                self._tunnels.begin(connection, form)
            else:
                self._await_body(connection, head, form)
            return True
        answers = self._answers
        target = answers.target(head, path, connection.trusted)
        if not head.persistence and b"surrogate-capability" not in head.fields:
            answers.remember(raw, target)
        connection.closing = head.closing
        connection.deadline = self._connections.now + IDLE_SECONDS
        if answers.is_good(target):
            self.served += 1
            self._connections.send(connection, _persisting(target.payload, head))
            return True
        response = self.edge.ready(target.request)
        if response is not None:
            self.served += 1
            self._connections.send(connection, _persisting(answers.keep(target, response), head))
            return True
        connection.busy = True
        connection.deadline = self._connections.now + TUNNEL_SECONDS
        self._connections.watch(connection, 0)
        self._lanes.put(Work(connection, target, head, form))
        return True

    def _ask_endpoint(
        self, connection: Connection, endpoint: Endpoint, head: RequestHead, raw: bytes
    ) -> bool:
        whole = len(raw) + (head.body_bytes or 0)
        if len(connection.buffer) < whole:
            self._hurry(connection)
            return False
        body = connection.buffer[len(raw) : whole]
        connection.buffer = connection.buffer[whole:]
        connection.closing = head.closing
        status, headers, answer = endpoint(SmallRequest(head, body, connection.peer))
        headers = [*headers, ("Content-Length", str(len(answer)))]
        sent = b"" if head.method == b"HEAD" else answer
        self._connections.send(connection, _persisting(self._answers.as_bytes(status, headers, sent), head))
        return True

    def _await_body(self, connection: Connection, head: RequestHead, form: bytes) -> None:
        """Gathers the body of a request for the application server, then hands both over."""
        try:
            body = RequestBody(head.body_bytes)
        except BodyTooLarge:
            self._refuse(connection, "413 Content Too Large")
            return
        connection.tunnel = True
        connection.body = (form, body)
        data, connection.buffer = connection.buffer, b""
        if head.expects and not data:
            self._connections.send(connection, _CONTINUE)
        self._gather(connection, data)

    def _gather(self, connection: Connection, data: bytes) -> None:
        """More of a body. What follows it is not heard: the connection ends with the answer."""
        assert connection.body is not None
        form, body = connection.body
        refusal = ""
        try:
            body.feed(data)
        except MalformedBody:
            refusal = "400 Bad Request"
        except BodyTooLarge:
            refusal = "413 Content Too Large"
        except OSError as error:
            _log.error("no room for the body of a request: %s", error)
            refusal = "503 Service Unavailable"
        if refusal:
            connection.body = None
            self._refuse(connection, refusal)
        elif body.complete:
            connection.body = None
            self._tunnels.begin(connection, form, body.content())
        else:
            connection.deadline = self._connections.now + BODY_SECONDS

    def _refuse(self, connection: Connection, status: str, more: str = "") -> None:
        """An answer of the listener's own, with which the connection ends."""
        connection.closing = connection.tunnel = connection.lingering = True
        connection.buffer = b""
        head = f"HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
        self._connections.send(connection, head.encode("ascii"))

    # ---- answers that must be waited for ---------------------------------------------------------------------------

    def _payload(self, work: Work, response: Response) -> bytes | None:
        """The bytes to send; None for what is too long to be held, which would keep a thread as long as its reader likes."""
        if not isinstance(response.body, list):
            if self._tunnels.upstream is not None:
                close_body(response.body)
                return None
            response.body = [b"".join(response.body)]
        named = {name.lower() for name, _ in response.headers}
        if "content-length" not in named and response.status[:3] not in ("304", "204"):
            response.headers.append(("Content-Length", str(sum(map(len, response.body)))))
        return _persisting(self._answers.keep(work.target, response), work.head)

    def _send_finished(self) -> None:
        for work in self._lanes.finished():
            connection = work.connection
            connection.busy = False
            if not self._connections.is_open(connection):
                connection.sock.close()
                continue
            if work.payload is None:
                self._tunnels.begin(connection, work.raw)
                continue
            connection.closing = work.closing
            connection.deadline = self._connections.now + IDLE_SECONDS
            self._connections.send(connection, work.payload)
            if self._connections.is_open(connection):
                self._read_requests(connection)

    # ---- the rest --------------------------------------------------------------------------------------------------

    def _uncommon(self, connection: Connection, event: int) -> None:
        """Whatever is not a request on a connection that waits for one."""
        connections = self._connections
        if connection.tunnel:
            # What the far end said, or that it is gone, before what goes there: only then is it known why a send fails.
            if event & (IN | GONE) and connection.body is not None:
                self._receive(connection)
            elif event & (IN | GONE):
                self._tunnels.carry(connection, bool(event & GONE))
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

    def _receive(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._gather(connection, data)
        else:
            self._connections.close(connection)

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
                elif fd == self._lanes.fileno():
                    self._send_finished()
        for connection in list(connections.open.values()):
            connections.close(connection)
        connections.epoll.close()
        self._lanes.close()


def _alive(_request: SmallRequest) -> tuple[str, Headers, bytes]:
    return "200 OK", [("Cache-Control", "no-store")], b"ok"


def _persisting(payload: bytes, head: RequestHead) -> bytes:
    """The answer with the field that says what becomes of the connection, where that is not what HTTP/1.1 expects."""
    if not head.persistence:
        return payload
    return payload.replace(b"\r\n", b"\r\nConnection: " + head.persistence + b"\r\n", 1)
