"""One supervisor over edge, application and worker: restarts what dies, stops all of it cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

from django.conf import settings

from bulaq.project.edge import following_other_machines
from bulaq.project.parent_process import SUPERVISOR
from bulaq.project.web import has_listener

STOP_SECONDS = 60
"""How long a child may take after SIGTERM to finish what it has in hand before it is killed: seconds as a rule, nineteen were
seen where ten processes wanted each processor. What stops us must be more patient (systemd: 90)."""

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
        environment = os.environ | {SUPERVISOR: str(os.getpid())}
        self.process = subprocess.Popen(self.command, start_new_session=True, env=environment)
        self.started = time.monotonic()


def supervise() -> int:
    """Runs edge, application and worker until SIGINT or SIGTERM; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="bulaq-") as folder, following_other_machines():
        # The socket between edge and application lies in a folder that is the owner's alone.
        return _supervise(_children(f"{folder}/application.sock"))


def _children(application_socket: str) -> list[Child]:
    parts = [Child("application", ["serve", "--part", "application"])]
    if has_listener():
        parts[0].command += ["--socket", application_socket]
        parts.insert(0, Child("edge", ["serve", "--part", "edge", "--socket", application_socket]))
    if settings.BULAQ.worker:
        parts.append(Child("worker", ["worker"]))
    return parts


def _supervise(children: list[Child]) -> int:
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
            print(
                f"bulaq: {child.name} did not end within {STOP_SECONDS} s and was killed",
                file=sys.stderr,
                flush=True,
            )
            code = 1
    return code
