"""Their sections and ours, and people who are probably one: what was corrected: screens on which an editor decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions import merging
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.fields import labels
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.imports.sources import file_name
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.importing.matching.people_suggestions import suggestions
from bulaq.newsroom.importing.matching.section_mapping import ForeignSection, foreign_sections, map_section
from bulaq.newsroom.models import ReadingCorrection, Section, TwoPeople

TOLD_APART = 100
"""Pairs shown of those that were told apart, the latest."""


def sections(request: HttpRequest) -> HttpResponse:
    """Each section that imports met, and the one of ours that it goes to."""
    rights.require(rights.may_lead(request.user))
    lines = {f"to {line.host} {line.key}": line for line in foreign_sections()}
    if request.method == "POST":
        chosen = _chosen(request, lines)
        moved = sum(
            map_section(theirs=line.theirs, host=line.host, section_id=pk) for line, pk in chosen.items()
        )
        if chosen:
            messages.success(
                request,
                ngettext("%(number)s article moved.", "%(number)s articles moved.", moved)
                % {"number": moved},
            )
        else:
            messages.error(request, _("Choose a section of ours."))
        return redirect("newsroom_imports:sections")
    context = {"lines": lines, "ours": list(Section.objects.all())}
    return screen(request, "sections", _("Sections: theirs and ours"), context)


def _chosen(request: HttpRequest, lines: dict[str, ForeignSection]) -> dict[ForeignSection, int]:
    """The section of ours for each line that is to be saved: the one that was asked for, or all that were changed."""
    only = request.POST.get("only")
    known = set(Section.objects.values_list("pk", flat=True))
    chosen = {}
    for name, line in lines.items():
        pk = row_number(request.POST.get(name))
        if pk in known and (name == only if only else pk != line.ours_id):
            chosen[line] = pk
    return chosen


def people(request: HttpRequest) -> HttpResponse:
    """Pairs of names that are probably one person's, and those that an editor has told apart."""
    rights.require(rights.may_lead(request.user))
    if request.method == "POST":
        keep, other = (row_number(request.POST.get(name)) for name in ("keep", "other"))
        try:
            messages.success(request, _answer(request.POST.get("act", ""), keep, other, request.user))
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("newsroom_imports:people")
    told_apart = TwoPeople.objects.select_related("one", "other", "decided_by").order_by("-decided_at", "-id")
    context = {"pairs": suggestions(), "told_apart": told_apart[:TOLD_APART]}
    return screen(request, "people", _("People who may be one"), context)


def _answer(act: str, keep: int, other: int, user: Any) -> str:
    if act == "apart":
        merging.tell_apart(one=keep, other=other, by=user)
        return _("They are two people, and are not offered again.")
    if act == "ask":
        merging.ask_again(one=keep, other=other)
        return _("They are offered again as long as their names are alike.")
    if act != "merge":
        raise Http404
    kept = merging.merge_people(keep=keep, merged=other, by=user)
    return _("They are one person now: %(name)s.") % {"name": isolate_text(kept.name)}


def corrections(request: HttpRequest) -> HttpResponse:
    """What editors pointed at on saved pages, kept for what comes later from the same sites."""
    rights.require(rights.may_lead(request.user))
    if request.method == "POST":
        gone, _rows = ReadingCorrection.objects.filter(pk=row_number(request.POST.get("correction"))).delete()
        if gone:
            messages.success(request, _("Later imports are read without it. What it corrected stays."))
        return redirect("newsroom_imports:corrections")
    names = labels()
    lines = [
        {
            "correction": row,
            "name": file_name(row.page),
            "fields": list(dict.fromkeys(names.get(pick["field"], names["body"]) for pick in row.picks)),
        }
        for row in ReadingCorrection.objects.select_related("run", "made_by").order_by("-id")
    ]
    return screen(request, "corrections", _("Corrections of readings"), {"lines": lines})
