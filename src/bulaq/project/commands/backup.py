"""`bulaq backup FILE`: database, media and secret key in one archive, taken while the site serves."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bulaq.project.command_line import DONE, WRONG_USAGE, load_django

HELP = "write database, media and secret key into one archive, while serving"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.tar.gz", type=Path)


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.project.backups import BackupError, write

    try:
        write(arguments.file)
    except BackupError as error:
        print(f"bulaq backup: {error}", file=sys.stderr)
        return WRONG_USAGE
    print(arguments.file)
    return DONE
