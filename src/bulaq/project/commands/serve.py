"""`bulaq serve`: web workers and the worker under one supervisor."""

from __future__ import annotations

import argparse
import os

from bulaq.project.command_line import DONE, load_django

HELP = "serve the sites and the desk: web workers and the worker under one supervisor"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="the port to listen on (BULAQ_PORT; default 8000)")
    parser.add_argument("--bind", help="the address to listen on (BULAQ_BIND; default 127.0.0.1)")
    parser.add_argument("--web-only", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    if arguments.port is not None:
        os.environ["BULAQ_PORT"] = str(arguments.port)
    if arguments.bind:
        os.environ["BULAQ_BIND"] = arguments.bind
    load_django()
    if arguments.web_only:
        from bulaq.project.web import serve_web

        serve_web()
        return DONE
    from bulaq.project.preparation import prepare
    from bulaq.project.supervisor import supervise

    prepare()
    return supervise()
