"""Where words and sentences begin and end, in Arabic and in the Latin that stands among it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bulaq.arabic.normalise import for_matching


class Span(NamedTuple):
    """A part of a text: `source[start:end] == text`."""

    text: str
    start: int
    end: int


_MARKS: Final = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff\u200c\u200d\u00ad"
)
_LETTERS: Final = rf"(?:[^\W\d_][{_MARKS}]*)"
_URL: Final = r"(?:https?://|www\.)[^\s«»<>\"،؛؟]*[\w/=&#%+\-]"
_EMAIL: Final = r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{2,63}){1,4}"
_WORD: Final = re.compile(
    rf"{_URL}|{_EMAIL}"
    r"|\d+(?:[.,٫٬:/\-]\d+)*[%٪]?"  # figures with their separators: 3.5, ١٬٢٣٤, 24/8/2020, 10:30
    rf"|{_LETTERS}+(?:['’\-.&]{_LETTERS}+)*(?:(?<=[A-Za-z])\d+)?"
    rf"|[^\W_]"
)


def words(text: str) -> Iterator[Span]:
    """The words with their places: a word keeps its diacritics, tatweel and ZWNJ, a figure its separators.

    Addresses are one word. Hashtags come apart at the underscores («#عيد_الأضحى» is two words), and so do Arabic
    words joined by a hyphen or a point; "Jean-Luc", "don't", "U.S" and "G20" stay whole.
    """
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        arabic = "\u0600" <= word[0] <= "\u08ff"
        if arabic and _JOINT.search(word) and not _PLAIN.match(word):
            for part in _PART.finditer(word):
                yield Span(part.group(), start + part.start(), start + part.end())
        else:
            yield Span(word, start, match.end())


_JOINT: Final = re.compile(r"['’\-.&]")
_PART: Final = re.compile(r"[^'’\-.&]+")
_PLAIN: Final = re.compile(rf"\d|{_URL}|{_EMAIL}")


def sentences(text: str) -> Iterator[Span]:
    """The sentences, without the white space around them; a line's end always ends one.

    A point ends none inside a figure (3.5), an address, after an initial or an abbreviation («د.», «ق.م.», "Dr."),
    before small Latin letters, or where the text goes on without a space. Closing quotes and brackets belong to
    the sentence that they close. «؛» and «:» end nothing.
    """
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(text, line.start(), line.end()):
            yield from _trimmed(text, start, end)
            start = end
        yield from _trimmed(text, start, line.end())


_LINE: Final = re.compile("[^\n\r\u2028\u2029\u0085]+")
_STOP: Final = re.compile(rf"{_URL}|{_EMAIL}|(?P<stop>[.!?؟…۔‼⁇⁈⁉]+)(?P<close>[»”’\"')\]}}›\u200e\u200f]*)")


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start, end):
        stop = match.group("stop")
        if stop is None:
            continue
        after = match.end()
        if after >= end:
            return
        if not text[after].isspace():
            # «انتهى.وقال»: a space forgotten between two Arabic words of length ends a sentence all the same.
            if stop == "." and not _FORGOTTEN.match(text, max(start, match.start() - 3)):
                continue
            if not _is_arabic(text[after]) or not _is_arabic(text[match.start() - 1]):
                continue
        elif stop == "." and (not match.group("close")) and _abbreviates(text[start : match.start()][-24:]):
            continue
        following = text[after : after + 8].lstrip(' "«“(\u200e\u200f')
        if following[:1].islower() and following[:1].isascii():
            continue
        yield after


_FORGOTTEN: Final = re.compile(r"[\u0620-\u064a\u064b-\u0652]{3}\.[\u0620-\u064a]{2}")
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(«\"“.])([^\W\d_]{1,6})$")
_SHORTENED: Final = "أد ت صب ط ج مج ع dr mr mrs ms st prof no vs inc ltd co jr sr gen sen rep gov jan feb mar apr aug sept oct nov dec pp vol"
_ABBREVIATIONS: Final = frozenset(for_matching(word) for word in _SHORTENED.split())


def _abbreviates(before: str) -> bool:
    match = _ABBREVIATION.search(before)
    if match is None:
        return False
    word = match.group(1)
    # One letter: a title («د.»), an initial ("J."), an era («ق.م.», «هـ.» and «م.» end sentences rarely).
    return len(word) == 1 or for_matching(word) in _ABBREVIATIONS


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u08ff"


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        begin = start + len(part) - len(part.lstrip())
        yield Span(stripped, begin, begin + len(stripped))
