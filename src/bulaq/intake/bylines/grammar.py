"""The grammar of Arabic bylines: place, people and agencies come apart.

Newspapers join the three in many orders: «القاهرة: فلان», «فلان (القاهرة)», «فلان من الرس», «فلان- سبق- الرياض»,
«واس - الرياض», «كتبت: فلانة», «القاهرة ـ فلان، بيروت ـ فلانة». The line is cleaned, its words are read as the
likeliest row of names and of words that lead to names (`bulaq.intake.bylines.parse`), and the names are put together
here. No rule names a particular newspaper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.bylines.cues import Role
from bulaq.intake.bylines.parse import Reading, best_reading
from bulaq.intake.bylines.stretches import MAX_NAME_WORDS, Stretch
from bulaq.intake.bylines.text import MAX_BYLINE_LENGTH, cleaned, unquoted
from bulaq.intake.bylines.words import words_of


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `place` is as written («جدة، الرياض» stays one text); `people` are the writers in order,
    with their titles; `photographers` stand apart; `roles` holds (name, role) where the line states a role.
    `confidence` is 0..1; 0 with empty fields when the text reads like no byline."""

    place: str | None = None
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    confidence: float = 0.0
    photographers: tuple[str, ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.place or self.people or self.agencies or self.photographers)


@lru_cache(maxsize=2048)  # an archive has few bylines, each a thousand times
def parse_byline(text: str, outlets: tuple[str, ...] = ()) -> Byline:
    """Read the byline `text`. `outlets` are names of the paper itself (site name, «og:site_name»): they count as
    agencies. Never raises; a text that is no byline gives an empty `Byline` or one of low confidence."""
    line = cleaned(text)
    if not line or len(line) > MAX_BYLINE_LENGTH:
        return Byline()
    own = frozenset(_own_key(name) for name in outlets if name)
    words = words_of(line)
    reading = best_reading(words, lambda name: bool(own) and _own_key(name) in own) if words else None
    if reading is None or reading.score < 0:
        return Byline()
    found = _assembled(line, reading)
    return found if _is_plausible(found) and not _FROM_TO.match(line) else Byline()


_FROM_TO = re.compile(r"من\s[^:،-]+\s[إا]لى\s")
"""«من المحيط إلى الخليج»: a way, and nobody who writes from its beginning."""


def _own_key(name: str) -> str:
    return fold_heading(unquoted(name)).replace(" ", "")


def _assembled(line: str, reading: Reading) -> Byline:
    places: list[Stretch] = []
    people: list[str] = []
    agencies: list[str] = []
    photographers: list[str] = []
    roles: list[tuple[str, Role]] = []
    role: Role | None = None
    title = ""
    named = True
    for stretch in reading.stretches:
        if stretch.label == "role" and (named or role is None):
            role, named = stretch.role, False
        elif stretch.label == "title":
            title += stretch.text + " "
        elif stretch.label == "place":
            places.append(stretch)
        elif stretch.label == "agency":
            agencies.append(stretch.text)
        elif stretch.label == "person":
            name, title, named = title + stretch.text, "", True
            (photographers if role == "photographer" else people).append(name)
            roles += [(name, role)] if role else []
    count = len(places) + len(people) + len(photographers) + len(agencies)
    return Byline(
        _place_as_written(line, places),
        tuple(dict.fromkeys(people)),
        tuple(dict.fromkeys(agencies)),
        _confidence(reading, count),
        tuple(dict.fromkeys(photographers)),
        tuple(roles),
    )


def _place_as_written(line: str, places: list[Stretch]) -> str | None:
    """Several places as the line joins them, where they stand together."""
    names: list[str] = []
    for place in places:
        joined = next(
            (
                f"{names[-1]}{space}({place.text})"
                for space in (" ", "")
                if names and place.before == "(" and f"{names[-1]}{space}({place.text})" in line
            ),
            None,
        )
        if joined:
            names[-1] = joined
        elif place.text not in names:
            names.append(place.text)
    if len(names) < 2:
        return names[0] if names else None
    start = line.find(names[0])
    written = line[start : line.find(names[-1], start) + len(names[-1])]
    rest = written
    for name in names:
        rest = rest.replace(name, "", 1)
    return written if not re.search(r"[^\W_ـ]|[()]", rest) else "، ".join(names)


def _confidence(reading: Reading, count: int) -> float:
    margin = max(0.0, min(1.0, reading.margin / 4))
    strength = max(0.0, min(1.0, reading.score / (3.0 * max(1, count))))
    return round(0.3 + 0.4 * margin + 0.29 * strength, 2)


def _is_plausible(found: Byline) -> bool:
    places = re.split(r"[،,/-]", found.place or "")
    people = (*found.people, *found.photographers)
    names = (*people, *found.agencies, *places)
    return all(len(name.split()) <= MAX_NAME_WORDS and not re.search(r"[؟?!…]", name) for name in names) and (
        not any(re.search(r"\s(?:في|عن|إلى|الى)\s", name) for name in people)
    )
