"""A byline's text before its grammar is read: cleaned, without the day and the words for correspondents."""

from __future__ import annotations

import html
import re

from bulaq.arabic.dates.months import MEANINGS
from bulaq.arabic.dates.reading import read_date
from bulaq.arabic.normalise import matching_key

MAX_BYLINE_LENGTH = 300
"""Characters; a longer line is no byline (the longest real one met, with nine names, had 190)."""

_BIDI = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TRAILING_TIME = re.compile(
    rf"(?:^|\s*\|\s*|\s+-\s+){_WEEKDAYS}[,،]?\s+\d.*$|^\|?\s*{_WEEKDAYS}[,،]\s.*$|"
    r"\s*(?:[|•·]|\s-\s|،|,)?\s*(?:\w+\s*[,،]\s*)?(?:\d{1,2}[/:.\-]\d{1,2}[/:.\-]\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{1,2}:\d{2}).*$",
    re.IGNORECASE,
)


_HANDLE = re.compile(
    r"(?:(?<=\s)|^)(?:[\w.+-]+@[\w-]+\.[\w.]+|@\s?[A-Za-z]\w+|[A-Za-z]\w{2,}@)(?=[\s)،,|-]|$)"
)
"""An e-mail or the name of an account; in text from right to left the sign may stand behind the name."""
_SOURCE = re.compile(r"^\W*(?:(?:ال)?مصدر|source|author|role)\s*[:：,،]\s*(?=\S)", re.I)
"""«المصدر: …» says who signs, and nothing more."""
_SERVICE = re.compile(r"\s+لل(?:نشرة|خدمة) العربية\b")
"""Whom somebody wrote or edited for: the agency's own Arabic service."""
_CORRESPONDENTS_OF = re.compile(
    r"^(?:مراسلو|مندوبو|موفدو|محررو)\s+[«\"“]?(?P<paper>[^\s«»\"“”][^«»\"“”/()،,:-]{1,30}?)[»\"”]?$"
)


def cleaned(text: str) -> str:
    """The line without entities, marks of direction, a clock at its end and punctuation at its edges."""
    line = " ".join(html.unescape(text[: 2 * MAX_BYLINE_LENGTH]).translate(_BIDI).split(" "))
    line = re.sub(r"\t+|[ \xa0]{4,}", " | ", line.replace("\xa0", " ").strip())
    line = _HANDLE.sub(" ", _SOURCE.sub("", line))
    line = _CORRESPONDENTS_OF.sub(r"«\g<paper>»", _SERVICE.sub("", " ".join(line.split())))
    return strip_edges(_TRAILING_TIME.sub("", line))


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


_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}\s+(?P<month>[^\W\d]+)(?:\s+(?P<second>[^\W\d]+))?")
_YEAR = re.compile(r"^[\s،,/]*(?:19|20)\d\d")
_DAY_AROUND = re.compile(r"(?:[،,]?\s*(?:في|يوم))?\s*$")


def without_day(line: str) -> str:
    """«القاهرة 5 مارس (رويترز)»: the line without the day in its midst."""
    if not any(char.isdigit() for char in line):
        return line
    for match in _DAY_OF_MONTH.finditer(line):
        names = [match["month"], f"{match['month']} {match['second']}" if match["second"] else ""]
        if any(matching_key(name) in MEANINGS for name in names if name):
            rest = (
                line[match.end("month") :] if matching_key(names[1]) not in MEANINGS else line[match.end() :]
            )
            before = _DAY_AROUND.sub("", line[: match.start()])
            return strip_edges(f"{before} {re.sub(_YEAR, '', rest).strip()}".strip()) or line
    found = read_date(line)
    if found is None or found.precision == "month" or found.span[1] - found.span[0] < 4:
        return line
    before = _DAY_AROUND.sub("", line[: found.span[0]])
    return strip_edges(f"{before} {line[found.span[1] :].strip()}".strip()) or line


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
