"""Varnish in front, for real: it composes, it purges by key, and the edge steps aside."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from edge_site import Site

from bulaq.delivery import keys, policies
from bulaq.delivery.edge import Edge
from bulaq.delivery.front import FrontError, VarnishFront, _matches, varnish_configuration
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket
from bulaq.delivery.settings import EdgeSettings

pytestmark = pytest.mark.server


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def varnish(site: Site, tmp_path: Path) -> Iterator[tuple[Site, Edge, int]]:
    program = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
    if program is None:
        pytest.skip("varnishd is not installed (Debian: varnish)")
    site.page(
        "/",
        '<h1>الأولى</h1><esi:include src="/_/box/latest/"/><esi:include src="/_/box/broken/"/><footer></footer>',
        **policies.FRONT.headers(),
        Surrogate_Key="edition:1",
    )
    site.page(
        "/_/box/latest/", '<p data-turn="1"></p>', **policies.BOX.headers(), Surrogate_Key="box:latest:1"
    )
    site.pages["/_/box/broken/"] = lambda environ: ("500 No", {}, b"oops")
    edge = Edge(site.application, EdgeSettings(trusted_proxies=("127.0.0.1",)))
    sock = listening_socket("127.0.0.1", 0)
    listener = Listener(edge, [sock])
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    configuration = tmp_path / "bulaq.vcl"
    configuration.write_text(varnish_configuration("127.0.0.1", sock.getsockname()[1]), "utf-8")
    port = free_port()
    command = [
        program,
        "-F",
        "-f",
        str(configuration),
        "-a",
        f"127.0.0.1:{port}",
        "-n",
        str(tmp_path / "varnish"),
        "-s",
        "malloc,32m",
    ]
    jail = [] if Path("/proc/self").owner() != "root" else ["-j", "none"]
    process = subprocess.Popen([*command, *jail], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                process.poll()
        else:
            process.kill()
            raise AssertionError((process.communicate()[0] or b"").decode())
        yield site, edge, port
    finally:
        process.terminate()
        process.wait(10)
        listener.stop()
        thread.join(10)
        sock.close()


def get(port: int, path: str = "/") -> tuple[str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200
    return text, answer.headers


def test_varnish_composes_and_forgets_by_key(varnish: tuple[Site, Edge, int]) -> None:
    site, edge, port = varnish
    for _ in range(3):
        text, headers = get(port)
        assert text == '<h1>الأولى</h1><p data-turn="1"></p><footer></footer>'
    assert "Surrogate-Key" not in headers
    assert site.rendered["/"] == site.rendered["/_/box/latest/"] == 1
    asked = len(site.seen)
    site.page(
        "/_/box/latest/", '<p data-turn="2"></p>', **policies.BOX.headers(), Surrogate_Key="box:latest:1"
    )
    edge.purge([keys.box("latest", 1)])
    VarnishFront([("127.0.0.1", port)]).purge([keys.box("latest", 1), keys.article(9)])
    assert 'data-turn="2"' in get(port)[0]
    assert [
        environ["PATH_INFO"] for environ in site.seen[asked:] if "broken" not in environ["PATH_INFO"]
    ] == ["/_/box/latest/"]
    VarnishFront([("127.0.0.1", port)]).purge([keys.box("latest", 11)], hard=True)
    get(port)
    assert site.rendered["/_/box/latest/"] == 2


def test_a_front_that_does_not_answer_is_named() -> None:
    port = free_port()
    with pytest.raises(FrontError, match=str(port)):
        VarnishFront([("127.0.0.1", port)], timeout=0.5).purge(["article:1"])


def test_keys_become_expressions_that_match_no_other_key() -> None:
    assert list(_matches(["article:1", "box:most-read:1", "a.b"])) == [
        r"(^|\s)(article:1|box:most-read:1|a\.b)(\s|$)"
    ]
    many = list(_matches(f"article:{number}" for number in range(2000)))
    assert len(many) > 1
    assert max(map(len, many)) < 4100
