"""Edge processes: several listeners on one address, begun again when one dies."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from types import FrameType

from bulaq.delivery.listener import Listener

_log = logging.getLogger(__name__)

# A process that dies sooner than this after its start is begun again with a pause, so that a fault at start is no storm.
_SOONEST = 1.0


def listening_socket(host: str, port: int, backlog: int = 4096) -> socket.socket:
    """A TCP socket for all workers; raises OSError when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(backlog)
    return sock


def run_workers(make_listener: Callable[[], Listener], workers: int) -> int:
    """Runs ``workers`` forked processes, each with the listener it makes itself, until SIGTERM or SIGINT; returns 0.

    Nothing with threads may have been started in this process before. The edge is made in the worker, so memory is not
    shared; the listening socket is, and should be made before.
    """
    stopping = False
    children: dict[int, float] = {}

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not stopping or children:
        while not stopping and len(children) < workers:
            child = os.fork()
            if child == 0:
                _work(make_listener)
            children[child] = time.monotonic()
        try:
            child, status = os.wait()
        except ChildProcessError:
            break
        except InterruptedError:
            continue
        begun = children.pop(child, 0.0)
        if not stopping:
            _log.error("edge process %d ended with status %d; another takes its place", child, status)
            if time.monotonic() - begun < _SOONEST:
                time.sleep(_SOONEST)
    return 0


def _work(make_listener: Callable[[], Listener]) -> None:
    """The life of one worker process; does not return."""
    code = 1
    try:
        listener = make_listener()
        signal.signal(signal.SIGTERM, lambda _signal, _frame: listener.stop())
        # Ctrl-C reaches the whole group: the parent passes it on as SIGTERM.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        listener.run()
        code = 0
    except BaseException:
        _log.exception("edge process %d", os.getpid())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
