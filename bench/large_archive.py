"""A newsroom with a million articles: what a miss costs there, and how soon a publish is seen through the edge.

    BULAQ_BENCH_ARTICLES=1000000 python -m bench large_archive        (default 100,000; about 5 kB of disk each)

The demo newsroom is filled with articles made of its own words (``bench.articles``). Pages are rendered in one process, without
the edge; then ``bulaq serve`` runs over the same home, an editor publishes, and readers ask the edge for another article's page and
for the front until they show it. BULAQ_BENCH_HOME names a home that is filled already.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.rendering import asker, at_home, kinds, make_demo, medians, read

TITLE = "large archive: pages on a miss, and a publish seen through the edge"
_ROOT = Path(__file__).resolve().parents[1]


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Fills a home unless one is given, measures pages, then publishes `rounds` times `seconds` articles."""
    given = os.environ.get("BULAQ_BENCH_HOME")
    with nullcontext(given) if given else TemporaryDirectory(prefix="bulaq-bench-") as name:
        home = Path(name)
        if not given:
            make_demo(home)
            _here(home, f"fill({os.environ.get('BULAQ_BENCH_ARTICLES', '100000')})")
        return {"pages": read(_here(home, f"measure({rounds})")), "publish": _publish(home, rounds * seconds)}


def _here(home: Path, call: str) -> str:
    command = [sys.executable, "-c", f"from bench.large_archive import *; {call}"]
    return subprocess.run(
        command, env=at_home(home), cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def fill(count: int) -> None:
    """The articles, short ones: the length of a text costs nothing on the pages of others."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bulaq.project.settings"
    django.setup()
    from bench import articles

    articles.fill(count, paragraphs=1)


def measure(rounds: int) -> None:
    """Prints the figures of each page, the far end of a section's list among them."""
    ask = asker()
    from bulaq.newsroom.models import Edition, Publication
    from bulaq.newsroom.queries.headlines import Cursor

    found = kinds()
    edition = Edition.objects.get(is_default=True)
    section = Publication.objects.filter(edition=edition, state="published").order_by("-id").first().section
    listed = Publication.objects.filter(edition=edition, section=section, state="published").order_by(
        "-published_at", "-id"
    )
    published_at, number = listed.values_list("published_at", "id")[listed.count() * 3 // 4]
    front = f"/{section.slug}/"
    found |= {"section front": front, "section, far back": f"{front}?before={Cursor(published_at, number)}"}
    medians(ask, found, rounds)


def _publish(home: Path, times: int) -> dict[str, Any]:
    from tests.running_newsroom import RunningNewsroom, wait_for

    served = RunningNewsroom(home)
    commits, box, front = [], [], []
    try:
        served.start()
        with served.editor() as editor:
            editor.publish("العدد الأول")
            other = editor.publish("مادة يقرؤها الناس")["path"]
            served.text(other)
            served.text("/")
            for number in range(times):
                headline = (
                    "خبر من المطبعة "
                    + "".join("ابجدهوزحطي"[int(digit)] + " " for digit in str(number)).strip()
                )
                began = time.monotonic()
                at = editor.publish(headline)["at"]
                commits.append(at - began)
                # Closed by markup, so that «خبر ا» is not taken for «خبر اب».
                wait_for(lambda: f">{headline}<" in served.text(other), 30)  # noqa: B023 - asked at once
                box.append(time.monotonic() - at)
                wait_for(lambda: f">{headline}<" in served.text("/"), 30)  # noqa: B023
                front.append(time.monotonic() - at)
            hit = served.get(other)[1]["cache-status"]
    finally:
        served.stop()
    figures = {
        "write and publish": commits,
        "seen in another page's box": box,
        "seen there and on the front": front,
    }
    return {
        "other page": hit,
        **{
            name: {"median_ms": round(statistics.median(each) * 1000), "worst_ms": round(max(each) * 1000)}
            for name, each in figures.items()
        },
    }


def show(result: dict[str, Any]) -> str:
    """Tables for people."""
    from bench import rendering

    lines = [rendering.show(result["pages"]), ""]
    for name, row in result["publish"].items():
        lines.append(
            f"{name:<32}{row}"
            if isinstance(row, str)
            else f"{name:<32}{row['median_ms']:>6} ms, worst {row['worst_ms']}"
        )
    return "\n".join(lines)
