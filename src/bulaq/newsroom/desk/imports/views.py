"""«الإدخال» at the desk: imports and how far they are, what became of each item, and the acts on them.

The work itself is done by the worker (`project.import_worker`): a view only writes a run down and shows its rows.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports import item as import_item
from bulaq.newsroom.desk.imports import looking as import_looking
from bulaq.newsroom.desk.imports import matching as import_matching
from bulaq.newsroom.desk.imports import pictures as import_pictures
from bulaq.newsroom.desk.imports import report as import_report
from bulaq.newsroom.desk.imports import review as import_review
from bulaq.newsroom.desk.imports import run as import_run
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.imports.sources import run_name
from bulaq.newsroom.desk.imports.upload import UploadForm
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.importing.runs import jobs, trials
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.runs.progress import progress_of, state_of
from bulaq.newsroom.models import Edition, ImportRun

RUNS = 30
"""Lines on a page."""


def index(request: HttpRequest) -> HttpResponse:
    """The newest imports, and the form for a new one."""
    rights.require(rights.may_lead(request.user))
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"edition": Edition.objects.first()}
    )
    if request.method == "POST" and form.is_valid():
        options = RunOptions(
            publish=form.cleaned_data["publish"],
            trial="trial" in request.POST,
            fetch_images=form.cleaned_data["fetch_images"],
            fetch=bool(form.cleaned_data["address"]),
            site=form.cleaned_data["site"],
            columns=form.cleaned_data["columns"],
            by_worker=True,
        )
        run = jobs.begin(
            inputs=form.inputs(),
            edition=form.cleaned_data["edition"],
            options=options,
            by=request.user,
        )
        said = _("The trial begins in a moment.") if options.trial else _("The import begins in a moment.")
        messages.success(request, said)
        return redirect("newsroom_imports:run", run.pk)
    runs = [
        {"run": run, "progress": progress_of(run), "label": run_name(run), "state": state_of(run)}
        for run in ImportRun.objects.select_related("edition", "started_by")[:RUNS]
    ]
    return screen(request, "index", _("Imports"), {"runs": runs, "form": form})


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
    elif chosen == "discard" and trials.discard(run):
        messages.success(request, _("The report was deleted."))
        return redirect("newsroom_imports:index")
    else:
        messages.error(request, _("That is not possible now."))
    return redirect("newsroom_imports:run", run.pk)


def begin(request: HttpRequest, run_id: int) -> HttpResponse:
    """Begins the import that a trial tried, with the sections chosen beside its report."""
    rights.require(request.method == "POST" and rights.may_lead(request.user))
    trial = get_object_or_404(ImportRun, pk=run_id)
    asked = {name: row_number(value) for name, value in request.POST.items() if name.startswith("to-")}
    run = trials.begin_import(
        trial,
        sections=import_report.chosen_sections(trial, asked),
        publish="publish" in request.POST,
        by=request.user,
    )
    if run is None:
        messages.error(request, _("That is not possible now."))
        return redirect("newsroom_imports:run", trial.pk)
    messages.success(request, _("The import begins in a moment."))
    return redirect("newsroom_imports:run", run.pk)


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Under `/desk/imports/`."""
    return [
        path("", index, name="index"),
        path("<int:run_id>/", import_run.run_page, name="run"),
        path("<int:run_id>/act/", act, name="act"),
        path("<int:run_id>/begin/", begin, name="begin"),
        path("<int:run_id>/look/", import_looking.first, name="look_first"),
        path("<int:run_id>/pictures/", import_pictures.pictures, name="pictures"),
        path("item/<int:item_id>/", import_item.item_page, name="item"),
        path("item/<int:item_id>/look/", import_looking.look, name="look"),
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
