"""How many articles a second go from a WordPress export into the database: reading and storing measured apart.

    .venv/bin/python -m bench.intake_storing [--articles 10000] [--drafts] [--profile FILE]

An export is generated (blocks and classic bodies, sections, tags, authors, featured pictures, links between posts) and read by
the reader of exports; then its articles are stored as an import stores them, in batches, published unless `--drafts`. In
this one process, into a home of its own; with `BULAQ_DATABASE_URL`, into that database instead of SQLite (it must be empty).
Printed: articles a second of the processor time of this process and by the clock (a database server works beside it).
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bench.intake_archive import WORDS
from bench.own_home import found_edition, own_home

HEAD = (
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>الجريدة</title>'
    "<wp:base_site_url>https://old.example</wp:base_site_url>\n"
)
POST = (
    "<item><title>{headline}</title><link>https://old.example/{n}/</link><dc:creator><![CDATA[{author}]]></dc:creator>"
    '<guid isPermaLink="false">https://old.example/?p={n}</guid><content:encoded><![CDATA[{content}]]></content:encoded>'
    "<wp:post_id>{n}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    '<category domain="category" nicename="c"><![CDATA[{section}]]></category>{tags}'
    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{picture}</wp:meta_value></wp:postmeta></item>\n"
    "<item><title>صورة</title><excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded><wp:post_id>{picture}</wp:post_id>"
    "<wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/p/{n}.jpg</wp:attachment_url></item>\n"
)
AUTHORS = ("سلمى الحداد", "كريم نصر", "هدى منصور", "ليلى يوسف", "سامي عبد الله")


def write_export(path: Path, articles: int, seed: int = 7) -> None:
    """Writes an export of so many posts, each with a picture."""
    chance = random.Random(seed)

    def text(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words))

    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(1, articles + 1):
            paragraphs = [f"{text(40)}، {text(12)}." for _ in range(8)]
            paragraphs[3] += (
                f' <a href="https://old.example/{chance.randrange(1, articles + 1)}/">{text(4)}</a>'
            )
            blocks = "\n\n".join(
                f"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->" if n % 2 else p
                for p in paragraphs
            )
            tags = "".join(
                f'<category domain="post_tag" nicename="t"><![CDATA[{one} {two}]]></category>'
                for one, two in (chance.choices(WORDS[:20], k=2) for _ in range(3))
            )
            file.write(
                POST.format(
                    n=n, picture=n + 10_000_000, headline=f"{text(8)} رقم {n}", author=chance.choice(AUTHORS),
                    content=blocks, date=f"20{10 + n % 14}-{1 + n % 12:02}-{1 + n % 28:02} 09:30:00",
                    section=chance.choice(WORDS[:12]), tags=tags, caption=text(9),
                )
            )  # fmt: skip
        file.write("</channel></rss>")


def main() -> int:
    """Prints one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--drafts", action="store_true", help="store without publishing")
    parser.add_argument(
        "--profile", metavar="FILE", help="profile the storing into this file, and print its top"
    )
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="an export to take instead (`bench.wordpress_export`)"
    )
    arguments = parser.parse_args()
    with own_home() as folder:
        export = arguments.export or folder / "export.xml"
        if not arguments.export:
            write_export(export, arguments.articles)
        print(json.dumps(_measure(export, arguments)))
    return 0


def _measure(export: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from bulaq.intake.reader import ReadOptions, Source
    from bulaq.intake.wordpress import READER
    from bulaq.newsroom.importing.runs import jobs
    from bulaq.newsroom.importing.runs.options import RunOptions
    from bulaq.newsroom.importing.storing.batches import BATCH, StoreOptions, Storer
    from bulaq.newsroom.importing.storing.identity import digest
    from bulaq.newsroom.importing.storing.prepared import Found
    from bulaq.newsroom.models import Article

    edition = found_edition()
    run = jobs.begin(inputs=[str(export)], edition=edition, options=RunOptions())
    storer = Storer(run, StoreOptions(publish=not arguments.drafts))
    key = digest(str(export))
    profile = cProfile.Profile()
    cpu = {"reading": 0.0, "storing": 0.0}
    wall = 0.0

    def finds() -> Iterator[Found]:
        for ordinal, item in enumerate(READER.read(Source(str(export), path=export), ReadOptions())):
            yield Found(str(export), key, ordinal, item, ends_source=False)

    begun = time.process_time()
    found = finds()
    while batch := list(islice(found, BATCH)):
        now, clock = time.process_time(), time.monotonic()
        cpu["reading"] += now - begun
        if arguments.profile:
            profile.enable()
        storer.store(batch)
        profile.disable()
        begun = time.process_time()
        cpu["storing"] += begun - now
        wall += time.monotonic() - clock
    stored = Article.objects.count()
    if arguments.profile:
        profile.dump_stats(arguments.profile)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    return {
        "database": connection.vendor, "articles": stored, "published": not arguments.drafts,
        "read_a_cpu_second": round(stored / cpu["reading"]),
        "stored_a_cpu_second": round(stored / cpu["storing"]),
        "stored_a_second": round(stored / wall),
        "both_a_cpu_second": round(stored / sum(cpu.values())),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
