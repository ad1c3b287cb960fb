"""Tunnels: what the edge does not answer goes to the application server and back, byte for byte.

A tunnel is a connection of its own to the application server, for one request; it never waits, so that an application that
hangs holds up nobody whose page is stored.
"""

from __future__ import annotations

import logging
import socket
from typing import Final

from bulaq.delivery import unavailable
from bulaq.delivery.connections import IN, Connection, Connections
from bulaq.delivery.request_head import tunnelled_head
from bulaq.delivery.unavailable import Outage

_log = logging.getLogger(__name__)

Upstream = str | tuple[str, int]
"""Where the application server listens: a Unix socket's path, or a host and port."""

TUNNEL_SECONDS: Final = 600.0
"""How long neither end of a tunnel may say anything: an upload's answer may take long."""

_READ: Final = 65_536
_BUFFER: Final = 256 * 1024
_BAD_GATEWAY: Final = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n"
)
_AWAY: Final = (
    f"HTTP/1.1 {unavailable.STATUS}\r\n"
    + "".join(f"{name}: {value}\r\n" for name, value in unavailable.HEADERS)
    + f"Content-Length: {len(unavailable.PAGE)}\r\nConnection: close\r\n\r\n"
).encode("ascii") + unavailable.PAGE


class Tunnels:
    """``upstream`` None: there is no application server, and readers are told 502. Where nobody takes the request they are
    told 503 and when to ask again; where it was taken and the connection ended without an answer, 502."""

    def __init__(
        self, connections: Connections, upstream: Upstream | None, outage: Outage | None = None
    ) -> None:
        self.connections = connections
        self.upstream = upstream
        self._outage = outage or Outage()

    def begin(self, connection: Connection, head: bytes, body: memoryview | None = None) -> None:
        """From here on what the application server says goes to the reader; the connection ends with its one answer.

        ``head``: the request's, without its empty line; ``body``: the whole of it, None for a request without one.
        """
        connection.buffer = b""
        sock = self._connect()
        if sock is None:
            self._refuse(connection, _BAD_GATEWAY if self.upstream is None else _AWAY)
            return
        deadline = self.connections.now + TUNNEL_SECONDS
        other = self.connections.add(Connection(sock, "", False, deadline))
        connection.tunnel = other.tunnel = other.upstream = True
        connection.other, other.other = other, connection
        connection.deadline = deadline
        # Before the connection stands nothing can be sent: it waits there like any answer that is not taken yet.
        self.connections.watch(connection, IN)
        self.connections.send(
            other, tunnelled_head(head, connection.peer, None if body is None else len(body))
        )
        if body is not None and self.connections.is_open(other):
            self.connections.send(other, body)

    def _connect(self) -> socket.socket | None:
        """Begins to connect; None when that is refused at once (nobody listens, or the queue is full)."""
        if self.upstream is None:
            return None
        family = socket.AF_UNIX if isinstance(self.upstream, str) else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setblocking(False)
        try:
            sock.connect(self.upstream)
        except BlockingIOError as error:
            if family == socket.AF_INET:
                return sock
            # A Unix socket has no connecting: its queue is full.
            _log.warning("the application server takes no more requests: %s", error)
        except OSError as error:
            self._outage.began(error)
        else:
            self._outage.ended()
            return sock
        sock.close()
        return None

    def carry(self, connection: Connection, gone: bool = False) -> None:
        """What the application server said, to the reader, who is closed when he has got everything; what a reader says
        after his request is not heard. ``gone``: the connection is over, and not only its sending half."""
        other = connection.other
        try:
            data = connection.sock.recv(_READ)
        except BlockingIOError:
            return
        except ConnectionRefusedError:
            data, connection.refused = b"", True
        except OSError:
            data, gone = b"", True
        if connection.lingering and data:
            return
        if other is None or not self.connections.is_open(other):
            self.connections.close(connection)
            return
        if not connection.upstream and not gone:
            if not data:
                # Who has said all he has to say may still be waiting for the answer.
                self.connections.watch(connection, connection.events & ~IN)
            return
        if not data or not connection.upstream:
            self.end(connection)
            return
        connection.deadline = other.deadline = self.connections.now + TUNNEL_SECONDS
        other.heard = True
        self.connections.send(other, data)
        if sum(map(len, other.outgoing)) > _BUFFER:
            self.connections.watch(connection, connection.events & ~IN)

    def end(self, connection: Connection) -> None:
        """One end is gone."""
        other, connection.other = connection.other, None
        self.connections.close(connection)
        if other is None:
            return
        other.other = None
        if not other.heard and connection.upstream:
            if connection.refused:
                self._outage.began(ConnectionRefusedError("connection refused"))
            self._refuse(other, _AWAY if connection.refused else _BAD_GATEWAY)
            return
        other.closing = True
        self.connections.settle(other)

    def _refuse(self, connection: Connection, answer: bytes = _BAD_GATEWAY) -> None:
        connection.closing = True
        self.connections.send(connection, answer)
