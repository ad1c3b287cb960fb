"""What corrections would change on the pages of a template, as the review screen shows it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.imports.fields import labels
from bulaq.newsroom.desk.imports.sources import file_name
from bulaq.newsroom.desk.imports.values import in_words
from bulaq.newsroom.importing.correcting import rereading


def preview_told(found: rereading.Preview) -> dict[str, Any]:
    """How many pages would change, and of some of them what."""
    return {
        "says": _says(found),
        "pages": found.estimate,
        "changed": found.changed,
        "warning": _makes(found.new_sections),
        "changes": [
            {
                "name": file_name(name),
                "address": reverse("newsroom_imports:review", args=[pk]),
                "fields": [_field(change) for change in changes],
            }
            for pk, name, changes in found.shown
        ],
    }


def _field(change: rereading.Change) -> dict[str, Any]:
    before, after = (in_words(change.field, value) for value in (change.before, change.after))
    return {"label": labels()[change.field], **_difference(before, after)}


def _says(found: rereading.Preview) -> str:
    if found.looked_at >= found.total:
        first = ngettext(
            "%(pages)s page of this import has this template.",
            "%(pages)s pages of this import have this template.",
            found.pages,
        ) % {"pages": found.pages}
    else:
        first = _(
            "About %(pages)s of the %(total)s pages of this import have this template (%(members)s of %(looked)s looked at)."
        ) % {
            "pages": found.estimate,
            "total": found.total,
            "members": found.pages,
            "looked": found.looked_at,
        }
    second = ngettext(
        "Of those looked at, %(changed)s would change.",
        "Of those looked at, %(changed)s would change.",
        found.changed,
    ) % {"changed": found.changed}
    return f"{first} {second}"


NAMED = 6
"""New sections that are named."""


def _makes(sections: list[str]) -> str:
    """Which sections would be made: a headline that was taken for one makes as many as there are pages."""
    if not sections:
        return ""
    names = commas(isolate_text(name) for name in sections[:NAMED]) + ("…" if len(sections) > NAMED else "")
    return ngettext(
        "Of the pages looked at, %(number)s section would be made that you do not have: %(names)s",
        "Of the pages looked at, %(number)s sections would be made that you do not have: %(names)s",
        len(sections),
    ) % {"number": len(sections), "names": names}


def _difference(before: str, after: str) -> dict[str, Any]:
    """Short values as they are; of texts the lines that go and come."""
    if "\n" not in before and "\n" not in after:
        return {"gone": [before] if before else [], "come": [after] if after else []}
    one, two = before.split("\n"), after.split("\n")
    return {
        "gone": [line[:300] for line in one if line and line not in two][:8],
        "come": [line[:300] for line in two if line and line not in one][:8],
    }
