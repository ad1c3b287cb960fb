"""A line that style sheets set apart: which of the elements in it name the writer, beside the day, a place, a counter."""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.layout.labels import lower_names
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import fold, has_ink
from bulaq.intake.html.lines.byline_lines import ARABIC, STATED, has_shape_of_name, is_byline


def names_beside(segment: Segment) -> list[str]:
    """Names in elements of their own in a line that style sheets set apart («سلمى الحداد» | «الميناء - صيدا»)."""
    pieces = [fold(piece) for piece in segment.pieces] if 2 <= len(segment.pieces) <= 4 else []
    return [
        piece for piece in pieces if has_shape_of_name(piece, 2.5) and not any(map(_names_a_field, pieces))
    ]


def stated_apart(segment: Segment) -> str | None:
    """The byline that begins in an element of its own with its role, or is a name and a place in elements of their own,
    without the days and counters in others beside it."""
    pieces = [fold(piece) for piece in segment.pieces if fold(piece)]
    at = next((place for place, piece in enumerate(pieces) if STATED.match(piece)), len(pieces))
    said = " ".join(piece for piece in pieces[at:] if not (noise_line(piece) or find_dates(piece)))
    return said if len(pieces) > 1 and is_byline(said) else _name_and_place(pieces)


def _name_and_place(pieces: list[str]) -> str | None:
    """«سلمى الحداد» «صيدا» «14 مارس» as «سلمى الحداد - صيدا»: an Arabic name and a known place, in either order, and nothing
    beside them but days and counters."""
    told = [bare for piece in pieces if (bare := piece.strip(" |/،,:-–—•·"))]
    told = [each for each in told if not (noise_line(each) or find_dates(each))]
    if len(told) != 2 or len(pieces) > 8:
        return None
    place, name = sorted(told, key=place_score, reverse=True)
    named = ARABIC.search(name) and has_shape_of_name(name, 2.4) and place_score(name) < 3
    return f"{name} - {place}" if named and place_score(place) >= 3 else None


def tells_who_and_when(segment: Segment) -> bool:
    """Whether each of a line's elements is a day, a counter or a byline that states its role, and one of them is no counter."""
    pieces = [fold(piece) for piece in segment.pieces if has_ink(piece)]
    kinds = [bool(find_dates(each)) or bool(STATED.match(each)) or is_byline(each) for each in pieces]
    short = 2 <= len(pieces) <= 6 and all(len(each) <= 60 for each in pieces)
    return (
        short
        and any(kinds)
        and all(fact or noise_line(each) for each, fact in zip(pieces, kinds, strict=True))
    )


def _names_a_field(piece: str) -> bool:
    return piece.rstrip()[-1:] in (":", "：")


_OF_PICTURE = re.compile(
    r"(?:^|[\s_-])(?:media|photo|image|img|pic|picture|figure|caption)[_-]+(?:author|credit|copyright|source)"
)


def names_who_took_it(segment: Segment) -> bool:
    """Whether an element of a line is named for the author of a picture («media__author»)."""
    names = (lower_names(f"{each.get('class') or ''} {each.get('id') or ''}") for each in segment.inline)
    return any(_OF_PICTURE.search(each) for each in (segment.names, *names))
