"""One imported item as it was read: every field with where it was found and how sure the reader is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.fields import labels
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.imports.sources import without_folders
from bulaq.newsroom.desk.imports.values import in_words
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.duplicates import repeats_of, told_apart
from bulaq.newsroom.importing.storing.judging import words
from bulaq.newsroom.models import ImportItem


def item_page(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item as it was read: every field with where it was found and how sure the reader is."""
    rights.require(rights.may_lead(request.user))
    item = get_object_or_404(ImportItem.objects.select_related("run", "article"), pk=item_id)
    read = item.incoming or {}
    confidence, provenance = read.pop("confidence", {}), read.pop("provenance", {})
    boxes = read.pop("boxes", [])
    names = _field_names()
    fields = [
        {
            "name": label,
            "value": [without_folders(line, item.run) for line in _shown(in_words(name, read[name]))],
            "sure": round(100 * confidence[name]) if name in confidence else None,
            "found": provenance.get(name, ""),
        }
        for name, label in names.items()
        if read.get(name) not in (None, "", [], {})
    ]
    context = {
        "item": item,
        "source": without_folders(item.key, item.run),
        "fields": fields,
        "boxes": boxes,
        "reasons": [without_folders(words(reason), item.run) for reason in item.reasons],
        "repeats": [repeat for one in documents([item.article_id]) for repeat in repeats_of(one)]
        if item.article_id
        else [],
        "apart": told_apart(item.article_id) if item.article_id else [],
        "may_change": True,
        "here": request.get_full_path(),
        "article_id": item.article_id,
    }
    return screen(request, "item", _("As it was read"), context, run=item.run)


def _field_names() -> dict[str, str]:
    """What was read of an article, as an editor calls it and in the order in which one looks at it."""
    names = labels()
    return {
        **{name: names[name] for name in ("headline", "kicker", "standfirst", "section")},
        "breadcrumb": pgettext("part of an article", "Way to the section"),
        "authors": names["authors"],
        "dateline": pgettext("part of an article", "Place"),
        "agencies": pgettext("part of an article", "Agencies"),
        "published_at": names["published_at"],
        "modified_at": pgettext("part of an article", "Changed on"),
        "lead_image": pgettext("part of an article", "Lead picture"),
        "body": names["body"],
        "tags": pgettext("part of an article", "Topics"),
        "read_also": pgettext("part of an article", "Read also"),
        "url": pgettext("part of an article", "Address"),
        "canonical_url": pgettext("part of an article", "Its own address"),
        "aliases": pgettext("part of an article", "Other addresses"),
        "carrier": pgettext("part of an article", "Carried by"),
        "lang": pgettext("part of an article", "Language"),
        "format": pgettext("part of an article", "Format"),
        "draft": pgettext("part of an article", "Was a draft there"),
        "warnings": pgettext("part of an article", "Remarks of the reader"),
    }


def _shown(value: Any) -> list[str]:
    """A value as lines of text."""
    if isinstance(value, list):
        return [line for part in value for line in _shown(part)]
    if isinstance(value, dict):
        inner = [str(part) for key, part in value.items() if key != "type" and isinstance(part, str) and part]
        return [" · ".join(inner)] if inner else _shown([v for v in value.values() if isinstance(v, list)])
    return [pgettext("part of an article", "Yes")] if value is True else [str(value)]
