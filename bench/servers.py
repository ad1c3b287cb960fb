"""Starting the servers that are compared, on one core of their own, and asking them with wrk from another."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SERVER_CORE = 0
CLIENT_CORE = 1 if (os.cpu_count() or 1) > 1 else 0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Round:
    """One run of wrk: requests a second, CPU microseconds of the server for one request, errors, milliseconds at p99."""

    rate: float
    cpu: float
    errors: int
    p99: float


@dataclass
class Server:
    """A running peer; all processes of its group are counted and stopped."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    path: str = "/"
    script: Path | None = None
    behind: Server | None = None  # what it needs to run, stopped with it
    rounds: list[Round] = field(default_factory=list)

    def stop(self) -> None:
        """Ends the group that was started for it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
        if self.behind is not None:
            self.behind.stop()

    def cpu_seconds(self) -> float:
        """User and system time so far of its process and of all that descend from it (php-fpm leaves the group)."""
        parents: dict[int, int] = {}
        used: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(fields[1])
            # With what its dead children have used, so that a replaced worker's time is not lost.
            used[int(stat.parent.name)] = sum(map(int, fields[11:15]))
        total = 0
        for number, ticks in used.items():
            ancestor = number
            while ancestor != self.process.pid and ancestor in parents:
                ancestor = parents[ancestor]
            total += ticks if ancestor == self.process.pid else 0
        return total / _TICKS

    def summary(self) -> dict[str, float]:
        """Medians over the rounds, and the spread of the rate (largest less smallest, over the median)."""
        rates = [one.rate for one in self.rounds]
        return {
            "requests_per_second": round(statistics.median(rates), 1),
            "spread": round((max(rates) - min(rates)) / statistics.median(rates), 3),
            "cpu_us_per_request": round(statistics.median(one.cpu for one in self.rounds), 2),
            "p99_ms": round(statistics.median(one.p99 for one in self.rounds), 2),
            "errors": sum(one.errors for one in self.rounds),
        }

    def beside(self, base: Server) -> dict[str, float]:
        """Of another's rate and processor time: the median of what each round gave."""
        pairs = list(zip(self.rounds, base.rounds, strict=True))
        return {
            "rate_of_nginx": round(statistics.median(own.rate / other.rate for own, other in pairs), 3),
            "cpu_of_nginx": round(statistics.median(own.cpu / other.cpu for own, other in pairs), 3),
        }


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def start(
    name: str, command: Sequence[str], port: int, cwd: Path | None = None, path: str = "/", wait: float = 60
) -> Server:
    """Starts a peer on the server's core and waits until its port answers; raises RuntimeError with its last words when
    it does not within *wait* seconds (other work on the machine can make a start slow)."""
    pinned = ["taskset", "-c", str(SERVER_CORE), *command] if shutil.which("taskset") else list(command)
    with tempfile.TemporaryFile("w+", errors="replace") as words:
        process = subprocess.Popen(
            pinned, cwd=cwd, stdout=subprocess.DEVNULL, stderr=words, start_new_session=True
        )
        server = Server(name, port, process, path)
        end = time.monotonic() + wait
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                return server
            except OSError:
                if process.poll() is not None:
                    break
                time.sleep(0.05)
        server.stop()
        words.seek(0)
        raise RuntimeError(f"{name} did not start: {' '.join(command)}\n{words.read()[-2000:]}")


def ask(
    server: Server,
    seconds: int,
    connections: int = 32,
    headers: Sequence[str] = ("Accept-Encoding: gzip",),
    script: Path | None = None,
) -> Round:
    """One round of wrk against the server's path, remembered among its rounds."""
    command = ["taskset", "-c", str(CLIENT_CORE)] if shutil.which("taskset") else []
    command += ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script is not None:
        command += ["-s", str(script)]
    before = server.cpu_seconds()
    out = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{server.path}"], capture_output=True, text=True, check=True
    ).stdout
    used = server.cpu_seconds() - before
    requests = int(re.search(r"(\d+) requests in", out)[1])  # type: ignore[index]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    one = Round(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]),  # type: ignore[index]
        cpu=used * 1e6 / max(requests, 1),
        errors=int(failed[1]) if failed else 0,
        p99=float(p99[1]) * scale[p99[2]] if p99 else 0.0,
    )
    server.rounds.append(one)
    return one
