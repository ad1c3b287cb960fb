"""An archive of generated pages in several templates, imported by the real command: pages a second, memory, per phase.

    .venv/bin/python -m bench.intake_archive --pages 100000 [--kill 2]

Pages are written to a temporary folder, `bulaq import --publish` runs over it in a home of its own, is killed
(SIGKILL) `--kill` times on the way and begun again; at the end the tables are counted. With `BULAQ_DATABASE_URL`,
into that database instead of SQLite (it must be empty).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from bench.import_process import ImportProcess, begin_newsroom, told_by_shell

_ALL = (
    "المدينة المكتبة الحديقة النهر السوق المتحف المدرسة الميناء الجسر القلعة البستان الشارع الوزارة البلدية الجمعية"
    " الفريق المهرجان المعرض الكتاب الرحلة الطريق القرية البحر الجبل قال أضاف أوضح أكد شدد بدأ عاد افتتح أعلن نظم"
    " الماضي الجديد القديم الكبير الصغير اليوم أمس سنوات شهور في من إلى على عن مع بعد قبل خلال أمام"
)
WORDS = _ALL.split()


TEMPLATES = (
    # The oldest pages: a layout of tables, line breaks for paragraphs, nothing said to machines but the basics.
    '<html lang="ar"><head><meta property="og:title" content="{h}"><link rel="canonical" href="{u}">'
    '<meta property="article:section" content="{s}"></head><body><table><tr><td><h2>{h}</h2><span>{a} - {d}</span>'
    "<div>{br}</div></td><td>{x}</td></tr></table></body></html>",
    # Two of the middle years, at the same time: news, and the long reads beside it.
    '<html lang="ar" dir="rtl"><head><title>{h} | الجريدة</title><link rel="canonical" href="{u}">'
    '<meta property="article:published_time" content="{d}"></head><body><header><nav><a href="/">الرئيسية</a>'
    '<a href="/s">{s}</a></nav></header><main><article><h1>{h}</h1><p class="byline">{a}</p>{b}</article></main>'
    "<aside><h3>آخر الأخبار</h3><ul>{x}</ul></aside></body></html>",
    '<html dir="rtl"><head><title>{h}</title><link rel="canonical" href="{u}"><meta name="author" content="{a}">'
    '<meta property="article:published_time" content="{d}"></head><body><div class="path"><a href="/">الرئيسية</a> &gt; '
    '<a href="/s">{s}</a></div><div class="long"><h1>{h}</h1><h5>{a}</h5><div class="txt">{div}</div><p>تابعونا على المنصات'
    "</p></div><div class='foot'><ul>{x}</ul><p>جميع الحقوق محفوظة</p></div></body></html>",
    # The newest design, with its facts in JSON-LD, and its pages of pictures.
    '<html dir="rtl"><head><link rel="canonical" href="{u}"><script type="application/ld+json">{j}</script></head>'
    '<body><div id="top">{s}</div><div class="content"><h1 class="t">{h}</h1><div class="text">{b}</div></div>'
    '<div class="side"><h4>الأكثر قراءة</h4>{x}</div></body></html>',
    '<html dir="rtl"><head><link rel="canonical" href="{u}"><script type="application/ld+json">{j}</script></head>'
    '<body><nav>{s}</nav><section class="story"><figure><img src="/p.jpg" width="800" height="500"><figcaption>{c}'
    '</figcaption></figure><h1>{h}</h1><div class="copy">{b}<p>اقرأ أيضا</p></div></section><section class="next">{x}'
    "</section></body></html>",
)


def write_pages(folder: Path, number: int, seed: int = 7) -> None:
    """Writes the archive: a thousand pages in each folder, templates changing over the years."""
    chance = random.Random(seed)
    for n in range(number):
        part = folder / f"{n // 1000:04}"
        part.mkdir(exist_ok=True)
        (part / f"{n}.html").write_text(_page(n, number, chance), encoding="utf-8")


def _page(n: int, number: int, chance: random.Random) -> str:
    def text(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words))

    headline = f"{text(8)} رقم {n}"
    paragraphs = [f"{text(chance.randint(25, 50))}، {text(12)}." for _ in range(chance.randint(4, 8))]
    author, section = chance.choice(("سلمى الحداد", "كريم نصر", "هدى منصور")), chance.choice(WORDS[:12])
    year = 2010 + n * 14 // number
    date = f"{year}-{1 + n % 12:02}-{1 + n % 28:02}T09:30:00+03:00"
    url = f"https://old.example/{n % 12}/{n}.html"
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": date,
        "author": {"@type": "Person", "name": author}, "articleSection": section,
    }  # fmt: skip
    template = 0 if year < 2013 else 1 + (n % 5 == 0) if year < 2019 else 3 + (n % 4 == 0)
    return TEMPLATES[template].format(
        h=headline, u=url, d=date, s=section, a=author, c=text(9), j=json.dumps(data, ensure_ascii=False),
        b="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), br="<br><br>".join(paragraphs),
        div="".join(f"<div>{paragraph}</div>" for paragraph in paragraphs),
        x="".join(f'<li><a href="/{chance.randrange(99999)}.html">{text(7)}</a></li>' for _ in range(8)),
    )  # fmt: skip


def main() -> int:
    """Prints one line of JSON with what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES")
    parser.add_argument("--workers", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as folder:
        archive, home = Path(folder) / "archive", Path(folder) / "home"
        archive.mkdir()
        write_pages(archive, arguments.pages)
        begin_newsroom(home)
        options = ("--workers", str(arguments.workers)) if arguments.workers else ()
        running = ImportProcess(home, (str(archive), "--publish", *options))
        begun = time.monotonic()
        code, killed = running.run_killed(arguments.kill, arguments.pages)
        seconds = time.monotonic() - begun
        cpu_seconds = running.cpu_seconds
        counts = told_by_shell(home, COUNT)
    print(
        json.dumps(
            {
                "pages": arguments.pages, "exit": code, "killed": killed, **counts,
                "seconds": round(seconds, 1), "pages_a_second": round(arguments.pages / seconds, 1),
                "pages_a_cpu_second": round(arguments.pages / cpu_seconds, 1), "memory_mb": _tenths(running.memory),
            },
            ensure_ascii=False,
        )
    )  # fmt: skip
    whole = {name: counts[name] for name in ("articles", "headlines", "identities", "items", "old_addresses")}
    return 0 if counts["state"] == "done" and set(whole.values()) == {arguments.pages} else 1


COUNT = """
import json
from django.db.models import Count
from bulaq.newsroom.models import *
run = ImportRun.objects.get()
count = lambda rows, name: rows.aggregate(n=Count(name, distinct=True))["n"]
print(json.dumps({
    "state": run.state, "ready": run.ready, "doubtful": run.doubtful, "refused": run.refused, "published": run.published,
    "articles": Article.objects.count(), "headlines": count(Article.objects, "headline"),
    "identities": count(Article.objects, "source_identity"), "items": run.items.filter(outcome="created").count(),
    "old_addresses": LegacyPath.objects.count(), "publications": Publication.objects.filter(state="published").count(),
    "to_index": count(OutboxEntry.objects.filter(consumer="index"), "article_id"),
    "read_again": run.items.exclude(outcome="created").count(),
    "reasons": sorted({r["code"] for reasons in run.items.exclude(reasons=[]).values_list("reasons", flat=True)[:5000]
                       for r in reasons}),
}, ensure_ascii=False))
"""
"""What the tables hold in the end: every count of single things must be the number of pages."""


def _tenths(memory: list[tuple[int, int]]) -> list[int]:
    """Ten of the samples, evenly from the first to the last."""
    return [memory[len(memory) * tenth // 10][1] for tenth in range(10)] if memory else []


if __name__ == "__main__":
    sys.exit(main())
