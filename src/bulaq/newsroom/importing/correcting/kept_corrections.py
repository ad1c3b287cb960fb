"""Corrections that outlive their import: kept for a site and a template, and applied to what comes from there later."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.sites import host_of
from bulaq.intake.templates.pointing import KeptPicks, Pick, is_of_template, save_kept, with_pick
from bulaq.newsroom.importing.correcting import told_pages
from bulaq.newsroom.importing.correcting.corrections import read_told
from bulaq.newsroom.models import ImportItem, ImportRun, ReadingCorrection

PAGES = "html"
"""The format of what is kept as a page; everything else is corrected as `told_pages` shows it."""


def keep(
    item: ImportItem, picks: Sequence[Pick], core: frozenset[int], *, told: bool, run: ImportRun, by: Any
) -> ReadingCorrection | None:
    """Keeps what was pointed at on the page of `item`, first applied by `run`. `told`: it has no page of its own.

    What came without a page and names no site is not kept (None): nothing says what else it would hold for; nor is a
    page that was fetched and not kept, of which its next pages are read otherwise.
    """
    read = item.incoming or {}
    host = host_of(read.get("canonical_url")) or host_of(read.get("url"))
    if told and (not host or read.get("format") == PAGES):
        return None
    return ReadingCorrection.objects.create(
        host=host,
        format=read.get("format", "") if told else PAGES,
        core=sorted(core),
        picks=[pick.as_json() for pick in picks],
        page=item.key,
        run=run,
        made_by=by,
    )


def reading_extra(run: ImportRun) -> dict[str, Any]:
    """What is known of the archive of a run before its pages are read (`ReadOptions.extra`): templates learned from it,
    the corrections kept for pages, and what a table's columns are. Written out anew each time, for the processes that read."""
    extra: dict[str, Any] = {}
    if columns := run.options.get("columns"):
        extra["columns"] = json.dumps(columns)
    templates = templates_file(first_run(run))
    if templates.exists():
        extra["templates"] = str(templates)
    kept = [_picks_of(row) for row in ReadingCorrection.objects.filter(format=PAGES)]
    if kept:
        path = Path(settings.HOME) / "imports" / f"corrections-{run.pk}.json"
        save_kept(path, kept)
        extra["corrections"] = str(path)
    return extra


def first_run(run: ImportRun) -> int:
    """The run that learned: of one that corrects another, that other one."""
    number = run.pk
    options = run.options
    for _ in range(50):
        correction = options.get("correction")
        if not correction:
            break
        number = correction["run"]
        earlier = ImportRun.objects.filter(pk=number).values_list("options", flat=True).first()
        if earlier is None:
            break
        options = earlier
    return number


def templates_file(run_id: int) -> Path:
    """Where a run keeps what it learned of its archive's templates."""
    return Path(settings.HOME) / "imports" / f"templates-{run_id}.json"


class ToldCorrections:
    """The corrections kept for what has no pages, looked up once for a run."""

    def __init__(self) -> None:
        self._kept = [_picks_of(row) for row in ReadingCorrection.objects.exclude(format=PAGES)]

    def picks_for(self, article: IncomingArticle) -> tuple[Pick, ...]:
        """Those that hold for it."""
        picks: list[Pick] = []
        if self._kept:
            layout = told_pages.layout_of(article)
            for kept in self._kept:
                if is_of_template(layout, kept.core):
                    for pick in kept.picks:
                        picks = with_pick(picks, pick)
        return tuple(picks)

    def applied(self, item: IncomingArticle | Refusal) -> IncomingArticle | Refusal:
        """The article as it is read with them."""
        if isinstance(item, Refusal):
            return item
        picks = self.picks_for(item)
        return read_told(item, picks).item if picks else item


def _picks_of(row: ReadingCorrection) -> KeptPicks:
    return KeptPicks.from_json({"host": row.host, "core": row.core, "picks": row.picks})
