"""What an import has met so far: reasons, refusals and foreign sections, each with how many and some samples.

Written with each batch in its transaction, so that a report over a hundred thousand items is one row to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bulaq.intake.named_section import NamedSection
from bulaq.intake.source_names import storable

SAMPLES = 3
"""Items named for each reason, and of those that are ready."""

MAX_SECTIONS = 1000
"""Foreign sections that are told apart; what comes beyond is counted among the articles alone."""

NOTHING_NEW = "fetch-not-modified"
"""The refusal of an address that answered so."""

MAX_PEOPLE = 1000
"""People whose spellings are counted; those met later keep the first one."""

Place = tuple[str, int]
"""By which an item of the run is found again: the digest of its source, and its number there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, and the places of some of them."""

    code: str
    number: int
    samples: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class MetSection:
    """A section as they call it: `key` in matching form, how many articles it brought, and the id of ours that they
    went to, None when that section is made by the import."""

    key: str
    theirs: str
    number: int
    ours_id: int | None


@dataclass(frozen=True, slots=True)
class MetPerson:
    """Somebody whom the run made, who signs in several spellings: the `first` one is the name, the `others` with how many
    new articles of each."""

    person_id: int
    first: str
    others: dict[str, int]


class Findings:
    """The tally of one run; `as_json` is what `ImportRun.findings` keeps."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._ready: dict[str, Any] = {"number": 0, "samples": [], **told.get("ready", {})}
        self._reasons: dict[str, dict[str, Any]] = dict(told.get("reasons", {}))
        self._refusals: dict[str, dict[str, Any]] = dict(told.get("refusals", {}))
        self._sections: dict[str, dict[str, Any]] = dict(told.get("sections", {}))
        self._spellings: dict[str, dict[str, Any]] = dict(told.get("spellings", {}))

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "ready": self._ready,
            "reasons": self._reasons,
            "refusals": self._refusals,
            "sections": self._sections,
            "spellings": self._spellings,
        }

    def refuse(self, place: Place, code: str) -> None:
        """Counts an input that is not taken."""
        _count(self._refusals.setdefault(code, {"number": 0, "samples": []}), place)

    def take(self, place: Place, codes: Iterable[str], *, ready: bool) -> None:
        """Counts an article, under each of its reasons once."""
        if ready:
            _count(self._ready, place)
        for code in dict.fromkeys(codes):
            _count(self._reasons.setdefault(code, {"number": 0, "samples": []}), place)

    def met(self, named: NamedSection, ours_id: int | None) -> None:
        """Counts an article of a foreign section."""
        if named.key not in self._sections and len(self._sections) >= MAX_SECTIONS:
            return
        of = self._sections.setdefault(
            named.key, {"theirs": storable(named.theirs), "number": 0, "ours": ours_id}
        )
        of["number"] += 1

    def spelled(self, person_id: int, first: str, other: str) -> None:
        """Counts an article that somebody whom the run named `first` signs otherwise."""
        if str(person_id) not in self._spellings and len(self._spellings) >= MAX_PEOPLE:
            return
        met = self._spellings.setdefault(str(person_id), {"first": first, "others": {}})
        met["others"][other] = met["others"].get(other, 0) + 1

    @property
    def ready(self) -> Tally:
        """Those without a doubt."""
        return _tally("", self._ready)

    @property
    def reasons(self) -> list[Tally]:
        """The reasons of articles, commonest first."""
        return _commonest(self._reasons)

    @property
    def refusals(self) -> list[Tally]:
        """The reasons of refusals, commonest first."""
        return _commonest(self._refusals)

    @property
    def spellings(self) -> list[MetPerson]:
        """People of several spellings, in the order in which they were met."""
        return [MetPerson(int(pk), met["first"], met["others"]) for pk, met in self._spellings.items()]

    @property
    def nothing_new(self) -> int:
        """Of the refusals, the addresses that answered that nothing changed since an earlier import (304)."""
        return self._refusals.get(NOTHING_NEW, {}).get("number", 0)

    @property
    def sections(self) -> list[MetSection]:
        """Foreign sections, those of most articles first."""
        met = [MetSection(key, of["theirs"], of["number"], of["ours"]) for key, of in self._sections.items()]
        return sorted(met, key=lambda section: (-section.number, section.key))


def _count(tally: dict[str, Any], place: Place) -> None:
    tally["number"] += 1
    if len(tally["samples"]) < SAMPLES:
        tally["samples"].append(list(place))


def _tally(code: str, told: dict[str, Any]) -> Tally:
    return Tally(code, told["number"], tuple((digest, number) for digest, number in told["samples"]))


def _commonest(tallies: dict[str, dict[str, Any]]) -> list[Tally]:
    found = [_tally(code, told) for code, told in tallies.items()]
    return sorted(found, key=lambda tally: (-tally.number, tally.code))
