"""The pictures that an import lacks: each with its address, its article, the reason, and «try again»."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.importing.pictures.fetching import LACKING, picture_address
from bulaq.newsroom.importing.runs.requests import request_pictures
from bulaq.newsroom.importing.storing.judging import words
from bulaq.newsroom.models import ImportPicture, ImportRun

LINES = 50
"""Pictures on a page."""


def pictures(request: HttpRequest, run_id: int) -> HttpResponse:
    """The list, parted by reasons with the commonest first, and the act of looking again for one of them or for all."""
    rights.require(rights.may_lead(request.user))
    run = get_object_or_404(ImportRun, pk=run_id)
    if request.method == "POST":
        return _look_again(request, run)
    lacking = run.pictures.filter(state__in=LACKING)
    kinds = [
        {
            **kind,
            "code": kind["code"] or kind["state"],
            "words": words({"code": kind["code"] or kind["state"]}).rstrip("."),
        }
        for kind in lacking.values("state", "code").annotate(number=Count("id")).order_by("-number", "code")
    ]
    code = request.GET.get("code", "")
    chosen = next((kind for kind in kinds if kind["code"] == code), None)
    if chosen:
        lacking = lacking.filter(state=chosen["state"], code="" if code == chosen["state"] else code)
    lines = list(
        lacking.filter(pk__gt=row_number(request.GET.get("after")))
        .select_related("article")
        .defer("article__body")
        .order_by("pk")[: LINES + 1]
    )
    context = {
        "run": run,
        "kinds": kinds,
        "chosen": chosen,
        "total": sum(kind["number"] for kind in kinds),
        "lines": [_line(picture) for picture in lines[:LINES]],
        "next": lines[LINES - 1].pk if len(lines) > LINES else None,
        "may_ask": run.state == ImportRun.State.DONE,
    }
    return screen(request, "pictures", _("Pictures that are missing"), context, run=run, icon="image")


def _look_again(request: HttpRequest, run: ImportRun) -> HttpResponse:
    one = row_number(request.POST.get("picture"))
    asked = request_pictures(run.pk, one or None)
    if not asked:
        messages.error(request, _("That is not possible now."))
        return redirect("newsroom_imports:pictures", run.pk)
    told = ngettext(
        "%(number)s picture is looked for again.", "%(number)s pictures are looked for again.", asked
    )
    messages.success(request, told % {"number": asked})
    return redirect("newsroom_imports:run", run.pk)


def _line(picture: ImportPicture) -> dict[str, object]:
    path = urlsplit(picture.url).path if "://" in picture.url[:12] else picture.url
    return {
        "picture": picture,
        "name": unquote(path).rstrip("/").rpartition("/")[2] or picture.url,
        "shown": unquote(picture.url),
        "address": picture_address(picture.url),
        "reason": words({"code": picture.code or picture.state, "text": picture.reason}),
    }
