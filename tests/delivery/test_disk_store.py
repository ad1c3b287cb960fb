"""The second level: a warm restart, one rendering for a machine, and nothing shown that was withdrawn meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path
from typing import Any

import pytest
from edge_site import Browser, Site

from bulaq.delivery import keys, policies
from bulaq.delivery.disk_store import DiskStore
from bulaq.delivery.edge import Edge
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.purge_log import PurgeLog
from bulaq.delivery.settings import EdgeSettings

fork = multiprocessing.get_context("fork")


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Any]:
    return {"purge_folder": tmp_path / "purge", "disk_folder": tmp_path / "pages"}


def article(site: Site, text: str = "نص المادة") -> None:
    site.page("/a/", text, **policies.ARTICLE.headers(), Surrogate_Key=keys.article(1))


def test_a_restart_is_warm(site: Site, folders: dict[str, Any]) -> None:
    article(site)
    first = site.edge(**folders).get("/a/")
    site.clock.now += 10
    again = site.edge(**folders).get("/a/")
    assert again.text == "نص المادة"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (again.headers["Age"], again.headers["Cache-Status"]) == ("10", "Bulaq; hit; ttl=86390")
    assert site.rendered["/a/"] == 1


def test_what_was_purged_while_nobody_ran_is_not_shown(site: Site, folders: dict[str, Any]) -> None:
    article(site)
    site.edge(**folders).get("/a/")
    PurgeLog(folders["purge_folder"]).purge([keys.article(1)])
    article(site, "نص جديد")
    assert site.edge(**folders).get("/a/").text == "نص جديد"
    PurgeLog(folders["purge_folder"]).purge([keys.article(1)], hard=True)
    site.pages["/a/"] = lambda environ: ("500 No", {}, b"down")
    assert site.edge(**folders).get("/a/").status == "500 No"


def test_after_a_crash_of_the_machine_nothing_on_disk_is_believed(
    site: Site, folders: dict[str, Any]
) -> None:
    article(site)
    site.edge(**folders).get("/a/")
    (folders["purge_folder"] / "purge.boot").write_text("another boot")
    site.edge(**folders).get("/a/")
    assert site.rendered["/a/"] == 2


def test_the_disk_covers_an_outage_after_a_restart(site: Site, folders: dict[str, Any]) -> None:
    article(site)
    site.edge(**folders).get("/a/")
    site.clock.now += 2 * 86_400
    site.pages["/a/"] = lambda environ: ("503 Down", {}, b"")
    assert site.edge(**folders).get("/a/").text == "نص المادة"


def test_after_an_upgrade_stored_pages_are_made_again_or_stand_in(
    site: Site, folders: dict[str, Any]
) -> None:
    article(site, "قالب قديم")
    site.edge(**folders).get("/a/")
    PurgeLog(folders["purge_folder"]).purge([keys.everything()])
    article(site, "قالب جديد")
    new, site.pages["/a/"] = site.pages["/a/"], lambda environ: ("503 Starting", {}, b"")
    edge = site.edge(**folders)
    assert edge.get("/a/").text == "قالب قديم"
    site.pages["/a/"] = new
    site.clock.now += 2
    assert edge.get("/a/").text == "قالب جديد"


@pytest.mark.parametrize(
    "spoil",
    [lambda content: content[:-3], lambda content: b"", lambda content: content[:60] + b"X" + content[61:]],
)
def test_a_spoiled_file_is_no_page(site: Site, folders: dict[str, Any], spoil: Any) -> None:
    article(site)
    site.edge(**folders).get("/a/")
    (path,) = (path for path in folders["disk_folder"].glob("??/*") if path.parent.name != "turns")
    path.write_bytes(spoil(path.read_bytes()))
    assert site.edge(**folders).get("/a/").text == "نص المادة"
    assert site.rendered["/a/"] == 2


def test_the_disk_level_stays_within_its_bytes(site: Site, folders: dict[str, Any]) -> None:
    store = DiskStore(folders["disk_folder"], 50_000, 1)
    from bulaq.delivery.cache_directives import Lifetime

    for number in range(40):
        body = os.urandom(5_000)
        store.put(PageKey("h", f"/{number}", ""), "200 OK", [], body, Lifetime(60), 0, 0.0)
    assert store.sweep() <= 50_000
    left = sum(path.stat().st_size for path in folders["disk_folder"].glob("??/*"))
    assert 40_000 <= left <= 50_000


def test_a_disk_level_without_a_purge_log_is_refused(site: Site, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="purge_folder"):
        site.edge(disk_folder=tmp_path)


def _ask(folders: dict[str, Any], renders: Any, start: Any, texts: Any) -> None:
    site = Site()

    def render(environ: dict[str, Any]) -> Any:
        with renders.get_lock():
            renders.value += 1
        time.sleep(0.2)
        return "200 OK", {"Content-Type": "text/html", **policies.FRONT.headers()}, b"front"

    site.pages["/"] = render
    browser = Browser(Edge(site.application, EdgeSettings(**folders)))
    start.wait(30)
    texts.put(browser.get("/").text)


def test_a_page_is_rendered_once_for_a_machine(folders: dict[str, Any]) -> None:
    renders, start, texts = fork.Value("i", 0), fork.Barrier(4), fork.Queue()
    workers = [fork.Process(target=_ask, args=(folders, renders, start, texts)) for _ in range(4)]
    for worker in workers:
        worker.start()
    assert [texts.get(timeout=30) for _ in workers] == ["front"] * 4
    for worker in workers:
        worker.join(60)
    assert renders.value == 1
