"""Behind nginx, configured as docs/operations.md prints it: what it passes on, and that nothing is done twice."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from edge_site import Site
from tests.running_newsroom import free_port, wait_for

from bulaq.delivery import policies

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def behind_nginx(running: tuple[Site, int], tmp_path: Path) -> Iterator[tuple[Site, int]]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    site, edge = running
    # The printed lines themselves, so that the manual cannot differ from what is tried here; only the port is ours.
    printed = re.search(r"```nginx\n(.*?)```", (ROOT / "docs/operations.md").read_text("utf-8"), re.S)[1]
    port = free_port()
    (tmp_path / "nginx.conf").write_text(
        "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;"
        f"{'user root;' if Path('/proc/self').owner() == 'root' else ''} events {{}}"
        "http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u;"
        f"scgi_temp_path s; gzip on; gzip_proxied any; gzip_types *; server {{ listen 127.0.0.1:{port};"
        f"{printed.replace('127.0.0.1:8000', f'127.0.0.1:{edge}')}}} }}",
        "utf-8",
    )
    process = subprocess.Popen([program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
    try:
        wait_for(lambda: process.poll() is not None or answers(port), 30)
        assert process.poll() is None
        yield site, port
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


def test_what_readers_and_the_desk_need_comes_through(behind_nginx: tuple[Site, int]) -> None:
    site, port = behind_nginx
    site.pages["/desk/told"] = lambda environ: (
        "200 OK",
        {"X-Host": environ["HTTP_HOST"], "X-Scheme": environ.get("HTTP_X_FORWARDED_PROTO", ""),
         "X-For": environ.get("HTTP_X_FORWARDED_FOR", "")},
        b"",
    )  # fmt: skip
    # Compressed once, by us; the strong tag is kept, and answers 304.
    for _ in range(2):
        answer, body = ask(port, "GET", "/", Host="nahr.example", Accept_Encoding="gzip")
        assert answer.status == 200
        assert "الصفحة الأولى".encode() in gzip.decompress(body)
        assert answer.getheader("Content-Encoding") == "gzip"
        assert answer.getheader("Cache-Control") == policies.FRONT.headers()["Cache-Control"]
        tag = answer.getheader("ETag") or ""
    assert tag.startswith('"')
    assert (answer.getheader("Cache-Status") or "").startswith("Bulaq; hit")
    assert answer.getheader("Vary") == "Accept-Encoding"
    assert ask(port, "GET", "/", Accept_Encoding="gzip", If_None_Match=tag)[0].status == 304
    assert ask(port, "GET", "/")[0].getheader("Content-Encoding") is None
    assert site.rendered["/"] == 1
    # The desk: the reader's own host and scheme, his address last but one, uploads of any length.
    answer, _ = ask(port, "GET", "/desk/told", Host="nahr.example", X_Forwarded_For="203.0.113.9")
    assert answer.getheader("X-Host") == "nahr.example"
    assert answer.getheader("X-Scheme") == "http"
    assert (answer.getheader("X-For") or "").split(", ") == ["203.0.113.9", "127.0.0.1", "127.0.0.1"]
    answer, body = ask(port, "POST", "/desk/upload", b"a" * 5_000_000)
    assert (answer.status, body) == (200, b"5000000 bytes")
    # A long answer that the edge does not store comes whole.
    assert len(ask(port, "GET", "/large")[1]) == 3_000_000
