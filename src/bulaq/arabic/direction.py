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

from bulaq.arabic.digits import SCALES, TELEPHONE

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
    telephone numbers in an Arabic line, Arabic words in an English one; of numbers in Western digits those with a sign
    or «%», which CLDR (locale ar, numbers latn) writes from left to right. Runs of the class `n` are for the style
    sheet to keep on one line: scores, spans, dates, telephone numbers."""
    if _ISOLATED.search(text):
        return escape(text)
    parts = []
    position = 0
    for match in _RUNS[base].finditer(text):
        parts += [escape(text[position : match.start()]), _marked_up(match, base)]
        position = match.end()
    parts.append(escape(text[position:]))
    return "".join(parts)


def _marked_up(match: re.Match[str], base: Direction) -> str:
    run = match.group()
    if match.lastgroup == "row":
        inner = _SIGNED.sub(r"<bdi>\g<0></bdi>", run) if base == "rtl" else run
        return f'<span class="n">{inner}</span>'
    if match.lastgroup == "telephone" and not run.isascii():
        # Between Arabic-Indic digits a hyphen goes to the left in an isolate too (rule N1).
        return f'<bdo class="n" dir="ltr">{run}</bdo>'
    kept = match.lastgroup == "telephone" or _MODEL.fullmatch(run)
    opening = '<bdi class="n">' if kept else "<bdi>"
    return f"{opening}{escape(run)}</bdi>"


def isolate_text(text: str, base: Direction = "rtl") -> str:
    """The same for places without markup (a title, a message, an alternative text), where lines break as they may:
    FSI … PDI, or LRI … PDI around numbers, which have no direction of their own."""
    if _ISOLATED.search(text):
        return text
    return _RUNS[base].sub(_set_apart, text)


def _set_apart(match: re.Match[str]) -> str:
    run = match.group()
    if match.lastgroup == "row":
        return run
    if match.lastgroup == "telephone" and not run.isascii():
        run = f"\u202d{run}\u202c"
    opening = "\u2068" if direction(run) else "\u2066"
    return f"{opening}{run}\u2069"


_ISOLATED: Final = re.compile("[\u2066-\u2069\u202a-\u202e]")
_L: Final = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
_WORD: Final = rf"(?:[@#$€£+]*[{_L}0-9](?:[{_L}0-9@#$€£+%&=_~/\\.:?'’,;!*\-\u2010\u2011\u0300-\u036f]*[{_L}0-9%+/\u0300-\u036f])?)"
_D: Final = "0-9٠-٩۰-۹"
_TELEPHONE: Final = (
    rf"{TELEPHONE}(?![{_L}])"
    # Or seven digits and more that begin with a zero, in groups; a day («05-06-2026») is none.
    rf"|(?<![{_D}.,:/\-\u2013])(?![{_D}]{{2}}[ \-][{_D}]{{2}}[ \-][{_D}]{{4}}(?![{_D}]))(?=(?:[ \-]?[{_D}]){{7}})"
    rf"[0٠۰][{_D}]{{1,9}}(?:[ \-][{_D}]{{1,9}}){{1,6}}(?![{_D}{_L}]|[.,/:\-][{_D}])"
)
_FIGURE: Final = r"[0-9](?:[0-9.,]{0,20}[0-9])?"
_UNIT: Final = rf"(?: ?(?:%|°|درج|مئوي|نقط|{SCALES}))"
_QUANTITY: Final = (
    rf"(?<![{_D}{_L}])\+{_FIGURE}(?: ?%)?"
    # What follows a word may be its number («كوفيد -19»): a hyphen is a minus where something tells that it counts.
    rf"|(?<![{_D}{_L}%)])(?<![{_D}] )(?:\u2212(?={_FIGURE})|-(?=[0-9]+[.][0-9]|{_FIGURE}{_UNIT})|(?:(?<=[(\[])|(?<= من )"
    rf"|(?<= إلى )|(?<= بين )|(?<= دون )|(?<= تحت )|(?<= عند )|(?<= نحو )|(?<= حتى ))-(?={_FIGURE})){_FIGURE}(?: ?%)?"
    rf"|(?<![{_D}{_L}.,/\-]){_FIGURE} ?%(?![{_D}{_L}])"
)
_SIGNED: Final = re.compile(rf"(?<=[\-\u2010\u2013/]){_FIGURE}%$")
_MODEL: Final = re.compile(r"(?=[^0-9]{0,10}[0-9])[^ \-/]{1,10}[\-/][^ \-/]{1,6}")
_NUMBER: Final = rf"[{_D}](?:[{_D}.,:٫٬]{{0,12}}[{_D}])?"
_ROW: Final = (
    rf"(?<![{_D}{_L}]){_NUMBER}(?:[\-\u2010\u2013/]{_NUMBER}){{1,3}}[%٪]?(?![{_D}{_L}/\-])"
    rf"|(?<![{_D}{_L}])[{_D}]{{1,4}}/[ء-ي](?![ء-ي])"
)
_LTR_RUN: Final = re.compile(
    # Words of which the first has a letter («عام 2020 Apple» leaves the year outside). A number that counts what
    # follows is no part of the name before it: «Apple 300 ألف».
    rf"(?P<telephone>{_TELEPHONE})"
    rf"|(?=[0-9@#$€£+%&=_~/.:\-]{{0,99}}[{_L}]){_WORD}(?: (?:& )?(?![0-9.,]+ {SCALES}){_WORD})*"
    rf"|(?P<quantity>{_QUANTITY})|(?P<row>{_ROW})"
)
_R: Final = "\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_RTL_RUN: Final = re.compile(rf"[{_R}]+(?:[ \-'\"«»/.،]{{1,3}}[{_R}]+)*|(?P<row>{_ROW})")
_RUNS: Final[dict[Direction, re.Pattern[str]]] = {"rtl": _LTR_RUN, "ltr": _RTL_RUN}
