"""The edge while something is published every second, beside the same edge at rest.

    python -m bench publishing [--rounds N] [--seconds N]

Each publish changes two of the page's ten boxes and purges them by key, in another process than the edge. Measured: the rate
and the 99th percentile of readers, how many requests were answered without the application, how long until a reader sees the
publish, and that no body was rendered again.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench import servers
from bulaq.delivery import keys
from bulaq.delivery.purge_log import PurgeLog

TITLE = "publishing: a publish each second, seen through the edge"
_ROOT = Path(__file__).resolve().parents[1]


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """At rest and publishing in turn, ``rounds`` times."""
    if shutil.which("wrk") is None:
        return {"missing": ["wrk"]}
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as name:
        folder = Path(name)
        turn = folder / "turn"
        turn.write_text("0")
        os.environ["BULAQ_BENCH_TURN"] = str(turn)
        application, port = servers.free_port(), servers.free_port()
        granian = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(application),
            "--workers",
            "1",
        ]
        behind = servers.start("application", [*granian, "--no-ws", "--log-level", "error", "bench.sample_site:application"],
                               application, _ROOT)  # fmt: skip
        edge = servers.start(
            "edge",
            [sys.executable, "-m", "bench.edge_server", str(port), str(folder / "purge"), str(application)],
            port,
            _ROOT,
        )
        try:
            return _measure(edge, PurgeLog(folder / "purge"), turn, rounds, seconds)
        finally:
            edge.stop()
            behind.stop()
            os.environ.pop("BULAQ_BENCH_TURN", None)


def _measure(edge: servers.Server, log: PurgeLog, turn: Path, rounds: int, seconds: int) -> dict[str, Any]:
    delays: list[float] = []
    rest, busy = [], []
    _get(edge.port, "/")
    renders = requests = publishes = 0
    for _ in range(rounds):
        rest.append(servers.ask(edge, seconds))
        before = int(_get(edge.port, "/_/renders"))
        done = threading.Event()
        publisher = threading.Thread(target=_publish, args=(edge.port, log, turn, done, delays))
        publisher.start()
        one = servers.ask(edge, seconds)
        done.set()
        publisher.join()
        busy.append(one)
        renders += int(_get(edge.port, "/_/renders")) - before
        requests += round(one.rate * seconds)
    publishes = len(delays)
    return {
        "requests_per_second_at_rest": round(statistics.median(one.rate for one in rest)),
        "requests_per_second_publishing": round(statistics.median(one.rate for one in busy)),
        "p99_ms_at_rest": statistics.median(one.p99 for one in rest),
        "p99_ms_publishing": statistics.median(one.p99 for one in busy),
        "answered_without_application": round(1 - renders / max(requests, 1), 6),
        "publishes": publishes,
        "renders_for_each_publish": round(renders / max(publishes, 1), 2),
        "visible_after_ms_median": round(statistics.median(delays), 1),
        "visible_after_ms_worst": round(max(delays), 1),
        "errors": sum(one.errors for one in (*rest, *busy)),
        "missing": [],
    }


def _publish(port: int, log: PurgeLog, turn: Path, done: threading.Event, delays: list[float]) -> None:
    """Publishes each second, and reads the page until it shows that."""
    while not done.wait(1.0):
        number = int(turn.read_text()) + 1
        turn.write_text(str(number))
        begun = time.perf_counter()
        log.purge([keys.box("latest", 1), keys.box("section-sport", 1)])
        while True:
            turns = re.findall(r'data-box="(?:latest|section-sport)" data-turn="(\d+)"', _get(port, "/"))
            if set(turns) == {str(number)}:
                break
        delays.append((time.perf_counter() - begun) * 1000)


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def show(result: dict[str, Any]) -> str:
    """A table for people."""
    return "\n".join(f"{name.replace('_', ' '):<34}{value}" for name, value in result.items() if value != [])
