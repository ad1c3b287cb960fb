"""Who works on a run: one process at a time, and never a dead one for long."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from bulaq.newsroom.models import ImportRun


class RunBusy(RuntimeError):
    """Another living process works on the run, or its state does not allow it to be worked on."""


LEASE = timedelta(minutes=2)
"""A run whose worker was not heard of for this long may be taken up by another. Batches renew it, each well under a
second; a page takes at most a minute to be read."""


def lease_end() -> datetime:
    """Until when a sign of life given now holds."""
    return timezone.now() + LEASE


def owner_name() -> str:
    """This process, as others can look it up: host, process, and when the process began."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{_begun(os.getpid())}"


def take(run_id: int, states: set[str]) -> bool:
    """Makes this process the owner of the run if it is in one of `states` and nobody living works on it."""
    run = ImportRun.objects.get(pk=run_id)
    free = (
        Q(owner="") | Q(owner=owner_name()) | Q(lease_until__isnull=True) | Q(lease_until__lt=timezone.now())
    )
    if run.owner and is_dead_here(run.owner):
        free |= Q(owner=run.owner)
    return bool(
        ImportRun.objects.filter(free, pk=run_id, state__in=states).update(
            owner=owner_name(), lease_until=lease_end(), pause_requested=False
        )
    )


def release(run_id: int) -> None:
    """This process works on it no more; what another has taken meanwhile stays theirs."""
    ImportRun.objects.filter(pk=run_id, owner=owner_name()).update(owner="", lease_until=None)


def is_worked_on(run: ImportRun) -> bool:
    """Whether a living process works on the run, as far as can be told from here."""
    if not run.owner or run.lease_until is None or run.lease_until < timezone.now():
        return False
    return not is_dead_here(run.owner)


def is_dead_here(owner: str) -> bool:
    """Whether the owner was a process of this machine that is gone (a killed one leaves its lease behind)."""
    host, process, begun = (*owner.split(":"), "", "")[:3]
    if host != socket.gethostname()[:80] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(begun) and _begun(int(process)) != begun


def _begun(process: int) -> str:
    """When a process began, in ticks since the machine started; empty where the system does not say (macOS)."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        # A killed process whose parent has not asked for it yet is still listed, as a zombie.
        return "zombie" if fields[0] == "Z" else fields[19]
    except (OSError, IndexError):
        return ""
