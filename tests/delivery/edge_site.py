"""An application of a few pages and a reader of it, for the tests of the edge."""

from __future__ import annotations

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import brotli
import zstandard

from bulaq.delivery.edge import Edge
from bulaq.delivery.settings import EdgeSettings


@dataclass
class Clock:
    now: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        coding = self.headers.get("Content-Encoding")
        if coding == "gzip":
            return gzip.decompress(self.body).decode()
        if coding == "zstd":
            return zstandard.ZstdDecompressor().decompress(self.body).decode()
        if coding == "br":
            return brotli.decompress(self.body).decode()
        return self.body.decode()


Handler = Callable[[dict[str, Any]], tuple[str, dict[str, str] | list[tuple[str, str]], bytes]]


@dataclass
class Site:
    """An application of a few pages that counts how often each is rendered, with an edge in front."""

    pages: dict[str, Handler] = field(default_factory=dict)
    rendered: Counter[str] = field(default_factory=Counter)
    seen: list[dict[str, Any]] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        with self.lock:
            self.rendered[path] += 1
            self.seen.append(environ)
        if path not in self.pages:
            start_response("404 Not Found", [("Content-Type", "text/html"), ("Cache-Control", "max-age=10")])
            return [b"no such page"]
        status, headers, body = self.pages[path](environ)
        start_response(status, list(headers.items()) if isinstance(headers, dict) else headers)
        return [body]

    def page(self, path: str, body: str | bytes, **headers: str) -> None:
        """A page whose body never changes; header names with underscores."""
        given = {"Content-Type": "text/html; charset=utf-8"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda environ: ("200 OK", given, data)

    def edge(self, **settings: Any) -> Browser:
        return Browser(Edge(self.application, EdgeSettings(clock=self.clock, **settings)))


@dataclass
class Browser:
    edge: Edge

    def get(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": headers.pop("remote", "192.0.2.1"),
            "HTTP_HOST": headers.pop("host", "localhost"),
            "wsgi.url_scheme": "http",
        }
        environ |= {"HTTP_" + name.upper(): value for name, value in headers.items()}
        started: list[Any] = []

        def start_response(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started[:] = [status, fields]

        result = self.edge(environ, start_response)
        try:
            body = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        status, fields = started
        assert len({name.lower() for name, _ in fields}) == len(fields), fields
        return Answer(status, dict(fields), body)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def exchange(port: int, *parts: bytes) -> bytes:
    """What comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", port), 60) as sock:
        for part in parts:
            sock.sendall(part)
        received = b""
        while data := sock.recv(65536):
            received += data
        return received
