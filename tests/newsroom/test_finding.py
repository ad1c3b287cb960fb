"""Search and related follow the acts of the newsroom, survive failures, and are built anew while serving."""

import pytest

from bulaq.discovery.index import Search
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.finding import following, indexes, rebuilding
from bulaq.newsroom.finding.documents import document
from bulaq.newsroom.models import Article, OutboxEntry, RelatedArticle, RelatedChoice
from tests.newsroom.making import make_article, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes")]

LIBRARY = (
    "أعادت المدينة القديمة افتتاح مكتبتها بعد ترميم دام عامين، وعادت المخطوطات الأندلسية إلى خزائنها الخشبية."
)
LIBRARY_AGAIN = (
    "المخطوطات الأندلسية في مكتبة المدينة القديمة تحتاج إلى خزائن جديدة بعد الترميم كما يقول أمين المكتبة."
)
FOOTBALL = "فاز فريق الحي بكأس الدوري بعد ركلات ترجيح طويلة شهدها جمهور كبير في الملعب البلدي."


def published(headline, text, **fields):
    article = make_article(headline, body=[("paragraph", f"<p>{text}</p>")] * 3, **fields)
    publish(article_id=article.pk)
    return article.pk


def ids(query, **filters):
    return [hit.id for hit in indexes.search_index().search(Search(text=query, **filters)).hits]


def test_a_published_article_is_found_and_a_withdrawn_one_is_not():
    make_edition()
    article = published("المكتبة تعود إلى المدينة", LIBRARY)
    following.index_waiting()
    assert ids("مكتبه") == [article]
    withdraw(article_id=article)
    following.index_waiting()
    assert ids("مكتبه") == []
    assert ids("مكتبه", drafts=True) == [article]
    assert not OutboxEntry.objects.filter(consumer__in=["index", "related"]).exists()


def test_an_article_that_is_no_longer_there_leaves_the_index():
    make_edition()
    article = published("المكتبة تعود إلى المدينة", LIBRARY)
    following.index_waiting()
    Article.objects.filter(pk=article).delete()
    OutboxEntry.objects.create(consumer="index", kind="delete", article_id=article)
    following.index_waiting()
    assert ids("مكتبة", drafts=True) == []


def test_a_new_chapter_reaches_the_box_of_the_older_one_with_reasons():
    edition = make_edition()
    older = published("المكتبة تعود إلى المدينة", LIBRARY)
    published("كأس الدوري لفريق الحي", FOOTBALL, section="sport")
    following.index_waiting()
    assert not RelatedArticle.objects.filter(article_id=older).exists()
    newer = published("خزائن جديدة لمخطوطات المكتبة", LIBRARY_AGAIN)
    following.index_waiting()
    assert list(
        RelatedArticle.objects.filter(article_id=older, edition=edition).values_list("related_id", flat=True)
    ) == [newer]
    assert RelatedArticle.objects.get(article_id=newer).reasons


def test_an_editors_word_on_a_pair_stands():
    edition = make_edition()
    first = published("المكتبة تعود إلى المدينة", LIBRARY)
    second = published("خزائن جديدة لمخطوطات المكتبة", LIBRARY_AGAIN)
    third = published("كأس الدوري لفريق الحي", FOOTBALL, section="sport")
    RelatedChoice.objects.create(article_id=first, other_id=second, kind="ban")
    RelatedChoice.objects.create(article_id=first, other_id=third, kind="pin")
    following.index_waiting()
    lines = RelatedArticle.objects.filter(article_id=first, edition=edition).order_by("position")
    assert list(lines.values_list("related_id", flat=True)) == [third]


def test_follow_up_work_waits_while_a_rebuild_runs_and_is_then_done_on_the_new_index():
    make_edition()
    first = published("المكتبة تعود إلى المدينة", LIBRARY)
    with indexes.writing(wait=True):
        assert following.index_waiting() == 0
    assert rebuilding.rebuild() == 1
    assert ids("المكتبة") == [first]
    second = published("خزائن جديدة لمخطوطات المكتبة", LIBRARY_AGAIN)
    following.index_waiting()
    assert set(ids("المكتبة")) == {first, second}


def test_a_document_holds_every_text_of_an_article():
    make_edition()
    article = make_article(
        "عنوان",
        kicker="تمهيد",
        lead_caption="تعليق الصورة",
        body=[
            ("paragraph", "<p>فقرة <b>مهمة</b> &amp; أولى</p>"),
            ("heading", "عنوان فرعي"),
            ("quote", {"text": "قول", "attribution": "قائل"}),
            ("list", {"items": ["بند أول", "بند ثان"], "ordered": False}),
            ("fact_box", {"title": "حقائق", "text": "<p>معلومة</p>"}),
        ],
    )
    found = document(Article.objects.get(pk=article.pk))
    assert found.body.split("\n") == [
        "فقرة مهمة & أولى",
        "عنوان فرعي",
        "قول قائل",
        "بند أول",
        "بند ثان",
        "حقائق. معلومة",
    ]
    assert (found.kicker, found.caption) == ("تمهيد", "تعليق الصورة")


def test_what_follows_an_archive_gives_way_to_an_editors_act_and_is_done_afterwards(monkeypatch):
    make_edition()
    monkeypatch.setattr(following._Pace, "PART", 1)
    archive = [published(f"المكتبة تعود إلى المدينة {n}", f"{LIBRARY} {n}") for n in range(3)]
    OutboxEntry.objects.update(later=True)
    consumer = OutboxEntry.Consumer.RELATED
    waiting = list(OutboxEntry.objects.filter(consumer=consumer).order_by("pk"))
    act = published("خزائن جديدة لمخطوطات المكتبة", LIBRARY_AGAIN)
    following.relate(waiting)
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in waiting]).delete()
    assert OutboxEntry.objects.filter(consumer=consumer, later=True).exists(), "it gave way"
    following.index_waiting()
    followed = OutboxEntry.objects.filter(article_id=act, consumer__in=["index", "related"])
    assert not followed.exists()
    assert RelatedArticle.objects.filter(article_id=act).exists()
    while following.index_waiting():
        pass
    for article in archive:
        related = RelatedArticle.objects.filter(article_id=article).values_list("related_id", flat=True)
        assert act in related
    assert not OutboxEntry.objects.filter(consumer=consumer).exists()
