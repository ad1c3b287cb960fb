"""A WordPress archive of fifty thousand posts, imported by the real command: articles a second, memory, killed and taken up, exact, undone.

    .venv/bin/python -m bench.intake_wordpress [--posts 50000] [--kill 2] [--sample 300] [--undo] [--export FILE]

`bench.wordpress_export` writes the export, and what a reader of that site saw. `bulaq import --publish` runs over it in a home of its own, is
killed (SIGKILL) `--kill` times on the way and begun again. Then the tables are counted, and `--sample` of the posts are compared with
what a reader saw, field by field: text, captions, credits, people, sections, topics, dates, addresses. `--undo` takes it all back and
counts what is left. With `BULAQ_DATABASE_URL`, into that database instead of SQLite (it must be empty).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from bench.import_process import ImportProcess, begin_newsroom, output, told_by_shell
from bench.wordpress_export import ExportWriter

MARKS = (5_000, 25_000, 50_000)
"""Articles at which the memory is told."""


def main() -> int:
    """Prints one line of JSON with what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES")
    parser.add_argument("--sample", type=int, default=300, metavar="POSTS")
    parser.add_argument("--undo", action="store_true", help="take it all back in the end")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="keep the export there, or use the one that is there"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as folder:
        export = arguments.export or Path(folder, "export.xml")
        truth, home = export.with_suffix(".jsonl"), Path(folder, "home")
        if not export.exists():
            ExportWriter(arguments.posts).write(export, truth)
        begin_newsroom(home)
        result = {
            "posts": arguments.posts,
            "mb": round(export.stat().st_size / 1e6),
            **_imported(export, home, arguments),
        }
        result |= _compared(home, truth, arguments.sample)
        if arguments.undo:
            begun = time.monotonic()
            output(home, "imports", "undo", "1")
            result |= {"undo_seconds": round(time.monotonic() - begun, 1), "left": told_by_shell(home, LEFT)}
    print(json.dumps(result, ensure_ascii=False))
    whole = result["articles"] == result["wanted"] == result["identities"] == result["items"]
    return 0 if whole and not result["differ"] and not any(result.get("left", {}).values()) else 1


def _imported(export: Path, home: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    running = ImportProcess(home, (str(export), "--publish"))
    begun = time.monotonic()
    code, killed = running.run_killed(arguments.kill, arguments.posts)
    seconds, cpu_seconds = time.monotonic() - begun, running.cpu_seconds
    counts = told_by_shell(home, COUNT)
    return {
        "exit": code, "killed": killed, **counts, "seconds": round(seconds, 1), "cpu_seconds": round(cpu_seconds, 1),
        "articles_a_second": round(counts["articles"] / seconds), "articles_a_cpu_second": round(counts["articles"] / cpu_seconds),
        "read_and_stored_a_second": round(counts["articles"] / counts["busy_seconds"]),
        "memory_mb": {mark: next((mb for done, mb in running.memory if done >= min(mark, arguments.posts) * 0.97), None) for mark in MARKS},
        "phases": running.phases,
        "most_mb": max((mb for _, mb in running.memory), default=0),
    }  # fmt: skip


COUNT = """
import json
from bulaq.newsroom.models import *
run = ImportRun.objects.get()
print(json.dumps({
    "state": run.state, "ready": run.ready, "doubtful": run.doubtful, "refused": run.refused, "published": run.published,
    "busy_seconds": run.busy_seconds, "articles": Article.objects.count(), "people": Person.objects.count(),
    "identities": Article.objects.values("source_identity").distinct().count(), "items": run.items.filter(outcome="created").count(),
    "read_again": run.items.exclude(outcome__in=["created", "refused"]).count(), "old_addresses": LegacyPath.objects.count(),
    "pictures": run.pictures.count(), "publications": Publication.objects.filter(state="published").count(),
}))
"""

LEFT = """
import json
from bulaq.newsroom.models import *
print(json.dumps({m.__name__: m.objects.count() for m in (Article, Publication, LegacyPath, Byline, Person, Agency, Topic, ImportPicture)}))
"""


def _compared(home: Path, truth: Path, number: int) -> dict[str, Any]:
    """How many of a sample differ from what a reader saw, in each field, and the first that does."""
    chance = random.Random(3)
    seen = [json.loads(line) for line in truth.open(encoding="utf-8")]
    kept = [post for post in seen if post["state"] != "trash"]
    sample = chance.sample(kept, min(number, len(kept)))
    differ: dict[str, int] = {}
    first: list[Any] = []
    posts = iter(sample)
    while part := list(islice(posts, 50)):
        wanted = {post["headline"]: post for post in part}
        code = STORED.replace("HEADLINES", repr(list(wanted)))
        for stored in told_by_shell(home, code):
            post = wanted.pop(stored["headline"])
            expected = _expected(post)
            for name, value in expected.items():
                found = _texts(stored[name]) if name == "body" else stored[name]
                if found != value:
                    differ[name] = differ.get(name, 0) + 1
                    first = first or [post["number"], name, found, value]
        if wanted:
            differ["absent"] = differ.get("absent", 0) + len(wanted)
    return {
        "wanted": len(kept),
        "compared": len(sample),
        "differ": differ,
        **({"first": first} if first else {}),
    }


def _expected(post: dict[str, Any]) -> dict[str, Any]:
    """What the tables must hold of a post, as `STORED` tells it."""
    lead = post["lead"] or {}
    pictures = [part["url"] for part in post["body"] if part["type"] == "image"]
    body = [
        {name: value for name, value in part.items() if name != "url" or part["type"] == "embed"}
        for part in post["body"]
    ]
    return {
        "standfirst": post["standfirst"], "section": post["section"], "people": sorted(_plain(name) for name in post["authors"]),
        "agencies": post["agencies"], "topics": post["tags"], "published": post["published_at"] if post["state"] == "published" else None,
        "lead": [lead.get(name) or "" for name in ("caption", "credit", "alt")],
        "pictures": ([lead["url"]] if lead else []) + pictures, "body": body, "addresses": len(set(post["addresses"])),
    }  # fmt: skip


def _plain(name: str) -> str:
    """A name in whichever of its spellings it came first."""
    from bulaq.arabic.normalise import matching_key

    return matching_key(name)


STORED = """
import json
from zoneinfo import ZoneInfo
from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.models import *
def told(a):
    p = Publication.objects.filter(article=a, state="published").first()
    bylines = list(a.bylines.order_by("sort_order"))
    return {
        "headline": a.headline, "standfirst": a.standfirst, "section": a.section.name if a.section else "",
        "people": sorted(matching_key(b.person.name) for b in bylines if b.person), "agencies": [b.agency.name for b in bylines if b.agency],
        "topics": [t.topic.name for t in a.article_topics.order_by("sort_order")],
        "published": p and p.published_at.astimezone(ZoneInfo("Asia/Riyadh")).isoformat(),
        "lead": [a.lead_caption, a.lead_credit, a.lead_alt],
        "pictures": [i.url for i in ImportPicture.objects.filter(article=a).order_by("id")],
        "body": a.body.get_prep_value(), "addresses": LegacyPath.objects.filter(article=a).count(),
    }
print(json.dumps([told(a) for a in Article.objects.filter(headline__in=HEADLINES)], ensure_ascii=False))
"""


def _texts(stream: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored blocks in the words of the generator."""
    return [{"type": block["type"], **_text(block["type"], block["value"])} for block in stream]


def _text(kind: str, value: Any) -> dict[str, Any]:
    import re

    match kind:
        case "paragraph":
            return {"text": unescape(re.sub(r"<[^>]+>", "", value))}
        case "heading":
            return {"text": value}
        case "list":
            return {"items": [item["value"] for item in value["items"]]}
        case "image":
            return {name: value[name] for name in ("caption", "credit", "alt")}
        case "table":
            return {"rows": value["data"]}
        case "embed":
            return {"url": value["url"]}
    return dict(value)


if __name__ == "__main__":
    sys.exit(main())
