"""Readers at a given pace, for latencies that a slow server cannot hide: each request has its moment, and its wait counts from there.

    python -m bench.paced_readers PORT PATHS PER_SECOND SECONDS [PATHS_READ_BEFORE]

PATHS: a file of paths, one a line, asked for in that order and again from the start. Prints one JSON object. One thread around
epoll; some thousands of requests a second are possible on a core of its own.
"""

from __future__ import annotations

import collections
import json
import select
import socket
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

CONNECTIONS = 64
MOST_CONNECTIONS = 2_000
"""More are opened only while answers are late: who waits for one page keeps nobody from asking for another."""
_TIMEOUT = 40.0


class _Reader:
    __slots__ = ("buffer", "due", "path", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.buffer = b""
        self.path: str | None = None
        self.due = 0.0


def read(port: int, paths: list[str], pace: float, seconds: float, known: set[str]) -> dict[str, Any]:
    """Latencies in milliseconds; ``known``: paths that were read before, to which those read here are added."""
    epoll = select.epoll()
    readers: dict[int, _Reader] = {}
    idle: collections.deque[_Reader] = collections.deque()
    latencies: list[float] = []
    late: list[float] = []
    statuses: Counter[str] = Counter()
    how: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    firsts = first_misses = other_misses = 0
    by_second: Counter[int] = Counter()

    def connect() -> _Reader | None:
        try:
            sock = socket.create_connection(("127.0.0.1", port), 1)
        except OSError as error:
            failed[type(error).__name__] += 1
            return None
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        reader = readers[sock.fileno()] = _Reader(sock)
        epoll.register(sock.fileno(), select.EPOLLIN)
        return reader

    def drop(reader: _Reader, why: str) -> None:
        if reader.path is not None:
            failed[why] += 1
        number = reader.sock.fileno()
        epoll.unregister(number)
        readers.pop(number, None)
        reader.sock.close()

    for _ in range(CONNECTIONS):
        if (made := connect()) is not None:
            idle.append(made)
    began = time.monotonic()
    asked = 0
    total = int(pace * seconds)
    end = began + seconds
    while True:
        now = time.monotonic()
        while asked < total and began + asked / pace <= now:
            if not idle:
                if len(readers) >= MOST_CONNECTIONS:
                    break
                made = connect()
                if made is None:
                    asked += 1
                    continue
                idle.append(made)
            reader = idle.popleft()
            reader.path, reader.due, reader.buffer = paths[asked % len(paths)], began + asked / pace, b""
            asked += 1
            head = f"GET {reader.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: visit={asked}\r\n\r\n"
            try:
                reader.sock.send(head.encode("ascii"))
            except OSError as error:
                drop(reader, type(error).__name__)
        if asked >= total and (len(idle) == len(readers) or now > end + _TIMEOUT):
            break
        pause = 0.02 if asked >= total else max(0.0, min(0.02, began + asked / pace - time.monotonic()))
        for number, _event in epoll.poll(pause):
            reader = readers[number]
            try:
                data = reader.sock.recv(262_144)
            except OSError:
                data = b""
            if not data:
                if reader in idle:
                    idle.remove(reader)
                drop(reader, "closed")
                continue
            reader.buffer += data
            answer, found, body = reader.buffer.partition(b"\r\n\r\n")
            if not found:
                continue
            fields = dict(line.partition(b": ")[::2] for line in answer.lower().split(b"\r\n")[1:])
            if len(body) < int(fields.get(b"content-length", b"0")):
                continue
            done = time.monotonic()
            path = reader.path or ""
            (latencies if fields.get(b"cache-status", b"").startswith(b"bulaq; hit") else late).append(
                (done - reader.due) * 1000
            )
            statuses[answer[9:12].decode()] += 1
            by_second[int(done - began)] += 1
            first = path not in known
            firsts += first
            known.add(path)
            told = fields.get(b"cache-status", b"").decode()
            if "; hit" in told:
                how["hit, stale" if "detail=stale" in told else "hit"] += 1
            else:
                how["first time" if first else "asked for again"] += 1
                first_misses += first
                other_misses += not first
            reader.path = None
            idle.append(reader)
    answered = len(latencies) + len(late)
    every = sorted([*latencies, *late])
    return {
        "seconds": round(time.monotonic() - began, 1),
        "answered": answered,
        "statuses": dict(statuses),
        "failed": dict(failed),
        "how": dict(how),
        "first_time_share": round(firsts / max(answered, 1), 4),
        "p50_ms": _part(every, 0.5),
        "p99_ms": _part(every, 0.99),
        "worst_ms": _part(every, 1.0),
        "p50_ms_of_hits": _part(sorted(latencies), 0.5),
        "p99_ms_of_hits": _part(sorted(latencies), 0.99),
        "p50_ms_of_waits": _part(sorted(late), 0.5),
        "p99_ms_of_waits": _part(sorted(late), 0.99),
        "fewest_in_a_second": min((by_second[n] for n in range(1, int(seconds) - 1)), default=0),
    }


def _part(values: list[float], share: float) -> float | None:
    return round(values[min(int(len(values) * share), len(values) - 1)], 2) if values else None


if __name__ == "__main__":
    before = set(Path(sys.argv[5]).read_text("utf-8").split()) if len(sys.argv) > 5 else set()
    lines = Path(sys.argv[2]).read_text("utf-8").split()
    print(json.dumps(read(int(sys.argv[1]), lines, float(sys.argv[3]), float(sys.argv[4]), before)))
