"""What an editor corrects once holds for what comes later from the same site, in whatever it comes; and goes with its run."""

import pytest

from bulaq.intake.templates.pointing import with_pick
from bulaq.newsroom.importing.correcting import rereading
from bulaq.newsroom.importing.correcting.corrections import Pointed, picked
from bulaq.newsroom.importing.correcting.kept_corrections import reading_extra
from bulaq.newsroom.importing.correcting.saved_pages import SavedPages, shown_page
from bulaq.newsroom.importing.runs import jobs, trials
from bulaq.newsroom.importing.undo.undoing import undo
from bulaq.newsroom.models import Article, Edition, ImportRun, ReadingCorrection
from tests.newsroom.making import make_edition
from tests.newsroom.saved_archive import SUBJECTS, import_archive, page

pytestmark = pytest.mark.django_db


def _point(item, **fields: str):
    """Corrects the page of `item` by the beginnings of lines, and begins the job for its whole template."""
    pages = SavedPages()
    saved = pages.open(item)
    pages.close()
    picks = []
    for field, beginning in fields.items():
        reading = rereading.read_saved(saved, picks, reading_extra(item.run))
        line = next(s.index for s in reading.page.segments if s.text.startswith(beginning))
        picks = with_pick(picks, picked(reading, Pointed(field, segment=line)))
    return rereading.begin(item, picks, rereading.preview(item, picks).core)


def _bring(path, **options):
    run = jobs.begin(
        inputs=[str(path)], edition=Edition.objects.get(), options=jobs.RunOptions(workers=1, **options)
    )
    return jobs.work(run.pk)


def test_a_correction_holds_for_the_next_import_of_the_site_until_it_is_taken_back(tmp_path):
    make_edition()
    run = import_archive(tmp_path / "archive")
    again = _point(run.items.get(key__endswith="0.html"), headline="المكتبة تفتح")
    jobs.work(again.pk)
    assert ReadingCorrection.objects.get().host == "old.example"
    (tmp_path / "later.html").write_text(page("المطبعة", 40), "utf-8")
    foreign = page("المحطة", 41).replace("old.example", "other.example")
    (tmp_path / "foreign.html").write_text(foreign, "utf-8")
    later = _bring(tmp_path / "later.html").items.get().article
    assert later.headline == "المطبعة تفتح أبوابها من جديد أمام الزوار"
    assert _bring(tmp_path / "foreign.html").items.get().article.headline == "حديث المدينة في كل أسبوع"
    undo(again.pk)
    assert not ReadingCorrection.objects.exists()
    (tmp_path / "last.html").write_text(page("المصنع", 42), "utf-8")
    assert _bring(tmp_path / "last.html").items.get().article.headline == "حديث المدينة في كل أسبوع"
    assert run.items.get(key__endswith="0.html").article.headline == "حديث المدينة في كل أسبوع", (
        "the articles too became what they were"
    )


def test_a_second_correction_stands_on_the_first(tmp_path):
    make_edition()
    run = import_archive(tmp_path / "archive")
    item = run.items.get(key__endswith="0.html")
    jobs.work(_point(item, headline="المكتبة تفتح").pk)
    jobs.work(_point(item, kicker="حديث المدينة").pk)
    for each in run.items.filter(key__regex=r"[0-5]\.html$"):
        assert "تفتح أبوابها" in each.article.headline
        assert each.article.kicker == "حديث المدينة في كل أسبوع"


def _warc(path, pages):
    records = []
    for number, html in enumerate(pages):
        body = html.encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%08d-0000-4000-8000-000000000000>\r\n"
            b"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: https://old.example/%d/\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            % (number, number, len(http), http)
        )
    path.write_bytes(b"".join(records))


def test_pages_of_a_web_archive_are_shown_and_corrected(tmp_path):
    make_edition()
    _warc(tmp_path / "old.warc", [page(subject, number) for number, subject in enumerate(SUBJECTS)])
    run = _bring(tmp_path / "old.warc")
    assert run.articles == 6
    third = run.items.get(ordinal=2)
    jobs.work(_point(third, headline="السوق تفتح").pk)
    assert set(Article.objects.values_list("headline", flat=True)) == {
        f"{subject} تفتح أبوابها من جديد أمام الزوار" for subject in SUBJECTS
    }


FEED = """<rss version="2.0"><channel><title>الصحيفة</title><link>https://old.example/</link>{items}</channel></rss>"""

ITEM = """<item><title>نشرة المساء</title><link>https://old.example/{number}/</link>
<pubDate>Fri, 03 May 2019 10:00:00 +0300</pubDate><description>&lt;p&gt;{subject} تفتح أبوابها من جديد&lt;/p&gt;
&lt;p&gt;{text} &lt;a href="https://old.example/map/"&gt;خريطة الطريق&lt;/a&gt; وصلت إلى الأهالي.&lt;/p&gt;
&lt;p&gt;أعد هذه النشرة قسم الأخبار المحلية&lt;/p&gt;</description></item>"""


def _feed(path, subjects, first=0):
    text = "وقال سكان الحي إن العمل بدأ في الصباح الباكر وانتهى قبل موعده بأيام. " * 3
    items = "".join(
        ITEM.format(number=first + n, subject=subject, text=text) for n, subject in enumerate(subjects)
    )
    path.write_text(FEED.format(items=items), "utf-8")


def test_entries_of_a_feed_are_shown_and_corrected_and_the_next_ones_read_so(tmp_path):
    make_edition()
    _feed(tmp_path / "feed.xml", ("المكتبة", "المتحف"))
    run = _bring(tmp_path / "feed.xml")
    item = run.items.get(ordinal=0)
    saved = SavedPages().open(item)
    shown = shown_page(rereading.read_saved(saved).page, style="")
    assert "المكتبة تفتح أبوابها من جديد" in shown
    assert "نشرة المساء" in shown
    (tmp_path / "feed.xml").unlink()
    jobs.work(_point(item, headline="المكتبة تفتح", remove="أعد هذه").pk)
    stored = {each.headline: each.body.raw_data for each in Article.objects.all()}
    assert set(stored) == {"المكتبة تفتح أبوابها من جديد", "المتحف تفتح أبوابها من جديد"}
    for raw in stored.values():
        assert [block["type"] for block in raw] == ["paragraph"]
        assert '<a href="https://old.example/map/">' in raw[0]["value"]
    _feed(tmp_path / "next.xml", ("المطبعة",), first=9)
    later = _bring(tmp_path / "next.xml").items.get().article
    assert later.headline == "المطبعة تفتح أبوابها من جديد"
    assert "أعد هذه" not in str(later.body.raw_data)


def test_what_is_corrected_in_a_trial_is_read_so_by_the_import_begun_from_it(tmp_path):
    make_edition()
    import_archive(tmp_path / "archive", trial=True)
    trial = ImportRun.objects.get()
    corrected = jobs.work(_point(trial.items.get(key__endswith="0.html"), headline="المكتبة تفتح").pk)
    assert not Article.objects.exists()
    read = [item.incoming["headline"] for item in corrected.items.all()]
    assert len(read) == len(SUBJECTS)
    assert all("تفتح أبوابها" in headline for headline in read)
    begun = trials.begin_import(corrected, sections={}, publish=False)
    assert jobs.work(begun.pk).state == "done"
    assert Article.objects.filter(headline__contains="تفتح أبوابها").count() == len(SUBJECTS)
    assert Article.objects.count() == trial.articles
