"""A newsroom of any size under its readers: a publish each second, the application stopped, a restart, and what it takes.

    BULAQ_BENCH_HOME=DIR python -m bench readers        (a home filled by `bench large_archive`; else one is made, of
                                                         BULAQ_BENCH_ARTICLES articles, 100,000 by default)

``bulaq serve`` with two edge workers. Readers come at a steady pace (`bench.paced_readers`): a tenth to the front, a tenth to the
fronts of sections, the rest to articles, the newest the most read, by Zipf's law with exponent 1 over the whole archive. With
that law a third of the first ten thousand requests are for articles that nobody has read before, whatever the cache: the first
phase counts them apart, the later ones read the same pages again. BULAQ_BENCH_PACE: requests a second (300).
"""

from __future__ import annotations

import http.client
import json
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.large_archive import _here
from bench.rendering import make_demo
from bulaq.delivery import worker_report

TITLE = "readers: hits and waits at a publish each second, with the application stopped, and after a restart"
_ROOT = Path(__file__).resolve().parents[1]
FIRST_SHARE = 15
"""The first readings come at the pace divided by this: a third of them must be rendered, and one core has to do it."""


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Phases of `rounds` times `seconds` seconds, the first four times as long; the application is stopped for a minute."""
    from tests.running_newsroom import RunningNewsroom

    given = os.environ.get("BULAQ_BENCH_HOME")
    length = rounds * seconds
    pace = int(os.environ.get("BULAQ_BENCH_PACE", "300"))
    first_pace = max(pace // FIRST_SHARE, 1)
    with nullcontext(given) if given else TemporaryDirectory(prefix="bulaq-bench-") as name:
        home = Path(name)
        if not given:
            make_demo(home)
            _here(home, f"fill({os.environ.get('BULAQ_BENCH_ARTICLES', '100000')})")
        with TemporaryDirectory(prefix="bulaq-bench-") as folder:
            first, again = Path(folder, "first.txt"), Path(folder, "again.txt")
            drawn = json.loads(sampled(home, first_pace * length * 4))
            first.write_text("\n".join(drawn["paths"]))
            shuffled = drawn["paths"].copy()
            random.Random(1).shuffle(shuffled)
            again.write_text("\n".join(shuffled))
            served = RunningNewsroom(home, BULAQ_EDGE_WORKERS="2")
            result: dict[str, Any] = {"articles": drawn["articles"], "load": os.getloadavg()[0], "phases": {}}
            phases = result["phases"]
            try:
                served.start()
                with served.editor() as editor:
                    editor.publish("العدد الأول")
                    phases["first readings, publishing"] = phase(
                        served, first, first_pace, length * 4, editor=editor
                    )
                    phases["at rest"] = phase(served, again, pace, length, known=first)
                    phases["publishing"] = phase(served, again, pace, length * 2, known=first, editor=editor)
                    editor.publish("آخر ما نُشر قبل أن يقف كل شيء")
                    with _stopped(served, ("--part application", " worker")):
                        phases["application stopped"] = phase(served, again, pace, 60, known=first)
                    result["memory of each edge worker, MB"] = _memory(served)
                phases["restart, disk level"] = _restart(served, again, pace, length * 2, first)
                served.stop()
                served.environment["BULAQ_EDGE_DISK"] = "0"
                served.start()
                phase(served, again, pace, length, known=first)
                phases["restart, memory only"] = _restart(served, again, pace, length * 2, first)
            finally:
                served.stop()
    return result


def sampled(home: Path, count: int) -> str:
    from bench.rendering import at_home

    command = [sys.executable, "-c", f"from bench.readers import draw; draw({count})"]
    return subprocess.run(
        command, env=at_home(home), cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def draw(count: int, seed: int = 3) -> None:
    """Prints ``count`` paths in the order in which they are asked for, and how many articles there are, as JSON."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bulaq.project.settings"
    django.setup()
    from bulaq.newsroom import addresses
    from bulaq.newsroom.models import Edition, Publication

    edition = Edition.objects.get(is_default=True)
    published = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    by_age = list(published.order_by("-published_at", "-id").values_list("id", flat=True))
    chance = random.Random(seed)
    fronts = [addresses.section(section.slug) for section in edition.sections.all()]
    chosen: list[int | str] = []
    for _ in range(count):
        kind = chance.random()
        if kind < 0.1:
            chosen.append("/")
        elif kind < 0.2:
            chosen.append(chance.choice(fronts))
        else:
            # The rank under Zipf's law with exponent 1, by the inverse of its distribution.
            chosen.append(
                by_age[min(int(math.exp(chance.random() * math.log(len(by_age)))), len(by_age)) - 1]
            )
    wanted = sorted({each for each in chosen if isinstance(each, int)})
    paths: dict[int | str, str] = {}
    for start in range(0, len(wanted), 500):
        for each in published.filter(id__in=wanted[start : start + 500]).select_related("section"):
            paths[each.pk] = addresses.of_publication(each)
    print(json.dumps({"articles": len(by_age), "paths": [paths.get(each, each) for each in chosen]}))


def phase(
    served: Any, paths: Path, pace: int, seconds: int, *, known: Path | None = None, editor: Any = None
) -> dict[str, Any]:
    """One run of the readers; with an editor, a publish each second, and how soon every connection shows it."""
    before = reports(served)
    delays: list[float] = []
    done = threading.Event()
    publisher = threading.Thread(target=_publish, args=(served, editor, done, delays))
    if editor is not None:
        publisher.start()
    command = [
        sys.executable,
        "-m",
        "bench.paced_readers",
        str(served.port),
        str(paths),
        str(pace),
        str(seconds),
    ]
    out = subprocess.run(
        [*command, *([str(known)] if known else [])], cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    done.set()
    figures: dict[str, Any] = json.loads(out)
    if editor is not None:
        publisher.join()
    time.sleep(1.5)  # the workers tell once a second
    after = reports(served)
    figures["asked_of_application"] = sum(
        report.asked - (before[pid].asked if pid in before else 0) for pid, report in after.items()
    )
    figures["of_that_ahead_of_readers"] = sum(
        report.ahead - (before[pid].ahead if pid in before else 0) for pid, report in after.items()
    )
    own = figures["asked_of_application"] - figures["of_that_ahead_of_readers"]
    figures["answered_without_asking"] = round(1 - own / max(figures["answered"], 1), 4)
    figures["served_by_each_worker"] = [
        report.served - (before[pid].served if pid in before else 0) for pid, report in after.items()
    ]
    if delays:
        figures["publishes"] = len(delays)
        figures["asked_for_each_publish"] = round(figures["asked_of_application"] / len(delays), 1)
        figures["commit_to_every_connection_ms"] = round(statistics.median(delays) * 1000)
        figures["commit_to_every_connection_worst_ms"] = round(max(delays) * 1000)
    return figures


def _publish(served: Any, editor: Any, done: threading.Event, delays: list[float]) -> None:
    """An act each second; the page of another article is read over a dozen connections until all of them show it."""
    host = editor.publish("مادة يقرؤها الناس")["path"]
    connections = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=120) for _ in range(12)]
    number = 0
    while not done.wait(1.0):
        number += 1
        headline = "خبر من المطبعة " + " ".join("ابجدهوزحطي"[int(digit)] for digit in str(number))
        at = editor.publish(headline)["at"]
        for connection in connections:
            while f">{headline}<" not in _get(connection, host):
                if time.monotonic() - at > 120:
                    raise RuntimeError(f"{headline!r} did not come")
        delays.append(time.monotonic() - at)


def _get(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path, headers={"Host": "127.0.0.1"})
    return connection.getresponse().read().decode()


def _restart(served: Any, paths: Path, pace: int, seconds: int, known: Path) -> dict[str, Any]:
    """Stops and starts everything while readers come: the answers of the first seconds that it answers at all."""
    served.stop()
    began = time.monotonic()
    served.start()
    away = time.monotonic() - began
    return {"seconds_to_the_first_answer": round(away, 1)} | phase(served, paths, pace, seconds, known=known)


@contextmanager
def _stopped(served: Any, parts: tuple[str, ...]) -> Iterator[None]:
    """The children with these words in their command do not move (SIGSTOP): nothing answers, nothing refuses."""
    numbers = [
        number
        for number, command in descendants(served.process.pid)
        if any(part in command for part in parts)
    ]
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


def descendants(root: int) -> list[tuple[int, str]]:
    """Numbers and commands of all processes below one."""
    found, wanted = [], [root]
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(
                int(stat.parent.name)
            )
        except OSError:
            continue
    while wanted:
        for child in children.get(wanted.pop(), []):
            wanted.append(child)
            try:
                found.append((child, Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")))
            except OSError:
                continue
    return found


def reports(served: Any) -> dict[int, worker_report.WorkerReport]:
    return {report.pid: report for report in worker_report.read(served.home / "edge" / "workers")}


def _memory(served: Any) -> list[dict[str, float]]:
    """For each worker: its proportional share of memory (PSS), and what its store holds."""
    return [
        {
            "pss": held(pid, "Pss"),
            "stored": round(report.bytes / 2**20, 1),
            "responses": report.stored,
        }
        for pid, report in reports(served).items()
    ]


def held(pid: int, kind: str = "Rss") -> int:
    """Megabytes of memory that a process holds; Pss: its share of what several hold together."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return round(int(next(line for line in lines if line.startswith(f"{kind}:")).split()[1]) / 1024)


def show(result: dict[str, Any]) -> str:
    """Tables for people."""
    lines = [f"{result['articles']:,} articles, load of the machine at the start {result['load']:.1f}"]
    for name, phase in result["phases"].items():
        lines += ["", name]
        lines += [f"  {key.replace('_', ' '):<38}{value}" for key, value in phase.items()]
    lines += ["", f"memory of each edge worker, MB: {result['memory of each edge worker, MB']}"]
    return "\n".join(lines)
