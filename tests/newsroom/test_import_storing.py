"""Storing what intake read: every part in its place, the same material once, nothing of an editor's overwritten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulaq.intake.article import (
    Box,
    Carrier,
    Embed,
    Heading,
    Image,
    IncomingArticle,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
    Refusal,
    Table,
)
from bulaq.newsroom import legacy_paths
from bulaq.newsroom.actions.placing import plan
from bulaq.newsroom.actions.publishing import withdraw
from bulaq.newsroom.importing.matching.spellings import name_by_commonest
from bulaq.newsroom.importing.runs.jobs import RunOptions, begin
from bulaq.newsroom.legacy_paths import find
from bulaq.newsroom.models import (
    Agency,
    Article,
    EditionSection,
    ImportItem,
    ImportRun,
    LegacyPath,
    OutboxEntry,
    Person,
    PersonName,
    Publication,
    Section,
    SectionMapping,
    Topic,
    TopicVariant,
)
from bulaq.newsroom.queries.articles import article_page
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_edition

pytestmark = pytest.mark.django_db


def test_every_part_of_an_article_finds_its_place():
    edition = make_edition(sections=("culture", "sport"))
    Section.objects.filter(slug="culture").update(name="ثقافة")
    (line,) = store(
        incoming(
            url="https://www.old.example/ثقافة/خبر/?utm_source=x",
            aliases=("https://old.example/?p=77",),
            headline="مكتبة تعود إلى حيّها",
            kicker="تراث",
            dateline="فاس",
            authors=("سلمى الحدّاد", "كريم نصر"),
            agencies=("رويترز",),
            modified_at="2019-05-04T08:00:00+03:00",
            lead_image=Picture(None, "واجهة المكتبة", "أرشيف", None),
            tags=("متاحف", "متاحف", "#فاس"),
            carrier=Carrier("جريدة قديمة", "https://carrier.example/"),
            boxes=(Box("latest", "آخر الأخبار", (Link("عنوان من صندوق"),)),),
            body=(
                Paragraph("فقرة <script>alert(1)</script> & أولى"),
                Heading("عنوان فرعي"),
                Quote("قولٌ مأثور", "قائل"),
                List(("واحد", "اثنان")),
                Table((("أ", "ب"), ("ج",))),
                Image(Picture("https://old.example/a.jpg", "صورة في المتن")),
                Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
                Embed("javascript:alert(1)", "X"),
            ),
        ),
        publish=True,
    )
    assert (line.outcome, line.published, line.verdict) == ("created", True, "ready")
    article = Article.objects.get()
    publication = Publication.objects.get()
    page = article_page(publication)
    assert page.headline == "مكتبة تعود إلى حيّها"
    assert publication.section.slug == "culture"
    assert publication.published_at == datetime(2019, 5, 3, 7, tzinfo=UTC)
    assert publication.updated_at == datetime(2019, 5, 4, 5, tzinfo=UTC)
    assert [str(byline) for byline in page.bylines] == ["سلمى الحدّاد", "كريم نصر", "رويترز"]
    assert [str(topic) for topic in page.topics] == ["متاحف", "فاس"]
    assert [(line.headline, line.url) for line in page.read_also] == [
        ("مادة أخرى", "https://old.example/other/")
    ]
    assert (article.lead_caption, article.lead_credit) == ("واجهة المكتبة", "أرشيف")
    assert (article.dateline, article.carrier_label) == ("فاس", "جريدة قديمة")
    kinds = [block.block_type for block in article.body]
    assert kinds == ["paragraph", "heading", "quote", "list", "table", "image", "embed"]
    assert "<script" not in str(article.body[0].value)
    assert "&lt;script&gt;" in article.body[0].value.source
    assert article.body[3].value["items"][1] == "اثنان"
    for old in ("/ثقافة/خبر", "/?p=77", "/%D8%AB%D9%82%D8%A7%D9%81%D8%A9/%D8%AE%D8%A8%D8%B1/amp/"):
        assert legacy_paths.target(edition, old).publication == publication
    boxes = ImportItem.objects.get().incoming["boxes"]
    assert boxes[0]["items"][0]["headline"] == "عنوان من صندوق"


def _quoted(text):
    from urllib.parse import quote

    return quote(text)


def test_a_missing_headline_is_suggested_never_invented_and_one_given_later_publishes():
    make_edition()
    page = incoming(headline=None, url=None, section="culture", lead_image=Picture(None, "تعليق الصورة"))
    (line,) = store(page, publish=True)
    article = Article.objects.get()
    assert (article.headline, article.headline_suggestion, article.live) == ("", "تعليق الصورة", False)
    assert "no-headline" in {reason.code for reason in line.reasons}
    (line,) = store(page.with_headline("عنوان بعد النظر"), publish=True)
    assert (line.outcome, line.published, line.article_id) == ("updated", True, article.pk)
    (line,) = store(page, publish=True)
    assert line.outcome == "unchanged"
    article.refresh_from_db()
    assert (article.headline, article.headline_suggestion) == ("عنوان بعد النظر", "")


def test_the_same_material_again_is_one_article_and_changed_material_updates_it():
    make_edition()
    first = incoming(section="culture")
    store(first, publish=True)
    (again,) = store(first, publish=True)
    assert again.outcome == "unchanged"
    changed = IncomingArticle(**{**_fields(first), "headline": "عنوان صُحّح هناك", "authors": ("كريم نصر",)})
    (line,) = store(changed, publish=True)
    assert line.outcome == "updated"
    article = Article.objects.get()
    assert article.headline == "عنوان صُحّح هناك"
    assert [str(byline) for byline in article.bylines.all()] == ["كريم نصر"]
    assert Publication.objects.get().slug == "عنوان-صحح-هناك"
    follows = OutboxEntry.objects.exclude(consumer=OutboxEntry.Consumer.PURGE)
    assert not follows.filter(later=False).exists(), "an editor's act goes before an archive"


def _fields(article):
    return {name: getattr(article, name) for name in article.__dataclass_fields__}


@pytest.mark.parametrize("in_revision", [False, True])
def test_what_an_editor_changed_is_never_overwritten(in_revision):
    make_edition()
    first = incoming(section="culture")
    store(first)
    article = Article.objects.get()
    article.headline = "عنوان حرّره المحرر"
    article.save_revision() if in_revision else article.save()
    changed = IncomingArticle(**{**_fields(first), "headline": "عنوان جديد هناك"})
    (line,) = store(changed, publish=True)
    assert (line.outcome, line.published) == ("kept", False)
    assert "edited-here" in {reason.code for reason in line.reasons}
    newest = Article.objects.get().latest_revision.as_object() if in_revision else Article.objects.get()
    assert newest.headline == "عنوان حرّره المحرر"


def test_flattened_and_saved_captures_of_one_article_are_one():
    make_edition()
    body = (Paragraph("نص واحد يصل مرتين بشكلين مختلفين من الأرشيف نفسه."),)
    flat = incoming(url=None, format="flat", headline=None, section="culture", body=body)
    saved = incoming(headline="العنوان الكامل", section="culture", body=body)
    store(flat)
    (line,) = store(saved)
    assert line.outcome == "updated"
    (line,) = store(flat)
    assert line.outcome == "unchanged"
    assert Article.objects.get().headline == "العنوان الكامل"
    (line,) = store(incoming(section="culture", body=body), publish=True)
    assert line.outcome == "created"
    assert "same-text" in {reason.code for reason in line.reasons}
    assert not line.published


def test_two_captures_of_one_article_in_an_archive_that_comes_again_change_nothing():
    make_edition()
    first = incoming(section="culture")
    short = IncomingArticle(**{**_fields(first), "read_also": (Link("أخرى", "https://old.example/x/"),)})
    for outcomes in (["created", "unchanged"], ["unchanged", "unchanged"]):
        assert [line.outcome for line in store(first, short)] == outcomes


def test_a_page_without_an_address_is_known_again_by_its_file_and_headline_when_its_text_was_changed():
    make_edition()
    page = incoming(url=None, source="a.html", section="culture")
    changed = {**_fields(page), "body": (Paragraph("نص غُيّر منذ الاستيراد الأول."),)}
    store(page)
    (line,) = store(IncomingArticle(**changed))
    assert line.outcome == "updated"
    (line,) = store(IncomingArticle(**changed | {"url": "https://old.example/a/", "tags": ("أخرى",)}))
    assert line.outcome == "updated", "now its address is known"
    other = {"source": "a.html", "url": None, "section": "culture"}
    (line,) = store(incoming(**other))
    assert line.outcome == "created", "another article under the name of the file"
    assert Article.objects.count() == 2


def test_an_address_that_was_changed_at_the_source_is_the_same_article_and_a_number_alone_is_not():
    def post(slug: str, **fields):
        return incoming(
            url=f"https://old.example/{slug}/",
            aliases=("https://old.example/?p=77",),
            headline="مكتبة الحي",
            **fields,
        )

    edition = make_edition()
    store(post("first"), publish=True)
    [line] = store(
        post("second", body=(Paragraph("نص جديد كله، كتب بعد أن تغير عنوان الصفحة."),)), publish=True
    )
    article = Article.objects.get()
    assert (line.outcome, line.article_id) == ("updated", article.pk)
    assert {find(edition, f"/{slug}/") for slug in ("first", "second")} == {article.pk}
    # The site was set up anew, and its numbers began again; or it is another site.
    later = {"headline": "مادة أخرى تماماً", "published_at": "2021-01-01T10:00:00+03:00"}
    store(
        replace(post("third"), **later),
        incoming(
            url="https://other.example/x/", aliases=("https://other.example/?p=77",), headline="مكتبة الحي"
        ),
    )
    assert Article.objects.count() == 3


def test_what_was_withdrawn_does_not_come_back_and_an_embargo_holds():
    edition = make_edition()
    page = incoming(section="culture")
    store(page, publish=True)
    withdraw(article_id=Article.objects.get().pk)
    (line,) = store(page, publish=True)
    assert not line.published
    assert Publication.objects.get().state == "withdrawn"
    held = incoming(section="culture")
    (draft,) = store(held)
    hour = timezone.now() + timedelta(days=1)
    plan(article_id=draft.article_id, edition_id=edition.pk, embargo_until=hour)
    sister = make_edition(slug="sister")
    (line,) = store(held, run=begin(inputs=["archive"], edition=sister, options=RunOptions()), publish=True)
    assert not line.published


def test_names_are_matched_in_every_spelling_and_made_once():
    make_edition()
    person = Person.objects.create(name="أحمد الأسعد")
    PersonName.objects.create(person=person, text="احمد أسعد")
    topic = Topic.objects.create(name="فلاديمير بوتين")
    TopicVariant.objects.create(topic=topic, text="بوتين")
    Agency.objects.create(name="الأناضول")
    store(
        incoming(authors=("احمد الاسعد",), agencies=("الاناضول",), tags=("بوتين",)),
        incoming(authors=("أحمد أسعد", "هدى منصور"), tags=("بوتين", "فاس")),
        incoming(authors=("هدى منصور", "هُدى  منصور"), tags=("فاس",)),
    )
    assert sorted(Person.objects.values_list("name", flat=True)) == ["أحمد الأسعد", "هدى منصور"]
    assert Agency.objects.count() == 1
    assert sorted(Topic.objects.values_list("name", flat=True)) == ["فاس", "فلاديمير بوتين"]
    assert [a.bylines.count() for a in Article.objects.order_by("id")] == [2, 2, 1]


def test_people_that_a_run_made_bear_their_commonest_spelling():
    make_edition()
    older = Person.objects.create(name="احمد الاسعد")
    run = make_run()
    spelled = ("هدي منصور", "هدى منصور", "هدى منصور", "هُدى منصور")
    store(*(incoming(authors=(name, "أحمد الأسعد")) for name in spelled), run=run)
    twice = [
        incoming(authors=(name,)) for name in ("آمال سالم", "أمال سالم", "ايمن علي", "أيمن علي", "أيمن علي")
    ]
    # Taken up again: what was met before is remembered.
    run.refresh_from_db()
    store(*twice[:3], run=run)
    run.refresh_from_db()
    store(*(article.with_headline("عنوان آخر") for article in twice[3:]), run=run)
    Person.objects.filter(name="ايمن علي").update(name="أيمن علي حسن")
    name_by_commonest(run)
    older.refresh_from_db()
    assert older.name == "احمد الاسعد", "whom the newsroom knew keeps the name"
    made = Person.objects.exclude(pk=older.pk).values_list("name", flat=True)
    assert sorted(made) == ["آمال سالم", "أيمن علي حسن", "هدى منصور"]


def test_sections_are_mapped_matched_or_made_and_take_a_place_in_the_edition():
    edition = make_edition(sections=("culture", "sport"))
    sport = Section.objects.get(slug="sport")
    sport.name = "رياضة"
    sport.save()
    SectionMapping.objects.create(host="old.example", theirs="كرة", matching_theirs="كره", section=sport)
    lines = store(
        incoming(section="الرياضة والشباب"),
        incoming(section="رياضه"),
        incoming(section="كرة"),
        incoming(section="Search"),
        incoming(section=None, breadcrumb=("الرئيسية", "ثقافة وفنون")),
        incoming(section="منوعات"),
        incoming(section=None),
        section_map={"منوعات": "culture"},
    )
    by_line = [Article.objects.get(pk=line.article_id).section for line in lines]
    assert [section.name if section else None for section in by_line] == [
        "الرياضة والشباب", "رياضة", "رياضة", "Search", "ثقافة وفنون", "culture", None,
    ]  # fmt: skip
    assert by_line[3].slug == "search-2"
    assert EditionSection.objects.filter(edition=edition, section=by_line[4]).exists()
    assert "no-section" in {reason.code for reason in lines[-1].reasons}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"headline": None}, "no-headline"),
        ({"body": ()}, "no-body"),
        ({"section": None}, "no-section"),
        ({"lang": "fr"}, "no-edition"),
        ({"published_at": "2990-01-01"}, "future-date"),
        ({"confidence": {"headline": 0.2}}, "unsure-headline"),
        ({"draft": True}, "was-draft"),
    ],
)
def test_what_is_not_complete_stays_a_draft_with_the_reason(fields, code):
    make_edition()
    (line,) = store(incoming(**fields), publish=True)
    assert not line.published
    assert code in {reason.code for reason in line.reasons}
    assert not Article.objects.get().live
    assert not Publication.objects.exists()


def test_times_without_an_offset_are_the_editions_and_days_are_its_noon():
    make_edition(profile="mashriq")
    store(incoming(published_at="2019-07-03T10:00:00"), incoming(published_at="2019-01-03"), publish=True)
    times = sorted(Publication.objects.values_list("published_at", flat=True))
    assert times == [
        datetime(2019, 1, 3, 10, tzinfo=UTC),
        datetime(2019, 7, 3, 7, tzinfo=UTC),
    ]


def test_an_article_in_another_language_goes_to_the_edition_that_speaks_it():
    make_edition()
    english = make_edition("english", profile="english")
    store(incoming(lang="en-GB", headline="A library returns"), publish=True)
    assert Publication.objects.get().edition == english
    (line,) = store(incoming(lang="en", headline="Another"), publish=True, edition_given=True)
    assert not line.published


def test_one_that_cannot_be_stored_is_refused_and_the_others_are_stored(monkeypatch):
    make_edition()
    run = make_run()
    bad = incoming(authors=("س" * 200, "\ud800"), headline="عنوان \x00 فيه ما لا يكتب \udfff")
    lines = store(
        incoming(), bad, Refusal("x.html", "empty", "x.html: the file is empty"), incoming(), run=run
    )
    assert [line.outcome for line in lines] == ["created", "created", "refused", "created"]
    from bulaq.newsroom.importing.storing import preparing

    whole = preparing.raw_body

    def breaks(blocks):
        if blocks and blocks[0].text == "ينكسر":
            raise ValueError("a fault")
        return whole(blocks)

    monkeypatch.setattr(preparing, "raw_body", breaks)
    lines = store(*[incoming() for _ in range(5)], incoming(body=(Paragraph("ينكسر"),)), incoming(), run=run)
    assert [line.outcome for line in lines] == ["created"] * 5 + ["refused", "created"]
    assert "a fault" in lines[5].reasons[0].text
    run.refresh_from_db()
    assert (run.created, run.refused, run.sources_done) == (9, 2, 11)
    assert ImportRun.objects.get().items.count() == 11


def test_an_old_address_keeps_leading_to_the_first_article():
    edition = make_edition()
    first, second = store(
        incoming(aliases=("https://old.example/?p=5",)), incoming(aliases=("https://old.example/?p=5",))
    )
    assert find(edition, "/?p=5") == first.article_id
    assert "address-taken" in {reason.code for reason in second.reasons}
    assert LegacyPath.objects.count() == 3


def test_a_batch_leaves_follow_up_work_for_each_article_and_one_purge():
    make_edition()
    store(*[incoming() for _ in range(4)], publish=True)
    # (The edition and the section that the batch made are purged on their own.)
    followed = OutboxEntry.objects.exclude(kind="edition")
    consumers = list(followed.values_list("consumer", flat=True))
    assert sorted(consumers) == ["index"] * 4 + ["purge"] + ["related"] * 4


def test_a_batch_costs_the_same_queries_whatever_its_length(django_assert_max_num_queries):
    make_edition()
    run = make_run()
    with django_assert_max_num_queries(46):
        store(*[incoming() for _ in range(60)], run=run, publish=True)


def test_what_comes_again_costs_queries_by_the_batch_and_not_by_the_article():
    make_edition()

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert {line.outcome for line in store(*again[:number], publish=True)} == {outcome}
        locked = any("FOR NO KEY UPDATE" in query["sql"] for query in captured)
        assert locked == (outcome == "updated" and connection.features.has_select_for_update)
        return len(captured)

    known = [incoming() for _ in range(30)]
    store(*known, publish=True)
    again, outcome = known, "unchanged"
    assert queries(5) == queries(30)
    outcome = "updated"
    again = [replace(one, body=(*one.body, Paragraph("فقرة أضيفت بعد النشر."))) for one in known]
    few = queries(5)
    again = [replace(one, body=(*one.body, Paragraph("فقرة ثانية أضيفت بعدها."))) for one in again]
    assert queries(30) == few
