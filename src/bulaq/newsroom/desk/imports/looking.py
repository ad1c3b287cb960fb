"""Looking through what an import was unsure of: each doubtful page with its reasons, «looks right», and the next one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.sources import without_folders
from bulaq.newsroom.importing.runs import looking
from bulaq.newsroom.importing.storing.judging import words
from bulaq.newsroom.models import ImportItem, ImportRun

CODE = re.compile(r"[a-z_-]{1,40}")
"""What a reason's code may be."""


def asked_reason(request: HttpRequest) -> str:
    """The reason to which an editor keeps, or nothing."""
    code = request.POST.get("reason", "") or request.GET.get("reason", "")
    return code if CODE.fullmatch(code) else ""


def first(request: HttpRequest, run_id: int) -> HttpResponse:
    """Opens the first page that is left."""
    rights.require(rights.may_lead(request.user))
    run = get_object_or_404(ImportRun, pk=run_id)
    code = asked_reason(request)
    return _open(request, run, looking.with_reason(looking.left(run), code).first(), code)


def look(request: HttpRequest, item_id: int) -> HttpResponse:
    """«Looks right», that taken back, or only the next one."""
    rights.require(request.method == "POST" and rights.may_lead(request.user))
    item = get_object_or_404(ImportItem.objects.select_related("run"), pk=item_id)
    code, act = asked_reason(request), request.POST.get("act")
    if act == "again":
        looking.look_again(item.pk)
        return redirect(_address(item, code))
    if act == "right":
        looking.looks_right(item.pk, by=request.user)
    return _open(request, item.run, looking.following(item, code), code)


def bar(request: HttpRequest, item: ImportItem) -> dict[str, Any] | None:
    """Of a doubtful item: why it is one, how many are left, and whether somebody looked at it."""
    if not looking.may_be_looked_at(item):
        return None
    code = asked_reason(request)
    return {
        "reason": code,
        "reason_words": words({"code": code}).rstrip(".") if code else "",
        "reasons": [without_folders(words(reason), item.run) for reason in item.reasons],
        "left": looking.with_reason(looking.left(item.run), code).count(),
    }


def _open(request: HttpRequest, run: ImportRun, item: ImportItem | None, code: str) -> HttpResponse:
    if item is not None:
        return redirect(_address(item, code))
    messages.success(request, _("Nothing is left to look at."))
    return redirect("newsroom_imports:run", run.pk)


def _address(item: ImportItem, code: str) -> str:
    """The review screen of an item, with the reason to which the editor keeps."""
    asked = f"?{urlencode({'reason': code})}" if code else ""
    return reverse("newsroom_imports:review", args=[item.pk]) + asked
