"""Reading people, as their pages show them."""

from __future__ import annotations

from bulaq.newsroom.models import MergedPerson, Person


def person(person_id: int) -> Person | None:
    """A contributor with their portrait. The number of somebody merged means the person that they are now."""
    people = Person.objects.select_related("portrait").prefetch_related("portrait__renditions")
    found = people.filter(pk=person_id).first()
    if found is None:
        merged = MergedPerson.objects.filter(old_id=person_id).values_list("person_id", flat=True).first()
        found = people.filter(pk=merged).first() if merged is not None else None
    return found
