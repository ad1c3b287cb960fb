"""Requests as programs really send them, and as attackers do, over a real socket (RFC 9110, 9111, 9112)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

import pytest
from edge_site import Site, exchange
from hypothesis import given
from hypothesis import strategies as st

from bulaq.delivery.edge import Edge
from bulaq.delivery.prepared_answers import PreparedAnswers
from bulaq.delivery.request_body import MalformedBody, RequestBody
from bulaq.delivery.request_head import read_head

pytestmark = pytest.mark.server

Running = tuple[Site, int]


def ask(port: int, line: str, *fields: str, host: str = "Host: localhost", body: bytes = b"") -> bytes:
    head = "\r\n".join([line, *([host] if host else []), *fields, "", ""])
    return exchange(port, head.encode("latin-1") + body)


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer[:60]
    return int(answer[9:12])


def field(answer: bytes, name: str) -> str | None:
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    values = [line.partition(":")[2].strip() for line in lines if line.lower().startswith(name.lower() + ":")]
    assert len(values) < 2
    return values[0] if values else None


def body(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def test_a_proxy_that_speaks_http_1_0_is_served_from_the_store(running: Running) -> None:
    site, port = running
    for fields, host in (([], "Host: localhost"), (["Connection: close"], "Host: localhost"), ([], "")):
        answer = ask(port, "GET / HTTP/1.0", *fields, host=host)
        assert (status(answer), field(answer, "Connection")) == (200, "close")
    with socket.create_connection(("127.0.0.1", port), 60) as sock:
        for _ in range(2):
            sock.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\nConnection: Keep-Alive\r\n\r\n")
            received = b""
            while not received.endswith(b"</p>"):
                received += sock.recv(65536)
            assert field(received, "Connection") == "keep-alive"
    assert site.rendered["/"] == 1


def test_the_host_of_an_absolute_target_counts_and_not_the_field(running: Running) -> None:
    site, port = running
    assert status(ask(port, "GET http://localhost/ HTTP/1.1", "Connection: close")) == 200
    assert status(ask(port, "GET http://localhost HTTP/1.1", "Connection: close")) == 200
    ask(port, "GET http://real.example/desk/x HTTP/1.1", "Connection: close", host="Host: forged.example")
    assert site.seen[-1]["HTTP_HOST"] == "real.example"
    assert status(ask(port, "GET http://user@real.example/ HTTP/1.1")) == 400


def test_letters_that_were_sent_unencoded_are_read_as_if_they_were(running: Running) -> None:
    site, port = running
    for target in ("/خبر/?q=خبر", "/desk/خبر?q=خبر"):
        line = f"GET {target} HTTP/1.1".encode().decode("latin-1")
        assert b" 404 " in ask(port, line, "Connection: close").partition(b"\r\n")[0]
        seen = site.seen[-1]
        assert unquote(seen["PATH_INFO"], "latin-1").encode("latin-1").decode().rstrip("/").endswith("/خبر")
    assert seen["QUERY_STRING"] == "q=%D8%AE%D8%A8%D8%B1"


def test_methods_that_are_no_business_of_an_application(running: Running) -> None:
    site, port = running
    assert field(ask(port, "OPTIONS * HTTP/1.1"), "Allow") is not None
    traced = ask(port, "TRACE / HTTP/1.1", "Cookie: secret=1")
    assert status(traced) == 405
    assert b"secret" not in traced
    assert status(ask(port, "CONNECT elsewhere.example:443 HTTP/1.1")) == 400
    assert not site.rendered


def test_what_a_browser_or_library_adds_keeps_nobody_from_the_stored_page(running: Running) -> None:
    site, port = running
    ask(port, "GET / HTTP/1.1", "Connection: close")
    for fields in (
        ["Connection: TE, close", "TE: trailers"],
        ["Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"],
        ["Connection: close", "Cookie: a=1", "Cookie: b=2", "Accept: text/html", "Accept: */*"],
        ["Connection: close", "Expect: 100-continue"],
        ["Connection: close", "Content-Length: 0"],
    ):
        answer = ask(port, "GET / HTTP/1.1", *fields)
        assert (status(answer), field(answer, "Cache-Status")[:10]) == (200, "Bulaq; hit")
        assert field(answer, "Connection") == "close"
        assert "Cookie" not in (field(answer, "Vary") or "")
    assert status(exchange(port, b"\r\n\r\nGET / HTTP/1.0\r\n\r\n")) == 200
    assert site.rendered["/"] == 1


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("GET / HTTP/2.0\r\nHost: a", 505),
        ("PRI * HTTP/2.0", 505),
        ("GET /\r\nHost: a", 400),
        ("GET / HTTP/1.1", 400),
        ("GET / HTTP/1.1\r\nHost: a b", 400),
        ("GET / HTTP/1.1\r\nHost: a/b", 400),
        ("GET / HTTP/1.1\r\nHost: user@a", 400),
        ("GET  / HTTP/1.1\r\nHost: a", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a", 400),
        ("GET x HTTP/1.1\r\nHost: a", 400),
        (f"GET /{'a' * 9000} HTTP/1.1\r\nHost: a", 414),
        ("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n" * 200, 431),
        (f"GET / HTTP/1.1\r\nHost: a\r\nX: {'x' * 40_000}", 431),
        ("POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked", 501),
        ("POST /form HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked", 400),
        ("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5", 400),
        ("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: a miracle", 417),
        ("POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999", 413),
    ],
)  # fmt: skip
def test_what_cannot_be_served_is_refused_in_its_own_words(
    running: Running, head: str, expected: int
) -> None:
    site, port = running
    answer = exchange(port, head.rstrip("\r\n").encode() + b"\r\n\r\n")
    assert (status(answer), field(answer, "Connection")) == (expected, "close")
    assert not site.rendered


def test_every_coding_holds_the_same_page_and_q_0_means_never(running: Running) -> None:
    _, port = running
    codings = {
        "": None, "gzip": "gzip", "x-gzip": "gzip", "GZIP;Q=1": "gzip", "zstd": "zstd", "gzip;q=0": None, "*;q=0": None,
        "gzip;q=0, *": "zstd", "gzip;q=0.5, zstd;q=0.4": "gzip", "gzip;q=0.1, identity": None, "deflate, compress": None,
        "identity;q=0, gzip": "gzip", ";;,q=": None,
    }  # fmt: skip
    tags = set()
    for accepted, coding in codings.items():
        answer = ask(port, "GET / HTTP/1.1", "Connection: close", f"Accept-Encoding: {accepted}")
        assert field(answer, "Content-Encoding") == coding, accepted
        assert field(answer, "Vary") == "Accept-Encoding"
        tags.add((coding, field(answer, "ETag")))
    assert len(tags) == len({coding for coding, _ in tags}) == len({tag for _, tag in tags})


def test_a_copy_is_known_by_any_of_its_tags(running: Running) -> None:
    _, port = running
    tag = field(ask(port, "GET / HTTP/1.1", "Connection: close"), "ETag")
    for held in (tag, f"W/{tag}", f'"other", W/"a,b", {tag}', "*"):
        answer = ask(port, "GET / HTTP/1.1", "Connection: close", f"If-None-Match: {held}")
        assert (status(answer), body(answer), field(answer, "ETag")) == (304, b"", tag)
    answer = ask(port, "GET / HTTP/1.1", "Connection: close", 'If-None-Match: "a"', f"If-None-Match: {tag}")
    assert status(answer) == 304
    late = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"
    assert status(ask(port, "GET / HTTP/1.1", "Connection: close", 'If-None-Match: "a"', late)) == 200
    # A part is not promised, so the whole is sent (RFC 9110 §14.2).
    assert status(ask(port, "GET / HTTP/1.1", "Connection: close", "Range: bytes=0-9")) == 200


def test_who_has_said_all_he_has_to_say_still_gets_his_answer(running: Running) -> None:
    _, port = running
    for request in (
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /desk/none HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab",
    ):
        with socket.create_connection(("127.0.0.1", port), 60) as sock:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            received = b""
            while data := sock.recv(65536):
                received += data
        assert received.startswith(b"HTTP/1."), request


@contextmanager
def slow_senders(port: int, count: int) -> Iterator[list[socket.socket]]:
    head = b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc"
    opened = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(count)]
    try:
        for sock in opened:
            sock.sendall(head)
        yield opened
    finally:
        for sock in opened:
            sock.close()


def test_senders_who_take_their_time_hold_up_nobody(running: Running) -> None:
    # The application behind takes one request after another: any of these, if it heard of one, would stop it.
    _, port = running
    with slow_senders(port, 30) as opened:
        assert status(ask(port, "GET /fresh/ HTTP/1.1", "Connection: close")) == 404
        assert ask(port, "POST /form HTTP/1.1", "Content-Length: 1", body=b"x").endswith(b"1 bytes")
        opened[0].sendall(b"defghi")
        received = b""
        while data := opened[0].recv(65536):
            received += data
        assert received.endswith(b"9 bytes")


def test_a_body_may_come_in_chunks_and_asks_leave_first(running: Running) -> None:
    site, port = running
    chunks = b"3\r\nabc\r\n1000;ext=1\r\n" + b"x" * 4096 + b"\r\n0\r\nTrailer: 1\r\n\r\n"
    answer = ask(
        port,
        "POST /form HTTP/1.1",
        "Transfer-Encoding: chunked",
        body=chunks + b"GET /hidden HTTP/1.1\r\n\r\n",
    )
    assert body(answer) == b"4099 bytes"
    assert "HTTP_TRANSFER_ENCODING" not in site.seen[-1]
    assert "/hidden" not in site.rendered
    with socket.create_connection(("127.0.0.1", port), 60) as sock:
        sock.sendall(
            b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n"
        )
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"x" * 200_000)  # larger than what is held in memory
        received = b""
        while data := sock.recv(65536):
            received += data
        assert received.endswith(b"200000 bytes")


def test_many_silent_connections_cost_the_readers_nothing(running: Running) -> None:
    _, port = running
    opened = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(400)]
    try:
        for sock in opened[:200]:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: ")
        began = time.thread_time()
        assert status(ask(port, "GET / HTTP/1.1", "Connection: close")) == 200
        assert time.thread_time() - began < 1.0
    finally:
        for sock in opened:
            sock.close()


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6), st.integers(1, 9), st.binary(max_size=20))
def test_chunks_are_put_together_however_they_arrive(parts: list[bytes], step: int, after: bytes) -> None:
    wire = b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    received = RequestBody(None)
    rest = b""
    for at in range(0, len(wire + after), step):
        piece = (wire + after)[at : at + step]
        rest += piece if received.complete else received.feed(piece)
    assert (received.content().tobytes(), rest, received.complete) == (b"".join(parts), after, True)


@given(
    st.lists(
        st.sampled_from([b"0", b"3", b"ffffffff", b"-1", b"\r\n", b"\n", b"abc", b";", b" ", b"\x00"])
    ).map(b"".join)
)
def test_chunks_are_read_or_refused(wire: bytes) -> None:
    received = RequestBody(None)
    try:
        received.feed(wire)
    except MalformedBody:
        return
    assert not received.complete or wire.startswith(b"0") or b"\r\n0" in wire


def test_a_request_that_nobody_can_answer_is_told_so_and_takes_no_other_with_it(running: Running) -> None:
    port = running[1]
    for _ in range(2):
        assert status(ask(port, "GET /_/broken HTTP/1.1", "Connection: close")) == 500
    assert status(ask(port, "GET / HTTP/1.1", "Connection: close")) == 200


def test_what_is_remembered_of_requests_is_bounded_whoever_sends_them() -> None:
    answers = PreparedAnswers(Edge(lambda environ, start_response: []))
    for number in range(4000):
        raw = (
            f"GET /{number} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {'gzip, ' * 500}\r\nCookie: {number}\r\n\r\n"
        ).encode()
        head = read_head(raw[:-4])
        answers.remember(raw, answers.target(head, head.path(), False))
    held = [*answers.known, *answers.meant]
    held += [target.request.accept_encoding.encode() for target in answers._targets.values()]
    assert 0 < sum(map(len, held)) < 17_000_000  # of 36
