"""Reading people, as their pages show them."""

from __future__ import annotations

from bulaq.newsroom.models import Person


def person(person_id: int) -> Person | None:
    """A contributor with their portrait."""
    return (
        Person.objects.select_related("portrait")
        .prefetch_related("portrait__renditions")
        .filter(pk=person_id)
        .first()
    )
