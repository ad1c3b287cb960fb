"""An import that is killed goes on where it was: every page once, none lost. With real processes and a real home."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests import prepared_home

PAGES = 600
"""Three batches: it is killed after the first and after the second."""

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><title>{headline}</title>
<link rel="canonical" href="https://old.example/news/{number}/"></head><body><article>
<nav data-box="breadcrumb"><ol><li><a href="/">الرئيسية</a></li><li><a href="/c/">ثقافة</a></li></ol></nav>
<h1>{headline}</h1><div data-box="byline"><span>سلمى الحداد</span></div>
<time datetime="2019-05-03T10:00:00+03:00">3 أيار 2019</time>
<div data-box="body"><p>{first}</p><p>{second}</p></div></article></body></html>"""

WORDS = "المدينة المكتبة الحديقة النهر السوق المتحف المدرسة الميناء الجسر القلعة البستان الشارع".split()  # noqa: SIM905


def _archive(folder: Path) -> None:
    for number in range(PAGES):
        one, two = WORDS[number % 12], WORDS[number // 12 % 12]
        headline = f"{one} تفتح أبوابها قرب {two} للمرة رقم {number}"
        first = (
            f"قال سكان الحي إن {one} كانت قبل سنوات مهجورة، وإن العمل قرب {two} بدأ في الصباح رقم {number}."
            * 2
        )
        second = (
            f"وأضافوا أن الزوار يأتون من القرى المجاورة ليروا {two} كما كانت، وأن العدد بلغ {number} زائرا."
            * 2
        )
        part = folder / f"{number % 20:02}"
        part.mkdir(exist_ok=True)
        page = PAGE.format(headline=headline, number=number, first=first, second=second)
        (part / f"{number}.html").write_text(page, encoding="utf-8")


@pytest.mark.server
@pytest.mark.xdist_group("newsroom")
def test_an_import_killed_twice_is_complete_and_nothing_is_doubled(tmp_path):
    archive, home = tmp_path / "archive", tmp_path / "home"
    archive.mkdir()
    _archive(archive)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BULAQ_", "DJANGO_"))}
    environment["BULAQ_HOME"] = str(home)
    bulaq = [sys.executable, "-m", "bulaq.project.command_line"]
    make = (
        "from bulaq.newsroom.models import Edition, Network;"
        "Edition.objects.create(network=Network.objects.create(name='شبكة'), slug='m', name='ط', label='ط',"
        " host='localhost', profile_key='mashriq', is_default=True)"
    )
    prepared_home.copy_to(home)
    subprocess.run([*bulaq, "manage", "shell", "-v0", "-c", make], env=environment, check=True, cwd=tmp_path)
    command = [*bulaq, "import", str(archive), "--publish"]

    for wanted in (150, 300):
        process = subprocess.Popen(command, env=environment, cwd=tmp_path, start_new_session=True)
        try:
            assert _reaches(home / "bulaq.sqlite3", wanted, process), "it ended before it could be killed"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    before = _count(home / "bulaq.sqlite3", "newsroom_article")
    assert 300 <= before < PAGES
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "taking up run 1" in done.stderr

    with sqlite3.connect(home / "bulaq.sqlite3") as database:
        one = lambda sql: database.execute(sql).fetchone()[0]  # noqa: E731
        assert one("select count(*) from newsroom_article") == PAGES
        assert one("select count(distinct headline) from newsroom_article") == PAGES
        assert one("select count(*) from newsroom_publication where state='published'") == PAGES
        assert one("select count(*) from newsroom_importitem") == PAGES
        assert one("select count(*) from newsroom_importitem where outcome<>'created'") == 0
        assert one("select count(*) from newsroom_legacypath") == PAGES
        assert (
            one("select created || ' ' || sources_done || ' ' || state from newsroom_importrun")
            == f"{PAGES} {PAGES} done"
        )


def _reaches(path: Path, wanted: int, process: subprocess.Popen) -> bool:
    """Waits until so many articles are committed."""
    limit = time.monotonic() + 240
    while time.monotonic() < limit and process.poll() is None:
        if _count(path, "newsroom_article") >= wanted:
            return True
        time.sleep(0.05)
    return False


def _count(path: Path, table: str) -> int:
    with sqlite3.connect(path, timeout=20) as database:
        return database.execute(f"select count(*) from {table}").fetchone()[0]
