"""`bulaq import`: foreign material becomes articles of ours, or is only shown (`--dry-run --json`)."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import date
from pathlib import Path

from bulaq.intake.source_names import storable
from bulaq.intake.tabular.columns import FIELDS, stated
from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE, load_django

HELP = "bring in saved pages, exports, feeds or plain text; stores drafts unless --publish"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, or an address"
    )
    _what_is_shown(parser.add_argument_group("what is shown"))
    _where_it_goes(parser.add_argument_group("where it goes"))
    _where_it_comes_from(parser.add_argument_group("where it comes from"))
    _how_it_is_done(parser.add_argument_group("how it is done"))


def _what_is_shown(parser: argparse._ArgumentGroup) -> None:
    parser.add_argument("--dry-run", action="store_true", help="store nothing; show what was found")
    parser.add_argument("--json", action="store_true", help="one JSON object a line (docs/contracts.md)")
    parser.add_argument(
        "--report", metavar="FILE", help="with --dry-run: how many are ready or doubtful and why, as JSON"
    )
    parser.add_argument("--lines", action="store_true", help="for flattened text: the role of each line")


def _where_it_goes(parser: argparse._ArgumentGroup) -> None:
    parser.add_argument(
        "--publish", action="store_true", help="publish what is complete; the rest stays draft"
    )
    parser.add_argument(
        "--edition", metavar="SLUG", help="the edition to place articles in (default: the first)"
    )
    parser.add_argument("--headline", metavar="TEXT", help="the headline of a single input that has none")
    parser.add_argument("--section", metavar="SLUG", help="where articles go that name no section")
    parser.add_argument(
        "--map-section", action="append", default=[], metavar="THEIRS=SLUG",
        help="a section of theirs and the one of ours that it becomes; may be given many times",
    )  # fmt: skip
    parser.add_argument(
        "--map-sections",
        metavar="FILE",
        help="the same, one THEIRS=SLUG a line; what stands behind # is a remark",
    )


def _where_it_comes_from(parser: argparse._ArgumentGroup) -> None:
    parser.add_argument(
        "--fetch", action="store_true", help="allow addresses (https://…) among the inputs to be fetched"
    )
    parser.add_argument(
        "--fetch-images", action="store_true", help="fetch pictures that are not in the archive itself"
    )
    parser.add_argument(
        "--site", type=_site, metavar="URL",
        help="the address that each folder, archive or table stood at, where its pages do not say theirs",
    )  # fmt: skip
    parser.add_argument(
        "--columns", action="append", default=[], type=_column, metavar="FIELD=COLUMN",
        help="what a column of a table is (headline, body, published_at, …; url=/news.php?id={id}); may be given many times",
    )  # fmt: skip
    parser.add_argument(
        "--media",
        type=_folder,
        metavar="DIR",
        help="a folder with the old site's files under their old paths (wp-content/…)",
    )
    parser.add_argument(
        "--rights-until",
        type=_day,
        metavar="YYYY-MM-DD",
        help="the day from which imported pictures are no longer shown",
    )


def _how_it_is_done(parser: argparse._ArgumentGroup) -> None:
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="reading processes (default: one for each core)"
    )
    parser.add_argument(
        "--new", action="store_true", help="begin anew even where the same import was broken off"
    )


def _folder(text: str) -> str:
    """Absolute, so that whoever takes the import up finds it, wherever that is done."""
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return storable(os.path.abspath(text))


def _site(text: str) -> str:
    if not re.match(r"https?://[^/?#\s]+[^?#\s]*$", text):
        raise argparse.ArgumentTypeError(f"«{text}» is no address such as https://old.example/")
    return text.rstrip("/") + "/"


def _column(text: str) -> tuple[str, str]:
    told = stated(text)
    if told is None:
        raise argparse.ArgumentTypeError(f"«{text}» is not FIELD=COLUMN; the fields are: {', '.join(FIELDS)}")
    return told


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is no day such as 2031-12-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"«{text}» is no number of processes")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    if arguments.headline is not None and (len(arguments.paths) != 1 or Path(arguments.paths[0]).is_dir()):
        print("bulaq import: --headline goes with a single input", file=sys.stderr)
        return WRONG_USAGE
    if arguments.report is not None and not arguments.dry_run:
        print("bulaq import: --report goes with --dry-run", file=sys.stderr)
        return WRONG_USAGE
    if arguments.dry_run:
        from bulaq.project.import_report import show

        return show(arguments)
    load_django()
    from bulaq.project.import_run import store

    return store(arguments)


__all__ = ["DONE", "HELP", "SOME_REFUSED", "add_arguments", "run"]
