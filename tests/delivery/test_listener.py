"""The listener over real sockets: what it answers itself, what it passes on, and what it refuses."""

from __future__ import annotations

import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from edge_site import Browser, Quiet, Site, exchange
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.running_newsroom import wait_for

from bulaq.delivery import policies
from bulaq.delivery.answer_lanes import AnswerLanes
from bulaq.delivery.edge import Edge
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket
from bulaq.delivery.request_head import MalformedHead, read_head, recogniser, tunnelled_head
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.upstream_application import UpstreamApplication

pytestmark = pytest.mark.server
FRONT = {**policies.FRONT.headers(), "Content-Type": "text/html"}


def test_pages_are_answered_on_one_connection(running: tuple[Site, int]) -> None:
    site, port = running
    connection = http.client.HTTPConnection("127.0.0.1", port)
    tags = set()
    for _ in range(5):
        connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert "الصفحة الأولى" in gzip.decompress(answer.read()).decode()
        tags.add(answer.headers["ETag"])
        assert answer.headers["Date"]
    connection.request("HEAD", "/", headers={"Accept-Encoding": "gzip"})
    head = connection.getresponse()
    assert (head.status, head.read()) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    connection.request("GET", "/", headers={"Accept-Encoding": "gzip", "If-None-Match": tags.pop()})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (304, b"")
    assert not tags
    assert site.rendered["/"] == 1


def test_a_clock_that_goes_back_keeps_no_page_beyond_its_time(site: Site) -> None:
    site.page("/", "<p>واحد</p>", **policies.FRONT.headers())
    edge = Edge(site.application, EdgeSettings(clock=site.clock))
    sock = listening_socket("127.0.0.1", 0)
    listener = Listener(edge, [sock])
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", sock.getsockname()[1], timeout=30)

        def page() -> str:
            connection.request("GET", "/")
            return connection.getresponse().read().decode()

        assert page() == "<p>واحد</p>"
        site.page("/", "<p>اثنان</p>", **policies.FRONT.headers())
        site.clock.now += 1
        assert page() == "<p>واحد</p>"
        site.clock.now -= 3 * 3600
        wait_for(lambda: page() == "<p>اثنان</p>", 30)
    finally:
        listener.stop()
        thread.join(30)
        sock.close()


GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def test_requests_may_come_together_or_drop_by_drop(running: tuple[Site, int]) -> None:
    site, port = running
    assert exchange(port, GET * 3 + LAST).count(b"HTTP/1.1 200 OK") == 4
    assert (
        exchange(port, *(LAST[place : place + 1] for place in range(len(LAST)))).count(b"HTTP/1.1 200 OK")
        == 1
    )
    assert site.rendered["/"] == 1


def test_what_is_not_ours_goes_to_the_application_as_it_came(running: tuple[Site, int]) -> None:
    site, port = running
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = b"u" * 1_500_000
    connection.request(
        "POST", "/desk/upload", body, {"X-Forwarded-For": "203.0.113.5", "Cookie": "sessionid=1"}
    )
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"1500000 bytes")
    assert answer.headers["X-Seen"] == "203.0.113.5, 127.0.0.1"
    assert site.seen[-1]["HTTP_COOKIE"] == "sessionid=1"
    connection.request("GET", "/desk/none")
    assert connection.getresponse().status == 404


@pytest.mark.parametrize("kind", ["refuses", "hangs"])
def test_an_application_that_is_gone_or_hangs_holds_up_no_stored_page(
    site: Site, tmp_path: Path, kind: str
) -> None:
    site.page("/", "<p>الصفحة الأولى</p>", **policies.FRONT.headers())
    upstream: Any = tmp_path / "application.sock"
    full = socket.socket(socket.AF_UNIX)
    full.bind(str(upstream))
    full.listen(1)  # two wait in its queue, nobody takes them out
    if kind == "refuses":
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            upstream = nobody.getsockname()
    sock = listening_socket("127.0.0.1", 0)
    listener = Listener(Edge(site.application), [sock], str(upstream) if kind == "hangs" else upstream)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    port = sock.getsockname()[1]
    desk = b"GET /desk/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    waiting = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(4)]
    try:
        for each in waiting:
            each.sendall(desk)
        # Readers are answered while those wait, and who finds no room is told so at once.
        assert exchange(port, LAST).startswith(b"HTTP/1.1 200")
        refused = waiting[-1].recv(4000)
        assert refused.startswith(b"HTTP/1.1 503")
        assert b"\r\nRetry-After: 5\r\n" in refused
    finally:
        for each in waiting:
            each.close()
        listener.stop()
        thread.join(60)
        full.close()
        sock.close()


def test_an_answer_after_the_end_writes_into_nobodys_file(site: Site) -> None:
    lanes = AnswerLanes(Edge(site.application), lambda work, response: b"", threads=1)
    lanes.close()
    # The system gives the lowest free numbers: those of the pipe that was closed.
    somebodys, writes = os.pipe()
    os.set_blocking(somebodys, False)
    try:
        lanes.wake()
        with pytest.raises(BlockingIOError):
            os.read(somebodys, 1)
    finally:
        os.close(somebodys)
        os.close(writes)


def test_readers_of_stored_pages_do_not_queue_behind_an_application_that_hangs(site: Site) -> None:
    waiting = threading.Event()

    def hang(environ: dict[str, Any]) -> Any:
        waiting.wait(30)
        return "200 OK", {}, b"late"

    mark = '<esi:include src="/_/box/latest/"/>'
    for number in range(30):
        site.page(f"/{number}", f"<p>{number}</p>{mark}", **policies.ARTICLE.headers())
    site.page("/_/box/latest/", "<i>old</i>", **policies.BOX.headers(), Surrogate_Key="box:latest:1")
    for number in range(20):
        site.pages[f"/tail/{number}"] = hang
    sock = listening_socket("127.0.0.1", 0)
    edge = Edge(site.application, EdgeSettings(purged_wait=1.0))
    listener = Listener(edge, [sock])
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    port = sock.getsockname()[1]
    opened = []
    try:
        for number in range(30):
            assert b"old" in exchange(port, LAST.replace(b"GET / ", b"GET /%d " % number))
        site.pages["/_/box/latest/"] = hang
        edge.purge(["box:latest:1"])
        # More readers of the far end of the archive than there are threads.
        for number in range(20):
            opened.append(socket.create_connection(("127.0.0.1", port), 60))
            opened[-1].sendall(b"GET /tail/%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % number)
        began = time.monotonic()
        for number in range(30):
            assert b"old" in exchange(port, LAST.replace(b"GET / ", b"GET /%d " % number))
        # The box on all of them was waited for once, and not by each of the thirty in turn.
        assert time.monotonic() - began < 20.0
    finally:
        waiting.set()
        for each in opened:
            each.close()
        listener.stop()
        thread.join(60)
        sock.close()


def test_a_request_hidden_behind_another_is_never_read(running: tuple[Site, int]) -> None:
    site, port = running
    hidden = b"GET /desk/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
    post = b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nabcd"
    assert exchange(port, post + hidden).count(b"HTTP/1.") == 1
    for ambiguous in (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Content-Length: 4\r\nContent-Length: 5",
        b"Content-Length: +4",
        b"Content-Length : 4",
        b" folded: 1",
        b"X: a\nContent-Length: 9",
        b"Host: other.example",
        b"X: \x00",
    ):
        answer = exchange(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + ambiguous + b"\r\n\r\n" + hidden)
        assert answer.startswith(b"HTTP/1.1 400"), ambiguous
        assert answer.count(b"HTTP/1.1") == 1
    assert "/desk/hidden" not in site.rendered


def test_a_long_answer_flows_through(running: tuple[Site, int]) -> None:
    _, port = running
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/large")
    assert len(connection.getresponse().read()) == 3_000_000


def test_endpoints_are_answered_by_the_listener(running: tuple[Site, int]) -> None:
    _, port = running
    head = b"POST /_/echo?x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n"
    answer = exchange(port, head, b"ab", b"c" + LAST)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"X-Peer: 127.0.0.1\r\n" in answer
    assert b"\r\n\r\ncbaHTTP/1.1 200 OK" in answer


def test_pages_stay_up_when_the_application_is_gone(site: Site) -> None:
    site.page("/", "front", **policies.FRONT.headers())
    server = make_server("127.0.0.1", 0, site.application, handler_class=Quiet)
    upstream = UpstreamApplication(("127.0.0.1", server.server_port))
    edge = Edge(upstream, EdgeSettings(clock=site.clock))
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    browser = Browser(edge)
    assert browser.get("/").text == "front"
    thread.join(60)
    server.server_close()
    site.clock.now += 3600
    assert browser.get("/").text == "front"
    assert browser.get("/other").status.startswith("503")


def test_a_start_without_the_application_is_one_line_and_a_503_or_the_stored_page(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folders = {"disk_folder": tmp_path / "pages", "purge_folder": tmp_path / "purges"}
    site.page("/", "front", **policies.FRONT.headers())
    site.edge(**folders).get("/")
    site.clock.now += 3600
    upstream = str(tmp_path / "application.sock")
    edge = Edge(UpstreamApplication(upstream), EdgeSettings(clock=site.clock, error_seconds=0.0, **folders))
    sock = listening_socket("127.0.0.1", 0)
    listener = Listener(edge, [sock], upstream)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    port = sock.getsockname()[1]

    def ask(path: str) -> bytes:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return exchange(port, request.encode())

    try:
        # Before its socket is there: everybody is answered, and the log has one line without a traceback.
        for path in ("/other/", "/another/", "/desk/", "/_/health/live"):
            answer = ask(path)
            assert answer.startswith(b"HTTP/1.1 503")
            assert b"\r\nRetry-After: 5\r\n" in answer
            assert "الصفحة غير متاحة الآن".encode() in answer
        stored = ask("/")
        assert stored.startswith(b"HTTP/1.1 200")
        assert stored.endswith(b"front")
        (line,) = caplog.records
        assert "the application does not answer" in line.getMessage()
        assert line.exc_info is None
        # And one more when it is there.
        edge.renewal.application = edge.application = site.application
        assert ask("/found/").startswith(b"HTTP/1.1 404")
        assert [record.getMessage()[:29] for record in caplog.records[1:]] == [
            "the application answers again"
        ]
    finally:
        listener.stop()
        thread.join(60)
        sock.close()


HEADS = st.lists(st.sampled_from([b"GET", b"POST", b" ", b"/", b"/a%20b?q", b"HTTP/1.1", b"HTTP/1.0", b"\r\n", b"\n", b"\r", b"Host: x",
                                  b"Host", b":", b"a: b", b"Content-Length: 1", b"Transfer-Encoding: chunked", b"\x00", b"\xff",
                                  b"\t"]), max_size=14).map(b"".join)  # fmt: skip


@settings(max_examples=300)
@given(HEADS)
def test_a_head_is_read_or_refused(head: bytes) -> None:
    try:
        read = read_head(head)
    except MalformedHead:
        return
    assert b"host" in read.fields
    assert head.count(b"\n") == head.count(b"\r\n") == len(head.split(b"\r\n")) - 1


def test_requests_that_mean_the_same_are_known_as_the_same() -> None:
    recognise = recogniser(("X-Kind",), lambda path: ("q", "before") if path == "/search/" else ())

    def meaning(target: str, *fields: str) -> bytes | None:
        return recognise(
            "\r\n".join([f"GET {target} HTTP/1.1", "Host: a", *fields, "", ""]).encode("latin-1")
        )

    plain = meaning("/")
    assert plain is not None
    assert meaning("/?fbclid=abc", "Cookie: a=1", "User-Agent: x", "Upgrade-Insecure-Requests: 1") == plain
    assert meaning("/search/?utm=1") == meaning("/search/")
    different = [
        meaning("/a"), meaning("/?%61=1"), meaning("/search/"), meaning("/search/?q=1"), meaning("/search/?x=1&before=2"),
        meaning("/search/?%71=1"), meaning("/", "Accept-Encoding: gzip"), meaning("/", "IF-NONE-MATCH: \"x\""),
        meaning("/", "X-Kind: 1"), meaning("/", "Connection: close"), meaning("/", "Content-Length: 1"),
        meaning("/", "Authorization: Basic x"), meaning("/", "Transfer-Encoding: chunked"), meaning("/", "Host: b"),
    ]  # fmt: skip
    assert None not in different
    assert len({*different, plain}) == len(different) + 1
    for malformed in (
        "X : 1",
        "X",
        " folded",
        "X: \x00",
        "X: a\nContent-Length: 5",
        "X: a\r\n\r\nGET / HTTP/1.1",
    ):
        assert meaning("/", malformed) is None


@settings(max_examples=300)
@given(HEADS)
def test_what_is_recognised_would_also_be_read(head: bytes) -> None:
    if recogniser()(head + b"\r\n\r\n") is not None:
        read_head(head)


def test_a_tunnelled_request_is_the_last_of_its_connection() -> None:
    head = b"GET /desk/ HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nx-forwarded-for: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8"
    assert tunnelled_head(head, "192.0.2.1") == (
        b"GET /desk/ HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8, 192.0.2.1\r\nConnection: close\r\n\r\n"
    )


_WORKERS = """
import os, sys
from bulaq.delivery.edge import Edge
from bulaq.delivery.listener import Listener
from bulaq.delivery.listener_workers import listening_socket, run_workers

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % os.getpid()]

sock = listening_socket("127.0.0.1", 0)
print(sock.getsockname()[1], flush=True)
sys.exit(run_workers(lambda: Listener(Edge(application), [sock]), 2))
"""


def test_a_worker_that_dies_is_replaced_and_all_end_together() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _WORKERS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    port = int(parent.stdout.readline())
    answer = exchange(port, LAST)
    first = int(answer.rpartition(b"\r\n\r\n")[2])
    assert first != parent.pid
    os.kill(first, signal.SIGKILL)
    seen = {int(exchange(port, LAST).rpartition(b"\r\n\r\n")[2]) for _ in range(20)}
    assert first not in seen
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(60) == 0
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), 2)
    for worker in seen:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_readers_who_do_not_read_and_heads_that_never_end_hold_up_nobody(running: tuple[Site, int]) -> None:
    _, port = running
    idle = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(100)]
    for number, sock in enumerate(idle):
        sock.sendall(GET * 50 if number % 2 else b"GET / HT")
    assert exchange(port, LAST).startswith(b"HTTP/1.1 200 OK")
    for sock in idle:
        sock.close()
    assert exchange(port, LAST).startswith(b"HTTP/1.1 200 OK")
