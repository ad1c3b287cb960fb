"""The seam between acts and whatever keeps pages: the project registers a purger at start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Purger = Callable[[Sequence[str], bool], None]

_purgers: list[Purger] = []


def register_purger(purger: Purger) -> None:
    """Adds somebody who must be told of purged keys (`purger(keys, hard)`): the edge's log, a Varnish in front."""
    if purger not in _purgers:
        _purgers.append(purger)


def purge_now(keys: Sequence[str], *, hard: bool = False) -> None:
    """Tells every purger; called after the commit, and again by the worker from the outbox.

    One that fails keeps the others from nothing; what failed is raised at the end, so that the outbox tries again.
    """
    failures: list[Exception] = []
    for purger in _purgers:
        try:
            purger(keys, hard)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("purging failed", failures)
