"""The place and the agency with which an opening paragraph begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import is_given_name
from bulaq.intake.bylines.places import is_numbered, place_score
from bulaq.intake.html.layout.text import key, words

_SEPARATOR = re.compile(r"\s*(?:-{2,}|[-–—ـ|]+|:|/|\.{2,}|…)\s*")
_IN_BRACKETS = re.compile(r"\s*[(\[«]([^()\[\]«»]{2,30})[)\]»]\s*$")
_HAS_DIGIT = re.compile(r"\d")
DAY = re.compile(
    r"\s*(?:في\s+)?[\d٠-٩]{1,2}(?:\s*[-/]\s*[\d٠-٩]{1,2}|\s+(?:(?:كانون|تشرين|جمادى|ربيع)\s+)?\S+(?:\s*/\s*\S+)?)?(?:\s+[\d٠-٩]{4})?\s*$"
)


_OUTLET_IN = re.compile(r"\s*([^()\d]{2,25}?)\s*\(([^()\d]{2,25})\)\s*[-–—:]")
"""«الجريدة (القرية) – …»: the outlet's own name, then a place that no gazetteer knows."""


_SENT_BY_OUTLET = re.compile(r"(.{2,25}?)\s+من\s+(\S.*)")
"""«الجريدة من القاهرة: …»"""

_BEFORE_STROKE = re.compile(
    r"([^\W\d]{2,}(?: [^\W\d]{2,}){0,3})\s+[-–—|]\s+(?=\S)|([^\W\d]{2,}(?: [^\W\d]{2,}){0,3})[-–—]\s+(?=\S)"
)


def _told_again(text: str, said: str) -> str | None:
    """A place that no gazetteer knows: it opens the text before a stroke, and the text says again what is there («في …»)."""
    opening = _BEFORE_STROKE.match(text)
    name = (opening[1] or opening[2]) if opening else ""
    if is_numbered(name) or _is_a_word(name, said):
        return None
    # To and from somebody as well; in somebody nothing is.
    before = "في" if is_given_name(name.partition(" ")[0]) else "(?:في|إلى|من)"
    return name if name and re.search(rf"(?<!\w){before}\s{re.escape(name)}(?!\w)", said) else None


def _is_a_word(name: str, said: str) -> bool:
    """Whether the text says the same without its article («الورشة - … ورشة …»), which the name of a place never is."""
    bare = name.partition(" ")[0].removeprefix("ال")
    return name.startswith("ال") and re.search(rf"(?<!\w)[وفبكل]?{re.escape(bare)}(?!\w)", said) is not None


def dateline_of(text: str, sites: Sequence[str] = (), said: str = "") -> tuple[str | None, str | None]:
    """Place and agency with which an opening paragraph begins: «دمشق، سوريا (CNN) -- …», «عمان 5 آب (بترا)- …».

    `said` is the whole text: a place that nobody knows is one when it is told there again.
    """
    for separator in list(_SEPARATOR.finditer(text, 0, 80))[:4]:
        head = text[: separator.start()].strip()
        if not head or words(head) > 8:
            continue
        agency = None
        bracket = _IN_BRACKETS.search(head)
        if bracket:
            agency = bracket[1].strip() if not _HAS_DIGIT.search(bracket[1]) else None
            head = head[: bracket.start()].strip()
            if not head:  # «(عمّان) - …»
                head, agency = bracket[1].strip(), None
        head = DAY.sub("", head).strip(" ،,-–—")
        if not head or words(head) > 5:
            continue
        own = _SENT_BY_OUTLET.match(head)
        if own and place_score(own[2]) >= 3 and key(own[1]) in {key(site) for site in sites}:
            return own[2], agency
        parts = [part.strip() for part in re.split(r"[،,]", head)]
        if all(place_score(part) >= 3 for part in parts if part):
            if separator[0].strip() in (":", "/") and agency is None and words(head) > 2:
                continue
            after = re.match(
                r"\s*[(\[«]?([^()\[\]«»:،.\-–—]{2,20}?)[)\]»]?\s*(?:[-–—:/]|\.\.)",
                text[separator.end() : separator.end() + 30],
            )
            if agency is None and after and agency_score(after[1]) >= 3:
                agency = after[1].strip()
            return head, agency
        if place_score(head) >= 3 or (agency and agency_score(agency) >= 3 and words(head) <= 4):
            return head, agency  # whatever is sent by an agency is sent from a place
    if unknown := _told_again(text, said):
        return unknown, None
    own = _OUTLET_IN.match(text)
    if own and own[1].strip() in sites:
        return own[2].strip(), None
    bracket = re.match(r"^\s*([^()\d.]{2,30}?)\s*\(([^()]{2,25})\)\s+\S", text)
    if bracket and place_score(bracket[1]) >= 3 and agency_score(bracket[2]) >= 3:
        return bracket[1], bracket[2]
    return None, None
