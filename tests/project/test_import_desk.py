"""Bringing in, as a newsroom does it: a served newsroom with its worker, pictures fetched from outside, an editor at the
desk with a real browser who uploads, waits, corrects, publishes and takes back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import open_context
from tests.newsroom.saved_archive import SUBJECTS
from tests.project.outside_world import OutsideWorld, picture, settings_to_reach_it
from tests.running_newsroom import ROOT, RunningNewsroom, wait_for

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("newsroom")]

FOUND = """
from bulaq.project.preparation import prepare
prepare()
from bulaq.newsroom.desk import roles
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_edition
make_edition()
make_user(roles.EDITOR, username="editor")
"""

PATIENCE = 300_000
"""Milliseconds until an import must be over, on a busy machine."""


@pytest.fixture(scope="module")
def world():
    world = OutsideWorld()
    yield world
    world.close()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory, world):
    """A served newsroom with an edition and an editor, whose processes may fetch from the outside world."""
    folder = tmp_path_factory.mktemp("imports")
    running = RunningNewsroom(folder / "home", **settings_to_reach_it(folder / "patience"))
    _bulaq(running, "manage", "shell", "-v0", "-c", FOUND)
    running.start()
    yield running
    running.stop()


def _bulaq(newsroom: RunningNewsroom, *arguments: str) -> str:
    """What a command of the project prints, in this newsroom."""
    done = subprocess.run(
        [sys.executable, "-m", "bulaq.project.command_line", *arguments],
        env=newsroom.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def _page(subject: str, number: int, image: str | None = None) -> str:
    text = (
        f"تعود {subject} إلى استقبال الزوار بعد أعمال ترميم طويلة شارك فيها حرفيون من أحياء المدينة كلها. "
        * 3
    )
    more = (
        f"ويقول العاملون في {subject} إن الإقبال فاق التوقعات وإن البرنامج يمتد إلى نهاية الموسم المقبل. " * 3
    )
    figure = f"<figure><img src='{image}' width='900' height='600'><figcaption>مدخل {subject}</figcaption></figure>"
    return (
        f"<html lang='ar' dir='rtl'><head><title>{subject}</title><link rel='canonical' "
        f"href='https://old.example/news/{number}/'><meta property='article:published_time' content='2019-05-03T10:00:00+03:00'>"
        f"<meta property='article:section' content='culture'></head><body><article><h1>{subject} تفتح أبوابها من جديد</h1>"
        f"{figure if image else ''}<p>{text}</p><p>{more}</p></article></body></html>"
    )


PICTURES = {
    "good.jpg": "stored", "moved.jpg": "stored", "gone.jpg": "404", "huge.jpg": "larger than", "words.jpg": "text/html",
    "lies.jpg": "not a picture", "slow.jpg": "longer than", "secret/a.jpg": "robots", "inside.jpg": "not a public address",
}  # fmt: skip


def test_pictures_come_from_outside_and_stand_in_the_articles(newsroom, world, tmp_path):
    for number, name in enumerate((*PICTURES, "good.jpg")):
        html = _page(f"القاعة رقم {number}", number, world.url(f"/{name}"))
        (tmp_path / f"{number}.html").write_text(html, "utf-8")
    _bulaq(newsroom, "import", str(tmp_path), "--publish", "--fetch-images")
    run = json.loads(_bulaq(newsroom, "imports", "list", "--json").splitlines()[0])["run_id"]
    told = _bulaq(newsroom, "imports", "show", str(run), "--pictures", "--json").splitlines()[1:]
    reasons = {
        line["url"].partition(str(world.port) + "/")[2]: line["reason"] for line in map(json.loads, told)
    }
    assert set(reasons) == {name for name, outcome in PICTURES.items() if outcome != "stored"}
    for name, reason in reasons.items():
        assert PICTURES[name] in reason
    assert world.asked["/good.jpg"] == 1, "the same picture in two articles is fetched once"
    assert not world.asked["/secret/a.jpg"]
    assert not world.inside
    for number in (0, 1, len(PICTURES)):
        path = newsroom.get(f"/news/{number}/")[1]["location"]
        wait_for(lambda path=path: "srcset" in newsroom.text(path))
        sources = re.findall(r'(?:src|srcset)="(/media/[^" ]+)', newsroom.text(path))
        assert sources
        for source in sources:
            status, headers = newsroom_bytes(newsroom, source)
            assert status == 200
            assert headers["content-type"].startswith("image/")
    # (An old address with a number leads to its own article, whatever article has that number here.)
    broken = newsroom.text(newsroom.get("/news/2/")[1]["location"])
    assert "مدخل القاعة رقم ٢" in broken, "the caption of a picture that is gone stays"


def newsroom_bytes(newsroom: RunningNewsroom, path: str) -> tuple[int, dict[str, str]]:
    """Status and headers of something that is no text."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", newsroom.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


@pytest.fixture(scope="module")
def desk(newsroom):
    """The desk in a browser, signed in as an editor."""
    with open_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{newsroom.port}/desk/login/?next=/desk/imports/")
        page.fill("#id_username", "editor")
        page.fill("#id_password", "x")
        page.click("button[type=submit]")
        page.wait_for_url("**/desk/imports/")
        yield page


@pytest.fixture
def bring_in(desk, newsroom) -> Callable[..., None]:
    def bring(*, file: Path | None = None, address: str = "") -> None:
        desk.goto(f"http://127.0.0.1:{newsroom.port}/desk/imports/")
        if file:
            desk.set_input_files("#id_files", file)
        desk.fill("#id_address", address)
        desk.get_by_role("button", name="إدخال", exact=True).click()
        desk.wait_for_url(re.compile(r"/desk/imports/\d+/"))

    return bring


def _counts(desk: Page) -> str:
    return desk.locator(".desk-counts").inner_text()


def _over(desk: Page, state: str = "تمّ") -> None:
    """Waits until the page itself says so: nobody loads it anew."""
    expect(desk.locator("[data-import-run] .w-status").first).to_have_text(state, timeout=PATIENCE)


def test_an_archive_goes_from_the_desk_to_readers_and_back(desk, bring_in, newsroom, tmp_path):
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, subject in enumerate(SUBJECTS):
            file.writestr(f"site/{number}.html", _page(subject, 100 + number, f"/files/{number}.jpg"))
            file.writestr(
                f"site/files/{number}.jpg", picture(("red", "green", "blue")[number % 3], (800, 500 + number))
            )
    bring_in(file=archive)
    _over(desk)
    assert desk.locator("[data-import-run] tbody tr").count() == len(SUBJECTS)
    assert newsroom.get("/news/100/")[0] == 404, "drafts are nobody's to read"

    desk.locator("[data-import-run] tbody tr").first.get_by_role("link", name="تصحيح القراءة").click()
    expect(desk.locator("[data-field=headline] [data-value]")).to_contain_text("تفتح أبوابها")
    desk.go_back()

    desk.locator("button[value=publish]").click()
    _over(desk)
    wait_for(lambda: newsroom.get("/news/100/")[0] == 301)
    assert "/media/" in newsroom.text(newsroom.get("/news/100/")[1]["location"])

    desk.locator("[data-import-run] details summary").click()
    desk.locator("button[value=undo]").click()
    _over(desk, "تُراجع عنه")
    wait_for(lambda: newsroom.get("/news/100/")[0] == 404)


def test_a_feed_is_fetched_and_an_export_is_read(desk, bring_in, world):
    entry = "<item><title>{0} في صورتها الجديدة</title><link>https://feed.example/{1}/</link><description>{2}</description></item>"
    text = "وقال سكان الحي إن العمل بدأ في الصباح الباكر وانتهى قبل موعده بأيام قليلة. " * 8
    items = "".join(entry.format(subject, n, text) for n, subject in enumerate(SUBJECTS))
    feed = f'<rss version="2.0"><channel><title>نشرة</title>{items}</channel></rss>'
    world.pages["/feed.xml"] = ("application/rss+xml", feed.encode())
    bring_in(address=world.url("/feed.xml"))
    _over(desk)
    assert desk.get_by_role("link", name="المكتبة في صورتها الجديدة").count() == 1
    desk.locator("[data-import-run] tbody tr").first.get_by_role("link", name="تصحيح القراءة").click()
    expect(desk.locator("[data-field=headline] [data-value]")).to_contain_text("في صورتها الجديدة")


def test_a_large_export_is_paused_and_goes_on(desk, bring_in, tmp_path):
    from bench.intake_storing import write_export

    export = tmp_path / "export.xml"
    write_export(export, 700)
    bring_in(file=export)
    status = desk.locator("[data-import-run] .w-status").first
    expect(status).to_have_text("قيد التنفيذ", timeout=PATIENCE)
    desk.locator("button[value=pause]").click()
    expect(status).to_have_text("متوقف مؤقتاً", timeout=PATIENCE)
    paused = _counts(desk)
    desk.reload()
    assert _counts(desk) == paused
    desk.locator("button[value=resume]").click()
    _over(desk)
    assert "700" in _counts(desk) or "٧٠٠" in _counts(desk)
