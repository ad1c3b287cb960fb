"""Undoes what a width did to text: lines wrapped by a program, sheets of a printed page.

Programs wrap greedily: a line is broken where the next word would pass the width. A line and the first word of the next
therefore tell whether they were one (`unwrapped`); nothing is joined where the page shows no width.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from bulaq.intake.box_headings import heading_kind, split_read_also
from bulaq.intake.html.layout.noise import noise_line

MAX_WIDTH = 140
"""Characters; text wrapped by a program has no longer lines (terminals and mail use 72 to 80, printers up to 130)."""

MIN_WIDTH = 40
"""Characters; narrower lines are those of a list or of a poem."""

MIN_FULL = 3
"""Full lines that show a width where every line that another follows at once is full."""

MIN_FULL_ROWS = 5
"""Full lines that show a width where others are not full; three must follow each other, two of them broken within a
sentence, as in a paragraph."""

MANY_GAPS = 0.2
"""The share of lines behind a blank one from which on a page sets its paragraphs apart by blank lines."""

MAX_LONGER = 0.15
"""Lines longer than the width (headings that a program leaves whole), as a share of the full ones."""

_LONG_TOKEN = re.compile(r"\S{31,}")
_MARK = re.compile(
    r"^\s*(?:[*+•◦▪●○‣>]\s|#{1,6}\s|\[\d+\]\s|\d{1,4}[.)]\s|[\d٠-٩]{1,2}:[\d٠-٩]{2}(?:\s*[صم])?\s*$)"
)
"""What begins a line whatever stands above it: a bullet, a number, an hour alone."""


@dataclass(frozen=True, slots=True)
class InputLine:
    """A line as read, its inner white space kept; `gap` tells that blank lines stand before it, `sources` which lines
    of the input it was made of. A line whose `text` is empty is none of the page's own (a header of a sheet)."""

    text: str
    gap: bool
    sources: tuple[int, ...]


def unwrapped(lines: list[InputLine]) -> list[InputLine]:
    """The lines with those joined that were one before a program wrapped them; `lines` itself where none did."""
    found = max((_wrap_of(lines, measure) for measure in (len, _columns)), key=lambda wrap: wrap[0])
    if found[0] < MIN_FULL:
        found = max((_bounded(lines, measure) for measure in (len, _columns)), key=lambda wrap: wrap[0])
    full = found[1] | _in_open_links(lines)
    if not full:
        return lines
    result: list[InputLine] = []
    for index, line in enumerate(lines):
        if index and index - 1 in full and result:
            before = result[-1]
            text = re.sub(r"^\s*>\s?", "", line.text) if before.text.lstrip().startswith(">") else line.text
            result[-1] = replace(
                before, text=f"{before.text} {text.strip()}", sources=(*before.sources, *line.sources)
            )
        else:
            result.append(line)
    return result


_OPEN_LINK = re.compile(r"\[[^\[\]]*$")
_CLOSES_LINK = re.compile(r"[^\[\]]*\]\(\S+\)")


def _in_open_links(lines: list[InputLine]) -> frozenset[int]:
    """Lines that break within the words of a link («[two words» «more](/address)»), which no writer does."""
    return frozenset(
        index
        for index, (line, below) in enumerate(pairwise(lines))
        if not below.gap and _OPEN_LINK.search(line.text) and _CLOSES_LINK.match(below.text)
    )


def _columns(text: str) -> int:
    """Columns of a terminal: marks above letters and marks of direction take none."""
    return sum(unicodedata.category(char) not in ("Mn", "Cf") for char in text)


def _wrap_of(lines: list[InputLine], measure: Callable[[str], int]) -> tuple[int, frozenset[int]]:
    """How many lines are full at the width of the page, and which; (0, none) where there is no width."""
    lengths = [measure(line.text.rstrip()) for line in lines]
    words = [
        measure(line.text.split(maxsplit=1)[0]) if line.text.strip() else 0 for line in lines
    ]  # of each line, the length of the first word
    pairs = [
        index
        for index in range(len(lines) - 1)
        if words[index + 1]
        and not lines[index + 1].gap
        and not _MARK.match(lines[index + 1].text)
        and not lines[index].text.endswith("…")
        and lengths[index] >= MIN_WIDTH // 2
    ]
    plain = sorted(
        (length for line, length in zip(lines, lengths, strict=True) if not _LONG_TOKEN.search(line.text)),
        reverse=True,
    )
    counts = Counter(lengths[index] for index in pairs)
    widths = [width for width in counts if MIN_WIDTH <= width <= MAX_WIDTH]
    best, width = 0, 0
    for candidate in widths:
        held = sum(lengths[index] <= candidate < lengths[index] + 1 + words[index + 1] for index in pairs)
        if held > best or (held == best and candidate > width):
            best, width = held, candidate
    if not best:
        return 0, frozenset()
    full = {index for index in pairs if lengths[index] <= width < lengths[index] + 1 + words[index + 1]}
    longer = sum(length > width + 4 for length in plain)
    if longer > max(1, MAX_LONGER * len(full)):
        return 0, frozenset()
    followed = sum(lengths[index] > 0.5 * width for index in pairs)
    broken = {index for index in full if not _STOP.search(lines[index].text)}
    in_row = len(full) >= MIN_FULL_ROWS and any(index + 1 in full and index + 2 in full for index in full)
    in_row = in_row and any(index + 1 in broken for index in broken)
    all_full = len(full) >= max(MIN_FULL, 0.8 * followed) and len(broken) >= 0.5 * len(full)
    if sum(line.gap for line in lines) < MANY_GAPS * len(lines):
        full -= _ends_of_paragraphs(lines, full)
    return (len(full), frozenset(full)) if in_row or all_full else (0, frozenset())


_STOP = re.compile(r"[.؟?!][\"”»)]*\s*$")
_INNER_STOP = re.compile(r"[^.\d]\.\s+\S|[؟?!]\s+\S")


def _ends_of_paragraphs(lines: list[InputLine], full: set[int]) -> set[int]:
    """Full lines that end a sentence, on pages without blank lines: ends of paragraphs by the odds, unless sentences
    end more often inside lines than at the ends of short ones."""
    inner = sum(len(_INNER_STOP.findall(line.text)) for line in lines)
    short = sum(bool(_STOP.search(line.text)) for index, line in enumerate(lines) if index not in full)
    if inner > 2 * short:
        return set()
    return {index for index in full if _STOP.search(lines[index].text)}


MAX_BOUND = 100
"""Characters; a page of running text without a longer line was wrapped: paragraphs of news are longer."""

MAX_SLACK = 10
"""Characters by which the longest line may miss the width (the word that did not fit was as long)."""

MIN_PARAGRAPHS = 2
"""Paragraphs broken at the width that prove it where few lines are full."""

MAX_TAIL = 0.35
"""The share of the width that the rest of a broken headline fills; a longer line is another headline of a list."""


def _bounded(lines: list[InputLine], measure: Callable[[str], int]) -> tuple[int, frozenset[int]]:
    """As `_wrap_of`, for pages of many short lines and few paragraphs: no line passes the width, and paragraphs are
    broken at it within sentences and close with the end of one."""
    texts = [line.text.strip() for line in lines]
    lengths = [measure(text) for text in texts]
    firsts = [measure(text.split(maxsplit=1)[0]) if text else 0 for text in texts]
    longest = max(
        (length for length, text in zip(lengths, texts, strict=True) if not _LONG_TOKEN.search(text)),
        default=0,
    )
    if not MIN_WIDTH <= longest <= MAX_BOUND:
        return 0, frozenset()
    best: tuple[int, frozenset[int]] = (0, frozenset())
    for width in range(longest, longest + MAX_SLACK + 1):
        full = {
            index
            for index in range(len(lines) - 1)
            if lengths[index] <= width < lengths[index] + 1 + firsts[index + 1]
            and not lines[index + 1].gap
            and not _MARK.match(lines[index + 1].text)
            and not _STOP.search(texts[index])
            and not texts[index].endswith("…")
            and not split_read_also(texts[index])
        }
        paragraphs, found = 0, set()
        for run in _runs(full):
            tail = texts[run[-1] + 1]
            if _STOP.search(tail):
                paragraphs += 1
                found.update(run)
            elif len(run) == 1 and lengths[run[0] + 1] <= MAX_TAIL * width and _ends_headline(tail):
                found.update(run)
        if paragraphs >= MIN_PARAGRAPHS and len(found) > best[0]:
            best = len(found), frozenset(found)
    return best


def _ends_headline(tail: str) -> bool:
    """Whether the short line may be the last words of a headline, not a label or a date under it."""
    return heading_kind(tail) is None and not noise_line(tail) and not re.search(r"\d\d|\d.*\d", tail)


def _runs(numbers: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|صفحة|الصفحة|ص)\s*)?\d{1,3}\s*(?:/|من|of|sur)\s*\d{1,3}\W*$|^\W*(?:page|صفحة|الصفحة)\s*\d{1,3}\W*$"
    r"|^\s*[-–—]\s*\d{1,3}\s*[-–—]\s*$",
    re.I,
)
_BARE_NUMBER = re.compile(r"[\d٠-٩]{1,4}")
"""The number of a sheet, where it stands alone on its first or last lines."""
_PRINT_FOOT = re.compile(r"^\s*(?:https?://|www\.)\S+\s+\d{1,3}\s*/\s*\d{1,3}\s*$")
_PRINT_HEAD = re.compile(
    r"^\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,،]?\s+\d{1,2}:\d{2}\s*(?:[APap][Mm]|[صم])?\s+\S"
)
_SHEET_EDGE = 3
"""Lines at the head and foot of a sheet that may be its header and footer."""


def without_sheets(lines: list[InputLine], breaks: frozenset[int]) -> list[InputLine]:
    """The lines with headers, footers and page numbers of sheets emptied; `breaks` are the lines that begin a sheet.

    A line is the printer's when it is an address with the sheet's number, a number of a sheet among others, or when
    it stands at the edge of most sheets, but for its numbers.
    """
    gone = {index for index, line in enumerate(lines) if _PRINT_FOOT.match(line.text)}
    if gone:
        gone |= {index for index, line in enumerate(lines) if _PRINT_HEAD.match(line.text)}
    numbers = {index for index, line in enumerate(lines) if _PAGE_NUMBER.match(line.text)}
    gone |= numbers if len(numbers) > 1 else set()
    if breaks:
        starts = [0, *sorted(breaks), len(lines)]
        edges: set[int] = set()
        for first, end in pairwise(starts):
            edges |= {
                *range(first, min(first + _SHEET_EDGE, end)),
                *range(max(first, end - _SHEET_EDGE), end),
            }
        seen = Counter(_without_numbers(lines[index].text) for index in edges)
        often = max(3, len(starts) - 2)
        gone |= {index for index in edges if _BARE_NUMBER.fullmatch(lines[index].text.strip())}
        gone |= numbers | {index for index in edges if seen[_without_numbers(lines[index].text)] >= often}
    return [replace(line, text="") if index in gone else line for index, line in enumerate(lines)]


def _without_numbers(text: str) -> str:
    return " ".join(re.sub(r"\d+", "", text).split())
