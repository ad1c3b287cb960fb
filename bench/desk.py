"""The desk's pages in a large newsroom: list, filters, search, editing page, publish, readings.

    python -m bench desk [--rounds N]        (BULAQ_BENCH_ARTICLES: how many; default 100000)
    BULAQ_BENCH_HOME=DIR python -m bench desk       (a home filled by `bench large_archive`)

A day of readings is added: ten thousand articles read in each of 26 hours. Each page is asked for through Django's handler, without a server: the time is that of one worker, and of its
database (SQLite's is in the processor time; it depends least on what else the machine does).
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from bulaq.newsroom.models import Edition

TITLE = "desk: its pages in a large newsroom, milliseconds and queries"
_ROOT = Path(__file__).resolve().parents[1]


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Makes the newsroom in a folder of its own and measures in a process of its own."""
    count = int(os.environ.get("BULAQ_BENCH_ARTICLES", "100000"))
    given = os.environ.get("BULAQ_BENCH_HOME")
    with nullcontext(given) if given else tempfile.TemporaryDirectory(prefix="bulaq-bench-desk-") as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BULAQ_")} | {
            "BULAQ_HOME": home
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.desk", str(count), str(max(rounds, 3))],
            cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def show(result: dict[str, Any]) -> str:
    """A table."""
    lines = [f"{result['articles']:,} articles, made in {result['made_seconds']} s"]
    lines += [
        f"  {name:<24}{page['cpu_ms']:>8.0f} ms of processor{page['median_ms']:>8.0f} ms (worst {page['worst_ms']:.0f}){page['queries']:>6} queries"
        for name, page in result["pages"].items()
    ]
    return "\n".join(lines)


def measure(count: int, rounds: int) -> dict[str, Any]:
    """All pages; Django must be set up, and its database empty or filled."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    from bench.articles import fill
    from bulaq.newsroom.models import Article, Edition

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    began = time.perf_counter()
    if not Edition.objects.exists():
        _found()
        fill(count)
    made = time.perf_counter() - began
    edition = Edition.objects.get(is_default=True)
    section = edition.sections.first()
    _read(edition)
    user, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client()
    client.force_login(user)
    published = Article.objects.filter(live=True).order_by("-id").first()
    first_page = client.get("/desk/articles/").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first_page)
    assert following, "the archive has a second page"
    old = unescape(following[1])
    pages = _pages(client, section.pk, published.pk, old, edition)
    return {
        "articles": Article.objects.count(),
        "made_seconds": round(made, 1),
        "pages": {name: _timed(ask, rounds) for name, ask in pages.items()},
    }


def _pages(
    client: Client, section: int, published: int, older: str, edition: Edition
) -> dict[str, Callable[[], Any]]:
    """What is asked for, by its name: one section's and one published article's pages, and the list's at `older`."""
    author = "رقم 7"
    return {
        "home": lambda: client.get("/desk/"),
        "list": lambda: client.get("/desk/articles/"),
        "list, older": lambda: client.get(older),
        "list, far back": lambda: client.get(_far_back()),
        "list, drafts": lambda: client.get("/desk/articles/?state=draft"),
        "list, published": lambda: client.get("/desk/articles/?state=published"),
        "list, failed (none)": lambda: client.get("/desk/articles/?state=failed"),
        "list, one section": lambda: client.get(f"/desk/articles/?section={section}"),
        "list, other language": lambda: client.get("/desk/articles/?language=en"),
        "list, one author": lambda: client.get("/desk/articles/", {"author": author}),
        "edit": lambda: client.get(f"/desk/articles/edit/{published}/"),
        "placement": lambda: client.get(f"/desk/articles/placement/{published}/"),
        "publish": lambda: _publish(client, published, edition),
        "chooser": lambda: client.get("/desk/articles/choose/"),
        "chooser, search": lambda: client.get("/desk/articles/choose/results/", {"q": "المدينة"}),
        "readings": lambda: client.get("/desk/readings/"),
        "readings of an article": lambda: client.get(f"/desk/readings/{published}/"),
    }


def _found() -> None:
    """An edition with six sections, and forty writers."""
    from bulaq.newsroom.models import Edition, EditionSection, Network, Person, Section

    edition = Edition.objects.create(
        network=Network.objects.create(name="شبكة"), slug="mashriq", name="النخلة", label="طبعة المشرق",
        host="mashriq.localhost", profile_key="mashriq", is_default=True,
    )  # fmt: skip
    for position, name in enumerate(("سياسة", "اقتصاد", "ثقافة", "رياضة", "علوم", "صحة")):
        section = Section.objects.create(name=name, slug=name)
        EditionSection.objects.create(edition=edition, section=section, position=position)
    for number in range(40):
        Person.objects.create(name=f"كاتب رقم {number}")


def _read(edition: Any) -> None:
    """A day of readings of the newest ten thousand, in place of those of an earlier run."""
    from datetime import timedelta

    from django.utils import timezone

    from bulaq.newsroom.models import Publication, ReadingHour
    from bulaq.newsroom.queries.readings import hour_of

    published = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    newest = list(published.order_by("-published_at").values_list("article_id", flat=True)[:10_000])
    now = hour_of(timezone.now())
    ReadingHour.objects.filter(
        article_id__in=published.order_by("-published_at").values("article_id")[:10_000]
    ).delete()
    for back in range(26):
        ReadingHour.objects.bulk_create(
            [
                ReadingHour(
                    article_id=article,
                    edition=edition,
                    hour=now - timedelta(hours=back),
                    readers=1 + 5000 // (rank + 1),
                )
                for rank, article in enumerate(newest)
            ],
            ignore_conflicts=True,
        )


def _far_back() -> str:
    from bulaq.newsroom.desk.articles.list import Place
    from bulaq.newsroom.models import Article

    oldest = Article.objects.order_by("edited_at", "id")[40]
    return f"/desk/articles/?older={Place(oldest.edited_at, oldest.pk)}"


def _publish(client: Any, article_id: int, edition: Any) -> Any:
    from bulaq.newsroom.models import Publication

    section = Publication.objects.get(article_id=article_id, edition=edition).section_id
    return client.post(
        f"/desk/articles/placement/{article_id}/",
        {"act": "publish", "edition": edition.pk, f"edition-{edition.pk}-section": section},
    )


def _timed(ask: Callable[[], Any], rounds: int) -> dict[str, float]:
    from django.db import connection

    answer = ask()
    if answer.status_code not in {200, 302}:
        raise RuntimeError(f"{answer.status_code}: {answer.request['PATH_INFO']}")
    queries: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        ask()
    times, used = [], []
    for _ in range(rounds * 3):
        began, processor = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - processor) * 1000)
    return {
        "cpu_ms": round(statistics.median(used), 1), "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1), "queries": len(queries),
    }  # fmt: skip


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bulaq.project.settings"
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
