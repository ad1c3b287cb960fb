"""Script and direction of a text, and the isolation of runs that go the other way.

Isolation follows Unicode Standard Annex #9 (isolates) and HTML's `<bdi>`: a foreign run keeps its own order and
does not disturb the order of what stands around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import escape
from typing import Final, Literal

from bulaq.arabic.digits import SCALES

Direction = Literal["rtl", "ltr"]
Script = Literal["Arab", "Latn", "Hebr", "Cyrl", "Grek", "Hans", "Zzzz"]


def script(text: str) -> Script | None:
    """The ISO 15924 code of the script that most letters are in; "Zzzz" for one not told apart, None without
    letters. Han, kana and hangul count as "Hans"."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    return counts.most_common(1)[0][0] if counts else None


def _script(letter: str) -> Script:
    for found, pattern in _SCRIPTS:
        if pattern.match(letter):
            return found
    return "Zzzz"


_SCRIPTS: Final[tuple[tuple[Script, re.Pattern[str]], ...]] = (
    ("Arab", re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")),
    ("Latn", re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff\uff21-\uff5a]")),
    ("Hebr", re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")),
    ("Cyrl", re.compile("[\u0400-\u052f]")),
    ("Grek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    (
        "Hans",
        re.compile(
            "[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
        ),
    ),
)


def direction(text: str, by: Literal["first-strong", "majority"] = "first-strong") -> Direction | None:
    """The direction of a paragraph: of its first strong character (rules P2 and P3 of UAX #9, what `dir="auto"`
    does), or of most of its letters, which is right for a headline that begins with a Latin name. None when the
    text has no strong character."""
    balance = 0
    isolates = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            isolates += 1
        elif kind == "PDI":
            isolates = max(0, isolates - 1)
        elif kind in ("L", "R", "AL") and (not isolates or by == "majority"):
            if by == "first-strong":
                return "ltr" if kind == "L" else "rtl"
            balance += 1 if kind == "L" else -1
    if by == "majority" and balance:
        return "ltr" if balance > 0 else "rtl"
    return direction(text) if by == "majority" else None


def isolate(text: str, base: Direction = "rtl") -> str:
    """Safe HTML of plain text, each run of the other direction in `<bdi>`: Latin names, addresses, handles and
    telephone numbers in an Arabic line, Arabic words in an English one."""
    parts = []
    position = 0
    for start, end in _foreign(text, base):
        parts += [escape(text[position:start]), "<bdi>", escape(text[start:end]), "</bdi>"]
        position = end
    parts.append(escape(text[position:]))
    return "".join(parts)


def isolate_text(text: str, base: Direction = "rtl") -> str:
    """The same for places without markup (a title, a feed, an alternative text): FSI … PDI, or LRI … PDI around
    numbers, which have no direction of their own."""
    parts = []
    position = 0
    for start, end in _foreign(text, base):
        run = text[start:end]
        parts += [text[position:start], "\u2068" if direction(run) else "\u2066", run, "\u2069"]
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _foreign(text: str, base: Direction) -> list[tuple[int, int]]:
    """Where runs of the other direction stand; a text that has isolates already is left alone."""
    if _ISOLATED.search(text):
        return []
    return [match.span() for match in (_LTR_RUN if base == "rtl" else _RTL_RUN).finditer(text)]


_ISOLATED: Final = re.compile("[\u2066-\u2069\u202a-\u202e]")
_L: Final = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
_WORD: Final = rf"(?:[@#$€£+]*[{_L}0-9](?:[{_L}0-9@#$€£+%&=_~/\\.:?'’,;!*\-\u2010\u2011\u0300-\u036f]*[{_L}0-9%+/\u0300-\u036f])?)"
_LTR_RUN: Final = re.compile(
    # A telephone number (behind a number a plus adds: «90+5» is a minute), or words of which the first has a letter («عام 2020 Apple» leaves the year outside). A number
    # that counts what follows is no part of the name before it: «Apple 300 ألف».
    rf"(?<![0-9])\+[0-9](?:[0-9 ()\-]*[0-9])?(?![{_L}])"
    rf"|(?=[0-9@#$€£+%&=_~/.:\-]{{0,99}}[{_L}]){_WORD}(?: (?:& )?(?![0-9.,]+ {SCALES}){_WORD})*"
)
_R: Final = "\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_RTL_RUN: Final = re.compile(rf"[{_R}]+(?:[ \-'\"«»/.،]{{1,3}}[{_R}]+)*")
