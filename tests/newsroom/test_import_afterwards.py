"""What follows the storing: pictures, links between articles, old addresses in every spelling; a run from end to end."""

import hashlib
import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import OperationalError
from django.utils import timezone
from PIL import Image as PillowImage

from bulaq.intake.article import Image, Link, Paragraph, Picture, Span
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.importing.addresses.linking import link_articles
from bulaq.newsroom.importing.pictures import fetching as pictures
from bulaq.newsroom.importing.runs import jobs, working
from bulaq.newsroom.importing.storing.identity import digest
from bulaq.newsroom.importing.undo.undoing import undo
from bulaq.newsroom.legacy_paths import find, remember, target
from bulaq.newsroom.models import (
    Article,
    Edition,
    ImportPicture,
    ImportRun,
    LegacyPath,
    NewsImage,
    OutboxEntry,
)
from bulaq.newsroom.outbox_consumer import consume
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


def _jpeg(colour="red", size=(120, 90)) -> bytes:
    data = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(data, "JPEG")
    return data.getvalue()


def _run_pictures(run, **options):
    assert pictures.gather(run, jobs.RunOptions(**options), lambda: True)


def test_pictures_saved_with_a_page_are_stored_once_and_put_in_their_places(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    make_edition()
    folder = tmp_path / "archive" / "site"
    (folder / "page_files").mkdir(parents=True)
    (folder / "uploads").mkdir()
    (folder / "uploads" / "b.jpg").write_bytes(_jpeg())
    (folder / "page_files" / "a.jpg").write_bytes(_jpeg())
    (folder / "page_files" / "same.jpg").write_bytes(_jpeg())
    (folder / "page_files" / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "secret.jpg").write_bytes(_jpeg("blue"))
    run = make_run()
    run.inputs = [str(tmp_path / "archive")]
    run.save()
    article = incoming(
        source=str(folder / "page.html"),
        lead_image=Picture("https://old.example/news/page_files/a.jpg", "تعليق", "أرشيف", "وصف"),
        body=(
            Paragraph("نص المادة."),
            Image(Picture("page_files/same.jpg", "في المتن")),
            Image(Picture("page_files/broken.jpg")),
            Image(Picture("../../secret.jpg")),
            Image(Picture("https://old.example/gone.jpg")),
            Image(Picture("https://old.example/uploads/b.jpg")),
        ),
    )
    from bulaq.newsroom.importing.storing.batches import StoreOptions, Storer
    from bulaq.newsroom.importing.storing.prepared import Found

    Storer(run, StoreOptions(publish=True)).store([Found(article.source, "k", 0, article)])
    _run_pictures(run, rights_until="2031-01-01")
    stored = Article.objects.get()
    image = NewsImage.objects.get()
    assert stored.lead_image == image
    assert stored.body[1].value["image"] == image
    assert (image.caption, image.credit, image.description, str(image.rights_expire_on)) == (
        "تعليق", "أرشيف", "وصف", "2031-01-01",
    )  # fmt: skip
    assert image.file_hash == hashlib.sha1(_jpeg(), usedforsecurity=False).hexdigest()
    states = list(ImportPicture.objects.order_by("id").values_list("state", flat=True))
    assert states == ["stored", "stored", "broken", "absent", "absent", "stored"]
    file = tmp_path / "media" / image.file.name
    assert file.exists()
    report = undo(run.pk)
    assert report.left == []
    assert not NewsImage.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload='x'/>", b"\x89PNG\r\n\x1a\n" + bytes(20), _jpeg()[:300], _jpeg(size=(20, 20))]
)
def test_what_is_no_picture_is_broken_with_a_reason(data):
    with pytest.raises(pictures.PictureBroken, match=r"\w"):
        pictures.inspect(data)


def test_links_to_what_was_imported_lead_to_its_place_here():
    edition = make_edition()
    ours = make_article("مادة كتبناها هنا عن السوق القديم")
    text = "اقرأ عن المكتبة وعن غيرها"
    lines = store(
        incoming(url="https://old.example/a/"),
        incoming(
            url="https://old.example/b/",
            body=(
                Paragraph(
                    text,
                    (
                        Span(8, 15, "http://www.old.example/a?utm_source=x"),
                        Span(20, 25, "https://else.example/a/"),
                    ),
                ),
            ),
            read_also=(
                Link("بلا عنوان معروف", "https://old.example/a/"),
                Link("مادة كتبناها هنا عن السوق القديم"),
                Link("خارج الموقع", "https://else.example/a/"),
            ),
        ),
        publish=True,
    )
    first, second = (line.article_id for line in lines)
    assert link_articles([first, second], edition_id=edition.pk) == 3
    article = Article.objects.get(pk=second)
    assert [line.target_id for line in article.read_also.all()] == [first, ours.pk, None]
    html = article.body[0].value.source
    assert f'<a linktype="article" id="{first}">المكتبة</a>' in html
    assert '<a href="https://else.example/a/">' in html
    # Led links are no edit: the import can still be taken back.
    from bulaq.newsroom.importing.storing.identity import digest_of_stored

    assert digest_of_stored(article) == article.imported.text_digest


@pytest.mark.parametrize(
    "address",
    [
        "https://www.old.example/أخبار/مدينة-2019/", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%85%D8%AF%D9%8A%D9%86%D8%A9-2019",
        "/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/%d9%85%d8%af%d9%8a%d9%86%d8%a9-2019/", "/%C3%CE%C8%C7%D1/%E3%CF%ED%E4%C9-2019",
        "/%25D8%25A3%25D8%25AE%25D8%25A8%25D8%25A7%25D8%25B1/%25D9%2585%25D8%25AF%25D9%258A%25D9%2586%25D8%25A9-2019/",
        "/أخبار/مدينة-2019/amp/", "/أخبار//مدينة-2019?fbclid=1&utm_source=a", "/أخبار/مدينة-2019/index.php",
        "/index.php/أخبار/مدينة-2019", "/أخبار/مدينة-2019?unknown=1", "http://old.example/?p=55&preview=true", "/index.php?p=55",
    ],
)  # fmt: skip
def test_an_old_address_is_found_however_it_is_written(address):
    edition = make_edition()
    article = make_article()
    remember(edition, article.pk, "https://old.example/أخبار/مدينة-2019/")
    remember(edition, article.pk, "https://old.example/?p=55")
    assert find(edition, address) == article.pk
    assert target(edition, address).leads == "draft"


def test_what_was_stored_with_parameters_in_capitals_is_found_and_known_again():
    edition = make_edition()
    page = incoming(url="https://old.example/show.asp?NewsID=7&Cat=b", section="culture")
    (line,) = store(page)
    migration = import_module("bulaq.newsroom.migrations.0020_old_parameters_in_small_letters")
    old = "/show.asp?Cat=b&NewsID=7"
    LegacyPath.objects.filter(path__contains="cat").update(path=old, digest=LegacyPath.digest_of(old))
    Article.objects.update(source_identity="url:" + digest("old.example", old))
    migration.lower_parameters(apps, None)
    assert find(edition, "/show.asp?newsid=7&cat=b") == line.article_id
    assert store(page)[0].outcome == "unchanged"


@pytest.mark.parametrize("address", ["/", "", "/?p=56", "/أخبار/", "//", "/%00", "http://[", "/%FF%FE" * 900])
def test_an_address_that_was_nobodys_leads_nowhere(address):
    edition = make_edition()
    remember(edition, make_article().pk, "https://old.example/?p=55")
    assert find(edition, address) is None


def _away_once():
    """A database that goes away behind the first batch, and is there again."""
    answers = iter([OperationalError("database is locked")])

    def stored(lines):
        for error in answers:
            raise error

    return stored


def _taken_over(run):
    """A database that goes away behind the first batch, until the lease is over and another process has taken the run."""

    def stored(lines):
        later = timezone.now() + timedelta(minutes=1)
        ImportRun.objects.filter(pk=run.pk).update(owner="elsewhere:1:1", lease_until=later)
        raise OperationalError("database is locked")

    return stored


@pytest.mark.django_db(transaction=True)
def test_a_run_reads_stores_and_is_paused_and_taken_up(tmp_path, monkeypatch):
    monkeypatch.setattr(working, "BATCH", 3)  # something is left for each taking-up, however fast the machine
    make_edition()
    for n in range(12):
        body = "قال سكان الحي إن المكتبة عادت إلى العمل بعد سنوات من الترميم الطويل، وإن زوارها كثروا. " * 2
        (tmp_path / f"{n:02}.html").write_text(
            f"<html lang=ar><body><article><h1>عنوان رقم {n} عن مكتبة المدينة</h1><p>{n} {body}</p><p>{body}</p></article></body></html>",
            encoding="utf-8",
        )
    (tmp_path / "99.html").write_bytes(b"")
    run = jobs.begin(inputs=[str(tmp_path)], edition=Edition.objects.get(), options=jobs.RunOptions())
    paused = jobs.work(run.pk, stopping=lambda: True)
    assert paused.state == "paused"
    seen = []
    monkeypatch.setattr(jobs, "AGAIN_SECONDS", (0,))
    with pytest.raises(jobs.RunBusy):
        jobs.work(run.pk, stored=_taken_over(run))
    run.refresh_from_db()
    assert (run.state, run.owner) == ("running", "elsewhere:1:1")
    ImportRun.objects.filter(pk=run.pk).update(owner="")
    done = jobs.work(run.pk, watch=seen.append, stored=_away_once())
    assert (done.state, done.created, done.refused, done.sources_done, done.sources_total) == (
        "done",
        12,
        1,
        13,
        13,
    )
    assert seen[-1].articles == 12
    with pytest.raises(jobs.RunBusy):
        jobs.work(run.pk)


def test_links_between_two_saved_pages_lead_to_the_articles_here(tmp_path):
    edition = make_edition()
    text = "ظل السوق القديم مقصد الزوار في كل موسم، وفيه دكاكين يعمل فيها الحرفيون منذ عقود طويلة. " * 4
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.html").write_text(
            f"<html lang='ar'><head><link rel='canonical' href='https://old.example/{name}/'></head><body><article>"
            f"<h1>حكاية السوق القديم كما رواها أهله {name}</h1><p>{text} {name}</p><p>وسبق أن كتبنا عن "
            f"<a href='/{other}/?utm_source=x'>السوق <b>الآخر</b></a> في المدينة وعن <b>دكاكينه</b> كلها.</p></article></body></html>",
            "utf-8",
        )
    run = jobs.begin(inputs=[str(tmp_path)], edition=edition, options=jobs.RunOptions(workers=1))
    assert jobs.work(run.pk).state == "done"
    one, two = Article.objects.order_by("id")
    for article, other in ((one, two), (two, one)):
        last = article.body.raw_data[-1]["value"]
        assert f'<a linktype="article" id="{other.pk}">السوق الآخر</a> في المدينة وعن <b>دكاكينه</b>' in last


def test_what_an_editor_does_goes_before_what_follows_an_archive():
    edition = make_edition()
    store(*(incoming() for _ in range(3)), publish=True)
    own = make_article()
    OutboxEntry.objects.filter(later=False).delete()
    publish(article_id=own.pk, edition_id=edition.pk)
    seen: list[list[int]] = []

    def handle(entries):
        seen.append([entry.article_id for entry in entries])

    while consume(OutboxEntry.Consumer.INDEX, handle, batch=2):
        pass
    assert seen[0] == [own.pk], "alone: no archive is indexed in the same batch"
    assert [len(batch) for batch in seen[1:]] == [2, 1]
