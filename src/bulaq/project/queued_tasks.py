"""What Wagtail puts off until after a save: which texts use which picture or article, and files to delete.

It queues these through django-tasks (`settings.TASKS`); the worker runs them here. A task is run and struck out in one
transaction, so that one broken off is run again: all of them may be.
"""

from __future__ import annotations

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Tasks of one turn: the other jobs wait for them, some tenths of a second."""


def run_queued_tasks() -> int:
    """Runs what waits, oldest first; returns how many. One that fails is kept with its error, and stops no other."""
    done = 0
    # Asked first: on SQLite every transaction waits for whoever writes, and the other jobs with it.
    while done < AT_ONCE and DBTaskResult.objects.ready().exists() and _run_next():
        done += 1
    return done


@transaction.atomic
def _run_next() -> bool:
    waiting = DBTaskResult.objects.ready().get_locked()
    if waiting is None:
        return False
    try:
        with transaction.atomic():
            waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
    except ObjectDoesNotExist:
        pass  # deleted meanwhile: there is nothing to follow
    except Exception as error:
        log.exception("a task failed: %s %s", waiting.task_path, waiting.args_kwargs)
        waiting.set_failed(error)
        return True
    waiting.delete()
    return True
