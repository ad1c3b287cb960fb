"""The application behind a socket, as the WSGI application that the edge asks.

With it the edge lives in processes of its own: renderings do not hold up hits, and pages stay up while the application is
restarted or down.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from bulaq.delivery.tunnel import Upstream
from bulaq.delivery.unavailable import ApplicationAway

_CHUNK: Final = 65_536
# Bytes of a path that need no escape (RFC 3986 §3.3), beyond letters and digits.
_PLAIN_IN_PATHS: Final = "/!$&'()*+,;=:@-._~"


class _Connection(http.client.HTTPConnection):
    def __init__(self, upstream: Upstream, timeout: float) -> None:
        host, port = ("localhost", 80) if isinstance(upstream, str) else upstream
        super().__init__(host, port, timeout=timeout)
        self._upstream = upstream

    def connect(self) -> None:
        try:
            if isinstance(self._upstream, str):
                self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self.sock.settimeout(self.timeout)
                self.sock.connect(self._upstream)
            else:
                super().connect()
        except OSError as error:
            # Its socket is not there yet, or nobody listens at it.
            raise ApplicationAway(str(error)) from error


class UpstreamApplication:
    """GET requests of the edge, over kept connections (one for each thread). Raises `ApplicationAway` when nobody takes
    them, another OSError when no answer comes."""

    def __init__(self, upstream: Upstream, timeout: float = 30.0) -> None:
        self.upstream = upstream
        self.timeout = timeout
        self._local = threading.local()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """WSGI; of the request only method, path, query and header fields are passed on."""
        target = quote(environ["PATH_INFO"].encode("latin-1"), safe=_PLAIN_IN_PATHS)
        if environ.get("QUERY_STRING"):
            target += "?" + environ["QUERY_STRING"]
        headers = {
            name[5:].replace("_", "-").title(): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        if environ.get("wsgi.url_scheme") == "https":
            headers["X-Forwarded-Proto"] = "https"
        answer = self._ask(environ["REQUEST_METHOD"], target, headers)
        fields = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in ("connection", "keep-alive", "transfer-encoding")
        ]
        start_response(f"{answer.status} {answer.reason or 'Unnamed'}", fields)
        return _Body(answer, self._forget)

    def _ask(self, method: str, target: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection is not None and connection.sock is not None:
            try:
                connection.request(method, target, headers=headers)
                return connection.getresponse()
            except (OSError, http.client.HTTPException):
                # A kept connection may have been closed meanwhile; a GET may be sent again (RFC 9110 §9.2.2).
                connection.close()
        connection = self._local.connection = _Connection(self.upstream, self.timeout)
        try:
            connection.request(method, target, headers=headers)
            return connection.getresponse()
        except BaseException:
            connection.close()
            raise

    def _forget(self) -> None:
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()


class _Body(io.IOBase):
    """The body in pieces; closing it early gives the connection up, since what is left would be read by the next."""

    def __init__(self, answer: http.client.HTTPResponse, forget: object) -> None:
        self._answer = answer
        self._forget = forget

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self._answer.read(_CHUNK):
            yield chunk

    def close(self) -> None:
        if not self._answer.isclosed():
            self._answer.close()
            if callable(self._forget):
                self._forget()
        super().close()
