"""Taking an import back: all that it brought, nothing that anybody worked on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulaq.intake.article import IncomingArticle
from bulaq.newsroom.actions.correcting import correct
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.stories import begin_story
from bulaq.newsroom.importing.runs.requests import may_be_taken_back
from bulaq.newsroom.importing.undo.report import LEFT
from bulaq.newsroom.importing.undo.undoing import UndoRefused, undo, why_left
from bulaq.newsroom.models import (
    Agency,
    Article,
    EditionSection,
    FrontPin,
    ImportItem,
    ImportRun,
    LegacyPath,
    OutboxEntry,
    Person,
    Publication,
    RelatedChoice,
    Section,
    Story,
    Topic,
    TopicMention,
    TopicOffer,
)
from tests.newsroom.incoming import incoming, make_run, store
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


def _counts():
    models = (Article, Publication, Person, Agency, Topic, Section, EditionSection, LegacyPath)
    return {model.__name__: model.objects.count() for model in models}


def test_an_import_is_taken_back_whole():
    make_edition()
    make_article()
    Person.objects.create(name="سلمى الحداد")
    before = _counts()
    run = make_run()
    store(incoming(), incoming(section="علوم", agencies=("رويترز",)), run=run, publish=True)
    report = undo(run.pk)
    assert _counts() == before
    assert report.taken["article"] == 2
    assert report.left == []
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    assert undo(run.pk).as_json() == {"taken": {}, "left": []}
    ImportRun.objects.filter(pk=run.pk).update(
        owner="elsewhere:1:1", lease_until=timezone.now() + timedelta(minutes=1)
    )
    with pytest.raises(UndoRefused):
        undo(run.pk)


def test_what_the_machine_made_of_an_import_goes_with_it():
    """Offers of topics and stories that hold nothing else; of the others what this import added."""
    make_edition()
    own, run = make_article(), make_run()
    first, second = (line.article_id for line in store(incoming(), incoming(), run=run, publish=True))
    both, alone, answered = (TopicOffer.objects.create(name=name, matching_name=name, kind="place", rule="x", articles=3,
                             examples=[first, own.pk]) for name in ("حلب", "دمشق", "حمص"))  # fmt: skip
    TopicOffer.objects.filter(pk=answered.pk).update(state="rejected")
    for offer, articles in ((both, (own.pk, first, second)), (alone, (first,)), (answered, (second,))):
        for pk in articles:
            TopicMention.objects.create(offer=offer, article_id=pk)
    begun = begin_story(title="قصة السوق", language="ar", article_ids=[first, second])
    named = begin_story(
        title="قصة الجسر", language="ar", article_ids=[own.pk]
    )  # one article: not the machine's
    assert named is None
    named = begin_story(title="قصة الجسر", language="ar", article_ids=[own.pk], added_by="editor")
    undo(run.pk)
    assert list(TopicOffer.objects.order_by("pk").values_list("name", "articles", "examples")) == [
        ("حلب", 1, [own.pk]), ("حمص", 2, [own.pk]),
    ]  # fmt: skip
    assert begun is not None
    assert list(Story.objects.all()) == [named]


def test_what_was_worked_on_stays_and_is_reported():
    make_edition()
    run = make_run()
    edited, corrected, returned, _ = store(
        incoming(), incoming(authors=("كريم نصر",)), incoming(), incoming(), run=run, publish=True
    )
    (draft,) = store(incoming(), run=run)
    Article.objects.filter(pk=edited.article_id).update(headline="عنوان حرّره المحرر")
    correct(article_id=corrected.article_id, text="ورد اسم المدينة خطأ.")
    withdraw(article_id=returned.article_id)
    publish(article_id=returned.article_id)
    publish(article_id=draft.article_id)
    report = undo(run.pk)
    assert {(pk, code) for kind, pk, _, code in report.left if kind == "article"} == {
        (edited.article_id, "edited"),
        (corrected.article_id, "corrected"),
        (returned.article_id, "placed"),
        (draft.article_id, "placed"),
    }
    assert ("person", "in-use") in {(kind, code) for kind, _, _, code in report.left}
    assert (Article.objects.count(), Person.objects.count()) == (4, 2)


def test_an_update_is_taken_back_to_what_was_before():
    make_edition()
    first = incoming(headline="العنوان الأول", section="culture")
    store(first, publish=True)
    fields = {name: getattr(first, name) for name in first.__dataclass_fields__}
    run = make_run()
    store(
        IncomingArticle(
            **{**fields, "headline": "العنوان الثاني", "authors": ("كريم نصر",), "aliases": ("/old/9/",)}
        ),
        run=run,
    )
    assert Article.objects.get().headline == "العنوان الثاني"
    Article.objects.get().save_revision()
    OutboxEntry.objects.all().delete()
    undo(run.pk)
    article = Article.objects.get()
    assert article.latest_revision.as_object().headline == "العنوان الأول", "what the editor opens"
    purges = OutboxEntry.objects.filter(consumer="purge", payload__hard=True)
    assert [p.payload["keys"] for p in purges] == [[f"article:{article.pk}"]], (
        "redirects that the edge may hold"
    )
    assert article.headline == "العنوان الأول"
    assert [str(byline) for byline in article.bylines.all()] == ["سلمى الحداد"]
    assert not Person.objects.filter(name="كريم نصر").exists()
    assert not LegacyPath.objects.filter(path="/old/9").exists()
    assert ImportItem.objects.get(run=run).outcome == "undone"


@pytest.mark.parametrize("changed", [{}, {"headline": "العنوان الثاني"}])
def test_what_an_import_published_of_an_earlier_ones_is_a_draft_again(changed):
    make_edition()
    fields = {"url": "https://old.example/news/again/", "section": "culture", "headline": "العنوان الأول"}
    fields["body"] = incoming().body
    store(incoming(**fields))
    draft = Article.objects.get()
    later = make_run()
    store(incoming(**fields | changed), run=later, publish=True)
    assert Publication.objects.count() == 1
    assert may_be_taken_back(ImportRun.objects.get(pk=later.pk))
    assert undo(later.pk).taken["publication"] == 1
    article = Article.objects.get()
    assert (article.live, article.headline, article.first_published_at) == (False, draft.headline, None)
    assert not Publication.objects.exists()
    assert OutboxEntry.objects.filter(article_id=article.pk, kind="withdraw").count() == 2
    store(incoming(**fields), publish=True)
    assert Publication.objects.count() == 1, "it may be published again"


def test_why_a_draft_that_was_only_published_stays_is_said_as_it_is():
    edition = make_edition()
    fields = {"url": "https://old.example/news/again/", "section": "culture", "headline": "العنوان الأول"}
    fields["body"] = incoming().body
    store(incoming(**fields))
    later = make_run()
    store(incoming(**fields), run=later, publish=True)
    pk = Article.objects.get().pk
    FrontPin.objects.create(edition=edition, article_id=pk, ends_at=timezone.now() + timedelta(days=1))
    assert [code for *_, code in undo(later.pk).left] == ["chosen"]
    assert why_left(later, [pk]) == {pk: str(LEFT["chosen"])}


def test_what_an_editor_put_on_a_front_or_beside_another_article_stays():
    edition = make_edition()
    run = make_run()
    pinned, beside, _ = store(incoming(), incoming(), incoming(), run=run, publish=True)
    FrontPin.objects.create(
        edition=edition, article_id=pinned.article_id, ends_at=timezone.now() + timedelta(days=1)
    )
    RelatedChoice.objects.create(article=make_article(), other_id=beside.article_id, kind="pin")
    left = {pk: code for kind, pk, _, code in undo(run.pk).left if kind == "article"}
    assert left == {pinned.article_id: "chosen", beside.article_id: "chosen"}


def test_what_stayed_because_of_a_later_import_goes_when_that_one_is_taken_back():
    make_edition()
    before = _counts()
    fields = {"url": "https://old.example/news/again/", "section": "علوم", "headline": "العنوان الأول"}
    first, second = make_run(), make_run()
    store(incoming(**fields), run=first, publish=True)
    store(incoming(**fields | {"headline": "العنوان الثاني"}), run=second, publish=True)
    assert [code for kind, _, _, code in undo(first.pk).left if kind == "article"] == ["updated-later"]
    assert may_be_taken_back(ImportRun.objects.get(pk=first.pk))
    undo(second.pk)
    assert Article.objects.get().headline == "العنوان الأول"
    assert undo(first.pk).left == []
    assert _counts() == before
    assert not may_be_taken_back(ImportRun.objects.get(pk=first.pk))


def test_an_old_address_with_a_number_of_ours_takes_its_place_at_once():
    make_edition()
    first = incoming(section="culture")
    store(first, publish=True)
    number = Article.objects.get().pk
    OutboxEntry.objects.all().delete()
    store(incoming(aliases=(f"/stories/{number}/",)), publish=True)
    purged = OutboxEntry.objects.filter(consumer="purge", payload__hard=True)
    assert f"article:{number}" in [key for entry in purged for key in entry.payload["keys"]]
