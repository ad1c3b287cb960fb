"""The edge beside a file server: the demo newsroom's longest article with all its boxes, the same gzipped bytes from each peer.

    python -m bench edge [--rounds N] [--seconds N] [--json FILE]        (BULAQ_BENCH_HOME: a demo home; else one is made)

Peers: nginx serving the compressed page from disk, Bulaq's edge behind its own listener (both also with heads of which no two
are alike, as browsers send them), the same edge as WSGI middleware under Granian, Varnish in front of the edge, and WordPress with
the same articles (`bench.wordpress`). What the
application takes without an edge is measured by ``bench.rendering``. The ratio that counts is CPU time for one request, since
it does not depend on what else the machine does; rates are given beside it.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from bench import rendering, servers, wordpress
from bulaq.delivery.front import varnish_configuration

TITLE = "edge: a composed article page, gzip, beside nginx serving the same bytes from disk"
_ROOT = Path(__file__).resolve().parents[1]
_WARM_SECONDS = 4
"""After three seconds of demand the edge compresses a page once more, and better."""
_GRANIAN = (
    "--interface",
    "wsgi",
    "--host",
    "127.0.0.1",
    "--workers",
    "1",
    "--no-ws",
    "--http",
    "1",
    "--log-level",
    "error",
)


# The heads of a browser, with a cookie and an address that change with every request.
_STRANGERS = """
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", "/?utm_source=" .. number % 50, {
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile",
    ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    ["Accept-Encoding"] = "gzip, deflate", ["Accept-Language"] = "ar-EG,ar;q=0.9,en;q=0.7",
    ["Cookie"] = "visit=" .. number, ["Upgrade-Insecure-Requests"] = "1", ["Sec-Fetch-Site"] = "none",
    ["Sec-Fetch-Mode"] = "navigate", ["Sec-Fetch-Dest"] = "document", ["Referer"] = "https://search.example/?q=" .. number,
  })
end
"""


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Starts every peer, warms it, and asks them in turn in each round: a busy moment of the machine falls on all of them, and
    what a peer does once after its start on none."""
    missing = [name for name in ("nginx", "wrk", "varnishd") if shutil.which(name) is None]
    if "wrk" in missing:
        return {"missing": missing, "peers": {}}
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx reads it as another user
        os.environ["BULAQ_BENCH_PAGE"] = str(_record(folder))
        makers = _makers(folder, missing)
        running: list[servers.Server] = []
        try:
            for make in makers:
                running.append(make())
                _warm(running[-1])
                servers.ask(running[-1], _WARM_SECONDS, script=running[-1].script)
                running[-1].rounds.clear()
            for _ in range(rounds):
                for server in running:
                    servers.ask(server, seconds, script=server.script)
        finally:
            for server in running:
                server.stop()
    peers = {server.name: server.summary() for server in running}
    base = next((server for server in running if server.name == "nginx"), None)
    if base is not None:
        for server in running:
            peers[server.name] |= server.beside(base)
    return {"missing": missing, "bytes": (_page(folder=None)), "peers": peers}


def _record(folder: Path) -> Path:
    """The page of the demo and its boxes, as the application renders them."""
    home = os.environ.get("BULAQ_BENCH_HOME", "")
    if not home:
        home = str(folder / "home")
        rendering.make_demo(Path(home))
    recording = folder / "page.json"
    command = [sys.executable, "-c", "from bench.rendering import record; record()"]
    with recording.open("w", encoding="utf-8") as file:
        subprocess.run(command, env=rendering.at_home(home), cwd=_ROOT, check=True, stdout=file)
    return recording


_bytes = 0


def _page(folder: Path | None) -> int:
    """The length of the compressed page; with a folder, written there for nginx as the edge makes it."""
    global _bytes
    if folder is not None:
        from bench.sample_site import application
        from bulaq.delivery.edge import Edge
        from bulaq.delivery.exchange import Request
        from bulaq.delivery.page_key import PageKey

        response = Edge(application).respond(Request(PageKey("localhost", "/", ""), "gzip"))
        body = b"".join(response.body)
        _bytes = len(body)
        (folder / "index.html").write_bytes(gzip.decompress(body))
        (folder / "index.html.gz").write_bytes(body)
    return _bytes


def _warm(server: servers.Server) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{server.path}", headers={"Accept-Encoding": "gzip"}
    )
    for _ in range(3):
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
    if answer.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    if len(body) < 20_000 or b"<esi:" in body:
        raise RuntimeError(f"{server.name} served {len(body)} bytes that are not the page")


def _makers(folder: Path, missing: list[str]) -> list[Any]:
    _page(folder)
    makers: list[Any] = []
    python = sys.executable
    granian = [python, "-m", "granian", *_GRANIAN]

    def nginx() -> servers.Server:
        port = servers.free_port()
        (folder / "nginx.conf").write_text(
            f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
            "events { worker_connections 1024; }\n"
            "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; gzip_static on;\n"
            "  open_file_cache max=100; default_type text/html; etag on;\n"
            f"  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;\n"
            f"  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n"
            f"  server {{ listen 127.0.0.1:{port}; root {folder}; "
            'add_header Cache-Control "public, max-age=0"; add_header Vary Accept-Encoding; }} }\n'.replace(
                "}}", "}"
            )
        )
        return servers.start("nginx", ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], port)

    def edge() -> servers.Server:
        port = servers.free_port()
        return servers.start("bulaq edge", [python, "-m", "bench.edge_server", str(port)], port, _ROOT)

    def strangers() -> servers.Server:
        script = folder / "strangers.lua"
        script.write_text(_STRANGERS)
        port = servers.free_port()
        command = [python, "-m", "bench.edge_server", str(port)]
        server = servers.start("bulaq edge, no two requests alike", command, port, _ROOT)
        server.script = script
        return server

    def nginx_strangers() -> servers.Server:
        server = nginx()
        server.name = "nginx, no two requests alike"
        script = folder / "strangers.lua"
        script.write_text(_STRANGERS)
        server.script = script
        return server

    def middleware(threads: int) -> Any:
        def make() -> servers.Server:
            port = servers.free_port()
            command = [
                *granian,
                "--port",
                str(port),
                "--blocking-threads",
                str(threads),
                "bench.edge_server:middleware",
            ]
            return servers.start(f"bulaq edge, Granian WSGI, {threads} threads", command, port, _ROOT)

        return make

    def varnish() -> servers.Server:
        behind = edge()
        port = servers.free_port()
        (folder / "bulaq.vcl").write_text(varnish_configuration([("127.0.0.1", behind.port)]), "utf-8")
        command = ["varnishd", "-F", "-j", "none", "-f", str(folder / "bulaq.vcl"), "-a", f"127.0.0.1:{port}"]
        command += ["-n", str(folder / f"varnish-{port}"), "-s", "malloc,64m"]
        try:
            server = servers.start("varnish in front of the edge", command, port)
        except RuntimeError:
            behind.stop()
            raise
        server.behind = behind
        return server

    if "nginx" not in missing:
        makers += [nginx, nginx_strangers]
    makers += [edge, strangers, middleware(1), middleware(2), middleware(4)]
    if "varnishd" not in missing:
        makers.append(varnish)
    lacking = wordpress.missing()
    if lacking:
        missing.append(f"WordPress ({', '.join(lacking)})")
    else:
        (folder / "wordpress").mkdir()
        articles = json.loads((folder / "page.json").read_text("utf-8"))["articles"]
        path = wordpress.set_up(folder / "wordpress", articles)
        makers.append(lambda: wordpress.start(folder / "wordpress", path))
    return makers


def show(result: dict[str, Any]) -> str:
    """A table for people."""
    lines = [f"{result.get('bytes', 0)} bytes on the wire", ""]
    lines.append(
        f"{'peer':<40}{'req/s':>10}{'spread':>8}{'CPU µs':>9}{'p99 ms':>8}{'rate':>8}{'CPU':>7}  (of nginx's)"
    )
    for name, figures in result["peers"].items():
        lines.append(
            f"{name:<40}{figures['requests_per_second']:>10.0f}{figures['spread']:>8.2f}{figures['cpu_us_per_request']:>9.1f}"
            f"{figures['p99_ms']:>8.2f}{figures.get('rate_of_nginx', 0):>8.2f}{figures.get('cpu_of_nginx', 0):>7.2f}"
        )
    lines.append("not measured, because nothing here sets it up: Ghost 5")
    if result["missing"]:
        lines.append("not installed, so not measured: " + ", ".join(result["missing"]))
    return "\n".join(lines)
