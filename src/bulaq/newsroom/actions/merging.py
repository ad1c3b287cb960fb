"""Joining what is one and was two: people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.arabic.normalise import for_matching
from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Byline, ImportCreation, Person, PersonName

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

INDEXED_AT_ONCE = 5000
"""Articles of one person whose search entries are renewed by a merge; the rest waits for the next `reindex`."""


@transaction.atomic
def merge_people(*, keep: int, merged: int, by: AbstractBaseUser | None = None) -> Person:
    """One person instead of two: all bylines of `merged` are `keep`'s, and every spelling is remembered.

    The next import that meets the other spelling finds the right person.
    """
    if keep == merged:
        raise ActRefused("same-person", _("They are the same person already."))
    people = {person.pk: person for person in Person.objects.filter(pk__in=[keep, merged])}
    if len(people) < 2:
        raise ActRefused("no-person", _("There is no such person any more."))
    kept, gone = people[keep], people[merged]
    article_ids = list(
        Byline.objects.filter(person=gone).order_by("-article_id").values_list("article_id", flat=True)
    )
    # Both names in one byline become one name.
    doubled = Byline.objects.filter(
        person=kept, article_id__in=Byline.objects.filter(person=gone).values("article_id")
    )
    Byline.objects.filter(
        person=gone, article_id__in=list(doubled.values_list("article_id", flat=True))
    ).delete()
    Byline.objects.filter(person=gone).update(person=kept)
    known = {for_matching(kept.name), *kept.other_names.values_list("matching_text", flat=True)}
    for text in (gone.name, *gone.other_names.values_list("text", flat=True)):
        if for_matching(text) not in known:
            PersonName.objects.create(person=kept, text=text)
            known.add(for_matching(text))
    for field in ("name_latin", "role", "biography", "portrait_id"):
        if not getattr(kept, field) and getattr(gone, field):
            setattr(kept, field, getattr(gone, field))
    kept.save()
    ImportCreation.objects.filter(kind=ImportCreation.Kind.PERSON, object_id=gone.pk).delete()
    gone.delete()
    log(kept, "newsroom.merge_people", user=by, data={"merged": gone.name})
    record(
        "merge_people",
        keys=[keys.author(keep), keys.author(merged), *(keys.article(pk) for pk in article_ids)],
        hard=False,
    )
    for pk in article_ids[:INDEXED_AT_ONCE]:
        record("update", article_id=pk, consumers=(Consumer.INDEX,), payload={"editions": []})
    return kept
