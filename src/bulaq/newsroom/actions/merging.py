"""People under two names: joined when they are one, told apart for good when they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.arabic.normalise import for_matching
from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Byline, ImportCreation, MergedPerson, Person, PersonName, TwoPeople

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

INDEXED_AT_ONCE = 5000
"""Articles of one person whose search entries are renewed by a merge; the rest waits for the next `reindex`."""


@transaction.atomic
def merge_people(*, keep: int, merged: int, by: AbstractBaseUser | None = None) -> Person:
    """One person instead of two: all bylines of `merged` are `keep`'s, and every spelling is remembered.

    The next import that meets the other spelling finds the right person, and the address of the other's page leads to the
    one's; from whom either was told apart, both are.
    """
    if keep == merged:
        raise ActRefused("same-person", _("They are the same person already."))
    kept, gone = _both(keep, merged)
    article_ids = list(
        Byline.objects.filter(person=gone).order_by("-article_id").values_list("article_id", flat=True)
    )
    _take_over_bylines(kept, gone)
    _take_over_names(kept, gone)
    _fill_gaps(kept, gone)
    ImportCreation.objects.filter(kind=ImportCreation.Kind.PERSON, object_id=gone.pk).delete()
    _take_over_others(kept, gone)
    MergedPerson.objects.filter(person=gone).update(person=kept)
    gone.delete()
    MergedPerson.objects.create(old_id=merged, person=kept)
    log(kept, "newsroom.merge_people", user=by, data={"merged": gone.name})
    record(
        "merge_people",
        keys=[keys.author(keep), keys.author(merged), *(keys.article(pk) for pk in article_ids)],
        hard=False,
    )
    for pk in article_ids[:INDEXED_AT_ONCE]:
        record("update", article_id=pk, consumers=(Consumer.INDEX,), payload={"editions": []})
    return kept


def _take_over_bylines(kept: Person, gone: Person) -> None:
    theirs = Byline.objects.filter(person=gone)
    # Both names in one byline become one name.
    doubled = Byline.objects.filter(person=kept, article_id__in=theirs.values("article_id"))
    theirs.filter(article_id__in=list(doubled.values_list("article_id", flat=True))).delete()
    theirs.update(person=kept)


def _take_over_names(kept: Person, gone: Person) -> None:
    known = {for_matching(kept.name), *kept.other_names.values_list("matching_text", flat=True)}
    for text in (gone.name, *gone.other_names.values_list("text", flat=True)):
        if for_matching(text) not in known:
            PersonName.objects.create(person=kept, text=text)
            known.add(for_matching(text))


def _fill_gaps(kept: Person, gone: Person) -> None:
    for field in ("name_latin", "role", "biography", "portrait_id"):
        if not getattr(kept, field) and getattr(gone, field):
            setattr(kept, field, getattr(gone, field))
    kept.save()


def _take_over_others(kept: Person, gone: Person) -> None:
    """Those from whom the one was told apart are told apart from the other as well."""
    told = TwoPeople.objects.filter(Q(one=gone) | Q(other=gone)).exclude(Q(one=kept) | Q(other=kept))
    for pair in told:
        other = pair.other_id if pair.one_id == gone.pk else pair.one_id
        tell_apart(one=kept.pk, other=other, by=pair.decided_by)


@transaction.atomic
def tell_apart(*, one: int, other: int, by: AbstractBaseUser | None = None) -> None:
    """They are two people, however alike their names: they are not offered as one again."""
    if one == other:
        raise ActRefused("same-person", _("They are the same person already."))
    _both(one, other)
    low, high = sorted((one, other))
    TwoPeople.objects.get_or_create(one_id=low, other_id=high, defaults={"decided_by": by})


@transaction.atomic
def ask_again(*, one: int, other: int) -> None:
    """Takes back that they are two."""
    low, high = sorted((one, other))
    TwoPeople.objects.filter(one_id=low, other_id=high).delete()


def _both(one: int, other: int) -> tuple[Person, Person]:
    people = Person.objects.in_bulk([one, other])
    if len(people) < 2:
        raise ActRefused("no-person", _("There is no such person any more."))
    return people[one], people[other]
