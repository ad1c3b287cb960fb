"""An error that lasts, as a full disk does: told to the log now and then, however often it comes."""

from __future__ import annotations

import logging
import time
from typing import Final

TOLD_SECONDS: Final = 300.0


class LastingError:
    """`what` does not work, says the logger once in `TOLD_SECONDS`. May be used from many threads, two of which may tell it."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self._told = float("-inf")

    def tell(self, error: Exception) -> None:
        """It came again."""
        now = time.monotonic()
        if now - self._told > TOLD_SECONDS:
            self._told = now
            self._log.error("%s: %s", self._what, error)
