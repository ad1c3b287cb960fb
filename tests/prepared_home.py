"""A home folder made ready once for a whole test run, and copied wherever a test serves a newsroom of its own; its
database is every process's test database too.

Wagtail's and our own migrations take some twenty seconds of a processor from an empty database; all but a few tests
need nothing but their outcome. That a first start makes them is seen here: it is one.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_FOLDER = "BULAQ_TEST_PREPARED"


def share() -> None:
    """From here on this process and those that it starts share one folder, which goes with whoever began."""
    if _FOLDER not in os.environ:
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="bulaq-test-prepared-")
        atexit.register(shutil.rmtree, os.environ[_FOLDER], ignore_errors=True)


@contextmanager
def made_once() -> Iterator[Path]:
    """The shared folder, in the hands of this process alone."""
    share()
    folder = Path(os.environ[_FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def migrate(**settings: str) -> None:
    """Makes tables and static files ready as a first start does, where the `BULAQ_*` settings say."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BULAQ_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "bulaq.project.command_line", "manage", "shell", "-v0", "-c",
         "from bulaq.project.preparation import prepare; prepare()"],
        env=environment | settings, check=True,
    )  # fmt: skip


def copy_to(home: Path) -> None:
    """Fills `home` with tables and collected static files, there or not; one that has a database is left as it is."""
    if not (home / "bulaq.sqlite3").exists():
        shutil.copytree(_prepared(), home, dirs_exist_ok=True)


def copy_database_to(file: Path) -> None:
    """Makes `file` a database with all tables, as they are after the last migration."""
    with (
        closing(sqlite3.connect(_prepared() / "bulaq.sqlite3")) as made,
        closing(sqlite3.connect(file)) as copy,
    ):
        made.backup(copy)


def _prepared() -> Path:
    with made_once() as folder:
        home, done = folder / "home", folder / "done"
        if not done.exists():
            migrate(BULAQ_HOME=str(home))
            done.touch()
    return home
