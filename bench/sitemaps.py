"""Sitemaps and feeds of a large edition, rendered without the edge.

    python -m bench sitemaps [--rounds N]        (BULAQ_BENCH_ARTICLES=1000000 for a larger archive)

An SQLite database of 100,000 articles over ten years is made in a temporary home; then each address is asked of the
application itself, and the median of the rounds is told.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TITLE = "sitemaps and feeds of a large edition, without the edge"
ADDRESSES = ("/sitemap.xml", "month", "/news-sitemap.xml", "/feed/", "/feed/json/")
_ROOT = Path(__file__).resolve().parents[1]


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Medians in milliseconds, by address. In a process of its own, because it configures Django."""
    count = os.environ.get("BULAQ_BENCH_ARTICLES", "100000")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BULAQ_")}
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as home:
        environment |= {"BULAQ_HOME": home, "DJANGO_SETTINGS_MODULE": "bulaq.project.settings"}
        program = f"from bench.sitemaps import measure; measure({int(count)}, {rounds})"
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=_ROOT, env=environment, capture_output=True, text=True
        )
    if done.returncode:
        return {"error": done.stderr[-500:]}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(count: int, rounds: int) -> None:
    """Makes the archive and prints the figures as one JSON object."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    _fill(count)
    client = Client(HTTP_HOST="bench.localhost")
    month = next(
        part for part in client.get("/sitemap.xml").content.decode().split("<loc>") if "/sitemap/20" in part
    )
    paths = [
        f"/sitemap/{month.partition('/sitemap/')[2].partition('<')[0]}" if path == "month" else path
        for path in ADDRESSES
    ]
    figures: dict[str, Any] = {"articles": count}
    for path in paths:
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            answer = client.get(path)
            times.append((time.perf_counter() - started) * 1000)
        figures[path] = {"ms": round(statistics.median(times), 1), "bytes": len(answer.content)}
    print(json.dumps(figures))


def _fill(count: int) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from bulaq.newsroom.models import Article, Edition, EditionSection, Network, Publication, Section

    edition = Edition.objects.create(
        network=Network.objects.create(name="شبكة"), slug="bench", name="النخلة", label="طبعة", host="bench.localhost",
        profile_key="mashriq", is_default=True,
    )  # fmt: skip
    sections = [Section.objects.create(name=name, slug=name) for name in ("culture", "sport", "health")]
    for section in sections:
        EditionSection.objects.create(edition=edition, section=section)
    body = [("paragraph", "<p>" + "نص الفقرة في مادة من مواد الأرشيف الطويل. " * 12 + "</p>")]
    now, step = timezone.now(), timedelta(days=3650) / count
    for start in range(0, count, 5000):
        numbers = range(start + 1, min(start + 5000, count) + 1)
        Article.objects.bulk_create(
            Article(pk=n, headline=f"عنوان المادة رقم {n} من مواد الأرشيف", body=body, live=True)
            for n in numbers
        )
        Publication.objects.bulk_create(
            Publication(
                article_id=n, edition=edition, section=sections[n % 3], state="published", is_canonical=True,
                published_at=now - step * (count - n), slug=f"عنوان-المادة-رقم-{n}-من-مواد-الأرشيف",
            )
            for n in numbers
        )  # fmt: skip


def show(result: dict[str, Any]) -> str:
    """A table."""
    if "error" in result:
        return f"failed: {result['error']}"
    lines = [f"{result['articles']:,} articles"]
    lines += [
        f"{path:<28} {figure['ms']:>9.1f} ms {figure['bytes']:>10,} bytes"
        for path, figure in result.items()
        if path != "articles"
    ]
    return "\n".join(lines)
