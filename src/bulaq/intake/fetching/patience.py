"""How long an answer from the web is waited for, all in all."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Patience:
    """Hangs up on a connection when its time is over: a limit on the silence between two bytes alone lets a server drip
    for hours."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(max(0.0, seconds), self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """From here on this connection could keep us waiting."""
        with self._lock:
            self._watched = connection
            if self.over:
                raise TimeoutError("the time is over")

    def end(self) -> None:
        """Nobody waits any more."""
        self._timer.cancel()

    def _hang_up(self) -> None:
        with self._lock:
            self.over = True
            if self._watched is not None:
                with suppress(OSError):
                    self._watched.shutdown(socket.SHUT_RDWR)
