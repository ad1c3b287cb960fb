"""Runs all tests: everything on SQLite, then the newsroom's once more on PostgreSQL. What both need ready is made once.

python -m tests
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import on_postgres, prepared_home


def main() -> int:
    """Returns the exit code of the first of the two that fails, 0 when neither does."""
    prepared_home.share()
    # Where a machine keeps no compiled files, each of hundreds of processes compiles the house anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    everything = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]
    return subprocess.run(everything, check=False).returncode or on_postgres.main()


if __name__ == "__main__":
    sys.exit(main())
