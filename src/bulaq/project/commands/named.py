"""Finding editions and sections by the slugs that people type."""

from __future__ import annotations

import sys
from typing import overload

from bulaq.newsroom.models import Edition, Section
from bulaq.project.command_line import WRONG_USAGE


@overload
def edition_id(slug: str) -> int: ...
@overload
def edition_id(slug: str | None) -> int | None: ...
def edition_id(slug: str | None) -> int | None:
    """The id of the edition called `slug`; leaves the command, naming those there are, when there is none."""
    return _id(Edition, "edition", slug)


@overload
def section_id(slug: str) -> int: ...
@overload
def section_id(slug: str | None) -> int | None: ...
def section_id(slug: str | None) -> int | None:
    """The id of the section called `slug`; leaves the command, naming those there are, when there is none."""
    return _id(Section, "section", slug)


def _id(model: type[Edition] | type[Section], word: str, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = model.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        known = ", ".join(model.objects.order_by("pk").values_list("slug", flat=True)) or "none yet"
        print(f"bulaq: there is no {word} «{slug}» (there are: {known})", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)
    return found
