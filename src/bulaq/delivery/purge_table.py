"""What has been purged, in the order of its happening, and so what of the stored is still true.

Nothing is looked up by key when a purge arrives: each stored response remembers its keys and the generation of the log
at which its rendering began, and is compared with this table when somebody next asks for it. So a purge costs the same
whether ten pages carry the key or a million, and holds for what another worker or an earlier run stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Standing(IntEnum):
    """How a stored response stands against the purges since its rendering began."""

    VALID = 0
    SOFT = 1  # out of date: renewed on the next request, still good as a stand-in
    HARD = 2  # never to be shown again


@dataclass(frozen=True, slots=True)
class Purge:
    """One entry of the log. Generations rise by one from 1."""

    generation: int
    keys: tuple[str, ...]
    hard: bool


class PurgeTable:
    """The latest soft and hard purge of each key, for the last ``most_keys`` keys.

    Of what is older than the table's memory nobody knows. It counts as purged: hard where a withdrawal may be among what
    was forgotten, since that must not come back for want of memory.
    """

    def __init__(self, most_keys: int = 200_000) -> None:
        self.generation = 0
        self.soft_floor = 0
        self.hard_floor = 0
        self._most_keys = most_keys
        self._soft: dict[str, int] = {}
        self._hard: dict[str, int] = {}

    def apply(self, purges: Iterable[Purge]) -> None:
        """Takes in purges in rising order; those known already change nothing."""
        for purge in purges:
            if purge.generation <= self.generation:
                continue
            table = self._hard if purge.hard else self._soft
            for key in purge.keys:
                table.pop(key, None)
                table[key] = purge.generation
            self.generation = purge.generation
        while len(self._soft) > self._most_keys:
            self.soft_floor = max(self.soft_floor, self._soft.pop(next(iter(self._soft))))
        while len(self._hard) > self._most_keys:
            self.hard_floor = max(self.hard_floor, self._hard.pop(next(iter(self._hard))))

    def forget_before(self, generation: int) -> None:
        """Entries of the log up to here were missed: nothing that is stored from before may be shown."""
        self.hard_floor = max(self.hard_floor, generation)
        self.generation = max(self.generation, generation)

    def standing(self, keys: Iterable[str], since: int) -> Standing:
        """Of a response with these keys whose rendering began at generation ``since``."""
        if since < self.hard_floor:
            return Standing.HARD
        found = Standing.SOFT if since < self.soft_floor else Standing.VALID
        for key in ("all", *keys):
            if self._hard.get(key, 0) > since:
                return Standing.HARD
            if self._soft.get(key, 0) > since:
                found = Standing.SOFT
        return found
