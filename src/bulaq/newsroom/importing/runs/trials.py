"""A trial: the very import, each batch taken back at once, so that its report says what the import itself would do.

All that stays is the run, its items as they were read, and its findings. From the report the import itself is begun,
with the sections that were chosen there.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from bulaq.intake.judgement import Reason
from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.correcting.kept_corrections import first_run, templates_file
from bulaq.newsroom.importing.matching.names import Created, Kind
from bulaq.newsroom.importing.runs.options import RunOptions
from bulaq.newsroom.importing.storing.batches import StoreOptions, Storer
from bulaq.newsroom.importing.storing.findings import Place
from bulaq.newsroom.importing.storing.identity import fingerprint
from bulaq.newsroom.importing.storing.judging import may_be_published
from bulaq.newsroom.importing.storing.prepared import Found, Prepared
from bulaq.newsroom.importing.storing.records import article_of
from bulaq.newsroom.models import ImportItem, ImportRun

Outcome, State, Phase = ImportItem.Outcome, ImportRun.State, ImportRun.Phase


class _TakenBack(Exception):
    """Ends a transaction of which nothing is to stay."""


class TrialStorer(Storer):
    """Stores batches as ever, and takes each back before what became of it is written down."""

    def __init__(self, run: ImportRun, options: StoreOptions, *, now: datetime | None = None) -> None:
        super().__init__(run, options, now=now)
        self._met: dict[str, tuple[str, str]] = {}
        """Identity, or digest of the body → (what was read, its source): as the tables would know it by now."""
        for item in run.items.exclude(record=None).iterator(chunk_size=200):
            self._remember(fingerprint(article_of(item.incoming or {})), item.key)

    def _bring_in(self, batch: Sequence[Found], now: datetime, created: Created) -> dict[Place, Prepared]:
        brought: dict[Place, Prepared] = {}
        try:
            with transaction.atomic():
                brought = super()._bring_in(batch, now, created)
                raise _TakenBack
        except _TakenBack:
            self._forget()
        made = {pk for kind, pk in created if kind == Kind.SECTION}
        for p in brought.values():
            if p.existing_id is None:
                self._compare(p)
            p.before = None
            p.article.pk = p.existing_id
            if p.article.section_id in made:
                p.article.section_id = None
        return brought

    def _compare(self, p: Prepared) -> None:
        """What came before it in this archive would be stored by now."""
        known = p.known_by
        again, twin = self._met.get(known.identity), self._met.get(known.content)
        if again is not None:
            p.outcome = Outcome.UNCHANGED if again[0] == known.incoming else Outcome.UPDATED
        elif twin is not None:
            p.reasons.append(Reason("same-text", Path(twin[1]).name))
            p.published = p.published and may_be_published(p.reasons)
        self._remember(known, p.found.key)

    def _remember(self, known: Any, key: str) -> None:
        for name in (known.identity, known.content):
            self._met.setdefault(name, (known.incoming, key))


def begin_import(
    trial: ImportRun, *, sections: Mapping[str, str], publish: bool, by: Any = None
) -> ImportRun | None:
    """Writes down the import that `trial` tried, for the worker; None while the trial is not over.

    `sections`: theirs → the slug of ours, where it is to be another than the trial took.
    """
    options = RunOptions.from_json(trial.options)
    if not options.trial or trial.state != State.DONE:
        return None
    options = replace(
        options,
        trial=False,
        correction=None,  # what was corrected in the trial is kept for the pages of the site
        publish=publish,
        by_worker=True,
        section_map={**options.section_map, **sections},
    )
    with transaction.atomic():  # the worker sees the run when what was learned lies beside it
        run = ImportRun.objects.create(
            edition=trial.edition,
            inputs=trial.inputs,
            options=options.as_json(),
            state=State.WAITING,
            phase=Phase.LEARNING,
            started_by=by,
        )
        learned = templates_file(first_run(trial))
        if learned.exists():  # what was tried is read again as it was read
            shutil.copyfile(learned, templates_file(run.pk))
    return run


def discard(trial: ImportRun) -> bool:
    """Deletes a trial's report, and what was uploaded for it unless an import needs it; False while it is worked on."""
    if not trial.options.get("trial") or leases.is_worked_on(trial):
        return False
    needed = {
        name
        for inputs in ImportRun.objects.exclude(pk=trial.pk).values_list("inputs", flat=True)
        for name in inputs
    }
    uploads = Path(settings.HOME) / "imports"
    for name in trial.inputs:
        folder = next((over for over in Path(name).parents if over.parent == uploads), None)
        if folder is not None and not any(Path(other).is_relative_to(folder) for other in needed):
            shutil.rmtree(folder, ignore_errors=True)
    templates_file(trial.pk).unlink(missing_ok=True)
    trial.delete()
    return True
