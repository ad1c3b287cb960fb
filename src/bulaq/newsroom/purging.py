"""The seam between acts and whatever keeps pages: the project registers at start who must be told of purged keys."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_log = logging.getLogger(__name__)

Purger = Callable[[Sequence[str], bool], object]

AGAIN_SECONDS = 5.0
"""Who could not be told is not tried again before: one that swallows what is sent to it would hold up every act."""

SAID_SECONDS = 300.0
"""How often the log is told that somebody is still away."""


class PurgeFailed(Exception):
    """Somebody was not told of a purge; the message names each and says why. The purge is to be repeated."""


@dataclass(slots=True)
class _Away:
    reason: str
    since: float
    tried: float
    said: float


_purgers: list[Purger] = []
_names: dict[Purger, str] = {}
_away: dict[Purger, _Away] = {}


def register_purger(purger: Purger, name: str) -> None:
    """Adds somebody who must be told of purged keys (`purger(keys, hard)`): the edge's log, a Varnish in front. ``name``:
    what the log and `bulaq check` call it."""
    if purger not in _purgers:
        _purgers.append(purger)
        _names[purger] = name


def purge_now(keys: Sequence[str], *, hard: bool = False, repeated: bool = False) -> None:
    """Tells every purger; one that fails keeps the others from nothing. Raises PurgeFailed in the end.

    ``repeated``: all that can be told were told before, so whoever was away is asked first and the others are spared while
    it stays away: their pages would be made anew for nothing.
    """
    failures: list[str] = []
    for purger in sorted(_purgers, key=lambda each: each not in _away):
        if reason := _tell(purger, keys, hard):
            failures.append(reason)
            if repeated:
                break
    if failures:
        raise PurgeFailed("; ".join(failures))


def _tell(purger: Purger, keys: Sequence[str], hard: bool) -> str:
    """Why it could not be told, or nothing."""
    now = time.monotonic()
    away = _away.get(purger)
    if away is not None and now - away.tried < AGAIN_SECONDS:
        return away.reason
    name = _names.get(purger, repr(purger))
    try:
        purger(keys, hard)
    except ValueError:
        raise  # a key that is none: a fault of ours, which no waiting mends
    except Exception as error:
        reason = f"{name}: {' '.join(str(error).split()) or type(error).__name__}"
        now = time.monotonic()
        if away is None:
            away = _away[purger] = _Away(reason, since=now, tried=now, said=float("-inf"))
        away.reason, away.tried = reason, now
        if now - away.said > SAID_SECONDS:
            away.said = now
            _log.error(
                "purges do not reach %s; they wait in the outbox, pages there go by their time", reason
            )
        return reason
    if away is not None and _away.pop(purger, None) is not None:
        _log.warning("purges reach %s again, after %.0f s", name, now - away.since)
    return ""
