"""The listener: the edge's own front door, for the speed of a file server.

A server for any WSGI application spends more on one request (an environ, a thread, a callable) than the edge spends on
answering it. The listener is one thread around an epoll loop that knows one thing: a request that means the same as one it
has seen before, for a page that is still fresh, is answered with bytes that lie ready. Other requests for pages that may be stored
go to the edge in a few threads; everything else (the desk, uploads, what is malformed only in its eyes) is passed to the
application server on a connection of its own, byte for byte.
"""

from __future__ import annotations

import collections
import contextlib
import errno
import logging
import os
import queue
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from typing import Final

from bulaq.delivery.cache_directives import Headers, parse_cache_control
from bulaq.delivery.client_address import TrustedProxies
from bulaq.delivery.edge import READY_SHARE, Edge, Request, Response
from bulaq.delivery.request_head import (
    LARGEST_HEAD,
    MalformedHead,
    RequestHead,
    SmallRequest,
    read_head,
    recogniser,
    tunnelled_head,
)

_log = logging.getLogger(__name__)

_READ: Final = 65_536
_IN: Final = select.EPOLLIN if hasattr(select, "EPOLLIN") else 1
_OUT: Final = select.EPOLLOUT if hasattr(select, "EPOLLOUT") else 4
_GONE: Final = (select.EPOLLERR | select.EPOLLHUP) if hasattr(select, "EPOLLERR") else 24
_HEAD_SECONDS: Final = 15.0
_IDLE_SECONDS: Final = 75.0
_STALLED_SECONDS: Final = 60.0
_TUNNEL_SECONDS: Final = 600.0
_SWEEP_SECONDS: Final = 5.0
# Requests known by their bytes; begun anew when full. Each holds about a head's length.
_MOST_KNOWN: Final = 20_000
_MOST_TARGETS: Final = 20_000
_MOST_CONNECTIONS: Final = 20_000
_LARGEST_SMALL_BODY: Final = 2048
_TUNNEL_BUFFER: Final = 256 * 1024

_BAD_REQUEST: Final = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_BAD_GATEWAY: Final = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n"
)


Endpoint = Callable[[SmallRequest], tuple[str, Headers, bytes]]
# Where the application server listens: a Unix socket's path or a host and port.
Upstream = str | tuple[str, int]


class _Target:
    """What a request asks for, and the bytes that answer it for now."""

    __slots__ = ("generation", "head_only", "payload", "request", "until")

    def __init__(self, request: Request, head_only: bool) -> None:
        self.request = request
        self.head_only = head_only
        self.payload = b""
        self.until = 0.0
        self.generation = -1


class _Connection:
    __slots__ = (
        "buffer",
        "busy",
        "closing",
        "deadline",
        "events",
        "fd",
        "other",
        "outgoing",
        "peer",
        "sock",
        "trusted",
        "tunnel",
    )

    def __init__(self, sock: socket.socket, peer: str, trusted: bool, deadline: float) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.peer = peer
        self.trusted = trusted
        self.deadline = deadline
        self.buffer = b""
        self.outgoing: collections.deque[memoryview] = collections.deque()
        self.events = _IN
        self.busy = False  # a thread is working on its answer
        self.closing = False  # to be closed when everything is sent
        self.tunnel = False
        self.other: _Connection | None = None


class Listener:
    """Serves ``sockets`` (listening, shared with other processes or not) until `stop`.

    ``upstream``: the application server for what the edge does not answer; None: it is told 502.
    ``endpoints``: answered in the loop, so they must not wait for anything; by path.
    """

    def __init__(
        self,
        edge: Edge,
        sockets: list[socket.socket],
        upstream: Upstream | None = None,
        endpoints: Mapping[str, Endpoint] | None = None,
        threads: int = 4,
        every_second: Callable[[], object] | None = None,
    ) -> None:
        self.edge = edge
        self.upstream = upstream
        self.endpoints = {path.encode("ascii"): endpoint for path, endpoint in (endpoints or {}).items()}
        self.proxies = TrustedProxies(edge.settings.trusted_proxies)
        self.served = 0
        self._every_second = every_second
        self._threads = threads
        self._sockets = {sock.fileno(): sock for sock in sockets}
        self._connections: dict[int, _Connection] = {}
        self._known: dict[bytes, _Target] = {}
        self._meant: dict[bytes, _Target] = {}
        self._recognise = recogniser(edge.settings.vary_headers, edge.addresses.parameters)
        self._targets: dict[tuple[object, ...], _Target] = {}
        self._payload_bytes = 0
        self._most_payload_bytes = int(edge.settings.memory_bytes * READY_SHARE)
        self._work: queue.SimpleQueue[tuple[_Connection, _Target, bool] | None] = queue.SimpleQueue()
        self._done: collections.deque[tuple[_Connection, bytes, bool]] = collections.deque()
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        self._epoll = select.epoll()
        self._stopping = False
        self._now = time.monotonic()
        self._date = ""
        self._date_second = 0

    def stop(self) -> None:
        """Ends `run` when the answers under way are given; from any thread or a signal handler."""
        self._stopping = True
        self._wake()

    def run(self) -> None:
        """The loop; returns after `stop`."""
        for _ in range(self._threads):
            threading.Thread(target=self._answer_slowly, name="edge-listener", daemon=True).start()
        epoll = self._epoll
        exclusive = getattr(select, "EPOLLEXCLUSIVE", 0)
        for fd, sock in self._sockets.items():
            sock.setblocking(False)
            epoll.register(fd, _IN | exclusive)
        epoll.register(self._wake_in, _IN)
        connections = self._connections
        known, meant, recognise = self._known, self._meant, self._recognise
        words = self.edge.words
        clock = self.edge.settings.clock
        next_sweep = next_second = 0.0
        while not self._stopping:
            events = epoll.poll(1.0)
            self._now = time.monotonic()
            wall = clock()
            for fd, event in events:
                connection = connections.get(fd)
                if connection is None:
                    if fd in self._sockets:
                        self._accept(self._sockets[fd])
                    elif fd == self._wake_in:
                        self._finish_answers()
                    continue
                if event != _IN or connection.tunnel:
                    self._uncommon(connection, event)
                    continue
                try:
                    data = connection.sock.recv(_READ)
                except BlockingIOError:
                    continue
                except OSError:
                    self._close(connection)
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
                    connection.deadline = self._now + _IDLE_SECONDS
                    payload = target.payload
                    self.served += 1
                    try:
                        sent = connection.sock.send(payload)
                    except BlockingIOError:
                        sent = 0
                    except OSError:
                        self._close(connection)
                        continue
                    if sent != len(payload):
                        self._send(connection, memoryview(payload)[sent:])
                elif data:
                    connection.buffer += data
                    self._read_requests(connection)
                else:
                    self._close(connection)
            if self._now >= next_second:
                next_second = self._now + 1.0
                if self._every_second is not None:
                    self._every_second()
                if self._now >= next_sweep:
                    next_sweep = self._now + _SWEEP_SECONDS
                    self._sweep()
        self._shut()

    # ---- requests --------------------------------------------------------------------------------------------------

    def _read_requests(self, connection: _Connection) -> None:
        """Answers the requests in the buffer, one after another, until one must wait."""
        while connection.buffer and not connection.busy and not connection.closing and not connection.tunnel:
            end = connection.buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(connection.buffer) > LARGEST_HEAD:
                    self._refuse(connection)
                else:
                    # The clock of a slow head runs from its first byte, however often it drips.
                    connection.deadline = min(connection.deadline, self._now + _HEAD_SECONDS)
                return
            raw = connection.buffer[: end + 4]
            try:
                head = read_head(raw[:end])
            except MalformedHead:
                self._refuse(connection)
                return
            if not self._answer(connection, head, raw):
                return

    def _answer(self, connection: _Connection, head: RequestHead, raw: bytes) -> bool:
        """False when the rest of its body must arrive first."""
        endpoint = self.endpoints.get(head.target.partition(b"?")[0]) if self.endpoints else None
        if endpoint is not None and head.plain and head.body_bytes <= _LARGEST_SMALL_BODY:
            whole = len(raw) + head.body_bytes
            if len(connection.buffer) < whole:
                connection.deadline = min(connection.deadline, self._now + _HEAD_SECONDS)
                return False
            body = connection.buffer[len(raw) : whole]
            connection.buffer = connection.buffer[whole:]
            connection.closing = head.closing
            status, headers, answer = endpoint(SmallRequest(head, body, connection.peer))
            headers = [*headers, ("Content-Length", str(len(answer)))]
            self._send(
                connection,
                memoryview(self._bytes(status, headers, b"" if head.method == b"HEAD" else answer)),
            )
            return True
        path = head.path()
        if (
            not head.plain
            or head.body_bytes
            or head.method not in (b"GET", b"HEAD")
            or self.edge.addresses.bypasses(path)
        ):
            self._begin_tunnel(connection, head, raw)
            return True
        connection.buffer = connection.buffer[len(raw) :]
        target = self._target(connection, head, path)
        if not head.closing and b"surrogate-capability" not in head.fields:
            self._remember(raw, target)
        connection.closing = head.closing
        connection.deadline = self._now + _IDLE_SECONDS
        if target.until > self.edge.settings.clock() and target.generation == self.edge.words[2]:
            self.served += 1
            self._send(connection, memoryview(target.payload))
            return True
        response = self.edge.ready(target.request)
        if response is not None:
            self.served += 1
            self._send(connection, memoryview(self._keep(target, response)))
            return True
        connection.busy = True
        connection.deadline = self._now + _TUNNEL_SECONDS
        self._watch(connection, 0)
        self._work.put((connection, target, head.closing))
        return True

    def _remember(self, raw: bytes, target: _Target) -> None:
        """So that the loop knows the request when it comes again, from anybody."""
        meaning = self._recognise(raw)
        if meaning is None:
            return
        for memory, known in ((self._known, raw), (self._meant, meaning)):
            if len(memory) >= _MOST_KNOWN:
                memory.clear()
            memory[known] = target

    def _target(self, connection: _Connection, head: RequestHead, path: str) -> _Target:
        edge = self.edge
        fields = head.fields
        environ: dict[str, object] = {}
        for name in edge.settings.vary_headers:
            environ["HTTP_" + name.upper().replace("-", "_")] = head.text(name.lower().encode("ascii")) or ""
        capability = head.text(b"surrogate-capability") or ""
        request = Request(
            edge.addresses.key(head.text(b"host") or "", path, head.query(), environ),
            head.text(b"accept-encoding"),
            head.text(b"if-none-match"),
            head.text(b"if-modified-since"),
            b"cache-control" in fields
            and "only-if-cached" in parse_cache_control(head.text(b"cache-control") or ""),
            connection.trusted and "ESI/1.0" in capability,
        )
        identity = (head.method, request.key, request.accept_encoding, request.if_none_match, request.if_modified_since,
                    request.only_if_cached, request.raw)  # fmt: skip
        target = self._targets.get(identity)
        if target is None:
            if len(self._targets) >= _MOST_TARGETS:
                self._forget_targets()
            target = self._targets[identity] = _Target(request, head.method == b"HEAD")
        return target

    def _forget_targets(self) -> None:
        """Begins anew: every one is a moment's work to make again. Called by the loop and, rarely, by a thread."""
        self._known.clear()
        self._meant.clear()
        self._targets.clear()
        self._payload_bytes = 0

    def _keep(self, target: _Target, response: Response) -> bytes:
        body = b"" if target.head_only else b"".join(response.body)
        payload = self._bytes(response.status, response.headers, body)
        if response.ready_until:
            self._payload_bytes += len(payload) - len(target.payload)
            if self._payload_bytes > self._most_payload_bytes:
                self._forget_targets()
                self._payload_bytes = len(payload)
            target.payload = payload
            target.generation = response.generation
            target.until = response.ready_until
        return payload

    def _bytes(self, status: str, headers: Headers, body: bytes) -> bytes:
        second = int(time.time())
        if second != self._date_second:
            self._date_second = second
            self._date = formatdate(second, usegmt=True)
        lines = [f"HTTP/1.1 {status}\r\nDate: {self._date}\r\n"]
        for name, value in headers:
            lines.append(f"{name}: {value}\r\n")
        head = "".join(lines)
        if head.count("\n") != len(lines) + 1 or head.count("\r") != len(lines) + 1:
            raise ValueError("a header of the application holds a line break")
        return head.encode("latin-1") + b"\r\n" + body

    def _answer_slowly(self) -> None:
        """A thread: asks the edge, which may ask the application, and hands the bytes back to the loop."""
        while (work := self._work.get()) is not None:
            connection, target, closing = work
            try:
                response = self.edge.respond(target.request)
                length = {name.lower() for name, _ in response.headers}
                if isinstance(response.body, list):
                    if "content-length" not in length and response.status[:3] not in ("304", "204"):
                        response.headers.append(("Content-Length", str(sum(map(len, response.body)))))
                    payload = self._keep(target, response)
                else:
                    payload = self._stream(connection, target, response)
                    closing = True
            except Exception:
                _log.exception("no answer for %s", target.request.key.path)
                payload = (
                    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                closing = True
            self._done.append((connection, payload, closing))
            self._wake()

    def _stream(self, connection: _Connection, target: _Target, response: Response) -> bytes:
        """Sends a long body from this thread (the loop does not touch a busy connection); the end of it closes."""
        connection.sock.settimeout(_STALLED_SECONDS)
        try:
            headers = [(name, value) for name, value in response.headers if name.lower() != "connection"]
            connection.sock.sendall(self._bytes(response.status, [*headers, ("Connection", "close")], b""))
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

    def _finish_answers(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_in, 4096)
        while self._done:
            connection, payload, closing = self._done.popleft()
            connection.busy = False
            if self._connections.get(connection.fd) is not connection:
                connection.sock.close()
                continue
            connection.closing = closing
            connection.deadline = self._now + _IDLE_SECONDS
            self._send(connection, memoryview(payload))
            if self._connections.get(connection.fd) is connection:
                self._read_requests(connection)

    def _refuse(self, connection: _Connection) -> None:
        connection.closing = True
        connection.buffer = b""
        self._send(connection, memoryview(_BAD_REQUEST))

    # ---- bytes -----------------------------------------------------------------------------------------------------

    def _send(self, connection: _Connection, data: memoryview) -> None:
        """Sends now what the socket takes and the rest when it takes more; closes at the end if that is due."""
        if not connection.outgoing and len(data):
            try:
                data = data[connection.sock.send(data) :]
            except BlockingIOError:
                pass
            except OSError:
                self._close(connection)
                return
        if len(data):
            connection.outgoing.append(data)
        self._settle(connection)

    def _settle(self, connection: _Connection) -> None:
        if connection.outgoing:
            connection.deadline = max(connection.deadline, self._now + _STALLED_SECONDS)
            # Nobody may have answers piled up by sending requests and not reading.
            self._watch(connection, _OUT | (_IN if connection.tunnel else 0))
        elif connection.closing:
            self._close(connection)
        elif not connection.busy:
            self._watch(connection, _IN)

    def _watch(self, connection: _Connection, events: int) -> None:
        if connection.events != events:
            connection.events = events
            with contextlib.suppress(OSError):
                self._epoll.modify(connection.fd, events)

    def _uncommon(self, connection: _Connection, event: int) -> None:
        if event & _OUT:
            self._flush(connection)
            if self._connections.get(connection.fd) is not connection:
                return
            if not connection.outgoing and not connection.tunnel:
                self._read_requests(connection)
        if event & _IN and connection.tunnel:
            self._through(connection)
        elif event & _GONE:
            # An answer may still be waiting on a busy connection; its thread finds the socket closed.
            self._close(connection)

    def _flush(self, connection: _Connection) -> None:
        try:
            while connection.outgoing:
                data = connection.outgoing[0]
                sent = connection.sock.send(data)
                if sent < len(data):
                    connection.outgoing[0] = data[sent:]
                    connection.deadline = self._now + _STALLED_SECONDS
                    return
                connection.outgoing.popleft()
        except BlockingIOError:
            return
        except OSError:
            self._close(connection)
            return
        if connection.other is not None:
            self._watch(connection.other, connection.other.events | _IN)
        self._settle(connection)

    # ---- tunnel ----------------------------------------------------------------------------------------------------

    def _begin_tunnel(self, connection: _Connection, head: RequestHead, raw: bytes) -> None:
        """From here on bytes go to the application server and back; it closes after its one answer."""
        upstream = self._connect()
        if upstream is None:
            connection.closing = True
            connection.buffer = b""
            self._send(connection, memoryview(_BAD_GATEWAY))
            return
        deadline = self._now + _TUNNEL_SECONDS
        other = _Connection(upstream, "", False, deadline)
        self._connections[other.fd] = other
        self._epoll.register(other.fd, _IN)
        connection.tunnel = other.tunnel = True
        connection.other, other.other = other, connection
        connection.deadline = deadline
        begun = tunnelled_head(raw[:-4], connection.peer) + connection.buffer[len(raw) :]
        connection.buffer = b""
        self._send(other, memoryview(begun))

    def _connect(self) -> socket.socket | None:
        if self.upstream is None:
            return None
        family = socket.AF_UNIX if isinstance(self.upstream, str) else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(1.0)
        try:
            sock.connect(self.upstream)
        except OSError as error:
            _log.warning("the application server does not answer: %s", error)
            sock.close()
            return None
        sock.setblocking(False)
        return sock

    def _through(self, connection: _Connection) -> None:
        other = connection.other
        try:
            data = connection.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if other is None or self._connections.get(other.fd) is not other:
            self._close(connection)
            return
        if not data:
            other.closing = True
            other.other = None
            connection.other = None
            self._close(connection)
            self._settle(other)
            return
        connection.deadline = other.deadline = self._now + _TUNNEL_SECONDS
        self._send(other, memoryview(data))
        if sum(map(len, other.outgoing)) > _TUNNEL_BUFFER:
            self._watch(connection, connection.events & ~_IN)

    # ---- connections -----------------------------------------------------------------------------------------------

    def _accept(self, listening: socket.socket) -> None:
        for _ in range(64):
            try:
                sock, address = listening.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE):
                    self._sweep(pressing=True)
                return
            if len(self._connections) >= _MOST_CONNECTIONS:
                sock.close()
                return
            sock.setblocking(False)
            peer = ""
            if sock.family != socket.AF_UNIX:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                peer = address[0]
            connection = _Connection(sock, peer, self.proxies.trusts(peer), self._now + _HEAD_SECONDS)
            self._connections[connection.fd] = connection
            self._epoll.register(connection.fd, _IN)

    def _close(self, connection: _Connection) -> None:
        if self._connections.get(connection.fd) is not connection:
            return
        del self._connections[connection.fd]
        with contextlib.suppress(OSError):
            self._epoll.unregister(connection.fd)
        other, connection.other = connection.other, None
        if connection.busy:
            # Its thread may be writing to it; closing now could give its number to another connection.
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
        else:
            connection.sock.close()
        if other is not None:
            other.other = None
            self._close(other)

    def _sweep(self, pressing: bool = False) -> None:
        """Closes what has been silent too long; when sockets run out, whoever is idle."""
        for connection in list(self._connections.values()):
            idle = not connection.busy and not connection.tunnel and not connection.outgoing
            if connection.deadline < self._now or (
                pressing and idle and connection.deadline < self._now + _IDLE_SECONDS / 2
            ):
                self._close(connection)

    def _wake(self) -> None:
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self._wake_out, b"x")

    def _shut(self) -> None:
        for fd in self._sockets:
            self._epoll.unregister(fd)
        end = time.monotonic() + 5.0
        while time.monotonic() < end and any(c.busy or c.outgoing for c in self._connections.values()):
            for fd, event in self._epoll.poll(0.1):
                connection = self._connections.get(fd)
                if connection is not None:
                    self._uncommon(connection, event)
                elif fd == self._wake_in:
                    self._finish_answers()
        for connection in list(self._connections.values()):
            self._close(connection)
        for _ in range(self._threads):
            self._work.put(None)
        self._epoll.close()
        os.close(self._wake_in)
        os.close(self._wake_out)
