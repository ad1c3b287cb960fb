"""«الإدخال» at the desk: imports and how far they are, what became of each item, and the acts on them.

The work itself is done by the worker (`project.import_worker`): a view only writes a run down and shows its rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from bulaq.newsroom.desk import import_matching, import_pictures, import_review, rights
from bulaq.newsroom.desk.import_upload import UploadForm
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.duplicates import repeats_of
from bulaq.newsroom.importing import jobs, run_requests
from bulaq.newsroom.importing.judging import words
from bulaq.newsroom.importing.pictures import counts
from bulaq.newsroom.importing.publishing import waiting
from bulaq.newsroom.importing.run_options import RunOptions
from bulaq.newsroom.importing.run_progress import Progress, progress_of, state_of
from bulaq.newsroom.models import Edition, ImportItem, ImportRun

RUNS, ITEMS = 30, 50
"""Lines on a page."""

LABELLED = 3
"""Inputs that a run is called by."""

REFRESH_SECONDS = 4
"""How often the page of a run that is worked on loads itself anew."""


def index(request: HttpRequest) -> HttpResponse:
    """The newest imports, and the form for a new one."""
    rights.require(rights.may_lead(request.user))
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"edition": Edition.objects.first()}
    )
    if request.method == "POST" and form.is_valid():
        options = RunOptions(
            publish=form.cleaned_data["publish"],
            fetch_images=form.cleaned_data["fetch_images"],
            fetch=bool(form.cleaned_data["address"]),
            by_worker=True,
        )
        run = jobs.begin(
            inputs=form.inputs(),
            edition=form.cleaned_data["edition"],
            options=options,
            by=request.user,
        )
        messages.success(request, _("The import begins in a moment."))
        return redirect("newsroom_imports:run", run.pk)
    runs = [
        {"run": run, "progress": progress_of(run), "label": _label(run), "state": state_of(run)}
        for run in ImportRun.objects.select_related("edition", "started_by")[:RUNS]
    ]
    return _page(request, "desk/imports/index.html", _("Imports"), {"runs": runs, "form": form})


def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import: progress, counts, and its items by verdict."""
    rights.require(rights.may_lead(request.user))
    run = get_object_or_404(ImportRun.objects.select_related("edition"), pk=run_id)
    verdict = request.GET.get("verdict", "")
    if verdict not in ImportItem.Verdict.values:
        verdict = "doubtful" if run.doubtful or not run.refused else "refused"
        if not run.doubtful and not run.refused:
            verdict = "ready"
    after = request.GET.get("after", "0")
    chosen = run.items.filter(verdict=verdict, pk__gt=row_number(after))
    items = list(
        chosen.select_related("article")
        .defer("record", "before", "article__body")
        .order_by("pk")[: ITEMS + 1]
    )
    progress = progress_of(run)
    state = state_of(run)
    context = {
        "run": run,
        "label": _label(run),
        "state": state,
        "progress": progress,
        "percent": _percent(progress),
        "left": _left(progress),
        "pictures": counts(run),
        "undone": run.items.filter(outcome=ImportItem.Outcome.UNDONE).count() if state == "undone" else None,
        "verdict": verdict,
        "verdicts": [
            (ImportItem.Verdict.READY, run.ready), (ImportItem.Verdict.DOUBTFUL, run.doubtful),
            (ImportItem.Verdict.REFUSED, run.refused),
        ],
        "items": [
            {
                "item": item,
                "source": _without_folders(item.key, run),
                "reasons": [_without_folders(words(reason), run) for reason in item.reasons],
            }
            for item in items[:ITEMS]
        ],
        "next": items[ITEMS - 1].pk if len(items) > ITEMS else None,
        "refresh": REFRESH_SECONDS if state in ("running", "waiting", "undoing") else 0,
        "drafts": waiting(run).count() if state == "done" else 0,
        "may_pause": state in ("running", "waiting"),
        "may_resume": state in ("paused", "failed", "interrupted"),
        "may_undo": run_requests.may_be_taken_back(run),
    }  # fmt: skip
    return _page(request, "desk/imports/run.html", _("Import %(number)s") % {"number": run.pk}, context)


def act(request: HttpRequest, run_id: int) -> HttpResponse:
    """Pause, go on, publish the drafts, or take back."""
    rights.require(request.method == "POST" and rights.may_lead(request.user))
    run = get_object_or_404(ImportRun, pk=run_id)
    chosen = request.POST.get("act")
    if chosen == "pause" and run_requests.request_pause(run.pk):
        messages.success(request, _("It stops after the articles at hand."))
    elif chosen == "resume" and run_requests.request_resume(run.pk):
        messages.success(request, _("The import goes on in a moment."))
    elif chosen == "publish" and run_requests.request_publish(run.pk):
        messages.success(
            request, _("What is complete is being published; the rest stays a draft, with the reason.")
        )
    elif chosen == "undo" and run_requests.request_undo(run.pk):
        messages.success(request, _("It is being taken back. What somebody worked on since stays."))
    else:
        messages.error(request, _("That is not possible now."))
    return redirect("newsroom_imports:run", run.pk)


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
            "name": names[name],
            "value": [_without_folders(line, item.run) for line in _shown(value)],
            "sure": confidence.get(name),
            "found": provenance.get(name, ""),
        }
        for name, value in read.items()
        if name in names and value not in (None, "", [], {})
    ]
    context = {
        "item": item,
        "source": _without_folders(item.key, item.run),
        "fields": fields,
        "boxes": boxes,
        "reasons": [_without_folders(words(reason), item.run) for reason in item.reasons],
        "repeats": [repeat for one in documents([item.article_id]) for repeat in repeats_of(one)]
        if item.article_id
        else [],
        "article_id": item.article_id,
    }
    return _page(request, "desk/imports/item.html", _("As it was read"), context)


def _field_names() -> dict[str, str]:
    """What was read of an article, as an editor calls it."""
    return {
        **import_review.labels(),
        "url": pgettext("part of an article", "Address"),
        "canonical_url": pgettext("part of an article", "Its own address"),
        "aliases": pgettext("part of an article", "Other addresses"),
        "breadcrumb": pgettext("part of an article", "Way to the section"),
        "dateline": pgettext("part of an article", "Place"),
        "agencies": pgettext("part of an article", "Agencies"),
        "modified_at": pgettext("part of an article", "Changed on"),
        "lang": pgettext("part of an article", "Language"),
        "lead_image": pgettext("part of an article", "Lead picture"),
        "tags": pgettext("part of an article", "Topics"),
        "read_also": pgettext("part of an article", "Read also"),
        "carrier": pgettext("part of an article", "Carried by"),
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


def _label(run: ImportRun) -> str:
    """What was brought in, without the folders of the server."""
    names = [name if "://" in name else Path(name).name for name in run.inputs]
    more = f" (+{len(names) - LABELLED})" if len(names) > LABELLED else ""
    return "، ".join(names[:LABELLED]) + more


def _without_folders(text: str, run: ImportRun) -> str:
    """A source, or words that name one, without the folders of the server that hold what was brought in."""
    for given in run.inputs:
        folder = "" if "://" in given else str(Path(given).parent)
        if len(folder) > 1:
            text = text.replace(f"{folder}/", "")
    return text


def _left(progress: Progress) -> str:
    """The time left while reading, to the minute; empty when it cannot be told."""
    if progress.state != "running" or progress.phase != "reading" or progress.seconds_left is None:
        return ""
    minutes = max(1, round(progress.seconds_left / 60))
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


def _percent(progress: Progress) -> int:
    return int(100 * progress.share)


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> TemplateResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("newsroom_imports:index"), "label": _("Imports")},
    ]
    if template != "desk/imports/index.html":
        trail.append({"url": "", "label": title})
    return TemplateResponse(
        request,
        template,
        {
            "page_title": title,
            "header_title": title,
            "header_icon": "download",
            "breadcrumbs_items": trail,
            **context,
        },
    )


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Under `/desk/imports/`."""
    return [
        path("", index, name="index"),
        path("<int:run_id>/", run_page, name="run"),
        path("<int:run_id>/act/", act, name="act"),
        path("<int:run_id>/pictures/", import_pictures.pictures, name="pictures"),
        path("item/<int:item_id>/", item_page, name="item"),
        path("item/<int:item_id>/", include(import_review.urlpatterns())),
        path("sections/", import_matching.sections, name="sections"),
        path("people/", import_matching.people, name="people"),
        path("corrections/", import_matching.corrections, name="corrections"),
    ]


class ImportsMenuItem(MenuItem):
    """For those who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_lead(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """The pages of this module."""
    return [path("imports/", include((urlpatterns(), "newsroom_imports"), namespace="newsroom_imports"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """«الإدخال», below the newsroom's own things."""
    return ImportsMenuItem(
        gettext_lazy("Imports"),
        reverse("newsroom_imports:index"),
        name="imports",
        icon_name="download",
        order=60,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names the act of merging for the history of a person."""
    actions.register_action(
        "newsroom.merge_people", gettext_lazy("Merge people"), gettext_lazy("Merged with another person")
    )
