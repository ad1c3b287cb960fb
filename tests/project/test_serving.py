"""`bulaq demo` as a stranger runs it: real processes, a real port, kills and signals."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests import prepared_home

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("newsroom")]

READ_ME_BY = 600
"""Seconds a start may take on a very busy machine, the drawing of pictures included."""


def wait_for(what: Callable[[], object], seconds: float = 180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"it did not come in {seconds} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """A demo newsroom in processes of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.first_said = ""
        self.port = free_port()
        self.output = home.parent / "output.txt"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BULAQ_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bulaq.project.command_line", "demo", "--home", str(self.home), "--port", str(self.port)],
            stdout=self.output.open("w"), stderr=subprocess.STDOUT, env=environment, cwd=self.home.parent,
        )  # fmt: skip
        wait_for(lambda: self.status("/_/health/live") == 200 or self.process.poll() is not None, READ_ME_BY)
        assert self.process.poll() is None, self.output.read_text()
        self.first_said = self.first_said or self.output.read_text()

    def fetch(self, path: str, host: str = "127.0.0.1"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        return urllib.request.urlopen(request, timeout=30)

    def status(self, path: str) -> int:
        try:
            with self.fetch(path) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def children(self) -> dict[int, str]:
        """Running descendants of the supervisor: pid → command line."""
        found: dict[int, str] = {}
        parents = {self.process.pid}
        while parents:
            level = set()
            for entry in Path("/proc").iterdir():
                if not entry.name.isdigit() or int(entry.name) in found:
                    continue
                try:
                    stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                    if int(stat[1]) in parents and stat[0] != "Z":
                        level.add(int(entry.name))
                        found[int(entry.name)] = (
                            (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                        )
                except (FileNotFoundError, ProcessLookupError):
                    continue
            parents = level
        return found

    def made(self) -> dict[str, int]:
        """All pictures as they were drawn, and when each was."""
        return {path.name: path.stat().st_mtime_ns for path in self.home.glob("media/original_images/*")}

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(120)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("serving") / "home")
    # Its tables as a first start makes them; that it makes them is what everything here is prepared by.
    demo.home.mkdir()
    prepared_home.copy_database_to(demo.home / "bulaq.sqlite3")
    yield demo
    if demo.process is not None and demo.process.poll() is None:
        demo.stop()


@pytest.fixture
def demo(installation) -> Demo:
    """The installation, running."""
    if installation.process is None or installation.process.poll() is not None:
        installation.start()
    return installation


def workers(demo: Demo) -> set[int]:
    return {pid for pid, command in demo.children().items() if re.search(r"command_line worker", command)}


def test_everything_is_said_once_and_served(demo):
    said = demo.first_said
    assert re.search(r"Password / السر:\s+\S{12,}", said)
    for host in ("127.0.0.1", "maghrib.localhost", "english.localhost"):
        assert f"http://{host}:{demo.port}/" in said
        with demo.fetch("/", host) as response:
            page = response.read().decode()
        assert 'lang="' in page
    assert demo.status("/desk/login/") == 200
    (made, *_), (original, *_) = (
        list(demo.home.glob(f"media/{each}/*")) for each in ("images", "original_images")
    )
    assert demo.status(f"/media/images/{quote(made.name)}") == 200
    assert demo.status(f"/media/original_images/{quote(original.name)}") == 404
    assert demo.status("/_/health/ready") == 200


def test_most_read_and_search_come_by_themselves(demo):
    wait_for(lambda: 'data-box="most-read"' in demo.fetch("/").read().decode(), 300)
    ready = json.load(demo.fetch("/_/health/ready"))
    assert "outbox" not in ready["degraded"]


def test_a_worker_that_dies_is_started_again(demo):
    (old,) = wait_for(lambda: workers(demo))
    os.kill(old, signal.SIGKILL)
    assert wait_for(lambda: workers(demo) - {old})


def test_it_stops_cleanly_and_starts_again_with_what_it_has(demo):
    children = demo.children()
    assert demo.stop(signal.SIGINT) == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists() and "Z" not in state(pid)]
    made = demo.made()
    assert made
    demo.start()
    assert demo.made() == made, "only the first start draws pictures"
    assert "Password / السر" not in demo.output.read_text()
    assert demo.stop() == 0


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return "Z"
