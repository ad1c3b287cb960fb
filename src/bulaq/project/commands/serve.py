"""`bulaq serve`: the edge, the application and the worker under one supervisor."""

from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings

from bulaq.project.command_line import DONE, load_django
from bulaq.project.parent_process import end_with_supervisor

HELP = "serve the sites and the desk: edge, application and worker under one supervisor"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="the port to listen on (BULAQ_PORT; default 8000)")
    parser.add_argument("--bind", help="the address to listen on (BULAQ_BIND; default 127.0.0.1)")
    # What the supervisor starts: one part of the whole, at the socket between them.
    parser.add_argument("--part", choices=("application", "edge"), help=argparse.SUPPRESS)
    parser.add_argument("--socket", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    if arguments.port is not None:
        os.environ["BULAQ_PORT"] = str(arguments.port)
    if arguments.bind:
        os.environ["BULAQ_BIND"] = arguments.bind
    end_with_supervisor()
    load_django()
    if arguments.part == "application":
        from bulaq.project.web import serve_application

        serve_application(arguments.socket)
        return DONE
    if arguments.part == "edge":
        from bulaq.project.web import serve_edge

        return serve_edge(arguments.socket)
    from bulaq.project.preparation import prepare
    from bulaq.project.supervisor import supervise
    from bulaq.project.web import require_free_port

    require_free_port()
    prepare()
    _say_what_is_missing()
    _say_where()
    return supervise()


def _say_what_is_missing() -> None:
    """Who starts an empty newsroom learns here how to get in, not before a login that knows nobody."""
    from django.contrib.auth import get_user_model

    from bulaq.newsroom.models import Edition

    if not get_user_model().objects.exists():
        print(
            "bulaq: nobody can log in yet. Make the first login, and the newsroom with it: bulaq begin",
            file=sys.stderr, flush=True,
        )  # fmt: skip
    elif not Edition.objects.exists():
        print("bulaq: there is no edition yet: found the newsroom at /desk/", file=sys.stderr, flush=True)


def _say_where() -> None:
    """Who starts it at a terminal sees where to look, and that it has not stood still."""
    if sys.stderr.isatty():
        where = settings.BULAQ
        print(
            f"\n  http://{where.bind}:{where.port}/\n  Desk / المكتب: http://{where.bind}:{where.port}/desk/\n"
            "  Ctrl-C stops / للإيقاف\n",
            file=sys.stderr, flush=True,
        )  # fmt: skip
