"""Asking the application for a page, in a request that the edge has made itself."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final
from wsgiref.types import WSGIApplication, WSGIEnvironment

from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.page_key import PageKey

CAPABILITY: Final = 'bulaq="ESI/1.0"'


@dataclass(slots=True)
class Fetched:
    """A response of the application. ``rest`` holds what follows ``body`` when it was too long to be held."""

    status: str
    headers: Headers
    body: bytes
    rest: Iterator[bytes] | None = field(default=None, repr=False)

    @property
    def code(self) -> int:
        """The status as a number."""
        return int(self.status[:3])


def canonical_environ(key: PageKey, scheme: str, vary_headers: tuple[str, ...]) -> WSGIEnvironment:
    """The one request for this key: nothing in it comes from a reader but what the key holds."""
    name, _, port = key.host.rpartition(":") if key.host.rpartition(":")[2].isdigit() else (key.host, "", "")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_NAME": name or "localhost",
        "SERVER_PORT": port or ("443" if scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": "",
        "CONTENT_TYPE": "",
        "HTTP_HOST": key.host,
        "HTTP_SURROGATE_CAPABILITY": CAPABILITY,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for header, value in zip(vary_headers, key.varied, strict=False):
        if value:
            environ["HTTP_" + header.upper().replace("-", "_")] = value
    return environ


def fetch(application: WSGIApplication, environ: WSGIEnvironment, largest: int) -> Fetched:
    """The response to this request, read to its end or to ``largest`` bytes. Raises what the application raises."""
    status, headers = "", list[tuple[str, str]]()
    chunks: list[bytes] = []

    def start_response(
        given_status: str,
        given_headers: Headers,
        exc_info: tuple[type[BaseException], BaseException, TracebackType]
        | tuple[None, None, None]
        | None = None,
        /,
    ) -> Any:
        nonlocal status, headers
        if exc_info is not None and status and exc_info[1] is not None:
            raise exc_info[1]
        status, headers = given_status, list(given_headers)
        return chunks.append

    iterable: Iterable[bytes] = application(environ, start_response)
    iterator = iter(iterable)
    size = 0
    closing = True
    try:
        for chunk in iterator:
            chunks.append(chunk)
            size += len(chunk)
            if size > largest:
                closing = False
                return Fetched(status, headers, b"".join(chunks), _rest(iterator, iterable))
    finally:
        if closing:
            _close(iterable)
    if not status[:3].isdigit():
        raise ValueError(f"the application answered {environ['PATH_INFO']!r} without a status")
    return Fetched(status, headers, b"".join(chunks))


def _rest(iterator: Iterator[bytes], iterable: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from iterator
    finally:
        _close(iterable)


def _close(iterable: Iterable[bytes]) -> None:
    close = getattr(iterable, "close", None)
    if close is not None:
        close()
