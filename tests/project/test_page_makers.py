"""After an upgrade the pages of the code before are out of date; after any other restart they are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import bulaq
from bulaq.delivery.purge_log import PurgeLog
from bulaq.project import edge, page_makers, web


@pytest.fixture
def home(settings, tmp_path) -> Path:
    settings.HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    edge.purge_log.cache_clear()
    page_makers._code.cache_clear()
    yield tmp_path
    edge.purge_log.cache_clear()
    page_makers._code.cache_clear()


def purges(home: Path) -> int:
    return PurgeLog(home / "edge" / "purges").generation


def test_another_start_of_the_same_code_keeps_the_pages(home):
    edge.renew_pages_of_other_code()
    before = purges(home)
    assert not edge.renew_pages_of_other_code()
    assert purges(home) == before


@pytest.mark.parametrize("what", ["template", "code", "library", "static files", "setting"])
def test_pages_made_by_anything_else_are_purged_once(home, monkeypatch, settings, what):
    package = home / "bulaq"
    for name in ("reader/templates", "delivery"):
        shutil.copytree(
            Path(bulaq.__file__).parent / name, package / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    (package / "__init__.py").touch()
    monkeypatch.setattr(bulaq, "__file__", str(package / "__init__.py"))
    edge.renew_pages_of_other_code()
    before = purges(home)
    if what == "template":
        (package / "reader/templates/reader/article.html").write_text("<p>")
    elif what == "code":
        (package / "delivery/new.py").write_text("")
    elif what == "library":
        monkeypatch.setattr(page_makers, "version", lambda name: "99")
    elif what == "static files":
        (settings.STATIC_ROOT / "staticfiles.json").write_text('{"paths": {"desk.css": "desk.1.css"}}')
    else:
        settings.STATIC_URL = "/files/"
    page_makers._code.cache_clear()  # as in the next process
    assert edge.renew_pages_of_other_code()
    assert purges(home) == before + 1
    assert (home / "edge/purges/purge.log").read_text().endswith("soft all\n")
    assert not edge.renew_pages_of_other_code()


def test_what_could_not_be_purged_is_purged_at_the_next_start(home):
    def broken(keys: list[str], hard: bool) -> None:
        raise OSError("nobody listens")

    told: list[list[str]] = []
    assert not page_makers.purge_when_others_made_them(home / "edge", broken)
    assert page_makers.purge_when_others_made_them(home / "edge", lambda keys, hard: told.append(keys))
    assert told == [["all"]]


def test_the_edge_purges_before_it_listens(home, monkeypatch):
    seen: list[int] = []

    def listening_socket(bind: str, port: int):
        seen.append(purges(home))
        raise InterruptedError

    monkeypatch.setattr(web, "listening_socket", listening_socket)
    with pytest.raises(InterruptedError):
        web.serve_edge(str(home / "application.sock"))
    assert seen == [1]
