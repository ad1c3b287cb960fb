"""A command that is pointed at a folder without a newsroom says so, instead of finding nothing."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("command", [["search", "المدينة"], ["related", "7"], ["publish", "7"]])
def test_a_mistyped_home_is_named(command, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BULAQ_")}
    done = subprocess.run(
        [sys.executable, "-m", "bulaq.project.command_line", *command, "--home", str(tmp_path / "typo")],
        capture_output=True, text=True, timeout=120, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert str(tmp_path / "typo") in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "typo" / "bulaq.sqlite3").exists()
