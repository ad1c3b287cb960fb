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
    """Tells every purger; called after the commit, and again by the worker from the outbox."""
    for purger in _purgers:
        purger(keys, hard)
