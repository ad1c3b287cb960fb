"""Imports at the desk: begun, watched, paused, taken back; sections mapped and people merged."""

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bulaq.arabic.normalise import matching_key
from bulaq.intake.article import Refusal
from bulaq.newsroom.desk import roles
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.matching.section_mapping import suggest
from bulaq.newsroom.importing.runs import jobs, working
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.progress import TELLING
from bulaq.newsroom.importing.undo.undoing import undo
from bulaq.newsroom.models import Article, Edition, ImportRun, Section, SectionMapping
from bulaq.project import configuration
from tests.intake.wordpress_export import FOOT, HEAD, item
from tests.newsroom.desk_users import make_user
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

pytestmark = pytest.mark.django_db


def test_an_upload_begins_a_run_that_the_worker_takes_up(desk):
    files = [
        SimpleUploadedFile(name, b"<html></html>")
        for name in ("../../صفحة.html", "x.php?id=1", "x.php?id=1", "2", "2")
    ]
    answer = desk.post(
        reverse("newsroom_imports:index"),
        {"files": files, "edition": Edition.objects.get().pk, "publish": "on", "site": "old.example/news"},
    )
    run = ImportRun.objects.get()
    assert answer.url == reverse("newsroom_imports:run", args=[run.pk])
    assert run_requests.next_for_worker() == (run.pk, "resume")
    assert len(set(run.inputs)) == 5, "two files of one name stay two"
    assert {Path(kept).read_bytes() for kept in run.inputs} == {b"<html></html>"}
    assert Path(run.inputs[0]).resolve().parent.parent.name == "imports"
    assert (run.options["publish"], run.options["site"]) == (True, "https://old.example/news/")
    page = desk.get(answer.url).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    file = SimpleUploadedFile("report.html", b"%PDF-1.7\x00\xff")
    answer = desk.post(
        reverse("newsroom_imports:index"),
        {"files": file, "edition": Edition.objects.get().pk, "columns": "title"},
    )
    assert "report.html" in answer.content.decode(), "what is not read is named"
    assert '<details class="desk-more" open>' in answer.content.decode(), "what is wrong is in sight"
    assert ImportRun.objects.count() == 1


def test_an_empty_file_stops_no_other(desk):
    def upload(*files: SimpleUploadedFile) -> int:
        form = {"files": files, "edition": Edition.objects.get().pk}
        return desk.post(reverse("newsroom_imports:index"), form).status_code

    empty, foreign = SimpleUploadedFile("a.html", b""), SimpleUploadedFile("b.html", b"%PDF-1.7\x00\xff")
    assert upload(empty) == 200, "alone it is refused at once"
    assert not ImportRun.objects.exists()
    assert upload(empty, foreign, SimpleUploadedFile("c.html", b"<html></html>")) == 302
    assert len(ImportRun.objects.get().inputs) == 3, "the import refuses two of them by name"


def test_an_archive_on_the_server_is_chosen_and_nothing_beside_it(desk, tmp_path, settings):
    settings.BULAQ = configuration.read({"BULAQ_HOME": str(tmp_path), "BULAQ_ARCHIVES": str(tmp_path / "a")})
    page = reverse("newsroom_imports:index")
    (tmp_path / "archives").symlink_to(tmp_path / "a")  # on another disk
    assert configuration.read({"BULAQ_HOME": str(tmp_path)}).archives_folder == tmp_path / "a"
    assert 'name="archive"' not in desk.get(page).content.decode(), "no folder, no field"
    for name in ("a/old.example/2009", "a/.hidden", "secret"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a" / "logo.png").write_bytes(b"x")
    (tmp_path / "a" / "out").symlink_to(tmp_path / "secret")
    (tmp_path / "a" / os.fsdecode(b"\xc3\xce")).mkdir()  # from a machine of windows-1256
    assert 'value="\\xc3\\xce"' in desk.get(page).content.decode()
    form = {"edition": Edition.objects.get().pk}
    for name in ("secret", "out", "../secret", ".hidden", "logo.png", "/", ".."):
        assert desk.post(page, form | {"archive": name}).status_code == 200, name
    assert not ImportRun.objects.exists()
    both = form | {"archive": "old.example", "address": "https://old.example/"}
    assert "واحداً" in desk.post(page, both).content.decode()
    assert desk.post(page, form | {"archive": "old.example"}).status_code == 302
    assert ImportRun.objects.get().inputs == [str(tmp_path / "a" / "old.example")]


def test_a_run_shows_its_items_with_their_reasons_and_the_item_as_it_was_read(desk):
    run = make_run()
    store(
        incoming(headline=None, provenance={"body": "«article»"}),
        Refusal("x.html", "empty", "x.html: the file is empty"),
        run=run,
    )
    page = desk.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    assert "no-headline" not in re.sub(r"<[^>]*>", "", page)
    assert 'dir="rtl"' in page
    refused = desk.get(reverse("newsroom_imports:run", args=[run.pk]) + "?verdict=refused").content.decode()
    assert "the file is empty" in refused
    assert "/review/" not in refused, "no pointing at what cannot be shown"
    item = run.items.order_by("id").first()
    read = desk.get(reverse("newsroom_imports:item", args=[item.pk])).content.decode()
    assert not re.search(r'<th scope="row">[^<]*[a-z_]', read), "fields are called as people call them"
    assert "«article»" in read
    assert desk.get(reverse("newsroom_imports:index")).status_code == 200


def test_a_run_is_paused_resumed_and_taken_back_by_buttons(desk):
    run = make_run()
    store(incoming(), run=run)
    address = reverse("newsroom_imports:act", args=[run.pk])
    desk.post(address, {"act": "resume"})
    assert run_requests.next_for_worker() == (run.pk, "resume")
    page = reverse("newsroom_imports:run", args=[run.pk])
    assert "data-late hidden" in desk.get(page).content.decode(), "said after a while, where no worker runs"
    other = make_run()
    leases.take(other.pk, {other.state})
    assert f"الإدخال {other.pk} قيد التنفيذ، وهذا بعده." in desk.get(page).content.decode()
    leases.release(other.pk)
    desk.post(address, {"act": "pause"})
    assert run_requests.next_for_worker() is None
    desk.post(address, {"act": "undo"})
    assert run_requests.next_for_worker() == (run.pk, "undo")
    assert "<dt>مواد تُراجع عنها</dt><dd>0 من 1</dd>" in desk.get(page).content.decode(), "how far that is"
    undo(run.pk)
    told = desk.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    assert "<dt>مواد تُراجع عنها</dt><dd>1</dd>" in told
    assert "<progress" not in told


def test_what_an_import_that_was_taken_back_had_to_leave_is_shown_first_with_the_reason(desk):
    run = make_run()
    store(incoming(), incoming(), run=run)
    edited = run.items.order_by("pk").first().article
    edited.headline = "عنوان كتبه محرر"
    edited.save()
    undo(run.pk)
    told = desk.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    assert "بقيت هنا (1)" in told
    assert "عنوان كتبه محرر" in told
    assert "عُدّلت هنا بعد ذلك." in told


def test_an_export_in_one_file_tells_how_far_it_is_by_its_bytes(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "BATCH", 20)  # stands at the beginning of the file, on any machine
    path = tmp_path / "export.xml"
    text = "<p>" + "نص المادة " * 600 + "</p>"
    path.write_text(HEAD + "".join(item(ident, text) for ident in range(1, 251)) + FOOT)
    run = jobs.begin(inputs=[str(path)], edition=Edition.objects.first(), options=jobs.RunOptions(workers=1))
    seen = []
    jobs.work(run.pk, watch=seen.append, stopping=lambda: bool(seen) and seen[-1].articles >= TELLING)
    first = seen[-1]
    assert (first.sources_done, first.sources_total) == (0, 1)
    assert 0 < first.share < 1
    assert first.seconds_left > 0
    page = desk.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    assert f"{int(first.share * 100)}%</progress>" in page
    jobs.work(run.pk, watch=seen.append)
    assert (seen[-1].share, seen[-1].articles) == (1, 250)


def test_a_mapping_moves_what_came_and_is_remembered_for_what_comes(desk):
    culture = Section.objects.get(slug="culture")
    Section.objects.filter(pk=culture.pk).update(name="ثقافة")
    store(incoming(section="ثقافة وفنون"), incoming(section="ثقافة وفنون"), publish=True)
    page = desk.get(reverse("newsroom_imports:sections")).content.decode()
    assert f'<option value="{culture.pk}" selected' in page
    (name,) = re.findall(r'<select name="([^"]+)"', page)
    desk.post(reverse("newsroom_imports:sections"), {name: culture.pk})
    store(incoming(section="ثقافة و فنون".replace("و ف", "وف")), publish=True)
    assert set(Article.objects.values_list("section", flat=True)) == {culture.pk}
    assert set(Article.objects.values_list("publications__section", flat=True)) == {culture.pk}
    assert SectionMapping.objects.get().decided


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("ثقافة وفنون", "ثقافة"), ("أخبار المحافظات", None), ("الشؤون الثقافية", "ثقافة"), ("شؤون محلية", None)],
)
def test_a_section_is_suggested_by_what_it_is_about(theirs, ours):
    own = [Section(name=name) for name in ("أخبار النجوم", "ثقافة", "شؤون عربية")]
    found = suggest(matching_key(theirs), own)
    assert (found and found.name) == ours


@pytest.mark.parametrize("name", ["index", "sections", "people"])
def test_a_reporter_may_not(client, name):
    make_edition()
    client.force_login(make_user(roles.REPORTER))
    assert client.get(reverse(f"newsroom_imports:{name}")).status_code in (302, 403)


def test_sources_are_named_without_the_folders_of_the_server(desk):
    run = make_run()
    ImportRun.objects.filter(pk=run.pk).update(inputs=["/srv/home/imports/3f/أرشيف.zip"])
    key = "/srv/home/imports/3f/أرشيف.zip!a/1.html"
    store(Refusal(key, "empty", f"{key}: the file is empty"), run=run)
    item = run.items.get()
    for address in (
        reverse("newsroom_imports:run", args=[run.pk]) + "?verdict=refused",
        reverse("newsroom_imports:item", args=[item.pk]),
    ):
        page = desk.get(address).content.decode()
        assert "أرشيف.zip!a/1.html" in page
        assert "/srv/home" not in page
