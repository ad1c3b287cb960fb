"""A home folder made ready once for a whole test run, and copied wherever a test serves a newsroom of its own; its
database is every process's test database too.

Wagtail's and our own migrations take some fifteen seconds of a processor from an empty database; all but a few tests
need nothing but their outcome. The tests of a first start (`bulaq demo`, `bulaq begin`) go the long way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER = Path(
    os.environ.get("BULAQ_TEST_PREPARED") or Path(tempfile.gettempdir(), f"bulaq-prepared-{os.getpid()}")
)
"""Of this test run alone, shared by its processes (tests/environment.py)."""


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


def remove() -> None:
    """Takes the run's folder away; called once, by whoever began the run."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def _prepared() -> Path:
    FOLDER.mkdir(exist_ok=True)
    home, done = FOLDER / "home", FOLDER / "done"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            environment = {k: v for k, v in os.environ.items() if not k.startswith(("BULAQ_", "DJANGO_"))}
            subprocess.run(
                [sys.executable, "-m", "bulaq.project.command_line", "manage", "shell", "-v0", "-c",
                 "from bulaq.project.preparation import prepare; prepare()"],
                env=environment | {"BULAQ_HOME": str(home)}, check=True,
            )  # fmt: skip
            done.touch()
    return home
