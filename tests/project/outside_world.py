"""The web that an import meets: a server on loopback with feeds and pictures.

Processes that a test starts may speak to it by the newsroom's own setting (`BULAQ_FETCH_NETWORKS`), and to no other
private address; a `sitecustomize` shortens their patience.
"""

from __future__ import annotations

import io
import os
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from PIL import Image
from tests.running_newsroom import ROOT

IMPATIENCE = """
from bulaq.intake.fetching import fetcher as fetching

fetching.Fetcher.__init__.__kwdefaults__["whole_timeout"] = 2.0
fetching.RETRY_PAUSE = 0.05
"""


def settings_to_reach_it(folder: Path) -> dict[str, str]:
    """Variables of processes that may fetch from 127.0.0.1 and wait two seconds for a picture; `folder` is for their
    `PYTHONPATH`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(IMPATIENCE, "utf-8")
    return {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "BULAQ_FETCH_NETWORKS": "127.0.0.1/32"}


def picture(colour: str, size: tuple[int, int] = (900, 600)) -> bytes:
    """A JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class OutsideWorld:
    """Answers on `http://127.0.0.1:<port>`; `asked` counts the paths. `pages`: path → (type, bytes)."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.pages: dict[str, tuple[str, bytes]] = {
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /secret/\n"),
            "/good.jpg": ("image/jpeg", picture("darkgreen")),
            "/other.jpg": ("image/jpeg", picture("darkred")),
            "/secret/a.jpg": ("image/jpeg", picture("black")),
            "/words.jpg": ("text/html", b"<html>no picture</html>"),
            "/lies.jpg": ("image/jpeg", b"<script>alert(1)</script>"),
        }
        self.moved = {"/moved.jpg": "/other.jpg"}
        self.etags: dict[str, str] = {}
        """Path → what its pages are known by; who names it again is answered 304."""
        self.failing: dict[str, tuple[int, str]] = {}
        """Path → (status, `Retry-After`)."""
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                world.asked[self.path] += 1
                if self.path in world.moved:
                    self.send_response(302)
                    self.send_header("Location", world.moved[self.path])
                    self.end_headers()
                elif self.path == "/huge.jpg":
                    self.send_response(200)
                    self.send_header("Content-Type", "image/jpeg")
                    self.send_header("Content-Length", str(10**9))
                    self.end_headers()
                elif self.path == "/slow.jpg":
                    self._drip()
                elif self.path in world.failing:
                    status, after = world.failing[self.path]
                    self.send_response(status)
                    self.send_header("Retry-After", after)
                    self.end_headers()
                elif self.headers["If-None-Match"] and self.headers["If-None-Match"] == world.etags.get(
                    self.path
                ):
                    self.send_response(304)
                    self.end_headers()
                elif self.path in world.pages:
                    kind, data = world.pages[self.path]
                    self.send_response(200)
                    self.send_header("Content-Type", kind)
                    if self.path in world.etags:
                        self.send_header("ETag", world.etags[self.path])
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                else:
                    self.send_error(404)

            def _drip(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "image/jpeg")
                self.end_headers()
                try:
                    for _ in range(100):
                        self.wfile.write(b"\xff\xd8\xff")
                        time.sleep(0.1)  # a server that is slow is what is tested
                except OSError:
                    pass  # they lost patience, as they should

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        self.inside: Counter[str] = Counter()
        self._inside = self._private_server()
        self.moved["/inside.jpg"] = f"http://127.0.0.2:{self._inside.server_port}/admin.jpg"
        for server in (self._server, self._inside):
            Thread(target=server.serve_forever, daemon=True).start()

    def _private_server(self) -> ThreadingHTTPServer:
        """Something inside the house, at another address of loopback, that nobody may be led to."""
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                world.inside[self.path] += 1
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        return ThreadingHTTPServer(("127.0.0.2", 0), Handler)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        """Ends both servers."""
        for server in (self._server, self._inside):
            server.shutdown()
            server.server_close()
