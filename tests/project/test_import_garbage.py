"""A folder in which much is no article: each thing is named once with its reason, and the rest is brought in."""

import json
import os
import zipfile

import pytest
from tests.newsroom.making import make_edition

from bulaq.intake.source_names import storable
from bulaq.newsroom.importing.correcting.saved_pages import SavedPages
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.models import Edition
from bulaq.project import command_line

pytestmark = pytest.mark.django_db(transaction=True)


def _page(number: int) -> str:
    text = "ظل السوق القديم مقصد الزوار في كل موسم، وفيه دكاكين يعمل فيها الحرفيون منذ عقود طويلة. " * 3
    return (
        f"<html lang=ar><head><link rel=canonical href='https://old.example/{number}/'></head><body><article>"
        f"<h1>حكاية السوق القديم رقم {number}</h1><p>{text} {number}</p><p>{text}</p></article></body></html>"
    )


@pytest.fixture
def folder(tmp_path):
    """Five articles, one of them in a file whose name is in an old Arabic code page, and nine things that are none."""
    folder = tmp_path / os.fsdecode("أرشيف".encode("cp1256"))
    (folder / "dir.html").mkdir(parents=True)
    for number, name in enumerate(("one.html", "two\nlines.html", "dir.html/inside.html")):
        (folder / name).write_text(_page(number), "utf-8")
    with open(os.fsencode(folder) + b"/\xc7\xe1\xd3\xe6\xde.html", "wb") as file:
        file.write(_page(3).encode())
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("ok.html", _page(4))
        archive.writestr("inner.zip", b"PK\x05\x06" + bytes(18))
    (folder / "a.zip.html").write_bytes(b"")
    with open(os.fsencode(folder) + b"/empty\xff.html", "wb"):
        pass
    (folder / "red\x1b[31m.html").write_bytes(b"")
    (folder / "noise.html").write_bytes(bytes(range(1, 256)) * 20)
    (folder / "round").symlink_to(folder)
    (folder / "out.html").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.html")
    with (folder / "huge.html").open("wb") as file:
        file.truncate(2 << 30)
    (folder / "picture.jpg").symlink_to("/etc/passwd")
    return folder


NAMED = {
    "a.zip!inner.zip": "nested-archive", "a.zip.html": "empty", r"empty\xff.html": "empty", r"red\x1b[31m.html": "empty",
    "noise.html": "unknown-format", "round": "link", "out.html": "link", "pipe.html": "unreadable",
    "huge.html": "unknown-format",
}  # fmt: skip


def test_each_is_named_once_and_the_rest_is_stored(folder, capsys):
    make_edition()
    # A file that is named beside its folder comes twice, and is one.
    inputs = [str(folder), str(folder / "one.html"), str(folder)]
    run = jobs.begin(inputs=inputs, edition=Edition.objects.get(), options=jobs.RunOptions(workers=1))
    assert "".join(run.inputs).encode(), "no database takes halves of letters"
    run = jobs.work(run.pk)
    assert (run.state, run.created, run.refused) == ("done", 5, len(NAMED))
    assert run.sources_done == run.sources_total == 15
    command_line.main(["imports", "show", str(run.pk), "--verdict", "refused"])
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    assert sorted(line[2].removeprefix(storable(f"{folder}/")) for line in lines) == sorted(NAMED)
    assert all(line[3] for line in lines)
    # The name in the old code page finds its file again.
    item = run.items.get(key__contains="\\xc7\\xe1\\xd3")
    assert "رقم 3" in SavedPages().open(item).data.decode()


def test_a_dry_run_names_them_too(folder, capsys):
    assert command_line.main(["import", "--dry-run", "--json", str(folder)]) == command_line.SOME_REFUSED
    told = capsys.readouterr()
    assert len([json.loads(line) for line in told.out.encode().decode().splitlines()]) == 5
    assert sorted(
        line.partition(": ")[0].removeprefix(storable(f"{folder}/")) for line in told.err.splitlines()
    ) == sorted(NAMED)
