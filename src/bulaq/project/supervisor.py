"""One supervisor over the web server and the worker: restarts what dies, stops all of it cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

STOP_SECONDS = 15
"""How long a child may take to end its work after SIGTERM before it is killed."""

RESTART_SECONDS = (0.5, 1, 2, 5, 10, 30)
"""Pauses before the first, second … restart of a child that keeps dying; a child that lived a minute starts anew."""


@dataclass
class Child:
    """A process that must always run."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    restart_at: float = 0.0
    command: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.command = [sys.executable, "-m", "bulaq.project.command_line", *self.arguments]

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops its children in order.
        self.process = subprocess.Popen(self.command, start_new_session=True)
        self.started = time.monotonic()


def supervise() -> int:
    """Runs web server and worker until SIGINT or SIGTERM; returns the exit code."""
    children = [Child("web", ["serve", "--web-only"]), Child("worker", ["worker"])]
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for child in children:
        child.start()
    while not stopping:
        for child in children:
            _keep_running(child)
        time.sleep(0.2)
    return _stop(children)


def _keep_running(child: Child) -> None:
    now = time.monotonic()
    if child.process is not None:
        code = child.process.poll()
        if code is None:
            return
        if now - child.started > 60:
            child.failures = 0
        pause = RESTART_SECONDS[min(child.failures, len(RESTART_SECONDS) - 1)]
        child.failures += 1
        child.process = None
        child.restart_at = now + pause
        print(
            f"bulaq: {child.name} ended with {code}; starting it again in {pause} s",
            file=sys.stderr,
            flush=True,
        )
    elif now >= child.restart_at:
        child.start()


def _stop(children: list[Child]) -> int:
    running = [child for child in children if child.process is not None and child.process.poll() is None]
    for child in running:
        assert child.process is not None
        child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    code = 0
    for child in running:
        assert child.process is not None
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
            code = 1
    return code
