"""`bulaq reindex`: builds search, related, duplicates, stories, topics and sections while the site serves."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time

from bulaq.project.command_line import DONE, WRONG_USAGE, load_django

HELP = "build search, related boxes, stories and suggested topics anew, while serving"

INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sections",
        action="store_true",
        help="only learn anew which section suits an article, and which words are names",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="begin again, where one that was broken off would be taken up"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(arguments: argparse.Namespace) -> int:
    load_django()
    from django.db import OperationalError

    from bulaq.discovery.index import IndexUnavailable
    from bulaq.newsroom.finding import rebuilding

    rebuilding.nice()
    started = time.monotonic()
    if arguments.sections:
        from bulaq.newsroom.finding import sections, topics

        known = sections.train(), topics.learn_names()
        print(f"{known[0]} sections, {known[1]} parts of names in {time.monotonic() - started:.1f} s")
        return DONE
    at = rebuilding.broken_off()
    if at and not arguments.fresh and not arguments.quiet:
        print(f"taking up the one that was broken off, at: {at} (--fresh begins again)", file=sys.stderr)
    try:
        done = rebuilding.rebuild(progress=_silence if arguments.quiet else _show, fresh=arguments.fresh)
    except KeyboardInterrupt:
        print("\nbroken off; go on with: bulaq reindex", file=sys.stderr)
        return INTERRUPTED
    except rebuilding.RebuildUnderWay as error:
        print(f"bulaq reindex: {error}", file=sys.stderr)
        return WRONG_USAGE
    except IndexUnavailable as error:
        print(f"bulaq reindex: {error}; the site goes on with the index it had", file=sys.stderr)
        return WRONG_USAGE
    except (OSError, sqlite3.OperationalError, OperationalError) as error:  # a disk without room, in any step
        at = rebuilding.broken_off() or "search"
        print(f"bulaq reindex: {at}: {error}; go on with: bulaq reindex", file=sys.stderr)
        return WRONG_USAGE
    print(f"{done} articles in {time.monotonic() - started:.1f} s")
    return DONE


def _silence(step: str, done: int, total: int) -> None:
    pass


def _show(step: str, done: int, total: int) -> None:
    end = "\n" if done >= total or not sys.stderr.isatty() else "\r"
    if end == "\r" or done >= total:
        print(f"{step}: {done}/{total}", end=end, file=sys.stderr, flush=True)
