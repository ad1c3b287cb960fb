"""A newsroom served as its readers have it, with an editor beside it who publishes when told.

`RunningNewsroom` is `bulaq serve` in processes of its own. Run as a program this module is the editor: its Django is
loaded once, so that what is timed is the publish and not the start of a process.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import prepared_home

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 300
"""How long a start may take on a busy machine: tables, static files, three processes."""


class RunningNewsroom:
    """`bulaq serve` over a home folder, made ready here; `settings` are `BULAQ_*` variables. Stopped by `stop`."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        prepared_home.copy_to(home)
        self.port = free_port()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("BULAQ_", "DJANGO_"))}
        self.environment |= {
            "BULAQ_HOME": str(home), "BULAQ_PORT": str(self.port), "BULAQ_WEB_WORKERS": "1",
            "BULAQ_PUBLIC_PORT": str(self.port), "BULAQ_LOG_LEVEL": "WARNING",
        } | settings  # fmt: skip
        self.output = home.parent / f"{home.name}.output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bulaq.project.command_line", "serve"],
            stdout=self.output.open("ab"), stderr=subprocess.STDOUT, env=self.environment, cwd=self.home,
        )  # fmt: skip
        wait_for(
            lambda: self.process.poll() is not None or self.status("/_/health/live") == 200, START_SECONDS
        )
        assert self.process.poll() is None, self.output.read_text()

    def stop(self) -> None:
        """Ends it in order; does nothing when it does not run."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(90)

    def kill(self) -> None:
        """Nothing is put in order; returns when nobody answers any more."""
        self.process.kill()
        self.process.wait(30)
        wait_for(lambda: self.status("/_/health/edge") == 0)

    def get(self, path: str, host: str = "127.0.0.1", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers by lower-case names, and text."""
        return get(self.port, path, host, **headers)

    def status(self, path: str) -> int:
        """The status alone; 0 when nobody answers."""
        try:
            return self.get(path)[0]
        except OSError:
            return 0

    def text(self, path: str) -> str:
        """The page, which must be there."""
        status, _, text = self.get(path)
        assert status == 200, f"{path}: {status}"
        return text

    @contextmanager
    def editor(self) -> Iterator[Editor]:
        """An editor at this newsroom's database, told what to do line by line."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.running_newsroom"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=self.environment, cwd=ROOT, text=True,
        )  # fmt: skip
        try:
            yield Editor(process)
        finally:
            process.stdin.close()
            process.wait(30)


class Editor:
    """Acts of the newsroom in a process of their own; every answer carries the monotonic clock at its end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, act: str, **values: object) -> dict[str, object]:
        """Does one act and waits for it."""
        print(json.dumps({"act": act, **values}), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, "the editor is gone"
        return json.loads(line)

    def found(self) -> dict[str, object]:
        """Makes the small newspaper of the reader's tests; returns paths of its first edition, newest first."""
        return self.ask("found")

    def publish(self, headline: str) -> dict[str, Any]:
        """Writes and publishes a new article; `article`, `path`, `at` (when the commit was done)."""
        return self.ask("publish", headline=headline)

    def settle(self) -> None:
        """Does all that follows from acts so far, indexes included, in this process and before anything is served."""
        self.ask("settle")

    def wait_until_idle(self) -> None:
        """Until the worker has done all that followed from acts so far."""
        wait_for(lambda: self.ask("waiting")["entries"] == 0, 120)

    def withdraw(self, article: object) -> dict[str, object]:
        """Withdraws it."""
        return self.ask("withdraw", article=article)


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, host: str = "127.0.0.1", **headers: str) -> tuple[int, dict[str, str], str]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            "GET", path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
    finally:
        connection.close()


def wait_for(what: Callable[[], object], seconds: float = 60) -> object:
    """What `what` returns as soon as that is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.01)
    raise AssertionError(f"it did not come in {seconds} s")


def _edit() -> None:
    """The editor's process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bulaq.project.settings"
    import django

    django.setup()
    from django.db import connection

    from bulaq.newsroom import addresses
    from bulaq.newsroom.actions.publishing import publish, withdraw
    from bulaq.newsroom.models import OutboxEntry, Publication
    from tests.newsroom.making import make_article

    for line in sys.stdin:
        connection.close()  # a test may have restarted the database since the last act
        task = json.loads(line)
        answer: dict[str, object] = {}
        if task["act"] == "found":
            from bulaq.project.preparation import prepare
            from tests.reader.newspaper import make_newspaper

            prepare()
            made = make_newspaper()
            placed = Publication.objects.filter(edition=made.editions["mashriq"]).select_related(
                "section", "article"
            )
            answer["paths"] = [addresses.of_publication(each) for each in placed.order_by("-published_at")]
        elif task["act"] == "publish":
            article = make_article(task["headline"], section="culture")
            publication = publish(article_id=article.pk)
            answer = {"article": article.pk, "path": addresses.of_publication(publication)}
        elif task["act"] == "settle":
            from bulaq.project.jobs import jobs
            from bulaq.project.worker import Worker

            Worker(jobs()).run_until_idle()
        elif task["act"] == "waiting":
            answer["entries"] = OutboxEntry.objects.count()
        elif task["act"] == "withdraw":
            withdraw(article_id=task["article"])
        print(json.dumps(answer | {"at": time.monotonic()}), flush=True)


if __name__ == "__main__":
    _edit()
