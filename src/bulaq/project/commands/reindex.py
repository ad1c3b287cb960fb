"""`bulaq reindex`: builds search, related and duplicates anew while the site serves."""

from __future__ import annotations

import argparse
import sys
import time

from bulaq.project.command_line import DONE, load_django

HELP = "build the search index and the related boxes anew, while serving"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sections", action="store_true", help="only learn anew which section suits an article"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from bulaq.newsroom.finding import rebuilding

    rebuilding.nice()
    started = time.monotonic()
    if arguments.sections:
        from bulaq.newsroom.finding import sections

        print(f"{sections.train()} sections in {time.monotonic() - started:.1f} s")
        return DONE
    done = rebuilding.rebuild(progress=_silence if arguments.quiet else _show)
    print(f"{done} articles in {time.monotonic() - started:.1f} s")
    return DONE


def _silence(step: str, done: int, total: int) -> None:
    pass


def _show(step: str, done: int, total: int) -> None:
    end = "\n" if done >= total or not sys.stderr.isatty() else "\r"
    if end == "\r" or done >= total:
        print(f"{step}: {done}/{total}", end=end, file=sys.stderr, flush=True)
