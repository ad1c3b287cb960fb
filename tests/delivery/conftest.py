"""The site of a few pages, and the same behind a listener."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from edge_site import Quiet, Site

from bulaq.delivery import policies
from bulaq.delivery.edge import Edge
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.upstream_application import UpstreamApplication


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def running(site: Site) -> Iterator[tuple[Site, int]]:
    """The site behind a real application server, the edge and its listener in front of it; gives the listener's port."""

    def upload(environ: dict[str, Any]) -> Any:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        return "200 OK", {"X-Seen": environ.get("HTTP_X_FORWARDED_FOR", "")}, b"%d bytes" % len(body)

    site.page("/", "<p>" + "الصفحة الأولى " * 200 + "</p>", **policies.FRONT.headers())
    site.page("/large", b"x" * 3_000_000, Cache_Control="max-age=60")
    site.pages["/desk/upload"] = upload
    site.pages["/form"] = upload
    server = make_server("127.0.0.1", 0, site.application, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    upstream = ("127.0.0.1", server.server_port)
    sock = listening_socket("127.0.0.1", 0)
    edge = Edge(UpstreamApplication(upstream), EdgeSettings(largest_body=1_000_000))
    endpoints = {
        "/_/echo": lambda request: ("200 OK", [("X-Peer", request.peer)], request.body[::-1]),
        "/_/broken": lambda request: ("200 OK", [("X-Two", "lines\r\nof it")], b""),
    }
    listener = Listener(edge, [sock], upstream, endpoints)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    yield site, sock.getsockname()[1]
    listener.stop()
    thread.join(60)
    assert not thread.is_alive()
    server.shutdown()
    server.server_close()
    sock.close()
