"""Runs the tests of the newsroom, its desk and its outbox once more, with PostgreSQL as the database.

    python -m tests.on_postgres [pytest's own arguments]

Starts a server of its own when `BULAQ_TEST_POSTGRES_URL` names none; says so, and exits 0, where none is installed
(in CI that is a failure).
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext

from tests.postgres_server import TABLES, binaries, make_tables, postgres_server_with_tables

WHAT = ["tests/newsroom", "-m", "not browser", "-n", "auto", "--dist", "loadgroup"]


def main() -> int:
    """Returns pytest's exit code."""
    given = os.environ.get("BULAQ_TEST_POSTGRES_URL")
    folder = binaries()
    if not given and folder is None:
        print(
            "SKIPPED: the newsroom on PostgreSQL: no server is installed here (or set BULAQ_TEST_POSTGRES_URL)"
        )
        return 1 if os.environ.get("CI") else 0
    if given:
        make_tables(given)
    with nullcontext(given) if given else postgres_server_with_tables(folder) as url:
        environment = os.environ | {
            "BULAQ_TEST_DATABASE_URL": url, "BULAQ_TEST_POSTGRES_URL": url, "BULAQ_TEST_TEMPLATE": TABLES,
        }  # fmt: skip
        command = [sys.executable, "-m", "pytest", *WHAT, *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
