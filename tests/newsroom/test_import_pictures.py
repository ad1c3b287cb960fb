"""Pictures that are fetched: from a server that means harm, each once, with a reason for every one that is missing, and
a second try for those."""

import contextlib
import hashlib
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as PillowImage

from bulaq.intake.article import Picture
from bulaq.intake.fetching.fetcher import Fetcher
from bulaq.newsroom.desk import roles
from bulaq.newsroom.importing.pictures import fetching as pictures
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.progress import progress_of
from bulaq.newsroom.models import Article, ImportPicture, ImportRun, NewsImage
from tests.intake.test_bundled_page import PICTURE, mhtml
from tests.newsroom.desk_users import make_user
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

pytestmark = pytest.mark.django_db


def _picture(kind="JPEG", size=(120, 80), mode="RGB", colour=(180, 60, 40), **options) -> bytes:
    data = io.BytesIO()
    PillowImage.new(mode, size, colour).save(data, kind, **options)
    return data.getvalue()


def _turned() -> bytes:
    note = PillowImage.Exif()
    note[0x0112] = 6
    return _picture(exif=note)


def _two_in_one() -> bytes:
    second = PillowImage.new("RGB", (60, 40))
    return _picture("MPO", save_all=True, append_images=[second])


def _moving() -> bytes:
    frames = [PillowImage.new("P", (120, 80), shade) for shade in (1, 2)]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    return data.getvalue()


SERVED = {
    "/a.jpg": ("image/jpeg", _picture),
    "/same.jpg": ("image/jpeg", _picture),
    "/turned.jpg": ("image/jpeg", _turned),
    "/cmyk.jpg": ("image/jpeg", lambda: _picture(mode="CMYK", colour=(9, 9, 9, 9))),
    "/two.jpg": ("image/jpeg", _two_in_one),
    "/moving.gif": ("image/gif", _moving),
    "/a.webp": ("image/webp", lambda: _picture("WEBP")),
    "/a.avif": ("image/avif", lambda: _picture("AVIF")),
    "/a.heic": ("application/octet-stream", lambda: _picture("HEIF")),
    "/صورة الساحة.jpg": ("image/jpeg", lambda: _picture(colour=(1, 2, 3))),
    "/cut.jpg": ("image/jpeg", lambda: _picture()[:300]),
    "/dot.gif": ("image/gif", lambda: _picture("GIF", (1, 1), "P", 0)),
    "/a.svg": ("image/svg+xml", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    "/lie.jpg": ("image/jpeg", lambda: b"<!doctype html><html></html>"),
    "/page.jpg": ("text/html", lambda: b"<html></html>"),
    "/denied/a.jpg": ("image/jpeg", _picture),
    "/robots.txt": ("text/plain", lambda: b"User-agent: *\nDisallow: /denied/\n"),
}
LED = {"/house": "http://169.254.169.254/latest/", "/round": "/round", "/file": "file:///etc/passwd"}


class _Site(BaseHTTPRequestHandler):
    asked: list[str] = []
    back = False

    def do_GET(self):
        path = urlsplit(unquote(self.path)).path
        type(self).asked.append(path)
        kind, data = SERVED.get(path, ("image/jpeg", None))
        if path == "/late.jpg" and self.back:
            data = _picture
        self.send_response(302 if path in LED else 200 if data else 404)
        self.send_header("Content-Type", kind)
        if path in LED:
            self.send_header("Location", LED[path])
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data() if data else b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def site(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    _Site.asked, _Site.back = [], False
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    make_edition()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _gather(run, **options):
    fetcher = Fetcher(inner=["127.0.0.1"], host_pause=0, sleep=lambda seconds: None)
    asked = jobs.RunOptions(fetch_images=True, **options)
    assert pictures.gather(run, asked, lambda: True, fetcher=fetcher)


def _of(run, url) -> ImportPicture:
    return run.pictures.get(url=url)


def _run_with(*urls) -> ImportRun:
    run = make_run()
    store(*(incoming(lead_image=Picture(url, "تعليق")) for url in urls), run=run)
    return run


TAKEN = (
    "/a.jpg", "/same.jpg", "/turned.jpg", "/cmyk.jpg", "/two.jpg", "/moving.gif", "/a.webp", "/a.avif", "/a.heic?w=300",
    "/%D8%B5%D9%88%D8%B1%D8%A9%20%D8%A7%D9%84%D8%B3%D8%A7%D8%AD%D8%A9.jpg",
)  # fmt: skip


def test_every_kind_of_picture_is_taken_once_and_shown(site):
    run = _run_with(*(site + path for path in TAKEN), site + TAKEN[0])
    _gather(run)
    states = dict(run.pictures.values_list("url", "state"))
    assert set(states.values()) == {"stored"}, states
    assert _Site.asked.count("/a.jpg") == 1, "the same address is fetched once"
    assert _of(run, site + "/same.jpg").image_id == run.pictures.filter(url=site + "/a.jpg")[0].image_id
    assert Article.objects.filter(lead_image=None).count() == 0
    turned = _of(run, site + "/turned.jpg").image
    assert (turned.width, turned.height) == (80, 120), "as people see it"
    for image in NewsImage.objects.all():
        rendition = image.get_rendition("max-100x100|format-webp")
        assert (rendition.width > rendition.height) == (image != turned), image.source_url
    # Another import of the same addresses has them already.
    _Site.asked.clear()
    again = _run_with(site + TAKEN[0])
    _gather(again)
    assert not _Site.asked
    assert NewsImage.objects.count() == len(TAKEN) - 1


BROKEN = {
    "/cut.jpg": "undecodable", "/dot.gif": "too-small", "/a.svg": "format", "/lie.jpg": "not-a-picture",
    "/page.jpg": "type", "/denied/a.jpg": "robots", "/house": "private", "/round": "redirects", "/file": "address",
    "/none.jpg": "answer",
}  # fmt: skip


def test_what_is_missing_is_listed_with_its_reason_and_asked_for_again(site, client):
    run = _run_with(
        *(site + path for path in BROKEN), site + "/late.jpg", "relative/only.jpg", "http://10.0.0.1/x.jpg"
    )
    _gather(run)
    assert {path: _of(run, site + path).code for path in BROKEN} == BROKEN
    assert _of(run, "http://10.0.0.1/x.jpg").code == "private"
    assert _of(run, "relative/only.jpg").state == "absent"
    assert not NewsImage.objects.exists()

    ImportRun.objects.filter(pk=run.pk).update(state="done", phase="finished")
    client.force_login(make_user(roles.EDITOR))
    page = client.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    listed = reverse("newsroom_imports:pictures", args=[run.pk])
    assert listed in page
    page = client.get(listed).content.decode()
    assert "ليست في الأرشيف" in page
    assert "الموقع لا يأذن بجلبه" in page
    assert "الصورة أصغر من أن تُعرض" in page
    one = client.get(listed + "?code=robots").content.decode()
    assert "denied/a.jpg" in one
    assert "late.jpg" not in one
    absent = client.get(listed + "?code=absent").content.decode()
    assert "only.jpg" in absent
    assert "late.jpg" not in absent

    _Site.back = True
    client.post(listed, {"picture": _of(run, site + "/late.jpg").pk})
    run.refresh_from_db()
    assert (run.state, run.phase) == ("waiting", "pictures")
    assert run_requests.next_for_worker() == (run.pk, "resume")
    assert run.pictures.filter(state="waiting").count() == 1
    assert progress_of(run).pictures_total == len(BROKEN) + 3
    _gather(run)
    assert _of(run, site + "/late.jpg").state == "stored"
    # While it is not done nobody asks twice, and whoever has lost the right asks for nothing.
    assert run_requests.request_pictures(run.pk) == 0
    client.force_login(make_user(roles.REPORTER, username="reporter"))
    assert client.get(listed).status_code in (302, 403)


def test_a_file_that_a_killed_import_left_is_no_second_one(site):
    name = hashlib.sha1(_picture(), usedforsecurity=False).hexdigest()[:16]
    left = default_storage.save(f"original_images/{name}.jpg", ContentFile(_picture()[:100]))
    run = _run_with(site + "/a.jpg")
    _gather(run)
    image = NewsImage.objects.get()
    assert image.file.name == left
    assert default_storage.open(left).read() == _picture()


def test_an_article_that_was_deleted_meanwhile_stops_nothing(site):
    run = _run_with(site + "/a.jpg", site + "/a.webp")
    waiting = list(ImportPicture.objects.order_by("id"))
    Article.objects.get(pk=waiting[0].article_id).delete()
    for picture in waiting:
        pictures._gather_one(
            run,
            picture,
            pictures.ArchiveFiles([]),
            Fetcher(inner=["127.0.0.1"], host_pause=0, sleep=lambda seconds: None),
            None,
            {},
        )
    assert list(run.pictures.values_list("state", flat=True)) == ["stored"]
    assert NewsImage.objects.count() == 1


def test_a_page_saved_with_its_files_in_one_holds_its_pictures(tmp_path):
    page = tmp_path / "page.mht"
    page.write_bytes(mhtml())
    packed = tmp_path / "archive.zip"
    with ZipFile(packed, "w") as archive:
        archive.write(page, "news/page.mht")
    files = pictures.ArchiveFiles([str(page), str(packed)])
    for key in (str(page), f"{packed}!news/page.mht"):
        assert files.find(key, "https://old.example/a.jpg") == PICTURE
        assert files.find(key, "https://old.example/b.jpg") is None
    files.close()
