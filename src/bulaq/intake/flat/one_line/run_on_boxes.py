"""Boxes of headlines on a page without lines: known headings, hours, days and places in a list part them, «…» ends them,
and of what is left the words tell (`headline_edges`).

Portals cut their headlines at a number of words. Where several are cut, that number is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.flat.lines.sentences import COPYRIGHT, CUT
from bulaq.intake.flat.one_line.headline_edges import spans_of
from bulaq.intake.html.layout.noise import noise_line

BOXES = ("related", "latest", "most_read", "picks", "more", "read_also")
_STOPS = (*BOXES, "comments", "tags", "share", "form")

MIN_CUT = 3
"""Headlines cut at one number of words that show it."""


@dataclass(frozen=True, slots=True)
class KnownHeading:
    """A heading that is known, by its words' numbers."""

    begin: int
    end: int
    kind: str


_EXTENSION = frozenset(["ايضا", "كذلك", "قراءه", "القراءه", "مشاهده", "يوميا", "اليوم"])


def known_headings(words: list[str]) -> list[KnownHeading]:
    """The headings that are known among the words; each the shortest that is one, of two words at least."""
    found: list[KnownHeading] = []
    index = 0
    while index < len(words) - 1:
        for count in range(2, 5):
            kind = heading_kind(" ".join(words[index : index + count]))
            if kind in _STOPS and not _is_prose(words, index, count):
                end = index + count
                while end < len(words) and fold_heading(words[end]) in _EXTENSION:
                    end += 1
                found.append(KnownHeading(index, end, str(kind)))
                index = end - 1
                break
        index += 1
    return found


def _is_prose(words: list[str], index: int, count: int) -> bool:
    """Whether the words stand in a sentence: a comma within them, or a word in front that leads on."""
    before = fold_heading(words[index - 1]) if index and not CUT.search(words[index - 1]) else ""
    if words[index].startswith("وشارك"):
        return True
    return before in _LEADING or any(word[-1] in "،,؛" for word in words[index : index + count - 1])


_LEADING_LIST = "في من الي علي عن مع ان او بين حتي هذه هذا كل بعد قبل عند منذ حول ضد the of in to"
_LEADING = frozenset(_LEADING_LIST.split())


def boxes_of(sentences: list[str]) -> list[tuple[str, bool]]:
    """The headings and headlines under a text, in order, each with whether it is a headline."""
    text = _without_legal(" ".join(sentences))
    carriers = [match[0].strip() for match in _CARRIER.finditer(text)]
    words = _CARRIER.sub(" ", text).split()
    known = known_headings(words)
    limit = _limit(words)
    parts = [(carrier, False) for carrier in carriers[:1]]
    ends = [*known, KnownHeading(len(words), len(words), "")][1:]
    for mark, following in zip(known, ends, strict=True):
        if mark.kind not in BOXES:
            continue
        title = " ".join(words[mark.begin : mark.end])
        for heading, links in _boxes_under(title, words[mark.end : following.begin], limit):
            if links:
                parts += [(heading, False), *((link, True) for link in links)]
    return parts


_CARRIER = re.compile(
    r"(?:^|\s)(?:View|Read|Published) (?:\w+ ){0,3}(?:on|at|in) [\w.-]+\.[a-z]{2,}(?=\s|$)", re.I
)
"""The outlet that carries the article, as a line of its own would say it."""


def _without_legal(text: str) -> str:
    """The text before the house's legal line."""
    match = COPYRIGHT.search(text)
    return text[: match.start()] if match is not None else text


def _boxes_under(title: str, words: list[str], limit: int | None) -> Iterator[tuple[str, list[str]]]:
    """The box under a heading, and those under names of sections that follow it."""
    links: list[str] = []
    for piece in _pieces(words):
        fixed = frozenset(place for place, word in enumerate(piece[:-1], 1) if CUT.search(word))
        for span in spans_of(piece, fixed=fixed, headings=_sections(piece), limit=limit):
            text = " ".join(piece[span.begin : span.end])
            if span.is_heading:
                yield title, links
                title, links = text, []
            elif _is_link(text):
                links.append(text)
    yield title, links


_CLOCK = re.compile(r"[\d٠-٩]{1,2}:[\d٠-٩]{2}")
_HALF = frozenset(["ص", "م", "صباحا", "مساء", "صباحاً", "مساءً", "GMT"])


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """The words between hours, days and places in the list."""
    gone = _hours(words) | _days(words) | _places(words)
    piece: list[str] = []
    for index, word in enumerate([*words, ""]):
        if index in gone or not word:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(word)


def _hours(words: list[str]) -> set[int]:
    clocks = {index for index, word in enumerate(words) if _CLOCK.fullmatch(word)}
    return clocks | {index + 1 for index in clocks if index + 1 < len(words) and words[index + 1] in _HALF}


def _days(words: list[str]) -> set[int]:
    """The words of whole dates."""
    text = " ".join(words)
    gone: set[int] = set()
    for found in find_dates(text):
        if found.precision != "month":
            first = text[: found.span[0]].count(" ")
            gone.update(range(first, first + len(text[slice(*found.span)].split())))
    return gone


def _places(words: list[str]) -> set[int]:
    """Numbers that count a list, from one on."""
    found: list[int] = []
    for index, word in enumerate(words):
        if re.fullmatch(r"[\d٠-٩]{1,2}[.)-]?", word) and int(word.rstrip(".)-")) == len(found) + 1:
            found.append(index)
    return set(found) if len(found) >= MIN_COUNTED else set()


MIN_COUNTED = 3
"""Numbers in order that count a list."""


def _limit(words: list[str]) -> int | None:
    """The number of words at which headlines are cut; None where it does not show: of what stands between two cuts,
    the least that is met often."""
    cuts = [index for index, word in enumerate(words) if CUT.search(word)]
    between = Counter(cut - before for before, cut in pairwise(cuts))
    often = [count for count in between if between[count] >= MIN_CUT]
    return min(often, default=None)


SURE_OF_SECTION = {1: -1.0, 2: 2.0, 3: 2.0}
"""What the name of a section of so many words has for heading a box rather than standing in a headline."""

BEHIND_CUT = 5.0
"""What is added behind a headline that was cut, where a heading may stand as well as the next headline."""


def _sections(words: list[str]) -> dict[int, dict[int, float]]:
    """Names of sections, by their ends and beginnings, with what speaks for each heading a box."""
    found: dict[int, dict[int, float]] = {}
    for begin in range(1, len(words)):
        cut = bool(CUT.search(words[begin - 1]))
        led = words[begin].startswith("ال") or fold_heading(words[begin - 1]) in _LEADING
        if not words[begin].isalpha() or (led and not cut):
            continue
        for count, weight in SURE_OF_SECTION.items():
            name = words[begin : begin + count]
            if begin + count < len(words) and heading_kind(" ".join(name)) == "section":
                found.setdefault(begin + count, {})[begin] = weight + BEHIND_CUT * cut
    return found


MIN_WORDS = 3
"""Words of a headline."""


def _is_link(text: str) -> bool:
    return len(text.split()) >= MIN_WORDS and noise_line(text) == ""
