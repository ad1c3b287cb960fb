"""Imports begun at the desk, worked on beside the worker: in a process of their own, so that nothing waits for them."""

from __future__ import annotations

import atexit
import subprocess
import sys

from bulaq.newsroom.importing.runs.requests import next_for_worker


class ImportWorker:
    """Has at most one import under way. `run` is a job of the worker: it looks, begins, and never waits."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def run(self) -> int:
        """Begins the next import that waits, when none is under way."""
        if self.process is not None:
            if self.process.poll() is None:
                return 0
            self.process = None
        following = next_for_worker()
        if following is None:
            return 0
        run_id, act = following
        command = [sys.executable, "-m", "bulaq.project.command_line", "imports", act, str(run_id)]
        if act == "resume":
            command.append("--keep-waiting")
        # A session of its own: the worker's Ctrl-C is not the import's, which is stopped in order below.
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        return 0

    def stop(self) -> None:
        """Ends the import under way after the batch at hand; it is taken up when a worker runs again."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
