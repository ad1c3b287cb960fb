"""The acts of publishing: what they change, what they refuse, and what follows from them."""

import errno
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from bulaq.newsroom import purging
from bulaq.newsroom.actions.correcting import correct
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.placing import plan, remove_plan
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.actions.restoring import restore
from bulaq.newsroom.actions.scheduling import publish_due
from bulaq.newsroom.models import Article, OutboxEntry, Publication
from bulaq.newsroom.outbox_consumer import consume
from bulaq.project.jobs import _purge
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def purged(monkeypatch):
    """The keys purged after commits."""
    seen: list[tuple[tuple[str, ...], bool]] = []
    monkeypatch.setattr(purging, "_purgers", [lambda keys, hard: seen.append((tuple(keys), hard))])
    return seen


def test_publishing_approves_the_newest_text_and_places_it():
    edition = make_edition()
    article = make_article()
    article.headline = "عنوان جديد بعد التحرير"
    article.save_revision()
    publication = publish(article_id=article.pk)
    article.refresh_from_db()
    assert article.live
    assert article.headline == "عنوان جديد بعد التحرير"
    assert publication.edition == edition
    assert publication.state == Publication.State.PUBLISHED
    assert publication.is_canonical
    assert publication.slug == "عنوان-جديد-بعد-التحرير"


def test_a_second_edition_is_not_canonical_and_updating_keeps_the_first_time():
    make_edition()
    second = make_edition("maghrib", profile="maghrib")
    article = make_article()
    first_time = publish(article_id=article.pk).published_at
    again = publish(article_id=article.pk)
    sister = publish(article_id=article.pk, edition_id=second.pk)
    assert again.published_at == first_time
    assert again.updated_at is not None
    assert (again.is_canonical, sister.is_canonical) == (True, False)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"headline": "  "}, "no-headline"),
        ({"body": []}, "no-body"),
        ({"section": "nowhere"}, "no-section"),
        ({"language": "en"}, "no-edition"),
    ],
)
def test_an_article_that_is_not_ready_is_refused_with_a_reason_and_stays_as_it_was(fields, code):
    make_edition()
    article = make_article(**fields)
    with pytest.raises(ActRefused) as refusal:
        publish(article_id=article.pk)
    assert refusal.value.code == code
    assert str(refusal.value)
    assert not Publication.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_an_embargo_of_one_edition_holds_in_all_until_its_time():
    first, second = make_edition(), make_edition("maghrib", profile="maghrib")
    article = make_article()
    now = timezone.now()
    until = now + timedelta(hours=2)
    plan(article_id=article.pk, edition_id=second.pk, embargo_until=until)
    for edition in (first, second):
        with pytest.raises(ActRefused, match="محظور"):
            publish(article_id=article.pk, edition_id=edition.pk)
        with pytest.raises(ActRefused, match="محظور"):
            publish(article_id=article.pk, edition_id=edition.pk, at=until - timedelta(minutes=1))
    waiting = publish(article_id=article.pk, edition_id=first.pk, at=until)
    assert waiting.state == Publication.State.SCHEDULED
    # Neither withdrawing where it was written nor taking the plan back there lifts it for the others.
    publish(article_id=article.pk, edition_id=second.pk, at=until)
    withdraw(article_id=article.pk, edition_id=second.pk)
    for _taken_back in (False, True):
        with pytest.raises(ActRefused, match="محظور"):
            publish(article_id=article.pk, edition_id=first.pk)
        plan(article_id=article.pk, edition_id=second.pk, embargo_until=until)
        assert remove_plan(article_id=article.pk, edition_id=second.pk) is False
    assert publish_due(until) == 1
    publish(article_id=article.pk, edition_id=second.pk, now=until)
    # One that comes when another edition shows the article, or will before its hour, would hold back nothing.
    for at in (None, now + timedelta(hours=1)):
        seen = make_article()
        publish(article_id=seen.pk, edition_id=first.pk, at=at)
        with pytest.raises(ActRefused) as refusal:
            plan(article_id=seen.pk, edition_id=second.pk, embargo_until=until)
        assert refusal.value.code == "embargo-too-late"


def test_a_publish_in_the_future_waits_for_its_time():
    make_edition()
    article = make_article()
    publication = publish(article_id=article.pk, at=timezone.now() + timedelta(hours=1))
    assert publication.state == Publication.State.SCHEDULED
    assert not Article.objects.get(pk=article.pk).live


def test_every_act_leaves_its_follow_up_work_and_purges_after_the_commit(
    purged, django_capture_on_commit_callbacks
):
    edition = make_edition()
    article = make_article()
    with django_capture_on_commit_callbacks(execute=True):
        publish(article_id=article.pk)
        assert purged == []
    (keys, hard), *rest = purged
    assert not rest
    assert not hard
    assert {f"article:{article.pk}", f"box:latest:{edition.pk}", f"box:front:{edition.pk}"} <= set(keys)
    # Everybody was told, so that no purge waits.
    assert {"index", "related", "ping"} == set(OutboxEntry.objects.values_list("consumer", flat=True))


def test_a_rolled_back_act_leaves_nothing(purged):
    make_edition()
    article = make_article()

    @transaction.atomic
    def publish_until_the_power_goes():
        publish(article_id=article.pk)
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        publish_until_the_power_goes()
    assert not OutboxEntry.objects.exists()
    assert not Publication.objects.exists()
    assert purged == []


def test_follow_up_work_outside_a_transaction_is_a_mistake(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        record("publish", article_id=1)


def test_withdrawing_takes_an_article_off_and_purges_hard_and_restoring_puts_it_where_it_stood(
    purged, django_capture_on_commit_callbacks
):
    first, second = make_edition(), make_edition("maghrib", profile="maghrib")
    article = make_article()
    hour = timezone.now() - timedelta(days=2)
    publish(article_id=article.pk, edition_id=first.pk, at=hour)
    publish(article_id=article.pk, edition_id=second.pk)
    publish(article_id=article.pk, edition_id=first.pk)

    def placed(edition):
        return Publication.objects.get(edition=edition)

    updated = placed(first).updated_at
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(article_id=article.pk, edition_id=first.pk, reason="خطأ في المصدر")
    assert any(hard for _keys, hard in purged)
    # Search engines are sent to the edition that still has it.
    assert (placed(first).state, placed(first).is_canonical) == (Publication.State.WITHDRAWN, False)
    assert placed(second).is_canonical
    with pytest.raises(ActRefused):
        withdraw(article_id=article.pk, edition_id=first.pk)
    restore(article_id=article.pk)
    back = placed(first)
    assert (back.state, back.published_at, back.updated_at) == (
        Publication.State.PUBLISHED, hour, updated,
    )  # fmt: skip
    assert (back.is_canonical, placed(second).is_canonical) == (True, False)
    with pytest.raises(ActRefused):
        restore(article_id=article.pk)
    # What readers see is not taken from them by a schedule.
    with pytest.raises(ActRefused) as refusal:
        publish(article_id=article.pk, at=timezone.now() + timedelta(hours=1))
    assert refusal.value.code == "published"


def test_what_was_withdrawn_before_its_hour_comes_back_under_no_hour_that_readers_never_saw():
    edition, now = make_edition(), timezone.now()
    hour = now + timedelta(hours=1)
    article = make_article()
    publish(article_id=article.pk, at=hour)
    withdraw(article_id=article.pk, reason="ننتظر التأكيد")
    (soon,) = restore(article_id=article.pk, now=hour - timedelta(minutes=1))
    assert (soon.state, soon.published_at) == (Publication.State.SCHEDULED, hour)
    withdraw(article_id=article.pk)
    later = hour + timedelta(hours=1)
    (late,) = restore(article_id=article.pk, now=later)
    assert (late.state, late.published_at, late.updated_at) == (Publication.State.PUBLISHED, later, None)
    # That hour has been seen.
    withdraw(article_id=article.pk, edition_id=edition.pk)
    (back,) = restore(article_id=article.pk, now=later + timedelta(hours=1))
    assert back.published_at == later


def test_a_correction_is_public_and_survives_the_publishing_of_an_older_draft():
    make_edition()
    article = make_article()
    article.save_revision()
    publish(article_id=article.pk)
    article = Article.objects.get(pk=article.pk)
    article.headline = "مسودة لم تُنشر بعد"
    article.save_revision()
    correct(article_id=article.pk, text="ورد اسم المدينة خطأ، والصواب فاس.")
    article = Article.objects.get(pk=article.pk)
    assert article.headline != "مسودة لم تُنشر بعد"
    assert [c.text for c in article.corrections.all()] == ["ورد اسم المدينة خطأ، والصواب فاس."]
    publish(article_id=article.pk)
    article = Article.objects.get(pk=article.pk)
    assert article.headline == "مسودة لم تُنشر بعد"
    assert [c.text for c in article.corrections.all()] == ["ورد اسم المدينة خطأ، والصواب فاس."]


def test_the_last_approval_of_a_workflow_publishes_where_it_was_planned():
    from bulaq.newsroom.desk import roles
    from tests.newsroom.desk_users import make_user

    first, second = make_edition("one"), make_edition("two", profile="maghrib")
    editor = make_user(roles.EDITOR)
    planned, lacking = make_article("مادة مخططة"), make_article("مادة بلا قسم", section=None)
    plan(article_id=planned.pk, edition_id=second.pk)
    for article in (planned, lacking):
        article.save_revision(user=editor)
        article.get_workflow().start(article, editor)
        article.current_workflow_task_state.approve(user=editor)
        assert article.current_workflow_state is None
    (publication,) = Publication.objects.filter(article=planned)
    assert (publication.edition_id, publication.state) == (second.pk, Publication.State.PUBLISHED)
    assert Article.objects.get(pk=planned.pk).live
    assert not Article.objects.get(pk=lacking.pk).live
    entry = ModelLogEntry.objects.get(action="newsroom.not_published", object_id=str(lacking.pk))
    assert "القسم" in entry.data["reason"] or "قسم" in entry.data["reason"]
    assert not Publication.objects.filter(edition=first).exists()


def test_going_back_to_an_old_text_undoes_neither_the_correction_s_day_nor_the_origin():
    make_edition()
    article = make_article("نص أول", source_identity="wire:1")
    old = article.save_revision()
    publish(article_id=article.pk)
    correct(article_id=article.pk, text="كان في الرقم خطأ.")
    stored = Article.objects.get(pk=article.pk)
    Article.objects.filter(pk=article.pk).update(source_identity="wire:2")
    back = type(old).objects.get(pk=old.pk).as_object()
    assert back.text_updated_at == stored.text_updated_at is not None
    assert back.source_identity == "wire:2"


@pytest.fixture
def varnish(monkeypatch):
    """One who can be away, behind one who is always told."""

    class Varnish:
        there = True

        def __init__(self):
            self.told: list[tuple[str, ...]] = []
            self.edge: list[tuple[str, ...]] = []

        def __call__(self, keys, hard):
            if not self.there:
                raise OSError("nobody listens")
            self.told.append(tuple(keys))

    varnish = Varnish()
    monkeypatch.setattr(purging, "_purgers", [])
    monkeypatch.setattr(purging, "_names", {})
    monkeypatch.setattr(purging, "_away", {})
    monkeypatch.setattr(purging, "AGAIN_SECONDS", 0.0)
    purging.register_purger(lambda keys, hard: varnish.edge.append(tuple(keys)), "the edge")
    purging.register_purger(varnish, "Varnish")
    return varnish


def purges_waiting():
    return OutboxEntry.objects.filter(consumer="purge")


def test_a_purge_that_reached_everybody_is_not_made_again(varnish, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record("test", keys=["article:1"])
    assert varnish.edge == varnish.told == [("article:1",)]
    assert not purges_waiting().exists()


def test_who_is_away_is_told_when_he_is_back_and_the_log_has_a_line_for_each(
    varnish, django_capture_on_commit_callbacks, caplog
):
    varnish.there = False
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            with transaction.atomic():
                record("test", keys=[f"article:{number}"])
    assert len(varnish.edge) == 3
    for back in (False, True):
        varnish.there = back
        purges_waiting().update(available_at=timezone.now())
        consume(OutboxEntry.Consumer.PURGE, _purge)
        assert purges_waiting().exists() is not back
    assert varnish.told == [("article:0",), ("article:1",), ("article:2",)]
    # Once more for those who had been told, when it could be done for all; not at each attempt.
    assert len(varnish.edge) == 6
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert "Varnish: nobody listens" in caplog.text
    assert not any(record.exc_info for record in caplog.records)


def test_on_a_full_disk_the_outbox_stays_as_it_is_and_no_entry_is_blamed(caplog):
    OutboxEntry.objects.bulk_create(
        OutboxEntry(consumer=OutboxEntry.Consumer.INDEX, kind="update", article_id=number)
        for number in (1, 2)
    )

    def full(entries):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        consume(OutboxEntry.Consumer.INDEX, full)
    waiting = OutboxEntry.objects.filter(consumer=OutboxEntry.Consumer.INDEX, article_id__in=(1, 2))
    assert set(waiting.values_list("attempts", "last_error")) == {(0, "")}
    assert not caplog.records
    assert consume(OutboxEntry.Consumer.INDEX, lambda entries: None) >= 2
