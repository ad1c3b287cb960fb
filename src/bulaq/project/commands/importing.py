"""`bulaq import`: foreign material becomes articles of ours, or is only shown (`--dry-run --json`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

HELP = "bring in saved pages, exports, feeds or plain text; stores drafts unless --publish"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, or an address"
    )
    parser.add_argument("--dry-run", action="store_true", help="store nothing; show what was found")
    parser.add_argument("--json", action="store_true", help="one JSON object a line (docs/contracts.md)")
    parser.add_argument("--lines", action="store_true", help="for flattened text: the role of each line")
    parser.add_argument(
        "--publish", action="store_true", help="publish what is complete; the rest stays draft"
    )
    parser.add_argument(
        "--edition", metavar="SLUG", help="the edition to place articles in (default: the first)"
    )
    parser.add_argument("--headline", metavar="TEXT", help="the headline of a single input that has none")


def run(arguments: argparse.Namespace) -> int:
    if arguments.headline is not None and (len(arguments.paths) != 1 or Path(arguments.paths[0]).is_dir()):
        print("bulaq import: --headline goes with a single input", file=sys.stderr)
        return WRONG_USAGE
    if arguments.dry_run:
        from bulaq.project.import_report import show

        return show(arguments)
    load_django()
    from bulaq.project.import_run import store

    return store(arguments)


__all__ = ["DONE", "HELP", "SOME_REFUSED", "add_arguments", "run"]
