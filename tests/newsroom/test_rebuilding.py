"""A rebuild of everything that is found: boxes, stories and topics of an archive that the worker never saw; broken off
at any step and taken up; seen by processes that had the old indexes open."""

import shutil
from datetime import timedelta

import pytest
from django.utils import timezone

from bulaq.discovery.index import Search
from bulaq.newsroom.actions import stories as acts
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.finding import changed_meanwhile, following, indexes, rebuilding
from bulaq.newsroom.models import (
    Edition,
    OutboxEntry,
    Publication,
    RelatedArticle,
    Story,
    TopicMention,
    TopicOffer,
)
from bulaq.newsroom.queries.search import Asked, search
from tests.newsroom.making import make_article, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes")]

BRIDGE = (
    ("إغلاق جسر الوادي بعد ظهور تشققات في دعاماته", "أغلقت البلدية جسر الوادي أمام السيارات بعد ظهور تشققات في الدعامات الحجرية للجسر القديم، وقال الرئيس فلاديمير بوتين إنه يتابع."),
    ("مهندسون يفحصون دعامات جسر الوادي المتشققة", "بدأ مهندسون فحص الدعامات الحجرية في جسر الوادي القديم الذي أغلقته البلدية بسبب التشققات."),
    ("البلدية تعد بإعادة فتح جسر الوادي بعد ترميم الدعامات", "قالت البلدية إن ترميم الدعامات الحجرية المتشققة يسمح بإعادة فتح جسر الوادي أمام السيارات."),
    ("طريقة إعداد خبز التنور في القرى الجبلية", "يخمر العجين ليلة كاملة ثم يخبز على جدران التنور الساخنة ويقدم مع الزيت والزعتر البري."),
)  # fmt: skip


@pytest.fixture
def archive():
    """Articles as a restored backup brings them, the newest first: rows, and nothing in the outbox."""
    make_edition()
    ids = []
    for place, (headline, body) in reversed(list(enumerate(BRIDGE))):
        article = make_article(headline, body=[("paragraph", f"<p>{body}</p>")])
        publish(article_id=article.pk)
        at = timezone.now() - timedelta(hours=30 * (len(BRIDGE) - place))
        Publication.objects.filter(article=article).update(published_at=at)
        ids.append(article.pk)
    OutboxEntry.objects.all().delete()
    return ids[::-1]


def everything() -> tuple:
    return (
        sorted(RelatedArticle.objects.values_list("article_id", "related_id", "position")),
        sorted(Story.objects.values_list("story_articles__article_id", flat=True)),
        sorted(TopicMention.objects.values_list("offer__name", "article_id")),
        list(TopicOffer.objects.values_list("name", "articles")),
    )


def test_an_archive_is_grouped_into_stories_and_its_names_are_offered(archive):
    steps = []
    rebuilding.rebuild(progress=lambda step, done, total: steps.append((step, done, total)))
    story = Story.objects.get()
    assert set(acts.member_ids(story.pk)) == set(archive[:3])
    assert story.is_public
    assert TopicOffer.objects.get(name="فلاديمير بوتين").articles == 1
    assert RelatedArticle.objects.filter(article_id=archive[0], related_id=archive[2]).exists()
    assert list(dict.fromkeys(step for step, _, _ in steps)) == list(rebuilding.STEPS)
    assert not rebuilding.broken_off()


def test_done_twice_it_changes_nothing(archive):
    rebuilding.rebuild()
    before = everything()
    rebuilding.rebuild()
    assert everything() == before


def test_an_editors_word_on_a_story_outlives_it(archive):
    rebuilding.rebuild()
    story = Story.objects.get()
    acts.take_out_article(story_id=story.pk, article_id=archive[1])
    rebuilding.rebuild()
    assert set(acts.member_ids(story.pk)) == {archive[0], archive[2]}


@pytest.mark.parametrize("step", rebuilding.STEPS[1:4])
def test_broken_off_it_goes_on_where_it_was(archive, monkeypatch, step):
    monkeypatch.setattr(rebuilding, "FOLLOWED", 1)
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    seen = []

    def stop(at, done, total):
        seen.append((at, done))
        if (at, done) == (step, 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(progress=stop)
    assert rebuilding.broken_off() == step
    indexes.forget_opened()  # another process takes it up
    seen.clear()
    rebuilding.rebuild(progress=lambda at, done, total: seen.append((at, done)))
    assert seen[0] == (step, 3)
    after = everything()
    rebuilding.rebuild(fresh=True)
    assert everything() == after


def test_news_that_comes_in_between_is_in_both_and_is_not_held_up(archive, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    late = []

    def arrive(step, done, total):
        if (step, done) == ("neighbours", 2):
            article = make_article(BRIDGE[0][0] + " ليلا", body=[("paragraph", f"<p>{BRIDGE[1][1]}</p>")])
            publish(article_id=article.pk)
            late.append(article.pk)
        if (step, done) == ("neighbours", 3):  # its box is there while the rebuild goes on
            assert OutboxEntry.objects.filter(consumer="related").count() == 0

    rebuilding.rebuild(progress=arrive)
    assert indexes.related_index().vector(late[0]) is not None
    assert late[0] in indexes.duplicate_index()


def test_news_that_comes_while_the_search_index_is_filled_is_found_then_and_afterwards(archive, monkeypatch):
    rebuilding.rebuild()
    edition = Edition.objects.get()
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    first = min(archive)  # in the new index already when it is withdrawn
    late = []

    def found(text):
        return {hit.id for hit in indexes.search_index().search(Search(text, edition=edition.pk)).hits}

    def arrive(step, done, total):
        if (step, done) == ("search", 2):
            late.append(make_article("مرصد فلكي في الواحة").pk)
            publish(article_id=late[0])
            withdraw(article_id=first, reason="خطأ")
        if (step, done) == ("search", 3):
            assert found("مرصد فلكي") == set(late)
            assert first not in found(BRIDGE[-1][0])

    rebuilding.rebuild(progress=arrive)
    assert found("مرصد فلكي") == set(late)
    assert first not in found(BRIDGE[-1][0])
    assert not list(indexes.folder().glob("search.changed"))


def test_what_a_killed_rebuild_noted_goes_with_the_next_article(archive):
    with indexes.one_rebuild():
        changed_meanwhile.begin()
        changed_meanwhile.note([1, 2])
        assert changed_meanwhile.noted() == [1, 2]
    changed_meanwhile.note([3])
    assert not list(indexes.folder().glob("search.changed"))


def test_of_two_rebuilds_the_second_leaves_it_to_the_first(archive):
    told = []

    def another(step, done, total):
        if step == "search":
            assert rebuilding.rebuild_when_outdated() == 0
            assert rebuilding.broken_off() is None
            with pytest.raises(rebuilding.RebuildUnderWay) as refused:
                rebuilding.rebuild()
            told.append(str(refused.value))

    assert rebuilding.rebuild(progress=another) == len(archive)
    assert told


def test_a_look_whether_one_is_needed_turns_no_rebuild_away(archive, monkeypatch):
    rebuilding.rebuild()
    done = []

    def look() -> bool:
        done.append(rebuilding.rebuild())
        return False

    monkeypatch.setattr(indexes, "neighbours_missing", look)
    assert rebuilding.rebuild_when_outdated() == 0
    assert done == [len(archive)]


@pytest.mark.parametrize("how", ["made by another version", "spoilt"])
def test_what_a_broken_off_rebuild_left_is_given_up_when_it_cannot_be_used(archive, monkeypatch, caplog, how):
    monkeypatch.setattr(rebuilding, "BATCH", 1)

    def stop(step, done, total):
        if (step, done) == ("neighbours", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(progress=stop)
    filling = indexes.filling()
    filling.related._database.execute("UPDATE layout SET name = 'another'")
    filling.close()
    if how == "spoilt":
        (filling.path / "related.sqlite3").write_bytes(b"?" * 5000)
    following.file(())  # the worker goes on
    assert "given up" in caplog.text
    rebuilding.rebuild()
    after = everything()
    rebuilding.rebuild(fresh=True)
    assert everything() == after


def test_an_open_index_is_left_for_the_one_that_a_rebuild_puts_in_its_place(archive):
    following.file(())
    before = indexes.related_index()
    rebuilding.rebuild()
    assert indexes.related_index() is not before
    assert len(indexes.related_index()) == len(archive)
    assert [path.name for path in indexes.folder().glob("neighbours-*")] == [indexes.in_use()]


@pytest.mark.parametrize("how", ["the folder is deleted", "a file is spoilt", "made by another version"])
def test_a_lost_search_index_is_built_anew_before_anything_is_added_to_it(archive, monkeypatch, how):
    edition = Edition.objects.get()
    rebuilding.rebuild()
    folder = indexes.folder() / "search"
    if how == "the folder is deleted":
        shutil.rmtree(folder)
    elif how == "a file is spoilt":
        next(folder.glob("generation-*/*.segment")).write_bytes(b"")
        indexes.forget_opened()
    else:
        monkeypatch.setattr("bulaq.discovery.embedded.commits.LAYOUT", "another")
        indexes.forget_opened()
    found = search(edition, Asked(text="جسر الوادي"))
    assert {item.article_id for item in found.items} == set(archive[:3]), "the plain engine answers meanwhile"
    late = make_article("جسر الوادي يفتح")
    publish(article_id=late.pk)
    following.index_waiting()
    assert OutboxEntry.objects.filter(consumer="index").exists()
    assert rebuilding.rebuild_when_outdated() == len(archive) + 1
    following.index_waiting()
    assert not OutboxEntry.objects.filter(consumer="index").exists()
    found = search(edition, Asked(text="جسر الوادي"))
    assert {item.article_id for item in found.items} == {*archive[:3], late.pk}
    assert found.marks, "the index answers again"


def test_a_file_that_is_spoilt_under_an_open_index_is_noticed(archive):
    rebuilding.rebuild()
    assert rebuilding.rebuild_when_outdated() == 0
    file = next((indexes.folder() / "search").glob("generation-*/*.segment"))
    file.unlink()  # whoever has it open keeps it
    file.write_bytes(b"")
    assert rebuilding.rebuild_when_outdated() == len(archive)
    assert rebuilding.rebuild_when_outdated() == 0


def test_neighbours_of_another_version_are_built_anew_but_not_those_still_to_come(archive):
    assert rebuilding.rebuild_when_outdated() == len(archive)
    assert rebuilding.rebuild_when_outdated() == 0
    indexes.related_index()._database.execute("UPDATE layout SET name = 'another'")
    indexes.forget_opened()
    assert rebuilding.rebuild_when_outdated() == len(archive)
    indexes.forget_opened()
    indexes.use("neighbours-none")
    OutboxEntry.objects.create(consumer="related", kind="publish", article_id=archive[0])
    assert rebuilding.rebuild_when_outdated() == 0
