"""Few memory arenas in a long-lived process that runs engines with threads of their own."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
"""mallopt(3), malloc.h of the GNU C library."""


def use_few_arenas(number: int = 2) -> None:
    """Lets the C library's threads share `number` arenas instead of up to eight for each core.

    The index's writer begins threads again and again; each found an arena of its own and gave little of it back, so
    that the worker grew with every publish (343 → 383 MB over 350 publishes in the demo's small archive; 177 → 182 over
    200 with two arenas). Called before the first thread begins; nothing happens where the C library has no such
    setting.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, number)
