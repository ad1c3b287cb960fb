"""`bulaq import` learns a site's templates from the pages it is given, dry or stored."""

from __future__ import annotations

import gzip
import json
import zipfile

from tests.intake.test_templates import page, story
from tests.intake.test_warc import record

from bulaq.intake.listing import listed
from bulaq.intake.templates.archive import Containers
from bulaq.newsroom.importing.correcting.kept_corrections import templates_file
from bulaq.project import command_line

LINE = "سجّل في خدمتنا الإخبارية المجانية لتصلك أهم مواد الأسبوع كل صباح جمعة."


def test_a_line_that_all_pages_share_is_in_no_body(tmp_path, capsys):
    for number in range(20):
        (tmp_path / f"{number:02}.html").write_bytes(page(story(number), end=LINE))
    assert command_line.main(["import", "--dry-run", "--json", str(tmp_path)]) == 0
    articles = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(articles) == 20
    assert not [a["source"] for a in articles if LINE in json.dumps(a["body"], ensure_ascii=False)]


def _read(capsys, path) -> list[dict]:
    assert command_line.main(["import", "--dry-run", "--json", str(path)]) == 0
    articles = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = ("headline", "body", "authors", "published_at", "section", "standfirst", "confidence", "warnings")
    return [{name: article[name] for name in told} for article in articles]


def test_a_folder_a_web_archive_and_a_zip_teach_the_same(tmp_path, capsys):
    pages = {f"{number:02}.html": page(story(number), end=LINE) for number in range(12)}
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, data in pages.items():
        (folder / name).write_bytes(data)
    records = [record(f"http://port.example/{name}", data) for name, data in pages.items()]
    (tmp_path / "all.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    (tmp_path / "plain").write_bytes(b"".join(records))
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    with zipfile.ZipFile(tmp_path / "nested.zip", "w") as archive:
        archive.write(tmp_path / "all.warc.gz", "crawl/all.warc.gz")
    expected = _read(capsys, folder)
    assert len(expected) == 12
    assert LINE not in json.dumps(expected, ensure_ascii=False)
    for name in ("all.warc.gz", "plain", "all.zip", "nested.zip"):
        assert _read(capsys, tmp_path / name) == expected, name


def test_a_web_archive_is_sampled_within_bounds(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(
        b"".join(record(f"http://port.example/{number}", page(story(number))) for number in range(30))
    )
    (item,) = listed([str(path)])
    size = len(page(story(0)))
    assert len(list(Containers(size=size * 5).pages(item) or ())) < 10
    assert not list(Containers(seconds=-1).pages(item) or ())
    assert len(list(Containers().pages(item) or ())) == 30


def test_a_run_keeps_what_it_learned(settings, tmp_path):
    settings.HOME = tmp_path
    assert templates_file(7).parent == tmp_path / "imports"
