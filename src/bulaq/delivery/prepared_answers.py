"""Answers that lie ready as the bytes that go out, found by the bytes that came in.

A request is known by its bytes, or by what of its bytes matters (`request_head.recogniser`); both lead to a target, which holds
the whole answer for as long as the purge counter and the clock allow.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Final

from bulaq.delivery.cache_directives import Headers, parse_cache_control
from bulaq.delivery.edge import READY_SHARE, Edge
from bulaq.delivery.exchange import Request, Response
from bulaq.delivery.request_head import RequestHead, recogniser

# Requests known by their bytes, and what they ask for; begun anew when so many, or so many bytes of them, are held.
_MOST_KNOWN: Final = 20_000
_MOST_KNOWN_BYTES: Final = 16 * 1024 * 1024


class Target:
    """What a request asks for, and the bytes that answer it for now: while ``until`` has not come and the purge counter is
    at ``generation``."""

    __slots__ = ("generation", "head_only", "payload", "request", "until")

    def __init__(self, request: Request, head_only: bool) -> None:
        self.request = request
        self.head_only = head_only
        self.payload = b""
        self.until = 0.0
        self.generation = -1


class PreparedAnswers:
    """``known`` (by a request's bytes), ``meant`` and ``recognise`` (by what of them matters) are read by the loop itself."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.known: dict[bytes, Target] = {}
        self.meant: dict[bytes, Target] = {}
        self.recognise: Callable[[bytes], bytes | None] = recogniser(
            edge.settings.vary_headers, edge.addresses.parameters
        )
        self._targets: dict[tuple[object, ...], Target] = {}
        self._known_bytes = 0
        self._payload_bytes = 0
        self._most_payload_bytes = int(edge.settings.memory_bytes * READY_SHARE)
        self._date = ""
        self._date_second = 0

    def is_good(self, target: Target) -> bool:
        """Whether its bytes may be sent now."""
        return target.until > self.edge.settings.clock() and target.generation == self.edge.words[2]

    def remember(self, raw: bytes, target: Target) -> None:
        """So that the loop knows the request when it comes again, from anybody."""
        meaning = self.recognise(raw)
        if meaning is None:
            return
        self._make_room(len(raw) + len(meaning))
        self.known[raw] = self.meant[meaning] = target

    def target(self, head: RequestHead, path: str, trusted: bool) -> Target:
        """What the head asks for; ``trusted``: it comes from a proxy of ours."""
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
            trusted and "ESI/1.0" in capability,
        )
        identity = (head.method, request.key, request.accept_encoding, request.if_none_match, request.if_modified_since,
                    request.only_if_cached, request.raw)  # fmt: skip
        target = self._targets.get(identity)
        if target is None:
            # All of what is kept of it comes from the request line and these fields.
            self._make_room(len(head.target) + sum(map(len, fields.values())))
            target = self._targets[identity] = Target(request, head.method == b"HEAD")
        return target

    def _make_room(self, size: int) -> None:
        self._known_bytes += size
        most = max(len(self.known), len(self.meant), len(self._targets))
        if most >= _MOST_KNOWN or self._known_bytes > _MOST_KNOWN_BYTES:
            self._forget()
            self._known_bytes = size

    def _forget(self) -> None:
        """Begins anew: every one is a moment's work to make again. Called by the loop and, rarely, by a thread."""
        self.known.clear()
        self.meant.clear()
        self._targets.clear()
        self._known_bytes = self._payload_bytes = 0

    def keep(self, target: Target, response: Response) -> bytes:
        """The bytes of the response, which lie ready from now on if the edge says for how long."""
        body = b"" if target.head_only else b"".join(response.body)
        payload = self.as_bytes(response.status, response.headers, body)
        if response.ready_until:
            self._payload_bytes += len(payload) - len(target.payload)
            if self._payload_bytes > self._most_payload_bytes:
                self._forget()
                self._payload_bytes = len(payload)
            target.payload = payload
            target.generation = response.generation
            target.until = response.ready_until
        return payload

    def as_bytes(self, status: str, headers: Headers, body: bytes) -> bytes:
        """An answer of HTTP/1.1; raises ValueError for a header that holds a line break."""
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
