"""What can be asked of an import from outside: to stop, to go on, to publish, to be taken back. Whoever works on it, or the
worker, does it."""

from __future__ import annotations

from django.db import transaction

from bulaq.newsroom.importing import leases
from bulaq.newsroom.importing.pictures.fetching import ask_again
from bulaq.newsroom.importing.undo.undoing import to_take_back
from bulaq.newsroom.models import ImportRun

State, Phase = ImportRun.State, ImportRun.Phase


def request_pause(run_id: int) -> bool:
    """Asks whoever works on the run to stop after the batch at hand; a run that waits is paused at once."""
    if ImportRun.objects.filter(pk=run_id, state=State.WAITING).update(state=State.PAUSED):
        return True
    run = ImportRun.objects.get(pk=run_id)
    if run.state == State.RUNNING and not leases.is_worked_on(run):
        return bool(ImportRun.objects.filter(pk=run_id, state=State.RUNNING).update(state=State.PAUSED))
    return bool(ImportRun.objects.filter(pk=run_id, state=State.RUNNING).update(pause_requested=True))


def request_resume(run_id: int) -> bool:
    """Puts a paused, failed or broken off run back among those that wait; the worker takes it up."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == State.RUNNING and not leases.is_worked_on(run):
        return bool(ImportRun.objects.filter(pk=run_id, state=State.RUNNING).update(state=State.WAITING))
    return bool(
        ImportRun.objects.filter(pk=run_id, state__in=[State.PAUSED, State.FAILED]).update(
            state=State.WAITING, pause_requested=False
        )
    )


def request_publish(run_id: int) -> bool:
    """Asks the worker to publish the complete drafts of a run that is done."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state != State.DONE or run.options.get("trial"):
        return False
    return bool(
        ImportRun.objects.filter(pk=run_id, state=State.DONE).update(
            state=State.WAITING,
            phase=Phase.PUBLISHING,
            cursor=0,
            options={**run.options, "publish_drafts": True, "by_worker": True},
        )
    )


def request_pictures(run_id: int, picture_id: int | None = None, *, by_worker: bool = True) -> int:
    """Lets the pictures that a run which is done lacks, or one of them, be looked for once more, and fetched from the
    web; returns how many. `by_worker`: the worker takes it up; else whoever calls `work`."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state != State.DONE:
            return 0
        asked = ask_again(run, picture_id)
        if asked:
            ImportRun.objects.filter(pk=run_id).update(
                state=State.WAITING if by_worker else State.PAUSED,
                phase=Phase.PICTURES,
                cursor=0,
                options={**run.options, "fetch_images": True, "by_worker": by_worker},
            )
    return asked


def may_be_taken_back(run: ImportRun) -> bool:
    """Whether nobody works on a run and it has something to take back: of one that was taken back, what had to stay then."""
    if leases.is_worked_on(run) or run.options.get("trial"):
        return False
    if run.state == State.UNDONE:
        return to_take_back(run).exists()
    return run.state in (State.DONE, State.PAUSED, State.FAILED)


def request_undo(run_id: int) -> bool:
    """Asks the worker to take a run back that nobody works on."""
    run = ImportRun.objects.get(pk=run_id)
    if not may_be_taken_back(run):
        return False
    return bool(ImportRun.objects.filter(pk=run_id, state=run.state).update(state=State.UNDOING))


def next_for_worker() -> tuple[int, str] | None:
    """The oldest run that the worker should take up now, and what to do with it: `resume` or `undo`.

    Runs begun at the desk or sent back to those that wait; of the broken off ones, only the desk's: whoever began
    one on the command line takes it up there.
    """
    for run in ImportRun.objects.filter(state__in=[State.WAITING, State.RUNNING, State.UNDOING]).order_by(
        "id"
    ):
        if leases.is_worked_on(run):
            continue
        if run.state == State.UNDOING:
            return run.pk, "undo"
        if run.state == State.WAITING or run.options.get("by_worker"):
            return run.pk, "resume"
    return None
