"""An import on the command line: how far it is, what it met, and its items or pictures, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bulaq.intake.source_names import shown
from bulaq.newsroom.importing.runs.progress import progress_of, state_of
from bulaq.newsroom.importing.storing.findings import Findings
from bulaq.newsroom.importing.storing.judging import HARMLESS, words
from bulaq.newsroom.models import ImportItem, ImportPicture, ImportRun
from bulaq.project.import_progress import told

NOT_MISSING = ("stored", "waiting")
"""States of pictures that nobody asks about."""


def in_words(run: ImportRun, *, verdict: str | None, pictures: bool) -> Iterator[str]:
    """For people; without `verdict`, of the items those that are not ready."""
    yield from _head(run)
    if pictures:
        for picture in _pictures(run):
            said = words({"code": picture.code or picture.state, "text": picture.reason})
            yield f"{picture.get_state_display()}\t{picture.article_id}\t{shown(picture.url)}\t{shown(said)}"
        return
    yield from _met(run)
    for item in _items(run, verdict, without="ready"):
        said = " ".join(map(words, item.reasons))
        yield f"{item.verdict}\t{item.article_id or '—'}\t{shown(item.key)}\t{shown(said)}"


def _head(run: ImportRun) -> Iterator[str]:
    trial = "a trial, nothing is stored; " if run.options.get("trial") else ""
    yield f"{trial}{state_of(run)}; {told(run)}"
    if run.state != ImportRun.State.UNDONE:
        yield (
            f"{run.created} new, {run.updated} updated, {run.unchanged} unchanged, {run.kept} left as"
            f" edited here, {run.published} published"
        )


def _met(run: ImportRun) -> Iterator[str]:
    """How many of each reason, and where their sections go."""
    findings = Findings(run.findings)
    for tally in findings.reasons:
        kind = "noted" if tally.code in HARMLESS else "doubtful"
        yield f"{kind}: {tally.number} × {words({'code': tally.code})}"
    for tally in findings.refusals:
        yield f"refused: {tally.number} × {words({'code': tally.code})}"
    if sections := findings.sections:
        yield "sections: " + ", ".join(f"{shown(met.theirs)} ({met.number})" for met in sections[:30])


def as_json(run: ImportRun, *, verdict: str | None, pictures: bool) -> Iterator[str]:
    """For programs: how far it is, with what it met, then one object for each item or picture."""
    yield json.dumps({**progress_of(run).as_json(), "findings": run.findings}, ensure_ascii=False)
    if pictures:
        for picture in _pictures(run):
            line = {
                "url": picture.url, "article": picture.article_id, "state": picture.state, "code": picture.code,
                "reason": picture.reason,
            }  # fmt: skip
            yield json.dumps(line, ensure_ascii=False)
        return
    for item in _items(run, verdict):
        line = {
            "source": item.key, "number": item.ordinal, "verdict": item.verdict, "outcome": item.outcome,
            "published": item.published, "id": item.article_id, "reasons": item.reasons,
        }  # fmt: skip
        yield json.dumps(line, ensure_ascii=False)


def _pictures(run: ImportRun) -> Iterator[ImportPicture]:
    return run.pictures.exclude(state__in=NOT_MISSING).order_by("id").iterator()


def _items(run: ImportRun, verdict: str | None, *, without: str | None = None) -> Iterator[ImportItem]:
    items = run.items.order_by("id").defer("record", "before")
    if verdict:
        items = items.filter(verdict=verdict)
    elif without:
        items = items.exclude(verdict=without)
    return items.iterator(chunk_size=500)
