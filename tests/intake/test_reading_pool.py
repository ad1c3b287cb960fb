"""Listing and reading many inputs: in order, in several processes, none of them able to stop the others."""

import gzip
import io
import os
import signal
import time
import zipfile
from itertools import islice
from pathlib import Path

import pytest
from tests.intake.wordpress_export import export, item

from bulaq.intake import reading_pool
from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.listing import listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.sources import read_all
from bulaq.intake.wordpress.reader import STRETCH

PAGE = (
    "<!doctype html><html lang=ar><body><article><h1>عنوان الصفحة رقم {n} عن المدينة</h1><div>"
    "<p>قال سكان المدينة إن المكتبة رقم {n} عادت إلى العمل بعد سنوات من الإغلاق والترميم الطويل.</p>"
    "<p>وأضافوا أن الزوار جاؤوا من القرى المجاورة ليروا الكتب والمخطوطات التي حفظتها العائلات.</p>"
    "</div></article></body></html>"
)


def _pages(folder: Path, number: int) -> None:
    for n in range(number):
        (folder / f"{n:03}.html").write_text(PAGE.format(n=n), encoding="utf-8")


def test_a_folder_is_listed_in_order_without_its_furniture(tmp_path):
    _pages(tmp_path, 2)
    (tmp_path / "000_files").mkdir()
    (tmp_path / "000_files" / "frame.html").write_text("<html>")
    (tmp_path / "style.css").write_text("a{}")
    (tmp_path / "z").symlink_to("/etc")
    (tmp_path / "z.png").symlink_to("/etc/passwd")
    found = [
        (Path(item.key).name, item.refusal) for item in listed([str(tmp_path), str(tmp_path / "none.html")])
    ]
    assert [name for name, _ in found] == ["000.html", "001.html", "z", "none.html"]
    assert [refusal.code for _, refusal in found if refusal] == ["link", "missing"]


def test_what_holds_nothing_is_named_with_what_to_do(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "a.png").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    names = ["", "-", *(str(tmp_path / name) for name in ("empty", "icons", "letter.docx"))]
    found = [(item.refusal.code, item.refusal.reason) for item in listed(names) if item.refusal]
    assert [code for code, _ in found] == ["missing", "missing", *["nothing-found"] * 2, "unknown-format"]
    assert "save it as a web page" in found[-1][1]


def test_a_file_that_was_compressed_by_itself_is_unpacked(tmp_path):
    table = "title,body\n" + f"عنوان,{'قال سكان المدينة إن المكتبة عادت. ' * 3}\n" * 2
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(table.encode()))
    (tmp_path / "b.xml.gz").write_bytes(gzip.compress(table.encode())[:-20])
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(bytes(9 << 20)))
    found = list(read_all([str(tmp_path)], ReadOptions()))
    assert [getattr(item, "code", item.source) for item in found] == [
        *[str(tmp_path / "a.csv.gz")] * 2,
        "broken-archive",
        "bomb",
    ]
    members = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    # A bomb of which the archive takes a part, and neither of the two a bomb for itself.
    members["d.txt.gz"] = gzip.compress(bytes(150 << 20))
    zipped = _archive(tmp_path / "all.zip", **members)
    found = list(read_all([zipped], ReadOptions()))
    assert [(getattr(item, "code", ""), item.source.rpartition("!")[2]) for item in found] == [
        *[("", "a.csv.gz")] * 2, ("broken-archive", "b.xml.gz"), ("bomb", "c.txt.gz"), ("bomb", "d.txt.gz"),
    ]  # fmt: skip


def test_a_pool_reads_in_order_what_one_process_reads(tmp_path):
    _pages(tmp_path, 60)
    (tmp_path / "030.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with ReadingPool(workers=2) as pool:
        read = list(pool.read(listed([str(tmp_path), "/nowhere.html"])))
    alone = list(read_all([str(tmp_path), "/nowhere.html"], ReadOptions()))
    assert [item.item for item in read] == alone
    assert [item.ordinal for item in read] == [0] * 61
    assert all(item.ends_source for item in read)
    assert isinstance(read[30].item, Refusal)
    assert isinstance(read[31].item, IncomingArticle)


def test_a_process_that_is_killed_costs_nothing(tmp_path):
    _pages(tmp_path, 50)
    with ReadingPool(workers=2) as pool:
        reading = pool.read(listed([str(tmp_path)]))
        first = next(reading)
        for worker in pool._workers:
            os.kill(worker.process.pid, signal.SIGKILL)
        keys = [first.key, *(read.key for read in reading if isinstance(read.item, IncomingArticle))]
    assert keys == [str(tmp_path / f"{n:03}.html") for n in range(50)]


@pytest.mark.parametrize("stops", [0, 2])
def test_an_export_is_read_in_turns_by_several_processes_as_one_reads_it(tmp_path, monkeypatch, stops):
    monkeypatch.setattr(reading_pool, "LARGE", 1000)
    monkeypatch.setattr(reading_pool, "DIVIDED", 1000)
    posts = [item(n, "<p>قال سكان المدينة إن المكتبة عادت إلى العمل.</p>") for n in range(1, 5 * STRETCH)]
    posts[100] = posts[100].replace("</wp:post_id>", "</wp:oops>")
    (tmp_path / "a.xml").write_bytes(export(*posts))
    (tmp_path / "b.xml").write_text("<rss version='2.0'><channel></channel></rss>" + " " * 2000)
    inputs = [given.starting_at(3) for given in listed([str(tmp_path)])]
    with ReadingPool(workers=2) as pool:
        reading = pool.read(inputs)
        read = [next(reading)]
        for _ in range(stops):
            for worker in pool._workers:
                os.kill(worker.process.pid, signal.SIGKILL)
            read += islice(reading, 2 * STRETCH)
        read += reading
    alone = list(read_all([str(tmp_path / "a.xml")], ReadOptions()))
    assert [each.item for each in read[:-1]] == alone[3:]
    assert [each.ordinal for each in read[:-1]] == list(range(3, len(alone)))
    assert [each.ends_source for each in read] == [False] * (len(alone) - 4) + [True, True]
    assert isinstance(read[-1].item, Refusal)


def test_an_input_that_hangs_is_refused_and_the_others_are_read(tmp_path):
    _pages(tmp_path, 8)
    inputs = list(listed([str(tmp_path)]))
    os.mkfifo(tmp_path / "pipe.html")  # opening it waits for a writer that never comes
    inputs[3:3] = [type(inputs[0])(key="pipe", path=str(tmp_path / "pipe.html"))]
    begun = time.monotonic()
    with ReadingPool(workers=2, seconds_an_article=10) as pool:
        read = list(pool.read(inputs))
    assert time.monotonic() - begun < 120
    refused = [item for item in read if isinstance(item.item, Refusal)]
    assert [(item.key, item.item.code) for item in refused] == [("pipe", "reader-stopped")]
    assert len(read) == 9


def _archive(path: Path, **files: bytes) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return str(path)


def test_an_archive_is_read_entry_by_entry(tmp_path):
    name = _archive(
        tmp_path / "a.zip",
        **{"b__2.html": PAGE.format(n=2).encode(), "b__1.html": PAGE.format(n=1).encode(), "b__i.png": b"x"},
    )
    found = list(read_all([name], ReadOptions()))
    assert [item.source for item in found] == [f"{name}!b/1.html", f"{name}!b/2.html"]
    assert all(isinstance(item, IncomingArticle) for item in found)


@pytest.mark.parametrize("folder", ["site", "www.old.org"])
def test_of_a_mirror_the_path_is_the_address_and_what_a_page_says_of_itself_comes_first(tmp_path, folder):
    page = PAGE.format(n=1)
    said = page.replace("<body>", '<head><link rel="canonical" href="https://old.org/said/"></head><body>', 1)
    assert said != page
    names = {"news/show.asp@id=7&lang=ar.html": page, "a/أخبار/index.html": said}
    root = tmp_path / folder
    for name, text in names.items():
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, encoding="utf-8")
    archive = _archive(
        tmp_path / "a.zip", **{f"{folder}/{name}": text.encode() for name, text in names.items()}
    )
    given = ([str(root)], "http://www.old.org/" if folder == "site" else None)
    zipped = ([archive], "http://www.old.org/" if folder == "site" else None)
    for (paths, site), start in ((given, ""), (zipped, "site/" if folder == "site" else "")):
        indexed, asked = read_all(paths, ReadOptions(), site=site)
        assert indexed.canonical_url == "https://old.org/said/"
        assert indexed.url == f"http://www.old.org/{start}a/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/"
        assert asked.url == f"http://www.old.org/{start}news/show.asp?id=7&lang=ar"


def test_bombs_and_broken_archives_are_refused_by_name(tmp_path):
    bomb = _archive(
        tmp_path / "bomb.zip", **{"big.html": bytes(15_000_000), "ok.html": PAGE.format(n=1).encode()}
    )
    found = {item.source.rpartition("!")[2]: item for item in read_all([bomb], ReadOptions())}
    assert found["big.html"].code == "bomb"
    assert isinstance(found["ok.html"], IncomingArticle)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    (refusal,) = read_all([str(tmp_path / "broken.zip")], ReadOptions())
    assert refusal.code == "broken-archive"


def test_a_forged_size_does_not_let_a_bomb_through(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", bytes(40_000_000))
    forged = data.getvalue().replace((40_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    (tmp_path / "f.zip").write_bytes(forged)
    (refusal,) = read_all([str(tmp_path / "f.zip")], ReadOptions())
    assert isinstance(refusal, Refusal)


def test_addresses_are_read_only_when_that_is_allowed():
    (refusal,) = read_all(["https://example.org/"], ReadOptions())
    assert refusal.code == "address"


@pytest.mark.parametrize("fault", [RuntimeError("a fault"), RecursionError(), MemoryError()])
def test_a_fault_of_a_reader_is_a_refusal(tmp_path, monkeypatch, fault):
    from bulaq.intake import sources

    class Failing:
        format = "failing"

        def recognises(self, source):
            return True

        def read(self, source, options):
            raise fault
            yield

    monkeypatch.setattr(sources, "readers", lambda: [Failing()])
    _pages(tmp_path, 2)
    assert [item.code for item in read_all([str(tmp_path)], ReadOptions())] == ["reader-failed"] * 2
