"""`bulaq manage …`: Django's own commands, for the newsroom's engineer."""

from __future__ import annotations

import argparse
import sys

from bulaq.project.command_line import DONE, NO_NEWSROOM, WRONG_USAGE, load_django

HELP = "run one of Django's own commands (migrate, shell, createsuperuser …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(["bulaq manage", *arguments.arguments])
    except OperationalError:
        if settings.HOME.exists():
            raise
        print(f"bulaq: {NO_NEWSROOM.format(home=settings.HOME)}", file=sys.stderr)
        return WRONG_USAGE
    return DONE
