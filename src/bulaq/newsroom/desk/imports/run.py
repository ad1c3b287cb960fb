"""One import at the desk: how far it is, what became of each item, and what stayed when it was taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.imports.looking import asked_reason
from bulaq.newsroom.desk.imports.report import report
from bulaq.newsroom.desk.imports.screen import screen
from bulaq.newsroom.desk.imports.sources import run_name, without_folders
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.pictures.fetching import counts
from bulaq.newsroom.importing.runs import looking
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.importing.runs.progress import Progress, progress_of, state_of
from bulaq.newsroom.importing.runs.publishing import publishable
from bulaq.newsroom.importing.storing.judging import words
from bulaq.newsroom.importing.undo.undoing import to_take_back, why_left
from bulaq.newsroom.models import ImportedArticle, ImportItem, ImportRun

ITEMS = 50
"""Lines on a page."""

REFRESH_SECONDS = 4
"""How often the page of a run that is worked on loads itself anew."""

TAKEN_UP = timedelta(minutes=1)
"""A worker that runs and has no other import at hand takes up a new one long before."""

_FOR_WORKER = ("waiting", "undoing")

STAYED = "stayed"
"""The tab of what an import that was taken back had to leave."""

Verdict, Outcome = ImportItem.Verdict, ImportItem.Outcome


def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    """One import: progress, counts, and its items by verdict."""
    rights.require(rights.may_lead(request.user))
    run = get_object_or_404(ImportRun.objects.select_related("edition"), pk=run_id)
    progress, state = progress_of(run), state_of(run)
    tried = bool(run.options.get("trial"))
    tabs = _tabs(run, state)
    tab = request.GET.get("verdict", "")
    if tab not in {kind for kind, _label, _number in tabs}:
        tab = _first(run, tabs)
    reason = asked_reason(request)
    items = _items(_of_tab(run, tab), reason, after=row_number(request.GET.get("after", "0")), tried=tried)
    context = {
        "run": run,
        "label": run_name(run),
        "state": state,
        "progress": progress,
        "percent": int(100 * progress.share),
        "left": _left(progress),
        "before": _before(run) if state in _FOR_WORKER else None,
        "late": state == "waiting" and not run.busy_seconds and timezone.now() - run.created_at > TAKEN_UP,
        "pictures": counts(run),
        "undone": run.items.filter(outcome=Outcome.UNDONE).count()
        if state in ("undoing", "undone")
        else None,
        "brought": run.created + run.updated if state == "undoing" else None,
        "verdict": tab,
        "reason": reason,
        "reason_words": words({"code": reason}).rstrip(".") if reason else "",
        "to_look_at": looking.left(run).count() if run.doubtful and not tried else 0,
        "verdicts": tabs,
        "items": _lines(run, state, items[:ITEMS]),
        "next": items[ITEMS - 1].pk if len(items) > ITEMS else None,
        "refresh": REFRESH_SECONDS if state in ("running", "waiting", "undoing") else 0,
        "drafts": publishable(run).count() if state == "done" and not tried else 0,
        "tried": tried,
        "report": report(run),
        **_acts(run, state, tried),
    }
    return screen(request, "run", _("Import %(number)s") % {"number": run.pk}, context, run=run)


def _before(run: ImportRun) -> ImportRun | None:
    """The import that the worker is at, when this one is not being worked on itself."""
    if leases.is_worked_on(run):
        return run
    busy = ImportRun.objects.exclude(owner="").exclude(pk=run.pk).only("owner", "lease_until")
    return next((other for other in busy if leases.is_worked_on(other)), None)


def _acts(run: ImportRun, state: str, tried: bool) -> dict[str, bool]:
    """What can be done with it now."""
    return {
        "may_begin": tried and state == "done",
        "may_discard": tried and state not in ("running", "waiting"),
        "may_pause": state in ("running", "waiting"),
        "may_resume": state in ("paused", "failed", "interrupted"),
        "may_undo": run_requests.may_be_taken_back(run),
    }


def _items(of_tab: QuerySet[ImportItem], reason: str, *, after: int, tried: bool) -> list[ImportItem]:
    """A page of items, and one more when there are more."""
    return list(
        looking.with_reason(of_tab, reason)
        .filter(pk__gt=after)
        .select_related("article__imported")
        .defer(*(() if tried else ("record",)), "before", "article__body")
        .order_by("pk")[: ITEMS + 1]
    )


def _tabs(run: ImportRun, state: str) -> list[tuple[str, str, int]]:
    tabs = [
        (Verdict.READY.value, str(Verdict.READY.label), run.ready),
        (Verdict.DOUBTFUL.value, str(Verdict.DOUBTFUL.label), run.doubtful),
        (Verdict.REFUSED.value, str(Verdict.REFUSED.label), run.refused),
    ]
    stayed = _of_tab(run, STAYED).count() if state == "undone" else 0
    return [(STAYED, _("Stayed here"), stayed), *tabs] if stayed else tabs


def _first(run: ImportRun, tabs: list[tuple[str, str, int]]) -> str:
    """What an editor looks at first: what stayed, what is doubtful, what was refused, else what is ready."""
    numbers = {kind: number for kind, _label, number in tabs}
    order = (STAYED, Verdict.DOUBTFUL.value, Verdict.REFUSED.value)
    return next((kind for kind in order if numbers.get(kind)), Verdict.READY.value)


def _of_tab(run: ImportRun, tab: str) -> QuerySet[ImportItem]:
    if tab == STAYED:
        return to_take_back(run).filter(article__isnull=False)
    return run.items.filter(verdict=tab)


def _lines(run: ImportRun, state: str, items: list[ImportItem]) -> list[dict[str, Any]]:
    ids = [item.article_id for item in items if item.article_id]
    written = ImportedArticle.objects.filter(article_id__in=ids, run_id__gt=run.pk)
    later = dict(written.values_list("article_id", "run_id"))
    stayed = why_left(run, ids) if state == "undone" else {}
    return [
        {
            "item": item,
            # Of a trial there is no article: its headline as it was read.
            "headline": (item.incoming or {}).get("headline") if run.options.get("trial") else "",
            "source": without_folders(item.key, run),
            "later": later.get(item.article_id or 0),
            "correctable": _is_correctable(item),
            "stayed": stayed.get(item.article_id or 0, ""),
            "reasons": [without_folders(words(reason), run) for reason in item.reasons],
        }
        for item in items
    ]


def _is_correctable(item: ImportItem) -> bool:
    """Whether pointing at its page can help: an article that is there, or a page in which none was found."""
    codes = {reason["code"].replace("_", "-") for reason in item.reasons}
    return item.outcome != Outcome.UNDONE and (item.verdict != Verdict.REFUSED or "not-an-article" in codes)


def _left(progress: Progress) -> str:
    """The time left while reading, to the minute; empty when it cannot be told."""
    if progress.state != "running" or progress.phase != "reading" or progress.seconds_left is None:
        return ""
    minutes = max(1, round(progress.seconds_left / 60))
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
