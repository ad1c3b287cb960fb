"""The place and agency that a text opens with, before its first sentence."""

from __future__ import annotations

import re

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.places import place_score
from bulaq.intake.bylines.text import unquoted

_OPENING = re.compile(
    r"^\W{0,3}(?P<place>[^().:\d«]{2,40}?)[،,]?\s*(?P<day>(?:في\s+)?\d[^()\[\]–—:«»]{2,24}?)?\s*-?\s*(?:"
    r"[(\[]\s*(?P<bracketed>[^()\[\]]{2,25}?)\s*[)\]]|\s[-–—ـ]\s*(?P<dashed>[^-–—:()«»]{2,20}?)|\s*/\s*(?P<slashed>[^-–—:()«»/]{2,20}?)\s*/?"
    r"|\s*[-–—ـ:]\s*[«\"](?P<quoted>[^«»\"]{2,25})[»\"]|(?<=\d)\s+(?P<bare>[^\W\d]{2,10}))"
    r"\s*(?:[-–—ـ]{1,3}|:|/|(?<=/)\s)\s*(?=\S)"
)
_OPENING_PLACE = re.compile(r"^\W{0,3}(?P<place>[^().:\d]{2,30}?)\s*(?:[-–—ـ]{1,3}\s|:\s)(?=\S)")


def opening_dateline(text: str) -> tuple[str, str | None] | None:
    """Place and agency that a text opens with («دمشق، سوريا (CNN) -- أكدت …», «بيروت - رويترز - قال …»), or None.

    Only a place that the gazetteer knows and an agency that the lexicon knows are believed.
    """
    head = text[:90]
    match = _OPENING.match(head)
    if match is not None:
        name = next(
            (match[group] for group in ("bracketed", "dashed", "slashed", "quoted", "bare") if match[group]),
            "",
        ).strip()
        place = re.sub(r"\s+في$", "", match["place"]).strip(" -،,")
        parts = [part.strip() for part in re.split(r"[،,/]", place) if part.strip()]
        if parts and all(place_score(part) >= 4 for part in parts) and agency_score(name) >= 4:
            return place, unquoted(name)
    match = _OPENING_PLACE.match(head)
    if match is not None and re.search(r"[-–—ـ]", match[0]) and place_score(match["place"]) >= 5:
        return match["place"].strip(), None
    return None
