"""`bulaq demo`: creates, loads and serves the demo newsroom."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from bulaq.project.command_line import DONE, load_django
from bulaq.project.configuration import remember

HELP = "create, load and serve the demo newsroom"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=None, help="the port to listen on (BULAQ_PORT; default 8000)"
    )
    parser.add_argument("--no-serve", action="store_true", help="create and load, then stop")


def run(arguments: argparse.Namespace) -> int:
    port = str(arguments.port if arguments.port is not None else os.environ.get("BULAQ_PORT", "8000"))
    os.environ["BULAQ_PORT"] = port
    # The demo's addresses carry the port that it listens on (a newsroom behind a proxy has none to say); kept in the home
    # folder, so that what other commands print about the demo can be clicked.
    if "BULAQ_PUBLIC_PORT" not in os.environ:
        remember(os.environ.get("BULAQ_HOME", "var"), "BULAQ_PUBLIC_PORT", port)
    load_django()
    from bulaq.demo.loading import load
    from bulaq.project.demo_login import announce, ensure_login
    from bulaq.project.preparation import prepare
    from bulaq.project.web import require_free_port

    if not arguments.no_serve:
        require_free_port()
    # Until the servers run SIGTERM is an exit like any other: killed, this would leave those who draw its pictures behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    prepare()
    load()
    announce(ensure_login())
    if arguments.no_serve:
        return DONE
    from bulaq.project.supervisor import supervise

    return supervise()
