"""Short lines inside the text: the cells of a table, the items of a list, a box of facts, a verse.

Line by line they look like a menu. What tells them is where they stand: between two paragraphs, or between the last
paragraph and the label that closes the text, with no label of the frame among them.
"""

from __future__ import annotations

import re

from bulaq.intake.flat.lines.labels import carrier_label, is_correction_heading
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats

MAX_CELLS = 60
"""Lines of one table or list; a longer run of short lines is a menu or an index."""

MAX_CELL_WORDS = 30
"""Words; an item of a list may be a long sentence, a cell seldom is."""

_NUMBER = re.compile(r"[\W_]*\d[\d\W_]{0,12}")
_SEPARATOR = re.compile(r"[:/|(]|(?:^|\s)[-–—ـ]|[-–—ـ](?:\s|$)")
_BARE_LABEL = re.compile(r"^\s*\S+(?:\s\S+){0,2}\s*[:：]\s*$")


def cells_between(lines: list[PageLine], repeats: Repeats | None) -> frozenset[int]:
    """The lines that stand, as cells do, between two paragraphs."""
    found: set[int] = set()
    above: int | None = None
    for index, line in enumerate(lines):
        if not _is_paragraph(line):
            if not _may_be_cell(line, repeats):
                above = None
            continue
        if above is not None:
            run = lines[above + 1 : index]
            if 2 <= len(run) <= MAX_CELLS and not _is_list_of_links(run) and not _is_head(run):
                found.update(range(above + 1, index))
        above = index
    return frozenset(found)


def cells_inside(lines: list[PageLine], first: int, last: int, repeats: Repeats | None) -> frozenset[int]:
    """The cells between `first` and `last`, those at the end of the text with them."""
    end = last
    while end >= first and not _is_paragraph(lines[end]) and _may_be_cell(lines[end], repeats):
        end -= 1
    tail = range(end + 1, last + 1) if end >= first and _is_paragraph(lines[end]) and last - end >= 2 else ()
    between = (index for index in cells_between(lines, repeats) if first <= index <= last)
    return frozenset((*between, *tail))


def with_last_cells(lines: list[PageLine], last: int, repeats: Repeats | None) -> int:
    """`last`, or the last cell where the text ends in a table: all lines down to the label that closes the text."""
    for index in range(last + 1, min(last + 2 + MAX_CELLS, len(lines))):
        line = lines[index]
        if line.heading in ("read_also", "tags") or carrier_label(line) or is_correction_heading(line):
            run = lines[last + 1 : index]
            labelled = any(_BARE_LABEL.match(other.text) for other in run)
            return last if len(run) < 2 or labelled or _is_list_of_links(run) else index - 1
        if not _may_be_cell(line, repeats):
            break
    return last


def _is_paragraph(line: PageLine) -> bool:
    return line.prose >= 1.6 and line.ends_sentence and not line.is_truncated


def _may_be_cell(line: PageLine, repeats: Repeats | None) -> bool:
    if repeats is not None and repeats.is_frame(line.text):
        return False
    if line.cells:
        return True
    if line.heading not in (None, "section") or line.invitation or carrier_label(line):
        return False
    if line.date or line.is_url or line.is_copyright or line.is_menu or line.is_boilerplate:
        return False
    if line.credit is not None or line.words > MAX_CELL_WORDS or (line.is_truncated and line.words > 4):
        return False
    if line.noise in ("", "meta") or line.is_time or not line.has_ink:
        return line.noise != "meta" or line.words <= 2  # «الوقت», «المكان»: the head of a column
    return bool(_NUMBER.fullmatch(line.text))


def _is_head(run: list[PageLine]) -> bool:
    """Whether the few lines between two paragraphs sign the article: the first of them is its standfirst."""
    return len(run) <= 4 and any(
        line.byline is not None
        and (line.byline.roles or (line.byline.place and _SEPARATOR.search(line.text)))
        for line in run
    )


def _is_list_of_links(run: list[PageLine]) -> bool:
    """Whether three headlines follow one another: a box without a heading."""
    row = 0
    for line in run:
        headline = line.is_title_like and line.words >= 6 and not re.search(r"[،,؛;:؟?.]", line.text)
        row = row + 1 if headline else 0
        if row >= 3:
            return True
    return False
