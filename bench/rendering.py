"""What a miss costs: the pages and boxes of the demo newsroom rendered by the application itself, without the edge.

    python -m bench rendering [--rounds N]            (BULAQ_BENCH_HOME: a demo home to use; else one is made)

The application is called as WSGI in this process, as the edge calls it (announcing that it composes), and its processor time is
taken, since a busy machine does not change that. The database is the demo's, so this says what rendering costs; what a large
archive adds to it is measured by ``bench.articles``.
"""

from __future__ import annotations

import io
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes

TITLE = "rendering: processor time of a page and of its boxes on a miss"
WARM, TIMES = 10, 40


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """Renders in a process of its own, because settings are read once in a process."""
    given = os.environ.get("BULAQ_BENCH_HOME")
    with nullcontext(given) if given else TemporaryDirectory(prefix="bulaq-bench-") as home:
        if not given:
            make_demo(Path(home))
        environment = at_home(home)
        command = [sys.executable, "-c", f"from bench.rendering import measure; measure({rounds})"]
        lines = subprocess.run(
            command, env=environment, cwd=Path(__file__).resolve().parents[1], check=True,
            stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
    return read(lines)


def read(lines: str) -> dict[str, Any]:
    """What `medians` printed."""
    rows = (line.split("\t") for line in lines.splitlines())
    return {
        name: {"cpu_ms": float(cpu), "wall_ms": float(wall), "queries": int(count)}
        for name, cpu, wall, count in rows
    }


def at_home(home: str | Path) -> dict[str, str]:
    """The environment for Bulaq's own processes: this home, and no other setting from the machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BULAQ_")}
    return kept | {"BULAQ_HOME": str(home)}


def make_demo(home: Path) -> None:
    """A demo newsroom in `home`, not served."""
    command = [sys.executable, "-m", "bulaq.project.command_line", "demo", "--no-serve", "--home", str(home)]
    subprocess.run(command, env=at_home(home), check=True, stdout=subprocess.DEVNULL)


def asker() -> Callable[[str], bytes]:
    """Django's application as a function from a path to a body; raises RuntimeError for anything but 200."""
    from bulaq.project.site_application import site as application

    def ask(path: str, host: str = "127.0.0.1") -> bytes:
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": unquote_to_bytes(path.partition("?")[0]).decode("latin-1"), "QUERY_STRING": path.partition("?")[2],
            "SERVER_NAME": host, "SERVER_PORT": "80", "HTTP_HOST": host, "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            "HTTP_SURROGATE_CAPABILITY": 'bulaq="ESI/1.0"',
        }  # fmt: skip
        answer = application(environ, lambda line, headers, error=None: status.append(line))
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{path}: {status[0]}")
        return body

    return ask


def measure(rounds: int) -> None:
    """Prints a line for each kind of page: name, processor and wall milliseconds (median), queries."""
    medians(asker(), kinds(), rounds)


def medians(ask: Callable[[str], bytes], pages: dict[str, str], rounds: int) -> None:
    """The same for any pages: their names and paths."""
    for name, path in pages.items():
        cpu, wall = [], []
        for turn in range(WARM + TIMES * rounds):
            began, used = time.perf_counter(), time.process_time()
            ask(path)
            if turn >= WARM:
                cpu.append((time.process_time() - used) * 1000)
                wall.append((time.perf_counter() - began) * 1000)
        print(
            f"{name}\t{statistics.median(cpu):.2f}\t{statistics.median(wall):.2f}\t{queries(ask, path)}",
            flush=True,
        )


def record() -> None:
    """Prints the article's page with its marks, what each mark names, and all articles, as JSON (for ``bench.edge``)."""
    ask = asker()
    page = ask(kinds()["article"]).decode()
    boxes: dict[str, str] = {}
    left = [page]
    while left:
        for path in re.findall(r'<esi:include src="([^"]+)"/>', left.pop()):
            if path not in boxes:
                boxes[path] = ask(path).decode()
                left.append(boxes[path])
    print(json.dumps({"page": page, "boxes": boxes, "articles": _articles()}))


def _articles() -> list[dict[str, str]]:
    """The articles of the first edition for other publishing systems: the measured one first, the others newest first."""
    from bulaq.newsroom.models import Edition, Publication

    measured = kinds()["article"]
    placed = Publication.objects.filter(
        edition=Edition.objects.get(is_default=True), state=Publication.State.PUBLISHED
    ).select_related("article", "section")
    found = sorted(
        placed.order_by("-published_at", "-id"), key=lambda each: f"/{each.article_id}-" not in measured
    )
    return [
        {
            "headline": each.headline,
            "section": each.section.name,
            "html": "".join(
                f"<h2>{block.value}</h2>" if block.block_type == "heading" else f"<p>{block.value}</p>"
                for block in each.article.body
                if block.block_type in ("paragraph", "heading")
            ),
        }
        for each in found
    ]


def queries(ask: Callable[[str], bytes], path: str) -> int:
    """How many queries the page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        ask(path)
    return len(found)


def kinds() -> dict[str, str]:
    """The pages that are measured: the article with the longest text of the first edition, and its surroundings."""

    from django.db.models import TextField
    from django.db.models.functions import Cast, Length

    from bulaq.newsroom import addresses
    from bulaq.newsroom.models import Edition, Publication

    edition = Edition.objects.get(is_default=True)
    publication = (
        Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED, article__lead_image__isnull=False)
        .select_related("section").order_by(Length(Cast("article__body", TextField())).desc()).first()
    )  # fmt: skip
    return {
        "article": addresses.of_publication(publication),
        "home": "/",
        "section front": addresses.section(publication.section.slug),
        "shared boxes": addresses.box("shared", edition.pk),
        "related box": addresses.box("related", edition.pk, publication.article_id),
    }


def show(result: dict[str, Any]) -> str:
    """A table for people."""
    lines = [f"{'page':<20}{'CPU ms':>9}{'wall ms':>9}{'queries':>9}"]
    lines += [
        f"{name:<20}{row['cpu_ms']:>9.2f}{row['wall_ms']:>9.2f}{row['queries']:>9}"
        for name, row in result.items()
    ]
    return "\n".join(lines)
