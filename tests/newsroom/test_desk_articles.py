"""Writing at the desk: drafts as they are, whole articles for readers, and a list that costs the same at any size."""

from itertools import chain

import pytest
from django.urls import reverse
from django.utils import timezone

from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.desk.articles.form import ArticleForm
from bulaq.newsroom.models import Agency, Article, Byline, Person, Publication, Section
from bulaq.newsroom.queries import desk_search
from tests.newsroom.desk_forms import article_form
from tests.newsroom.making import make_article

pytestmark = pytest.mark.django_db

LIST = "/desk/articles/"
ADD = "/desk/articles/add/"


def edit(article):
    return reverse("wagtailsnippets_newsroom_article:edit", args=[article.pk])


def test_a_draft_is_saved_as_it_is(editor, edition):
    assert editor.post(ADD, article_form()).status_code == 302
    article = Article.objects.get()
    assert (article.headline, article.live) == ("", False)


@pytest.mark.parametrize(
    ("missing", "words"),
    [("headline", "لا تُنشر المادة بلا عنوان"), ("section", "اختر القسم"), ("paragraphs", "لا نص للمادة")],
)
def test_what_readers_will_see_must_be_whole(editor, edition, missing, words):
    whole = {
        "headline": "مدينة تعيد فتح مكتبتها القديمة",
        "section": Section.objects.first(),
        "paragraphs": ["فقرة أولى."],
    }
    del whole[missing]
    response = editor.post(ADD, article_form(**whole) | {"action-publish": "1"})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Publication.objects.exists()


def test_an_article_is_a_translation_of_one_in_another_language_alone(editor, edition):
    same, other = make_article(), make_article("A town reopens its library", language="en")
    for origin, status in ((same, 200), (other, 302)):
        assert (
            editor.post(ADD, article_form(headline="مدينة", translation_of=origin.pk)).status_code == status
        )


def test_one_button_publishes_in_the_first_edition(editor, edition):
    section = Section.objects.get(slug="sport")
    data = article_form(headline="فريق الحي يفوز بكأس المدينة", section=section, paragraphs=["فقرة أولى."])
    response = editor.post(ADD, data | {"action-publish": "1"}, follow=True)
    publication = Publication.objects.get()
    assert (publication.state, publication.section, publication.edition) == ("published", section, edition)
    assert Article.objects.get().live
    assert publication.edition.label in " ".join(str(m) for m in response.context["messages"])


def test_publishing_again_updates_and_a_refusal_keeps_the_draft(editor, edition):
    article = make_article()
    publish(article_id=article.pk)
    Publication.objects.update(embargo_until=timezone.now() + timezone.timedelta(hours=3))
    data = article_form(headline="عنوان جديد للمادة", section=article.section, paragraphs=["نص جديد."])
    response = editor.post(edit(article), data | {"action-publish": "1"}, follow=True)
    said = " ".join(str(m) for m in response.context["messages"])
    assert "محظور" in said
    assert "حُفظت المسودة ولم تُنشر" in said
    article = Article.objects.get(pk=article.pk)
    assert article.headline != "عنوان جديد للمادة"
    assert article.get_latest_revision_as_object().headline == "عنوان جديد للمادة"
    Publication.objects.update(embargo_until=None)
    editor.post(edit(article), data | {"action-publish": "1"})
    assert Article.objects.get(pk=article.pk).headline == "عنوان جديد للمادة"


def test_an_article_that_had_no_revision_yet_is_not_saved_over_somebody_elses_text(editor, edition):
    article = make_article()
    opened_by_both = article_form(headline=article.headline, paragraphs=["نص."], section=article.section)

    def saves_itself(**fields):
        return editor.post(
            edit(article), opened_by_both | fields, headers={"Accept": "application/json"}
        ).json()

    first = saves_itself(kicker="أول")
    assert first["success"], first
    assert saves_itself(kicker="ثان")["error_code"] == "invalid_revision"
    assert saves_itself(kicker="أول أيضاً", overwrite_revision_id=str(first["revision_id"]))["success"]
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().kicker == "أول أيضاً"


def test_a_row_that_was_only_just_added_stops_no_saving(editor, edition):
    article, person = make_article(), Person.objects.create(name="سلمى الحداد")
    fields = article_form(headline=article.headline, paragraphs=["نص."], section=article.section) | {
        "bylines-TOTAL_FORMS": "1", "bylines-0-id": "", "bylines-0-person": "", "bylines-0-agency": "",
        "bylines-0-role": "writer", "bylines-0-ORDER": "1", "bylines-0-DELETE": "",
    }  # fmt: skip

    def saves_itself(**more):
        fields.update(more)
        answer = editor.post(edit(article), fields, headers={"Accept": "application/json"}).json()
        assert answer["success"], answer
        fields.update(answer["field_updates"], overwrite_revision_id=str(answer["revision_id"]))
        newest = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
        return [str(byline) for byline in newest.bylines.all()]

    assert saves_itself() == saves_itself(kicker="تقرير") == []
    assert saves_itself(**{"bylines-0-person": str(person.pk)}) == ["سلمى الحداد"]


def test_what_is_saved_while_another_text_is_being_saved_is_not_lost(editor, edition, monkeypatch):
    article = make_article()
    clean = ArticleForm.clean

    def somebody_saves_meanwhile(form):
        article.kicker = "في اللحظة نفسها"
        article.save_revision()
        return clean(form)

    monkeypatch.setattr(ArticleForm, "clean", somebody_saves_meanwhile)
    form = article_form(headline=article.headline, paragraphs=["نص."], section=article.section)
    answer = editor.post(edit(article), form, headers={"Accept": "application/json"})
    assert answer.json()["error_code"] == "invalid_revision"
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().kicker == "في اللحظة نفسها"


def test_a_reporter_edits_drafts_and_publishes_nothing(reporter, edition):
    article = make_article()
    data = article_form(headline="عنوان من المراسل", section=article.section, paragraphs=["نص."])
    assert "action-publish" not in reporter.get(edit(article)).content.decode()
    reporter.post(edit(article), data | {"action-publish": "1"})
    article = Article.objects.get(pk=article.pk)
    assert article.headline == "عنوان من المراسل"
    assert not article.live
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["delete", "unpublish", "lock"])
def test_a_reporter_may_not_do_what_an_editor_may(reporter, edition, name):
    article = make_article()
    publish(article_id=article.pk)
    reporter.post(reverse(f"wagtailsnippets_newsroom_article:{name}", args=[article.pk]))
    article = Article.objects.get(pk=article.pk)
    assert article.live
    assert not article.locked
    assert Publication.objects.get().state == "published"


def test_a_byline_is_a_person_or_an_agency_and_says_so(editor, edition):
    person = Person.objects.create(name="ريم القصار")
    data = article_form(headline="عنوان") | {
        "bylines-TOTAL_FORMS": "1", "bylines-0-person": str(person.pk), "bylines-0-role": "writer",
        "bylines-0-agency": str(Agency.objects.create(name="وكالة الساحل").pk), "bylines-0-ORDER": "1",
    }  # fmt: skip
    response = editor.post(ADD, data)
    assert "اختر شخصاً أو وكالة" in response.content.decode()
    data |= {"bylines-0-agency": ""}
    assert editor.post(ADD, data).status_code == 302
    assert Byline.objects.get().person == person


def test_the_suggestion_of_an_import_stands_where_the_headline_is_missing(editor, edition):
    article = make_article("", headline_suggestion="صورة من داخل المكتبة بعد ترميمها")
    for page in (LIST, edit(article)):
        assert "صورة من داخل المكتبة بعد ترميمها" in editor.get(page).content.decode()


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    editor, edition, django_assert_max_num_queries
):
    person = Person.objects.create(name="سامي درويش")
    editor.get(LIST)
    for number in range(25):
        article = make_article(f"مادة رقم {number}")
        Byline.objects.create(article=article, person=person)
        publish(article_id=article.pk)
    with django_assert_max_num_queries(15):
        page = editor.get(LIST).content.decode()
    assert page.count("desk-row-headline") >= 25


def test_the_editing_page_is_bounded_too(editor, edition, django_assert_max_num_queries):
    article = make_article()
    publish(article_id=article.pk)
    editor.get(edit(article))
    with django_assert_max_num_queries(45):
        editor.get(edit(article))


def headlines(response):
    return [article.headline for article in response.context["object_list"]]


def test_pages_follow_each_other_without_gap_or_repetition_in_both_directions(editor, edition, monkeypatch):
    from bulaq.newsroom.desk.articles import list as article_list

    monkeypatch.setattr(article_list.ArticleIndexView, "get_paginate_by", lambda self, queryset: 4)
    for number in range(10):
        make_article(f"مادة {number}")
    # Several at the very same moment: the id decides between them.
    Article.objects.filter(headline__in=["مادة 3", "مادة 4", "مادة 5", "مادة 6"]).update(
        edited_at=timezone.now()
    )
    seen, url = [], LIST
    while url:
        response = editor.get(url)
        seen.append(headlines(response))
        url, last = response.context["older_url"], url
    assert sorted(chain(*seen)) == sorted(f"مادة {n}" for n in range(10))
    back, url = [], last
    while url:
        response = editor.get(url)
        back.insert(0, headlines(response))
        url = response.context["newer_url"]
    assert list(chain(*back)) == list(chain(*seen))


@pytest.mark.parametrize("cursor", ["", "x", "12", "9" * 40, "1-2-3", "1700000000000000-1"])
def test_a_broken_cursor_is_the_first_page_or_an_empty_one(editor, edition, cursor):
    make_article()
    assert editor.get(LIST, {"older": cursor}).status_code == 200
    assert editor.get(LIST, {"newer": cursor, "q": "مادة"}).status_code == 200


def test_the_list_is_narrowed_by_state_section_edition_language_and_author(editor, edition):
    person = Person.objects.create(name="هدى بنسليمان")
    draft, public, gone = (
        make_article("مسودة"),
        make_article("منشورة", section="sport"),
        make_article("مسحوبة"),
    )
    Byline.objects.create(article=public, person=person)
    publish(article_id=public.pk)
    publish(article_id=gone.pk)
    withdraw(article_id=gone.pk)
    make_article("", headline_suggestion="مقترح")
    for query, expected in (
        ({"state": "draft"}, {draft.headline, ""}),
        ({"state": "headless"}, {""}),
        ({"state": "published"}, {public.headline}),
        ({"state": "withdrawn"}, {gone.headline}),
        ({"state": "failed"}, set()),
        ({"state": "changed"}, set()),
        ({"section": public.section_id}, {public.headline}),
        ({"edition": edition.pk}, {public.headline, gone.headline}),
        ({"language": "en"}, set()),
        ({"author": "سامي"}, set()),
        ({"author": "هدي بنسليمان"}, {public.headline}),
    ):
        assert set(headlines(editor.get(LIST, query))) == expected, query


def test_the_search_field_folds_as_the_house_does_and_finds_drafts(editor, edition):
    make_article("المدرسة القديمة في فاس")
    make_article("سوق السمك")
    assert headlines(editor.get(LIST, {"q": "مدرسه قديمه"})) == ["المدرسة القديمة في فاس"]
    assert headlines(editor.get(LIST, {"q": "طائرة"})) == []
    chooser = reverse("wagtailsnippetchoosers_newsroom_article:choose_results")
    page = editor.get(chooser, {"q": "المدرسه"}).content.decode()
    assert "المدرسة القديمة" in page
    assert "سوق السمك" not in page


def test_an_engine_can_stand_behind_the_search_field_and_its_order_is_kept(editor, edition, monkeypatch):
    articles = [make_article(f"مادة {n}") for n in range(3)]
    ranked = (articles[1].pk, articles[2].pk, articles[0].pk)
    monkeypatch.setattr(desk_search, "_engine", lambda query, limit: desk_search.Found(ranked))
    assert [a.pk for a in editor.get(LIST, {"q": "أي شيء"}).context["object_list"]] == list(ranked)
    assert [a.pk for a in editor.get(LIST, {"q": "شيء", "state": "published"}).context["object_list"]] == []


@pytest.mark.parametrize(
    ("total", "approximate", "said"), [(12_345, True, "نحو 12,000"), (1_234, False, "1,234")]
)
def test_a_search_that_gives_only_the_first_says_how_many_there_are(
    total, approximate, said, editor, edition, monkeypatch
):
    found = desk_search.Found((make_article().pk,), more=True, total=total, approximate=approximate)
    monkeypatch.setattr(desk_search, "_engine", lambda query, limit: found)
    assert f"أول 1 مادة من أصل {said}." in editor.get(LIST, {"q": "شيء"}).content.decode()


def test_a_number_finds_the_article_of_that_number(editor, edition, monkeypatch):
    article = make_article()
    assert [a.pk for a in editor.get(LIST, {"q": f"#{article.pk}"}).context["object_list"]] == [article.pk]


def test_someone_new_is_made_where_the_article_is_signed_and_nobody_twice(editor, edition):
    window = editor.get(reverse("wagtailsnippetchoosers_newsroom_person:choose")).json()["html"]
    assert "شخص جديد" in window
    create = reverse("wagtailsnippetchoosers_newsroom_person:create")
    made = editor.post(create, {"name": "أمينة الخياط"}).json()
    person = Person.objects.get()
    assert made["result"]["string"] == "أمينة الخياط"
    again = editor.post(create, {"name": "امينه  الخياط"}).json()
    assert again["step"] == "reshow_creation_form"
    assert "موجود من قبل" in again["htmlFragment"]
    assert Person.objects.get() == person


def test_the_keyboards_shortcuts_can_be_found(editor):
    assert "keyboard-shortcuts-trigger" in editor.get("/desk/").content.decode()
