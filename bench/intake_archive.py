"""An archive of generated pages in several templates, imported by the real command: pages a second, memory, per phase.

    .venv/bin/python -m bench.intake_archive --pages 100000 [--kill 2]

Pages are written to a temporary folder, `bulaq import --publish` runs over it in a home of its own, is killed
(SIGKILL) `--kill` times on the way and begun again; at the end the tables are counted. With `BULAQ_DATABASE_URL`,
into that database instead of SQLite (it must be empty).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ALL = (
    "المدينة المكتبة الحديقة النهر السوق المتحف المدرسة الميناء الجسر القلعة البستان الشارع الوزارة البلدية الجمعية"
    " الفريق المهرجان المعرض الكتاب الرحلة الطريق القرية البحر الجبل قال أضاف أوضح أكد شدد بدأ عاد افتتح أعلن نظم"
    " الماضي الجديد القديم الكبير الصغير اليوم أمس سنوات شهور في من إلى على عن مع بعد قبل خلال أمام"
)
WORDS = _ALL.split()

TEMPLATES = (
    '<html lang="ar" dir="rtl"><head><title>{h} | الجريدة</title><link rel="canonical" href="{u}">'
    '<meta property="article:published_time" content="{d}"></head><body><header><nav><a href="/">الرئيسية</a>'
    '<a href="/s">{s}</a></nav></header><main><article><h1>{h}</h1><p class="byline">{a}</p>{b}</article></main>'
    "<aside><h3>آخر الأخبار</h3><ul>{x}</ul></aside></body></html>",
    '<html dir="rtl"><head><link rel="canonical" href="{u}"><script type="application/ld+json">{j}</script></head>'
    '<body><div id="top">{s}</div><div class="content"><h1 class="t">{h}</h1><div class="text">{b}</div></div>'
    '<div class="side"><h4>الأكثر قراءة</h4>{x}</div></body></html>',
    '<html lang="ar"><head><meta property="og:title" content="{h}"><link rel="canonical" href="{u}">'
    '<meta property="article:section" content="{s}"></head><body><table><tr><td><h2>{h}</h2><span>{a} - {d}</span>'
    "<div>{br}</div></td><td>{x}</td></tr></table></body></html>",
)


def write_pages(folder: Path, number: int, seed: int = 7) -> None:
    """Writes the archive: a thousand pages in each folder, templates changing over the years."""
    chance = random.Random(seed)
    for n in range(number):
        part = folder / f"{n // 1000:04}"
        part.mkdir(exist_ok=True)
        (part / f"{n}.html").write_text(_page(n, chance), encoding="utf-8")


def _page(n: int, chance: random.Random) -> str:
    def text(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words))

    headline = f"{text(8)} رقم {n}"
    paragraphs = [f"{text(45)}، {text(12)}." for _ in range(8)]
    author, section = chance.choice(("سلمى الحداد", "كريم نصر", "هدى منصور")), chance.choice(WORDS[:12])
    date = f"20{10 + n % 14}-{1 + n % 12:02}-{1 + n % 28:02}T09:30:00+03:00"
    url = f"https://old.example/{n % 12}/{n}.html"
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": date,
        "author": {"@type": "Person", "name": author}, "articleSection": section,
    }  # fmt: skip
    return TEMPLATES[n % 2 if n % 10 else 2].format(
        h=headline, u=url, d=date, s=section, a=author, j=json.dumps(data, ensure_ascii=False),
        b="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), br="<br><br>".join(paragraphs),
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
        environment = {**os.environ, "BULAQ_HOME": str(home)}
        bulaq = [sys.executable, "-m", "bulaq.project.command_line"]
        _prepare(bulaq, environment)
        command = [*bulaq, "import", str(archive), "--publish"]
        if arguments.workers:
            command += ["--workers", str(arguments.workers)]
        begun, cpu = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        for turn in range(arguments.kill):
            _killed(command, environment, bulaq, arguments.pages * (turn + 1) // (arguments.kill + 1))
        code = subprocess.run(command, env=environment, check=False).returncode
        seconds = time.monotonic() - begun
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_seconds = used.ru_utime + used.ru_stime - cpu.ru_utime - cpu.ru_stime
        run = json.loads(_output([*bulaq, "imports", "list", "--json"], environment).splitlines()[0])
    print(
        json.dumps(
            {
                "pages": arguments.pages, "exit": code, "articles": run["articles"], "refused": run["refused"],
                "state": run["state"], "killed": arguments.kill, "seconds": round(seconds, 1),
                "pages_a_second": round(arguments.pages / seconds, 1),
                "pages_a_cpu_second": round(arguments.pages / cpu_seconds, 1),
                "largest_process_mb": used.ru_maxrss // 1024,
            }
        )
    )  # fmt: skip
    return 0 if run["articles"] + run["refused"] == arguments.pages else 1


def _prepare(bulaq: list[str], environment: dict[str, str]) -> None:
    make = (
        "from bulaq.newsroom.models import Edition, Network;"
        "Edition.objects.create(network=Network.objects.create(name='شبكة'), slug='main', name='الجريدة',"
        " label='', host='localhost', profile_key='mashriq', is_default=True)"
    )
    subprocess.run([*bulaq, "manage", "migrate", "-v0"], env=environment, check=True)
    subprocess.run([*bulaq, "manage", "shell", "-v0", "-c", make], env=environment, check=True)


def _killed(command: list[str], environment: dict[str, str], bulaq: list[str], at: int) -> None:
    """Runs the command until so many inputs are done, and kills it with all its processes."""
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    while process.poll() is None:
        time.sleep(3)
        lines = _output([*bulaq, "imports", "list", "--json"], environment).splitlines()
        if lines and json.loads(lines[0])["sources_done"] >= at:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _output(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main())
