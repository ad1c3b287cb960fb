"""Looking through what an import was unsure of: by reason, one after the other, and what «looks right» lets through."""

import pytest
from django.urls import reverse

from bulaq.newsroom.importing.runs import jobs, looking
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.publishing import publishable
from bulaq.newsroom.models import ImportItem, ImportRun
from tests.newsroom.incoming import incoming, make_run, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(desk):
    """Three doubtful articles, two of them for one reason, and one that is ready."""
    run = make_run()
    undated = {"published_at": None}
    unsure = {"confidence": {"headline": 0.2}}
    store(incoming(**undated), incoming(), incoming(**unsure), incoming(**undated, **unsure), run=run)
    run.refresh_from_db()
    return run


def look(desk, item, act, reason=""):
    """Where the editor is led."""
    return desk.post(reverse("newsroom_imports:look", args=[item.pk]), {"act": act, "reason": reason}).url


def review(item, reason=""):
    return reverse("newsroom_imports:review", args=[item.pk]) + (f"?reason={reason}" if reason else "")


def test_an_editor_goes_from_one_doubtful_page_to_the_next_until_none_is_left(desk, run):
    first, second, third = looking.left(run)
    begin = reverse("newsroom_imports:look_first", args=[run.pk])
    assert begin in desk.get(reverse("newsroom_imports:run", args=[run.pk])).content.decode()
    assert desk.get(begin).url == review(first)
    assert look(desk, first, "next") == review(second), "passed over, and still left"
    assert look(desk, second, "right") == review(third)
    assert look(desk, third, "right") == review(first)
    assert look(desk, first, "right") == reverse("newsroom_imports:run", args=[run.pk])
    assert not looking.left(run)
    look(desk, first, "again")
    assert list(looking.left(run)) == [first]


def test_an_editor_keeps_to_one_reason(desk, run):
    first, second, third = looking.left(run)
    page = reverse("newsroom_imports:run", args=[run.pk])
    assert "reason=unsure-headline" in desk.get(page).content.decode()
    listed = desk.get(page, {"verdict": "doubtful", "reason": "unsure-headline"}).context["items"]
    assert [line["item"] for line in listed] == [second, third]
    assert look(desk, second, "right", "unsure-headline") == review(third, "unsure-headline")
    assert look(desk, third, "right", "unsure-headline") == page
    assert list(looking.left(run)) == [first]


def test_what_looks_right_is_published_with_what_is_complete(desk, run):
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE, phase=ImportRun.Phase.FINISHED)
    unsure = looking.with_reason(looking.left(run), "unsure-headline").first()
    before = publishable(run).count()
    look(desk, unsure, "right")
    assert publishable(run).count() == before + 1
    assert run_requests.request_publish(run.pk)
    jobs.work(run.pk)
    assert run.items.filter(published=True).count() == before + 1, "as many as the button promises"
    assert not publishable(run).exists(), "what is held back is not offered"
    (held_back,) = run.items.filter(published=False)
    assert {reason["code"] for reason in held_back.reasons} == {"no-date", "unsure-headline"}


def test_what_an_editor_published_or_a_later_import_renewed_is_not_left(desk, run):
    first, second, third = looking.left(run)
    first.article.live = True
    first.article.save()
    later = make_run()
    second.article.imported.run = later
    second.article.imported.save()
    assert list(looking.left(run)) == [third]
    ImportItem.objects.filter(pk=third.pk).update(outcome=ImportItem.Outcome.UNDONE)
    assert not looking.left(run)
