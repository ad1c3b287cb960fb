"""`bulaq restore FILE`: what `bulaq backup` wrote, into an empty home."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bulaq.project.command_line import DONE, WRONG_USAGE, load_django

HELP = "bring back what `bulaq backup` wrote, into an empty home"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.tar.gz", type=Path)


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.project.backups import BackupError, restore

    try:
        restore(arguments.file)
    except BackupError as error:
        print(f"bulaq restore: {error}", file=sys.stderr)
        return WRONG_USAGE
    print("restored; search indexes are built anew by: bulaq reindex")
    return DONE
