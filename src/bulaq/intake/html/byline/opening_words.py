"""Who signs an article in the first words of its text («القاهرة ـ «الجريدة» ـ فلان: …»)."""

from __future__ import annotations

import re
from dataclasses import replace

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.grammar import Byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.byline.dateline import DAY
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.lines.byline_lines import ARABIC, has_shape_of_name

_ENDS_A_PIECE = re.compile(r"\s*[:：؛]\s*|\s*[-–—ـ]+\s+|\s+[-–—ـ]+\s*")
_IN_BRACKETS = re.compile(r"\s*\(([^()]{2,30})\)\s*$")
MAX_OPENING = 120
"""Characters in which a byline that opens the first paragraph is over."""


def byline_that_opens(text: str, outlets: set[str]) -> Byline | None:
    """The byline with which a paragraph opens: a name between strokes, before or behind it nothing but places, agencies
    and the outlet (`outlets`: keys of its names)."""
    *pieces, _ = _ENDS_A_PIECE.split(text[:MAX_OPENING])
    reading, known = Byline(None, (), ()), False
    for piece in pieces:
        place, agency = _place_and_agency(piece, outlets)
        if place or agency:
            known = True
            agencies = (*reading.agencies, agency) if agency else reading.agencies
            reading = replace(reading, place=reading.place or place, agencies=agencies)
        elif not reading.people and (sent := _sent_by(piece)):
            reading, known = replace(reading, people=(sent[0],), place=sent[1]), True
        elif not reading.people and has_shape_of_name(piece, 2.5) and ARABIC.search(piece):
            reading = replace(reading, people=(piece,))
        else:
            break
    return reading if known and reading.people else None


def _sent_by(piece: str) -> tuple[str, str] | None:
    """Name and place of «سلمى الحداد من بيروت»."""
    name, _, place = piece.partition(" من ")
    sent = place_score(place.strip()) >= 3 and has_shape_of_name(name, 2.5) and ARABIC.search(name)
    return (name.strip(), place.strip()) if sent else None


def _place_and_agency(piece: str, outlets: set[str]) -> tuple[str | None, str | None]:
    """The place and the agency or outlet of a stretch of opening words («اربد 15 تشرين الثاني (بترا)»), where it is no more."""
    bracket = _IN_BRACKETS.search(piece)
    inner = bracket[1].strip() if bracket else None
    outer = DAY.sub("", piece[: bracket.start()] if bracket else piece).strip(' «»"،')
    if inner and not _signs(inner, outlets):
        return None, None
    if place_score(outer) >= 3:
        return outer, inner
    return (None, inner or outer) if _signs(outer, outlets) else (None, None)


def _signs(name: str, outlets: set[str]) -> bool:
    return agency_score(name) >= 3 or key(name) in outlets
