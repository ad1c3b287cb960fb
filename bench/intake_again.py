"""What an export costs that is brought in again: articles that did not change, and articles that did, beside storing them first;
and what it costs to take the updates back, and then all of it.

    .venv/bin/python -m bench.intake_again [--articles 2000] [--changed 500] [--profile FILE]

The export of `bench.intake_storing` is read and stored, published; then the first `--changed` of its articles come with one
paragraph more, and the others as they were. In this one process, into a home of its own; with `BULAQ_DATABASE_URL`, into
that database instead of SQLite (it must be empty). Printed for each kind: milliseconds of this process's time and queries,
an article.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.intake_storing import write_export
from bench.own_home import found_edition, own_home


def main() -> int:
    """Prints one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--changed", type=int, default=500)
    parser.add_argument(
        "--profile", metavar="FILE", help="profile the updates into this file, and print its top"
    )
    arguments = parser.parse_args()
    with own_home() as folder:
        export = folder / "export.xml"
        write_export(export, arguments.articles)
        print(json.dumps(_measure(export, arguments)))
    return 0


def _measure(export: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from bulaq.intake.article import IncomingArticle, Paragraph
    from bulaq.intake.reader import ReadOptions, Source
    from bulaq.intake.wordpress import READER
    from bulaq.newsroom.models import Article

    begun = time.process_time()
    articles = [
        item
        for item in READER.read(Source(str(export), path=export), ReadOptions())
        if isinstance(item, IncomingArticle)
    ]
    reading = time.process_time() - begun
    found_edition()
    first = _stored(export, articles)
    unchanged = _stored(export, articles[arguments.changed :])
    more = Paragraph("فقرة أضيفت بعد النشر، وفيها ما جدّ من الأمر.")
    profile = cProfile.Profile()
    if arguments.profile:
        profile.enable()
    updated = _stored(export, [replace(one, body=(*one.body, more)) for one in articles[: arguments.changed]])
    profile.disable()
    if arguments.profile:
        profile.dump_stats(arguments.profile)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("cumtime").print_stats(60)
    stored = Article.objects.count()
    updates, firsts = _taken_back(profiled=bool(arguments.profile))
    return {
        "database": connection.vendor,
        "articles": stored,
        "reading": {"ms": round(1000 * reading / len(articles), 2)},
        "first": first,
        "unchanged": unchanged,
        "updated": updated,
        "updated_to_first": round(updated["ms"] / first["ms"], 2),
        "updates_taken_back": updates,
        "all_taken_back": firsts,
        "left": Article.objects.count(),
    }


def _taken_back(*, profiled: bool) -> tuple[dict[str, float], ...]:
    """Takes back the run of updates, then the first one; returns what an article costs of each."""
    from bulaq.newsroom.importing.undo.undoing import to_take_back, undo
    from bulaq.newsroom.models import ImportRun

    found = []
    for run in (ImportRun.objects.first(), ImportRun.objects.last()):
        number = to_take_back(run).count()
        ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE)
        profile = cProfile.Profile()
        if profiled:
            profile.enable()
        begun, clock = time.process_time(), time.monotonic()
        undo(run.pk)
        seconds, wall = time.process_time() - begun, time.monotonic() - clock
        profile.disable()
        if profiled:
            pstats.Stats(profile, stream=sys.stderr).sort_stats("cumtime").print_stats(45)
        found.append({"ms": round(1000 * seconds / number, 2), "clock_ms": round(1000 * wall / number, 2)})
    return tuple(found)


def _stored(export: Path, articles: Sequence[Any]) -> dict[str, float]:
    """Stores the articles in a run of their own; returns what one of them costs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bulaq.newsroom.importing.runs import jobs
    from bulaq.newsroom.importing.runs.options import RunOptions
    from bulaq.newsroom.importing.storing.batches import BATCH, StoreOptions, Storer
    from bulaq.newsroom.importing.storing.identity import digest
    from bulaq.newsroom.importing.storing.prepared import Found
    from bulaq.newsroom.models import Edition

    run = jobs.begin(inputs=[str(export)], edition=Edition.objects.get(), options=RunOptions())
    storer = Storer(run, StoreOptions(publish=True))
    key = digest(str(export))
    finds = [Found(str(export), key, n, item, ends_source=False) for n, item in enumerate(articles)]
    seconds, queries = 0.0, 0
    for start in range(0, len(finds), BATCH):
        batch = finds[start : start + BATCH]
        # The captured texts of queries cost time of their own: every other batch is counted instead of timed.
        if start // BATCH % 2:
            with CaptureQueriesContext(connection) as captured:
                storer.store(batch)
            queries = len(captured)
            counted = len(batch)
        else:
            begun = time.process_time()
            storer.store(batch)
            seconds += time.process_time() - begun
    timed = sum(len(finds[start : start + BATCH]) for start in range(0, len(finds), 2 * BATCH))
    return {"ms": round(1000 * seconds / timed, 2), "queries": round(queries / counted, 2) if queries else 0}


if __name__ == "__main__":
    sys.exit(main())
