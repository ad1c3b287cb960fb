"""`bulaq import` in a process of its own, watched from outside: how far it is, its memory and processor time; killed when told."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BULAQ = (sys.executable, "-m", "bulaq.project.command_line")

POLL = 0.5
"""Seconds between two looks at how far it is and how much memory it takes."""

_DONE = re.compile(r"(\d+) articles(?:, \d+ of \d+ pictures)?(?:, (\d+) refused)?")


@dataclass
class ImportProcess:
    """One import over `home`, in as many processes as it takes to end it.

    `memory`: (articles done, MB of the process that stores and of its readers together), look by look. `phases`: when each
    phase was last seen, in seconds since the first start.
    """

    home: Path
    arguments: tuple[str, ...]
    memory: list[tuple[int, int]] = field(default_factory=list)
    phases: dict[str, float] = field(default_factory=dict)
    _uncounted: float = 0.0
    """Processor seconds of readers that were killed, which nobody waited for."""
    _before: float = field(default_factory=lambda: _cpu_of_children())
    _begun: float = field(default_factory=time.monotonic)

    @property
    def cpu_seconds(self) -> float:
        """Of the import and its readers, until now."""
        return _cpu_of_children() - self._before + self._uncounted

    def run(self, *, kill_at: int | None = None) -> int:
        """Runs the command; with `kill_at`, kills it and all its processes when so many articles are done.

        Returns its exit code.
        """
        told = self.home.with_suffix(".progress")
        with told.open("wb") as progress:
            process = subprocess.Popen(
                [*BULAQ, "import", *self.arguments], env=environment(self.home), start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=progress,
            )  # fmt: skip
        while True:
            try:
                return process.wait(timeout=POLL)
            except subprocess.TimeoutExpired:
                pass
            done = self._look(process.pid, told)
            if kill_at is not None and done >= kill_at:
                self._uncounted += sum(map(_cpu_of, _children(process.pid)))
                os.killpg(process.pid, signal.SIGKILL)
                return process.wait()

    def run_killed(self, times: int, of: int) -> tuple[int, int]:
        """Runs the command until it ends by itself, killed `times` on the way, when equal parts `of` its articles are done.

        Returns its last exit code, and how often it was killed.
        """
        for killed in range(times):
            code = self.run(kill_at=of * (killed + 1) // (times + 1))
            if code != -signal.SIGKILL:
                return code, killed
        return self.run(), times

    def _look(self, pid: int, told: Path) -> int:
        """By what the import itself tells, which costs it nothing."""
        with told.open("rb") as file:
            file.seek(max(0, told.stat().st_size - 2000))
            lines = file.read().decode("utf-8", "replace").splitlines()
        last = next((line for line in reversed(lines) if _DONE.search(line)), "")
        found = _DONE.search(last)
        done = sum(int(number or 0) for number in found.groups()) if found else 0
        if found:
            self.phases[last.partition(":")[0]] = round(time.monotonic() - self._begun, 1)
        self.memory.append((done, sum(map(_resident, (pid, *_children(pid))))))
        return done


def begin_newsroom(home: Path) -> None:
    """A newsroom with one edition."""
    command = [*BULAQ, "begin", "--name", "الجريدة", "--password-stdin"]
    subprocess.run(
        command, env=environment(home), input="كلمة-سر-طويلة-1", text=True, check=True, stdout=subprocess.DEVNULL
    )  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """Of the commands over `home`."""
    return {**os.environ, "BULAQ_HOME": str(home), "LC_ALL": "C.UTF-8"}


def output(home: Path, *command: str) -> str:
    """What a `bulaq` command prints."""
    return subprocess.run(
        [*BULAQ, *command], env=environment(home), stdout=subprocess.PIPE, text=True, check=False
    ).stdout


def told_by_shell(home: Path, code: str) -> Any:
    """The JSON that the code prints last, run in the newsroom's own shell."""
    told = output(home, "manage", "shell", "-v0", "-c", code).splitlines()
    if not told:
        raise RuntimeError("the newsroom's shell told nothing")
    return json.loads(told[-1])


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_of(pid: int) -> float:
    """Processor seconds of a living process; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> int:
    """MB of memory that a process holds itself (shared files of its program left out); 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line[:7] == "RssAnon"), 0)
