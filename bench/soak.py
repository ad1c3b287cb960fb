"""A newsroom under readers for a long while, with a publish each second: does any of its processes grow?

    BULAQ_BENCH_MINUTES=10 python -m bench soak        (1 minute by default)

As `bench.readers`, with the same variables and the same readers; the memory of every process (RSS, and what of it is no mapped
file) and what the edge's workers store are told after each of ten parts. A worker grows until its store is as full as it may be (BULAQ_EDGE_MEMORY).
"""

from __future__ import annotations

import json
import os
import re
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import readers
from bench.large_archive import _here
from bench.rendering import make_demo

TITLE = "soak: memory of every process under readers and a publish each second"
PARTS = 10


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Takes its length from BULAQ_BENCH_MINUTES, not from ``rounds`` and ``seconds``: all benches together run every one."""
    from tests.running_newsroom import RunningNewsroom

    given = os.environ.get("BULAQ_BENCH_HOME")
    pace = int(os.environ.get("BULAQ_BENCH_PACE", "100"))
    length = max(3, round(float(os.environ.get("BULAQ_BENCH_MINUTES", "1")) * 60 / PARTS))
    with (
        nullcontext(given) if given else TemporaryDirectory(prefix="bulaq-bench-") as name,
        TemporaryDirectory(prefix="bulaq-bench-") as folder,
    ):
        home = Path(name)
        if not given:
            make_demo(home)
            _here(home, f"fill({os.environ.get('BULAQ_BENCH_ARTICLES', '2000')})")
        drawn = json.loads(readers.sampled(home, pace * length))
        paths = Path(folder, "paths.txt")
        paths.write_text("\n".join(drawn["paths"]))
        served = RunningNewsroom(home, BULAQ_EDGE_WORKERS="2")
        result: dict[str, Any] = {"articles": drawn["articles"], "load": os.getloadavg()[0], "parts": []}
        try:
            served.start()
            with served.editor() as editor:
                for _ in range(PARTS):
                    figures = readers.phase(served, paths, pace, length, editor=editor)
                    result["parts"].append(_part(served, figures))
        finally:
            served.stop()
    return result


def _part(served: Any, figures: dict[str, Any]) -> dict[str, Any]:
    told = readers.reports(served)
    processes = {}
    for pid, command in readers.descendants(served.process.pid):
        kind = re.search(r"--part (\w+)| (worker)\b", command)
        if kind is not None:
            processes[pid] = _memory(f"{kind[1] or kind[2]} {pid}", pid)
        if pid in told:
            processes[pid] = _memory(f"edge {pid}", pid) | {"stored": told[pid].stored}
    return {
        "answered": figures["answered"],
        "statuses": figures["statuses"],
        "publishes": figures.get("publishes", 0),
        "p99_ms": figures["p99_ms"],
        "answered_without_asking": figures["answered_without_asking"],
        "processes": [processes[pid] for pid in sorted(processes)],
    }


def _memory(name: str, pid: int) -> dict[str, Any]:
    return {"name": name, "rss": readers.held(pid), "own": readers.held(pid, "Anonymous")}


def show(result: dict[str, Any]) -> str:
    """A table for people: one line for each part; for each process its RSS, and of that what no file stands behind."""
    lines = [f"{result['articles']:,} articles, load of the machine at the start {result['load']:.1f}", ""]
    for number, part in enumerate(result["parts"], 1):
        memory = ", ".join(
            f"{each['name']} {each['rss']}, {each['own']} MB"
            + (f" ({each['stored']} stored)" if "stored" in each else "")
            for each in part["processes"]
        )
        lines.append(
            f"{number:>2}: {part['answered']} answered {part['statuses']}, {part['publishes']} publishes, p99 {part['p99_ms']} ms, "
            f"{part['answered_without_asking']:.2%} without asking; {memory}"
        )
    return "\n".join(lines)
