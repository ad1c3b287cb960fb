"""The likeliest reading of a byline's words: stretches of them are a place, a person, an agency, or lead to one.

A semi-Markov labelling (Sarawagi and Cohen 2004): every stretch that may be one name is weighed under every label
(`byline_stretches`); what separates two stretches (`byline_joints`) and the order in which newspapers put them, which
stands here, add to it; the best sum over all ways of cutting the line is found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.joints import KNOWN_PERSON, WIRE, added, unseparated
from bulaq.intake.bylines.places import place_score
from bulaq.intake.bylines.stretches import NAMES, Label, Stretch, has_article, stretches_of
from bulaq.intake.bylines.words import Word

BEAM = 24
"""States kept at each word: a line of fifty short words would have thousands, and the best hardly ever stands lower."""


@dataclass(frozen=True, slots=True)
class Reading:
    stretches: tuple[Stretch, ...]
    score: float
    margin: float
    """By how much it is better than the best that names something else."""


_Way = tuple[float, tuple[Stretch, ...]]


def best_reading(words: list[Word], own: Callable[[str], bool]) -> Reading | None:
    """The best reading of `words`; `own` tells the paper's own names. None when they cannot be read at all."""
    starts = stretches_of(words, own)
    paths: list[dict[_State, list[_Way]]] = [{} for _ in range(len(words) + 1)]
    paths[0][_State()] = [(0.0, ())]
    for at, here in enumerate(paths[:-1]):
        likeliest = sorted(here.items(), key=lambda item: -item[1][0][0])[:BEAM]
        for state, ways in likeliest:
            for end, stretch in starts[at]:
                gain = state.gain(stretch)
                if gain is not None:
                    _keep(paths[end].setdefault(state.after(stretch), []), ways, stretch, gain)
    ends = [
        (score + state.ending(), path) for state, ways in paths[len(words)].items() for score, path in ways
    ]
    if not ends:
        return None
    ends.sort(key=lambda way: -way[0])
    score, best = ends[0]
    other = next((second for second, path in ends[1:] if _names(path) != _names(best)), score - 4.0)
    return Reading(best, score, score - other)


def _keep(kept: list[_Way], ways: list[_Way], stretch: Stretch, gain: float) -> None:
    """The two best ways to the same state: the second tells how sure the first is."""
    kept.extend((score + gain, (*path, stretch)) for score, path in ways)
    kept.sort(key=lambda way: -way[0])
    del kept[2:]


def _names(path: tuple[Stretch, ...]) -> list[tuple[str, Label]]:
    return [(stretch.text, stretch.label) for stretch in path if stretch.label in NAMES]


_START = Stretch("", 0, "none", 0.0, "", "")
_FURTHER = 2.5
"""What a further place costs, until somebody signs from there («جدة - فلان، الرياض - فلان»)."""
_DASHES = ("-", "~", "/")


@dataclass(frozen=True, slots=True)
class _State:
    """What the reading so far lets the next stretch know of it."""

    last: Stretch = _START
    places: int = 0
    """Groups of places that stand together."""
    joined: bool = False
    """The last stretch is a place that joined the one before it."""
    further: bool = False
    """The last stretch is a further place, from which somebody must sign."""
    since: bool = False
    """A person or agency has been named since the last place."""
    named: bool = False
    stated: bool = False
    """A role has been stated."""
    count: int = 0
    """Names so far, two standing for more."""

    def after(self, stretch: Stretch) -> _State:
        label = stretch.label
        place, signs = label == "place", label in ("person", "agency")
        joined = place and self._joins(stretch)
        return _State(
            stretch,
            min(3, self.places + (place and not joined)),
            joined,
            place and not joined and self._is_further(stretch),
            (self.since or signs) and not place,
            self.named or signs,
            self.stated or label == "role",
            min(2, self.count + (label in NAMES)),
        )

    def gain(self, stretch: Stretch) -> float | None:
        """What `stretch` adds to the reading; None where it cannot follow."""
        cost = self._joint(stretch)
        if cost is None:
            return None
        follows = {"place": self._place, "person": self._person, "agency": self._agency}.get(stretch.label)
        gain = stretch.weight + cost + (follows(stretch) if follows else 0.0)
        if self.further and stretch.label in ("person", "agency", "role", "lead"):
            gain += _FURTHER
        listed = ("،",) if stretch.label == "person" else ("،", "/")
        if self.last.label == stretch.label in NAMES and stretch.before in listed:
            gain += 1.0
        if self.joined and self.last.before == "-" and stretch.before == "،" and stretch.label != "place":
            gain -= 2.5  # «place - paper, person»: the comma joins those who sign
        return gain

    def ending(self) -> float:
        if self.last.label in ("preposition", "title"):
            return -8.0
        if self.places and not self.named:
            return -2.0  # a lone word is a place only when it is a known one
        if self.count == 1 and self.last.label == "person" and has_article(self.last.text):
            return 2.0  # nothing else is there to be told from
        return 1.5 if self.places and self.count > 1 else 0.0

    def _joint(self, stretch: Stretch) -> float | None:
        """The cost of what separates the stretch from the last."""
        last = self.last
        if last.label == "title" and stretch.label not in ("person", "title"):
            return None
        if stretch.says == "described" and last.label != "person":
            return None
        if stretch.before == " ":
            late = stretch.role == "author" and self.count > 0
            cost = unseparated(last, stretch, self.named)
            return cost if cost is None or not late else cost - 4.0
        if stretch.before == "و":
            return added(last, stretch, self.named)
        led = last.label == "preposition"
        return None if led and not (stretch.before == ":" and stretch.label == "person") else 0.0

    def _joins(self, stretch: Stretch) -> bool:
        """Whether a known place goes on with the place before it («دمشق، سوريا»)."""
        if self.last.label != "place" or stretch.weight < 4.5 or stretch.before in ("", " ", ":"):
            return False
        if stretch.before == "(":  # a country in brackets vouches for the town before it
            return stretch.after == ":" or self.last.weight >= -1.6
        return self.last.weight >= 2.5

    def _is_further(self, stretch: Stretch) -> bool:
        """Whether a place that comes after a place and its people needs somebody to sign from it."""
        led = self.last.label == "preposition" or stretch.before == "("
        return self.places > 0 and self.since and not led

    def _place(self, stretch: Stretch) -> float:
        gain = 0.0
        joins = self._joins(stretch)
        known_further = self.places > 0 and self.since and stretch.weight >= 4
        if stretch.after == ":":
            opens = not self.named and (self.places == 0 or joins)
            gain += 2.5 * (known_further or opens)
            unknown_before = self.last.label == "place" and self.last.weight < 4
            gain += 2.5 * (stretch.before == "(" and stretch.weight >= 5 and unknown_before)
        if self.places and not joins:
            gain -= 4.0 if not known_further else _FURTHER * self._is_further(stretch)
        if self.last.label == "agency" and stretch.before in (*_DASHES, "("):
            gain += _town_of_a_wire(stretch, self.last)
        return gain

    def _person(self, stretch: Stretch) -> float:
        last, known = self.last, person_score(stretch.text)
        gain = 0.0
        if last.label == "person" and stretch.before in _DASHES:
            sure = person_score(last.text) >= KNOWN_PERSON > place_score(last.text)
            gain -= 0.0 if sure and known >= KNOWN_PERSON else 3.5
        if self.stated and agency_score(stretch.text) < 2.5:
            gain += 1.5
        return gain

    def _agency(self, stretch: Stretch) -> float:
        gain = 2.5 * (
            self.joined and self.last.before == "("
        )  # «town (country) - agency»; «person (town)» ends there
        if self.last.label == "place" and stretch.before in (*_DASHES, "("):
            gain += _town_of_a_wire(self.last, stretch)
        return gain


def _town_of_a_wire(place: Stretch, agency: Stretch) -> float:
    """What stands beside a news agency is a town rather than a person, where neither is known."""
    return 1.5 if place.weight < 3 and agency_score(agency.text) >= WIRE else 0.0
