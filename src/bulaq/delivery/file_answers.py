"""What a file server that knows no names leaves unsaid: that the content of a hashed name never changes, and that a file is
of no other type than it says.

Granian sends static files with one time for all of them, and nothing else. Behind the edge's listener this says the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bulaq.delivery import policies

_HASHED = re.compile(r"\.[0-9a-f]{8,32}\.[a-z0-9]+$")
"""`naskh-400.e10af9c5be.woff2`, `reading.9ab957f358d7.js`."""


class FileAnswers:
    """A WSGI application with the headers of its files completed. `static`: below it a hash in a name is one of the content;
    `files`: the prefixes of all paths that are files."""

    def __init__(self, application: WSGIApplication, static: str, files: tuple[str, ...]) -> None:
        self._application = application
        self._static = static
        self._files = (static, *files)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(self._files):
            return self._application(environ, start_response)
        hashed = path.startswith(self._static) and _HASHED.search(path) is not None

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if hashed and status.startswith("200"):
                headers = [(name, value) for name, value in headers if name.lower() != "cache-control"]
                headers += policies.STATIC.headers().items()
            return start_response(status, [*headers, ("X-Content-Type-Options", "nosniff")], *error)

        return self._application(environ, start)
