"""Boxes of headlines on a page without lines: known headings, headlines that «…» or a question mark ends.

Portals cut their headlines at a number of words. Where several are cut, that number is seen, and a longer piece is a
whole headline with a cut one behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.flat.sentences import COPYRIGHT, CUT, sentences_of
from bulaq.intake.html.noise import noise_line

BOXES = ("related", "latest", "most_read", "picks", "more", "read_also")
_STOPS = (*BOXES, "comments", "tags", "share", "form")

MAX_LINK_WORDS = 18
"""Words of a headline in a box; of more, several were joined."""

MIN_CUT = 3
"""Headlines cut at one number of words that show it; they are half of those cut at least."""


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
    """The headings and headlines under a text, in order, each with whether it is a headline; what cannot be told
    apart is left out."""
    words = " ".join(sentences).split()
    known = known_headings(words)
    limit = _limit([piece for _, pieces in _chunks(words, known) for piece in pieces if CUT.search(piece)])
    marks = sorted([*known, *_sections(words, limit)], key=lambda mark: mark.begin)
    chunks = _chunks(words, marks)
    parts: list[tuple[str, bool]] = []
    for mark, pieces in chunks:
        if mark.kind not in BOXES and mark.kind != "section":
            continue
        links = [
            link for piece in pieces for link in _headlines(_PLACES.sub("", piece), limit) if _is_link(link)
        ]
        if links:
            parts += [(" ".join(words[mark.begin : mark.end]), False), *((link, True) for link in links)]
    return parts


def _chunks(words: list[str], marks: list[KnownHeading]) -> list[tuple[KnownHeading, list[str]]]:
    """What stands under each heading, parted where headlines can be seen to end."""
    ends = [*marks, KnownHeading(len(words), len(words), "")][1:]
    return [
        (mark, sentences_of(" ".join(words[mark.end : following.begin])))
        for mark, following in zip(marks, ends, strict=True)
    ]


def _sections(words: list[str], limit: int | None) -> list[KnownHeading]:
    """Names of sections between headlines: of two words or more, or of one behind a headline that was cut."""
    found: list[KnownHeading] = []
    index = 1
    while index < len(words):
        count = next((count for count in (3, 2, 1) if _names_section(words, index, count, limit)), 0)
        if count:
            found.append(KnownHeading(index, index + count, "section"))
        index += max(1, count)
    return found


def _names_section(words: list[str], index: int, count: int, limit: int | None) -> bool:
    first, behind = words[index], words[min(index + count, len(words) - 1)]
    led = fold_heading(words[index - 1]) in _LEADING and not CUT.search(words[index - 1])
    if led or first.startswith("ال") or index + count > len(words):
        return False
    if not first.isalpha() or heading_kind(first) != "section" or fold_heading(first) in _LEADING:
        return False
    if count == 1:
        until = next(
            (n for n, word in enumerate(words[index : index + 2 * MAX_LINK_WORDS], 1) if CUT.search(word)), 0
        )
        if until == limit:
            return False  # the first word of a headline
        return bool(CUT.search(words[index - 1])) and not behind.startswith("و")
    if first not in ("أخبار", "اخبار", "عالم") and not words[index + 1].startswith("و"):
        return False
    return heading_kind(" ".join(words[index : index + count])) == "section"


def _limit(cut: list[str]) -> int | None:
    """The number of words at which headlines are cut; None where it does not show."""
    if len(cut) < MIN_CUT:
        return None
    [(words, often)] = Counter(len(piece.split()) for piece in cut).most_common(1)
    return words if often >= max(MIN_CUT, len(cut) / 2) else None


def _headlines(piece: str, limit: int | None) -> list[str]:
    """The headlines that were joined to one piece: the last of them is cut, one before it is whole."""
    words = piece.split()
    if limit is None or len(words) <= limit:
        return [piece]
    if not CUT.search(piece):
        return []
    whole, last = words[:-limit], words[-limit:]
    return [*([" ".join(whole)] if len(whole) <= limit else []), " ".join(last)]


MIN_WORDS = 3
"""Words of a headline."""

_PLACES = re.compile(r"^[\d٠-٩]{1,2}\s?[.-]\s+(?=\D)|\s+[\d٠-٩]{1,2}\.$")
"""The place of a headline in a list that counts them, or of the next one behind it."""


def _is_link(text: str) -> bool:
    return (
        MIN_WORDS <= len(text.split()) <= MAX_LINK_WORDS
        and noise_line(text) == ""
        and not COPYRIGHT.search(text)
    )
