"""`bulaq manage …`: Django's own commands, for the newsroom's engineer."""

from __future__ import annotations

import argparse

from bulaq.project.command_line import DONE, load_django

HELP = "run one of Django's own commands (migrate, shell, createsuperuser …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bulaq manage", *arguments.arguments])
    return DONE
