"""Fetching: public addresses only, robots obeyed, limits kept, against a real server on loopback."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import threading
import time
import zlib
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import brotli
import pytest

from bulaq.intake.fetching.fetcher import Fetcher
from bulaq.intake.fetching.public_addresses import is_public
from bulaq.intake.fetching.request_addresses import FetchRefused

LONG_AGO = "Mon, 06 May 2019 10:00:00 GMT"

CODINGS = {
    "/gzip.jpg": ("gzip", gzip.compress(b"picture")),
    "/deflate.jpg": ("deflate", zlib.compress(b"picture")),
    "/brotli.jpg": ("br", brotli.compress(b"picture")),
    "/identity.jpg": ("identity", b"picture"),
    "/gzip-bomb.jpg": ("gzip", gzip.compress(bytes(3_000_000))),
    "/deflate-bomb.jpg": ("deflate", zlib.compress(bytes(3_000_000))),
}
"""Codings that servers use, asked for or not."""


class _Site(BaseHTTPRequestHandler):
    log: list[str] = []
    failures = 0

    def do_GET(self):
        type(self).log.append(self.path)
        if self.path == "/robots.txt":
            return self._answer(200, b"User-agent: *\nDisallow: /private/\n", "text/plain")
        if self.path == "/flaky.jpg" and type(self).failures < 2:
            type(self).failures += 1
            return self._answer(503, b"", "text/plain", {"Retry-After": "1"})
        if self.path == "/away":
            return self._answer(302, b"", "text/plain", {"Location": "http://127.0.0.2:1/x.jpg"})
        if self.path == "/arabic":
            return self._answer(
                302, b"", "text/plain", {"Location": "/صور/ساحة.jpg".encode().decode("latin-1")}
            )
        if self.path == "/busy.jpg":
            later = formatdate(time.time() + 600, usegmt=True)
            return self._answer(429, b"", "text/plain", {"Retry-After": later})
        if self.path == "/drip.jpg":
            # A byte now and then, of the head alone: no silence is ever long.
            with contextlib.suppress(OSError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while True:
                    self.wfile.write(b"x")
                    time.sleep(0.02)
            return None
        if self.path == "/untyped.jpg":
            return self._answer(200, b"picture", None)
        if self.path == "/round":
            return self._answer(302, b"", "text/plain", {"Location": "/round"})
        if self.path == "/file":
            return self._answer(302, b"", "text/plain", {"Location": "file:///etc/passwd"})
        if self.path == "/big.jpg":
            return self._answer(200, bytes(3_000_000), "image/jpeg", length=False)
        if self.path == "/page.jpg":
            return self._answer(200, b"<html>", "text/html")
        if self.path in CODINGS:
            coding, data = CODINGS[self.path]
            return self._answer(200, data, "image/jpeg", {"Content-Encoding": coding})
        if self.path == "/kept.xml":
            if self.headers["If-None-Match"] == 'W/"1"' and self.headers["If-Modified-Since"] == LONG_AGO:
                return self._answer(304, b"", None)
            return self._answer(200, b"feed", "text/xml", {"ETag": 'W/"1"', "Last-Modified": LONG_AGO})
        if self.path == "/led.xml":
            return self._answer(302, b"", None, {"Location": "/kept.xml"})
        if self.path == "/gone.jpg":
            return self._answer(410, b"", "text/plain")
        if self.path == "/none.jpg":
            return self._answer(404, b"", "text/plain")
        return self._answer(200, b"picture", "image/jpeg")

    def _answer(self, status, data, kind, headers=None, length=True):
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if length:
            self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    _Site.log, _Site.failures = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def fetcher(pauses):
    return Fetcher(inner=["127.0.0.0/8"], max_bytes=1_000_000, sleep=pauses.append)


def test_a_picture_is_fetched_after_robots_were_asked_once(site, fetcher, pauses):
    for _ in range(2):
        assert fetcher.fetch(f"{site}/a.jpg", "image/*", ("image/",)).data == b"picture"
    assert _Site.log == ["/robots.txt", "/a.jpg", "/a.jpg"]
    assert len(pauses) == 2
    assert all(0 < pause <= 0.5 for pause in pauses)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "brotli", "identity"])
def test_an_answer_is_unpacked_from_codings_that_were_not_asked_for_too(site, fetcher, coding):
    assert fetcher.fetch(f"{site}/{coding}.jpg").data == b"picture"


def test_a_server_that_is_busy_is_asked_again_when_it_said(site, fetcher, pauses):
    assert fetcher.fetch(f"{site}/flaky.jpg").data == b"picture"
    assert pauses.count(1.0) == 2


def test_a_redirect_written_in_bare_arabic_is_followed(site, fetcher):
    assert fetcher.fetch(f"{site}/arabic", "image/*", ("image/",)).data == b"picture"
    assert unquote(_Site.log[-1]) == "/صور/ساحة.jpg"


def test_an_answer_without_a_type_is_taken_for_bytes(site, fetcher):
    assert (
        fetcher.fetch(f"{site}/untyped.jpg", "image/*", ("image/", "application/octet-stream")).data
        == b"picture"
    )


def test_a_server_that_asks_for_a_long_rest_is_left_alone(site, fetcher, pauses):
    for code in ("answer", "busy", "busy"):
        with pytest.raises(FetchRefused) as refusal:
            fetcher.fetch(f"{site}/busy.jpg")
        assert refusal.value.code == code
    assert _Site.log.count("/busy.jpg") == 1
    assert max(pauses) <= 0.5


def test_what_an_answer_was_known_by_is_told_to_the_address_that_gave_it_alone(site, fetcher):
    known = fetcher.fetch(f"{site}/led.xml").validators
    assert known is not None
    for path in ("/kept.xml", "/led.xml"):
        with pytest.raises(FetchRefused) as refusal:
            fetcher.fetch(site + path, known=known)
        assert refusal.value.code == "not-modified"
    assert fetcher.fetch(f"{site}/kept.xml").data == b"feed"
    assert fetcher.fetch(f"{site}/kept.xml", known=replace(known, url=f"{site}/else")).data == b"feed"


def test_a_server_that_drips_is_hung_up_on_and_not_asked_for_ever(site):
    fetcher = Fetcher(inner=["127.0.0.1"], host_pause=0, whole_timeout=0.2)
    codes = set()
    for _ in range(6):
        with pytest.raises(FetchRefused) as refusal:
            fetcher.fetch(f"{site}/drip.jpg")
        codes.add(refusal.value.code)
    assert codes == {"slow", "host-down"}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/private/a.jpg", "robots"), ("/round", "redirects"), ("/file", "address"), ("/big.jpg", "too-large"),
        ("/page.jpg", "type"), ("/none.jpg", "answer"), ("/gone.jpg", "gone"),
        ("/gzip-bomb.jpg", "too-large"), ("/deflate-bomb.jpg", "too-large"),
    ],
)  # fmt: skip
def test_what_is_not_taken(site, fetcher, path, code):
    with pytest.raises(FetchRefused) as refusal:
        fetcher.fetch(site + path, "image/*", ("image/",))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/a", "http://[::1]/", "http://169.254.169.254/"]
)
def test_private_addresses_are_never_asked(url):
    with pytest.raises(FetchRefused) as refusal:
        Fetcher(sleep=lambda seconds: None).fetch(url)
    assert refusal.value.code == "private"


def test_a_redirect_further_into_the_house_is_refused(site):
    with pytest.raises(FetchRefused) as refusal:
        Fetcher(inner=["127.0.0.1"], sleep=lambda seconds: None).fetch(f"{site}/away")
    assert refusal.value.code == "private"


@pytest.mark.parametrize(
    "text",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::7f00:1", "fec0::1", "ff02::1"],
)  # fmt: skip
def test_no_dress_makes_a_private_address_public(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_the_open_internet_is_public(text):
    assert is_public(ipaddress.ip_address(text))
