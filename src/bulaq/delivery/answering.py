"""What is done with a request that the loop does not know by heart: answered at once, put into a lane, or passed on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final

from bulaq.delivery.answer_lanes import AnswerLanes, Work
from bulaq.delivery.body_gathering import BodyGathering
from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.connections import HEAD_SECONDS, IDLE_SECONDS, Connection, Connections
from bulaq.delivery.edge import Edge
from bulaq.delivery.exchange import Response, close_body
from bulaq.delivery.prepared_answers import PreparedAnswers, Target
from bulaq.delivery.request_head import (
    LARGEST_HEAD,
    MalformedHead,
    RequestHead,
    SmallRequest,
    origin_form,
    read_head,
)
from bulaq.delivery.tunnel import TUNNEL_SECONDS, Tunnels

_log = logging.getLogger(__name__)

_LARGEST_SMALL_BODY: Final = 2048

# RFC 9110 §9.3.8: a trace would show the reader's cookies to whoever can make a browser send it.
_NEVER: Final = frozenset({b"TRACE", b"CONNECT"})
_ALLOWED: Final = "Allow: GET, HEAD, OPTIONS, POST\r\n"

Endpoint = Callable[[SmallRequest], tuple[str, Headers, bytes]]


class Answering:
    """``endpoints``: answered in the loop, so they must not wait for anything; by path. ``threads``: of each lane.

    ``served`` counts the pages that were answered at once. For the loop alone, but for `_payload`.
    """

    def __init__(
        self,
        edge: Edge,
        connections: Connections,
        tunnels: Tunnels,
        endpoints: Mapping[str, Endpoint],
        threads: int,
    ) -> None:
        self.served = 0
        self.answers = PreparedAnswers(edge)
        self.bodies = BodyGathering(connections, tunnels)
        self.lanes = AnswerLanes(edge, self._payload, threads)
        self._edge = edge
        self._connections = connections
        self._tunnels = tunnels
        self._endpoints = {path.encode("ascii"): endpoint for path, endpoint in endpoints.items()}

    def read_requests(self, connection: Connection) -> None:
        """Answers the requests in the buffer, one after another, until one must wait."""
        while connection.buffer and not connection.busy and not connection.closing and not connection.tunnel:
            # RFC 9112 §2.2: an empty line before a request comes from old programs after a body.
            if connection.buffer.startswith(b"\r\n"):
                connection.buffer = connection.buffer[2:]
                continue
            end = connection.buffer.find(b"\r\n\r\n", 0, LARGEST_HEAD + 4)
            if end < 0:
                if len(connection.buffer) > LARGEST_HEAD:
                    self._connections.refuse(connection, "431 Request Header Fields Too Large")
                else:
                    self._hurry(connection)
                return
            raw = connection.buffer[: end + 4]
            form = origin_form(raw[:end])
            try:
                head = read_head(form)
            except MalformedHead as error:
                self._connections.refuse(connection, error.status)
                return
            try:
                going = self._answer(connection, head, raw, form)
            except Exception:
                # One request that nobody foresaw must not take the others of this process with it.
                _log.exception("no answer for %r", form.partition(b"\r\n")[0])
                self._connections.refuse(connection, "500 Internal Server Error")
                return
            if not going:
                return

    def send_finished(self) -> None:
        """Sends what the lanes have done, and goes on with what those readers asked next."""
        for work in self.lanes.finished():
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
                self.read_requests(connection)

    def _hurry(self, connection: Connection) -> None:
        """The clock of a slow head runs from its first byte, however often it drips."""
        connection.deadline = min(connection.deadline, self._connections.now + HEAD_SECONDS)

    def _answer(self, connection: Connection, head: RequestHead, raw: bytes, form: bytes) -> bool:
        """False when the rest of its body must arrive first. ``form``: the head in origin form."""
        endpoint = self._endpoints.get(head.target.partition(b"?")[0])
        if endpoint is not None and head.plain and (head.body_bytes or 0) <= _LARGEST_SMALL_BODY:
            return self._ask_endpoint(connection, endpoint, head, raw)
        connection.buffer = connection.buffer[len(raw) :]
        if head.method in _NEVER or head.target == b"*":
            status = "200 OK" if head.target == b"*" else "405 Method Not Allowed"
            self._connections.refuse(connection, status, _ALLOWED)
        elif self._is_for_a_page(head, path := head.path()):
            target = self.answers.target(head, path, connection.trusted)
            if not head.persistence and b"surrogate-capability" not in head.fields:
                self.answers.remember(raw, target)
            self._show(connection, target, head, form)
        elif head.body_bytes == 0:
            self._tunnels.begin(connection, form)
        else:
            self.bodies.begin(connection, head, form)
        return True

    def _is_for_a_page(self, head: RequestHead, path: str) -> bool:
        """Whether it asks for something that may be stored."""
        return (
            head.plain
            and not head.body_bytes
            and head.method in (b"GET", b"HEAD")
            and not self._edge.addresses.bypasses(path)
        )

    def _show(self, connection: Connection, target: Target, head: RequestHead, form: bytes) -> None:
        """The page at once where it lies ready or can be made of what is stored; else in a lane."""
        connection.closing = head.closing
        connection.deadline = self._connections.now + IDLE_SECONDS
        payload: bytes | None = None
        if self.answers.is_good(target):
            payload = target.payload
        elif (response := self._edge.ready(target.request)) is not None:
            payload = self.answers.keep(target, response)
        if payload is not None:
            self.served += 1
            self._connections.send(connection, _persisting(payload, head))
            return
        connection.busy = True
        connection.deadline = self._connections.now + TUNNEL_SECONDS
        self._connections.watch(connection, 0)
        self.lanes.put(Work(connection, target, head, form))

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
        self._connections.send(connection, _persisting(self.answers.as_bytes(status, headers, sent), head))
        return True

    def _payload(self, work: Work, response: Response) -> bytes | None:
        """The bytes to send, made in a thread of a lane; None for what is too long to be held, which would keep the
        thread as long as its reader likes."""
        if not isinstance(response.body, list):
            if self._tunnels.upstream is not None:
                close_body(response.body)
                return None
            response.body = [b"".join(response.body)]
        named = {name.lower() for name, _ in response.headers}
        if "content-length" not in named and response.status[:3] not in ("304", "204"):
            response.headers.append(("Content-Length", str(sum(map(len, response.body)))))
        return _persisting(self.answers.keep(work.target, response), work.head)


def _persisting(payload: bytes, head: RequestHead) -> bytes:
    """The answer with the field that says what becomes of the connection, where that is not what HTTP/1.1 expects."""
    if not head.persistence:
        return payload
    return payload.replace(b"\r\n", b"\r\nConnection: " + head.persistence + b"\r\n", 1)
