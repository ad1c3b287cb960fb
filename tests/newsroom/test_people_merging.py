"""Names that are alike: one person's, or those of two; an editor says which, and it is remembered."""

import pytest
from django.urls import reverse

from bulaq.newsroom.importing.matching.people_suggestions import suggestions
from bulaq.newsroom.models import Person, TwoPeople
from bulaq.newsroom.queries import people
from tests.newsroom.incoming import incoming, store

pytestmark = pytest.mark.django_db


def test_people_of_three_spellings_are_offered_and_merged(desk):
    store(
        incoming(authors=("أحمد عبد الله الأسعد",)),
        incoming(authors=("أحمد عبدالله اسعد",)),
        incoming(authors=("د. أحمد الأسعد",)),
        incoming(authors=("منى فهد",)),
    )
    page = desk.get(reverse("newsroom_imports:people")).content.decode()
    assert "منى فهد" not in page
    keep, one, other = Person.objects.exclude(name="منى فهد").order_by("pk")
    for merged in (one, other):
        desk.post(reverse("newsroom_imports:people"), {"act": "merge", "keep": keep.pk, "other": merged.pk})
    assert keep.bylines.count() == 3
    store(incoming(authors=("أحمد عبدالله اسعد",)))
    assert Person.objects.count() == 2
    assert keep.bylines.count() == 4
    # The numbers in their addresses were given away long ago.
    assert people.person(one.pk) == people.person(other.pk) == keep


def test_names_alike_of_two_people_are_not_offered_again_until_asked(desk):
    store(incoming(authors=("أحمد سالم الأسعد",)), incoming(authors=("أحمد الأسعد",)))
    long, short = Person.objects.order_by("pk")
    url = reverse("newsroom_imports:people")
    desk.post(url, {"act": "apart", "keep": short.pk, "other": long.pk})
    assert not suggestions()
    assert "لأشخاص مختلفين" in desk.get(url).content.decode()
    # From whom one was told apart, whoever it becomes is.
    store(incoming(authors=("سالم أحمد الأسعد",)))
    same = Person.objects.get(name="سالم أحمد الأسعد")
    desk.post(url, {"act": "merge", "keep": same.pk, "other": short.pk})
    assert TwoPeople.objects.filter(one=long, other=same).exists()
    desk.post(url, {"act": "ask", "keep": long.pk, "other": same.pk})
    assert not TwoPeople.objects.exists()
    assert desk.post(url, {"keep": same.pk, "other": long.pk}).status_code == 404
