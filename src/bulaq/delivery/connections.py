"""The open connections of a listener: what is to be sent to whom, who has been silent too long, what the loop watches.

One thread, the loop's, touches all of it.
"""

from __future__ import annotations

import collections
import contextlib
import errno
import select
import socket
import time
from typing import Final

from bulaq.delivery.request_body import RequestBody

IN: Final = select.EPOLLIN if hasattr(select, "EPOLLIN") else 1
OUT: Final = select.EPOLLOUT if hasattr(select, "EPOLLOUT") else 4
GONE: Final = (select.EPOLLERR | select.EPOLLHUP) if hasattr(select, "EPOLLERR") else 24

HEAD_SECONDS: Final = 15.0
IDLE_SECONDS: Final = 75.0
BODY_SECONDS: Final = 60.0
STALLED_SECONDS: Final = 60.0
LINGERING_SECONDS: Final = 2.0
"""How long a head may take from its first byte, a connection may be idle, the sender of a body may say nothing, a reader may
take nothing of an answer, and who was refused may go on speaking."""

_MOST_CONNECTIONS: Final = 20_000
# Few, so that the other workers at the same socket get their share of a crowd that comes at once.
_ACCEPTED_AT_ONCE: Final = 4


class Connection:
    """A reader, or (``upstream``) the application server. ``other``: the far end of its tunnel."""

    __slots__ = (
        "body",
        "buffer",
        "busy",
        "closing",
        "deadline",
        "events",
        "fd",
        "heard",
        "lingering",
        "other",
        "outgoing",
        "peer",
        "refused",
        "sock",
        "trusted",
        "tunnel",
        "upstream",
    )

    def __init__(self, sock: socket.socket, peer: str, trusted: bool, deadline: float) -> None:
        self.sock = sock
        self.fd = sock.fileno()
        self.peer = peer
        self.trusted = trusted
        self.deadline = deadline
        self.buffer = b""
        self.outgoing: collections.deque[memoryview] = collections.deque()
        self.events = IN
        self.busy = False  # a thread is working on its answer
        self.closing = False  # to be closed when everything is sent
        self.lingering = False  # and what still comes then is thrown away, lest it take the answer with it
        self.tunnel = False  # what comes is no request: the body of one, or the far end of a tunnel
        self.upstream = False
        self.body: tuple[bytes, RequestBody] | None = None  # a head whose body is still coming
        self.heard = False  # something came out of its tunnel
        self.refused = False  # nobody listens at the far end (of a TCP port that is known after connecting)
        self.other: Connection | None = None


class Connections:
    """``open``: by file descriptor. ``now``: the monotonic clock, set by the loop once for each round."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.open: dict[int, Connection] = {}
        self.now = time.monotonic()

    def accept(self, listening: socket.socket) -> list[Connection]:
        """Everybody who waits at the socket, up to a bound; they are watched from here on."""
        accepted: list[Connection] = []
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                sock, address = listening.accept()
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE):
                    self.sweep(pressing=True)
                break
            if len(self.open) >= _MOST_CONNECTIONS:
                sock.close()
                break
            peer = ""
            if sock.family != socket.AF_UNIX:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                peer = address[0]
            sock.setblocking(False)
            accepted.append(self.add(Connection(sock, peer, False, self.now + HEAD_SECONDS)))
        return accepted

    def add(self, connection: Connection) -> Connection:
        """Watches it for what it sends."""
        self.open[connection.fd] = connection
        self.epoll.register(connection.fd, IN)
        return connection

    def is_open(self, connection: Connection) -> bool:
        """Its number may belong to another by now."""
        return self.open.get(connection.fd) is connection

    def send(self, connection: Connection, data: bytes | memoryview) -> None:
        """Sends now what the socket takes and the rest when it takes more; closes at the end if that is due."""
        rest = memoryview(data)
        if not connection.outgoing and len(rest):
            try:
                rest = rest[connection.sock.send(rest) :]
            except BlockingIOError:
                pass
            except OSError as error:
                self._lost(connection, error)
                return
        if len(rest):
            connection.outgoing.append(rest)
        self.settle(connection)

    def refuse(self, connection: Connection, status: str, more: str = "") -> None:
        """An answer without a body, with which the connection ends. ``more``: header lines, each with its line break."""
        connection.closing = connection.tunnel = connection.lingering = True
        connection.buffer = b""
        head = f"HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
        self.send(connection, head.encode("ascii"))

    def flush(self, connection: Connection) -> None:
        """Sends more of what waits."""
        try:
            while connection.outgoing:
                data = connection.outgoing[0]
                sent = connection.sock.send(data)
                if sent < len(data):
                    connection.outgoing[0] = data[sent:]
                    connection.deadline = self.now + STALLED_SECONDS
                    return
                connection.outgoing.popleft()
        except BlockingIOError:
            return
        except OSError as error:
            self._lost(connection, error)
            return
        if connection.other is not None:
            self.watch(connection.other, connection.other.events | IN)
        self.settle(connection)

    def _lost(self, connection: Connection, error: OSError) -> None:
        """It takes nothing more. In a tunnel the loop is told so as well, and ends it with an answer."""
        if connection.tunnel:
            connection.refused = isinstance(error, ConnectionRefusedError)
            connection.outgoing.clear()
            self.watch(connection, IN)
        else:
            self.close(connection)

    def settle(self, connection: Connection) -> None:
        """Watches for what is awaited of it now, or closes it when nothing is."""
        if connection.outgoing:
            connection.deadline = max(connection.deadline, self.now + STALLED_SECONDS)
            # Nobody may have answers piled up by sending requests and not reading.
            self.watch(connection, OUT | (IN if connection.tunnel else 0))
        elif connection.closing and connection.lingering:
            # RFC 9112 §9.6: closing with something unread resets the connection, and the answer may be lost on its way.
            connection.deadline = min(connection.deadline, self.now + LINGERING_SECONDS)
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_WR)
            self.watch(connection, IN)
        elif connection.closing:
            self.close(connection)
        elif not connection.busy:
            self.watch(connection, IN)

    def watch(self, connection: Connection, events: int) -> None:
        """Tells the kernel, if it does not know."""
        if connection.events != events:
            connection.events = events
            with contextlib.suppress(OSError):
                self.epoll.modify(connection.fd, events)

    def close(self, connection: Connection) -> None:
        """And the far end of its tunnel."""
        if not self.is_open(connection):
            return
        del self.open[connection.fd]
        with contextlib.suppress(OSError):
            self.epoll.unregister(connection.fd)
        other, connection.other = connection.other, None
        if connection.busy:
            # Its thread may be writing to it; closing now could give its number to another connection.
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
        else:
            connection.sock.close()
        if other is not None:
            other.other = None
            self.close(other)

    def sweep(self, pressing: bool = False) -> None:
        """Closes what has been silent too long; when sockets run out, whoever is idle."""
        for connection in list(self.open.values()):
            idle = not connection.busy and not connection.tunnel and not connection.outgoing
            if connection.deadline < self.now or (
                pressing and idle and connection.deadline < self.now + IDLE_SECONDS / 2
            ):
                self.close(connection)
