"""The review screen of an imported item: the saved page on one side, its fields on the other.

A click on the page says what a part of it is; the page is read again at once with that correction, and the corrections
can be applied to all pages of the template. The saved page is hostile: its frame holds text and structure alone
(`saved_pages.shown_page`), under a policy that lets nothing load, run or leave.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.judgement import SURE
from bulaq.intake.templates.pointing import LINES, MAX_PICKS, Pick, with_pick
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.fields import labels
from bulaq.newsroom.desk.imports.looking import bar
from bulaq.newsroom.desk.imports.preview import preview_told
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.imports.sources import file_name
from bulaq.newsroom.desk.imports.values import in_words
from bulaq.newsroom.importing.correcting import corrections, rereading
from bulaq.newsroom.importing.correcting.corrections import CorrectionRefused, Pointed
from bulaq.newsroom.importing.correcting.kept_corrections import reading_extra
from bulaq.newsroom.importing.correcting.saved_pages import PageGone, SavedPage, SavedPages, shown_page
from bulaq.newsroom.models import ImportItem, ImportRun

FRAME_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""Same origin, so that the desk can see what is under the pointer; no scripts, so that nothing in it can see the desk."""

FRAME_STYLE = (
    "body{font:16px/1.7 system-ui,sans-serif;margin:12px;color:#222;background:#fff;overflow-wrap:anywhere}"
    "h1,h2,h3,h4,h5,h6{line-height:1.5;margin:.5em 0}ul,ol{padding-inline-start:1.4em;margin:.3em 0}.p{margin:.7em 0}"
    "nav,aside,footer,[data-hidden]{color:#666;font-size:.85em}.picture,.embed{color:#666;background:#eee;padding:2px 8px}"
    "[class*=is-]{box-decoration-break:clone;-webkit-box-decoration-break:clone;border-radius:2px;padding:.1em .2em}"
    ".is-body{background:#e6f0fa}.is-headline{background:#fbe7ac}.is-kicker{background:#fad7bf}"
    ".is-standfirst{background:#e0efcd}.is-section{background:#f0d6eb}.is-authors{background:#e5d9f8}"
    ".is-published_at{background:#d0ebe7}.is-caption{background:#f6d9e4}"
    ".under{outline:3px solid #b91c1c;outline-offset:2px;border-radius:2px}"
)

MAX_REQUEST = 100_000
"""Bytes of a request: a list of corrections is a few kB."""


def review(request: HttpRequest, item_id: int) -> HttpResponse:
    """The screen itself."""
    item = _item(request, item_id)
    told, gone = False, ""
    try:
        told = _page_of(item).told is not None
    except PageGone as error:
        gone = str(error)
    context = {
        "item": item,
        "name": file_name(item.key),
        "gone": gone,
        "look": bar(request, item),
        "told": told,
        "fields": labels(),
        "words": _words(),
        "picks": item.run.options.get("drafts", {}).get(str(item.pk), []),
        "addresses": {
            name: reverse(f"newsroom_imports:review_{name}", args=[item.pk])
            for name in ("read", "preview", "apply")
        },
    }
    return screen(request, "review", _("Correct the reading"), context, run=item.run, icon="edit")


def _words() -> dict[str, str]:
    """What the screen says by itself."""
    return {
        "nothing": _("Nothing would change."),
        "working": _("Looking at the pages…"),
        "empty": _("nothing found"),
        "failed": _("The server did not answer."),
        "choosing": _("Now point at «{}» on the page."),
        "unused": _("not used"),
        "open": _("Open this page"),
    }


@require_GET
@never_cache
@xframe_options_sameorigin
def frame(request: HttpRequest, item_id: int) -> HttpResponse:
    """The saved page for the frame."""
    item = _item(request, item_id)
    try:
        page = rereading.read_saved(_page_of(item), (), reading_extra(item.run)).page
    except PageGone as error:
        return HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8")
    body = shown_page(page, style=FRAME_STYLE) if page is not None else ""
    response = HttpResponse(body)
    response["Content-Security-Policy"] = FRAME_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def read(request: HttpRequest, item_id: int) -> HttpResponse:
    """Reads the page with the corrections so far and a new one, keeps them, and answers what came of it."""
    item = _item(request, item_id)
    try:
        told = _told(request)
        picks = _picks(told)
        page = _page_of(item)
        extra = reading_extra(item.run)
        new = told.get("new")
        if isinstance(new, dict):
            reading = rereading.read_saved(page, picks, extra)
            pointed = Pointed(str(new.get("field")), _number(new.get("segment")), _number(new.get("node")))
            pick = corrections.picked(reading, pointed)
            picks = with_pick(picks, pick)
        after = rereading.read_saved(page, picks, extra)
        before = rereading.read_saved(page, (), extra)
    except (PageGone, CorrectionRefused, ValueError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    _keep(item, picks)
    refused = after.item.reason if isinstance(after.item, Refusal) else ""
    notice = ""
    if isinstance(new, dict) and pick.field in LINES and after.roles.get(pointed.segment) != pick.field:
        notice = _("No such value can be read from this line.")
    return JsonResponse(
        {
            "picks": [each.as_json() for each in picks],
            "fields": _compared(before.item, after.item),
            "roles": after.roles,
            "body_node": after.body_node,
            "refused": refused,
            "notice": notice,
        }
    )


def _compared(before: IncomingArticle | Refusal, after: IncomingArticle | Refusal) -> dict[str, Any]:
    """Each field as it was read and as it is now."""
    was, now, unsure = rereading.values(before), rereading.values(after), _unsure(after)
    return {
        name: {
            "before": in_words(name, was[name]),
            "after": in_words(name, now[name]),
            "unsure": name in unsure,
        }
        for name in now
    }


@require_POST
def preview(request: HttpRequest, item_id: int) -> HttpResponse:
    """What the corrections would change on the pages of the template."""
    item = _item(request, item_id)
    try:
        found = rereading.preview(item, _picks(_told(request)))
    except (PageGone, CorrectionRefused, ValueError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(preview_told(found))


def _unsure(item: IncomingArticle | Refusal) -> set[str]:
    """The fields of which the reader is not sure."""
    if isinstance(item, Refusal):
        return set()
    return {
        "caption" if name == "lead_image" else name for name, sure in item.confidence.items() if sure < SURE
    }


@require_POST
def apply(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begins the job that applies the corrections to all pages of the template."""
    item = _item(request, item_id)
    try:
        picks = _picks(_told(request))
        if not picks:
            raise CorrectionRefused(_("Nothing has been corrected yet."))
        found = rereading.preview(item, picks)
    except (PageGone, CorrectionRefused, ValueError) as error:
        return JsonResponse({"error": str(error)}, status=400)
    run = rereading.begin(item, picks, found.core, by=request.user)
    return JsonResponse({"address": reverse("newsroom_imports:run", args=[run.pk])})


# ── what the views share ────────────────────────────────────────────────────────────────────────────────────────


def _item(request: HttpRequest, item_id: int) -> ImportItem:
    rights.require(rights.may_lead(request.user))
    return get_object_or_404(
        ImportItem.objects.select_related("run__edition", "article", "looked_by"), pk=item_id
    )


def _page_of(item: ImportItem) -> SavedPage:
    pages = SavedPages()
    try:
        return pages.open(item)
    finally:
        pages.close()


def _told(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MAX_REQUEST:
        raise CorrectionRefused(_("These are too many corrections."))
    told = json.loads(request.body or b"{}")
    if not isinstance(told, dict):
        raise CorrectionRefused(_("The request cannot be understood."))
    return told


def _picks(told: dict[str, Any]) -> list[Pick]:
    try:
        picks = [Pick.from_json(each) for each in told.get("picks") or []]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CorrectionRefused(_("The request cannot be understood.")) from None
    if len(picks) > MAX_PICKS or any(pick.field not in corrections.FIELDS for pick in picks):
        raise CorrectionRefused(_("These are too many corrections."))
    return picks


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _keep(item: ImportItem, picks: list[Pick]) -> None:
    """Keeps the corrections of a page with its run, so that the editor finds them again."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=item.run_id)
        drafts = dict(run.options.get("drafts", {}))
        drafts[str(item.pk)] = [pick.as_json() for pick in picks]
        if not picks:
            del drafts[str(item.pk)]
        run.options = {**run.options, "drafts": drafts}
        run.save(update_fields=["options"])


def urlpatterns() -> list[URLPattern]:
    """Under `/desk/imports/item/<id>/`."""
    return [
        path("review/", review, name="review"),
        path("review/page/", frame, name="review_frame"),
        path("review/read/", read, name="review_read"),
        path("review/preview/", preview, name="review_preview"),
        path("review/apply/", apply, name="review_apply"),
    ]
