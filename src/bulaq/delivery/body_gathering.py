"""Bodies of requests on their way to the application server, which gets each when it is whole.

So a sender who drips holds up none of its threads.
"""

from __future__ import annotations

import logging
from typing import Final

from bulaq.delivery.connections import BODY_SECONDS, Connection, Connections
from bulaq.delivery.request_body import BodyTooLarge, MalformedBody, RequestBody
from bulaq.delivery.request_head import RequestHead
from bulaq.delivery.tunnel import Tunnels

_log = logging.getLogger(__name__)

_READ: Final = 65_536
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_TOO_LARGE: Final = "413 Content Too Large"


class BodyGathering:
    """Of the connections whose ``body`` is set; for the loop alone."""

    def __init__(self, connections: Connections, tunnels: Tunnels) -> None:
        self._connections = connections
        self._tunnels = tunnels

    def begin(self, connection: Connection, head: RequestHead, form: bytes) -> None:
        """``form``: the head in origin form, handed over before the body."""
        try:
            body = RequestBody(head.body_bytes)
        except BodyTooLarge:
            self._connections.refuse(connection, _TOO_LARGE)
            return
        connection.tunnel = True
        connection.body = (form, body)
        data, connection.buffer = connection.buffer, b""
        if head.expects and not data:
            self._connections.send(connection, _CONTINUE)
        self._take(connection, data)

    def receive(self, connection: Connection) -> None:
        """What has come of it since; who breaks off is let go."""
        try:
            data = connection.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(connection, data)
        else:
            self._connections.close(connection)

    def _take(self, connection: Connection, data: bytes) -> None:
        """What follows the body is not heard: the connection ends with the answer."""
        assert connection.body is not None
        form, body = connection.body
        refusal = _refusal(body, data)
        if refusal:
            connection.body = None
            self._connections.refuse(connection, refusal)
        elif body.complete:
            connection.body = None
            self._tunnels.begin(connection, form, body.content())
        else:
            connection.deadline = self._connections.now + BODY_SECONDS


def _refusal(body: RequestBody, data: bytes) -> str:
    """Adds the data to the body; the status of the refusal where that cannot be."""
    try:
        body.feed(data)
    except MalformedBody:
        return "400 Bad Request"
    except BodyTooLarge:
        return _TOO_LARGE
    except OSError as error:
        _log.error("no room for the body of a request: %s", error)
        return "503 Service Unavailable"
    return ""
