"""A byline's text before its grammar is read: cleaned."""

from __future__ import annotations

import html
import re

from bulaq.intake.bylines.places import place_score

MAX_BYLINE_LENGTH = 300
"""Characters; a longer line is no byline (the longest real one met, with nine names, had 190)."""

_BIDI = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_HANDLE = re.compile(
    r"(?:(?<=\s)|^)(?:[\w.+-]+@[\w-]+\.[\w.]+|@\s?[A-Za-z]\w+|[A-Za-z]\w{2,}@)(?=[\s)،,|-]|$)"
)
"""An e-mail or the name of an account; in text from right to left the sign may stand behind the name."""
_PLACE_OF_A_CLOCK = re.compile(r"(?<=\d:\d\d)\s?\([^()\d]{2,30}\)")
"""«الساعة 14:22 (مكة المكرمة)» tells whose clock it is, and not where somebody writes from."""
_SOURCE = re.compile(r"^\W*(?:(?:ال)?مصدر|source|author|role)\s*[:：,،]\s*(?=\S)", re.I)
"""«المصدر: …» says who signs, and nothing more."""
_SERVICE = re.compile(r"\s+لل(?:نشرة|خدمة) العربية\b")
"""Whom somebody wrote or edited for: the agency's own Arabic service."""
_CORRESPONDENTS_OF = re.compile(
    r"^(?:مراسلو|مندوبو|موفدو|محررو)\s+[«\"“]?(?P<paper>[^\s«»\"“”][^«»\"“”/()،,:-]{1,30}?)[»\"”]?$"
)
_SENT_TO = re.compile(
    r"\b((?:مراسل|موفد|مندوب|مبعوث)(?:تنا|نا|ته|تها|ه|ها|ة)?(?: (?:ال)?خاص[ةّ]?)?) ([بل])(\w{3,})"
)
"""«مراسلنا بجندوبة»: where a correspondent works, the preposition written with it."""


def _with_its_preposition(sent: re.Match[str]) -> str:
    """The place apart from its preposition, where the whole word is no place itself («مراسل بغداد»)."""
    who, letter, rest = sent.groups()
    place = f"ا{rest}" if letter == "ل" and rest.startswith("ل") else rest
    joined = place_score(letter + rest) < 3 and (place_score(place) >= 3 or who.endswith("نا"))
    return f"{who} في {place}" if joined else sent[0]


def cleaned(text: str) -> str:
    """The line without entities, marks of direction, addresses and punctuation at its edges."""
    line = " ".join(html.unescape(text[: 2 * MAX_BYLINE_LENGTH]).translate(_BIDI).split(" "))
    line = re.sub(r"\t+|[ \xa0]{4,}", " | ", line.replace("\xa0", " ").strip())
    line = _HANDLE.sub(" ", _SOURCE.sub("", _PLACE_OF_A_CLOCK.sub("", line)))
    line = _CORRESPONDENTS_OF.sub(r"«\g<paper>»", _SERVICE.sub("", " ".join(line.split())))
    return strip_edges(_SENT_TO.sub(_with_its_preposition, line))


def strip_edges(line: str) -> str:
    """`line` without separators at its edges, and without brackets around the whole."""
    before = None
    while before != line:
        before = line
        line = re.sub(r"^\.+\s+|\s*\.{2,}$", "", line.strip(" \t،,؛;:|/\\-–—ـ―•·=<>›*"))
        if line.startswith(("(", "[")) and line.endswith((")", "]")) and _closes_at_end(line):
            line = line[1:-1]
    return line


def _closes_at_end(line: str) -> bool:
    depth = 0
    for index, char in enumerate(line):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return index == len(line) - 1
    return False


_FOR_THE_PAPER = re.compile(
    r"^(?:خاص[ةّ]?|وفد|موفدا?|بعثة)\s*(?:(?:ل|ب)ـ*\s*)?(?=[«\"“{‹])|^خاص[ةّ]?\s+(?:ل|ب)ـ+\s*|^خاص[ةّ]?\s+ب(?=ال)"
)


_ITS_OWN = re.compile(r"(?<=[»\"”])\s*[/-]?\s*خاص[ةّ]?\s*$")
"""««الأيام» خاص»: what the paper has alone."""


def unquoted(text: str) -> str:
    """The name inside quotation marks, brackets or «خاص بـ«…»»."""
    text = _FOR_THE_PAPER.sub("", text)  # «خاص بـ«…»» names the paper
    text = _ITS_OWN.sub("", text)
    text = text.strip(" \t«»\"“”{}‹›'‘’*()[]،,؛;:|").strip()
    if text.count("«") != text.count("»"):
        text = " ".join(re.sub(r"[«»]", " ", text).split())  # one of a pair was at the edge
    if text.count('"') == 1:
        text = " ".join(text.replace('"', " ").split())
    return text
