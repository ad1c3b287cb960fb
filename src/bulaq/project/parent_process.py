"""Ending with the supervisor: a part whose supervisor was killed would keep the port and hear of no purge any more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SUPERVISOR = "SUPERVISED_BY"
"""The variable in which the supervisor tells its children its process number."""

_PR_SET_PDEATHSIG = 1


def end_with_supervisor() -> None:
    """From here on this process is sent SIGTERM when its supervisor ends in whatever way (Linux: prctl(2)). Nothing happens
    elsewhere, or where nobody supervises."""
    supervisor = os.environ.pop(SUPERVISOR, "")
    if not supervisor or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(supervisor):  # it ended before it could be asked for
        os.kill(os.getpid(), signal.SIGTERM)
