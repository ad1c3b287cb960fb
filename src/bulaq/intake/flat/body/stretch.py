"""Where the running text of a flattened page stands.

The body is the stretch of lines with the largest sum of `PageLine.prose` (the maximum-subarray problem: Kadane 1984,
in Bentley, Programming Pearls): long sentences pull it wider, menus, headings of boxes and legal lines cut it off.
"""

from __future__ import annotations

import re

from bulaq.intake.flat.body.body_edges import MIN_BODY_WORDS, begin_of_body, end_of_body, without_links
from bulaq.intake.flat.body.body_lines import (
    STOP_HEADINGS,
    ends_open,
    heads_text,
    in_broken_paragraph,
    is_bare_link,
)
from bulaq.intake.flat.lines.cells import cells_between
from bulaq.intake.flat.lines.labels import carrier_label, is_correction_heading
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.lines.strangers import strangers

MIN_BRIEF_WORDS = 12
"""As `MIN_BODY_WORDS`, for a text that stands under a headline with its date or byline."""

_STOP_PENALTY = -3.0


def find_body(lines: list[PageLine], repeats: Repeats | None = None) -> tuple[int, int] | None:
    """First and last line (inclusive) of the body, or None when nothing on the page is an article's text."""
    wrapped = _wrapped_lines(lines)
    cells = cells_between(lines, repeats)
    foreign = strangers(lines)
    best, best_sum, start, total = (0, -1), 0.0, 0, 0.0
    for index in range(len(lines)):
        if index in foreign:
            total -= 1.5
        elif index in wrapped:
            total += 1.0
        elif index in cells:
            total -= 0.02
        else:
            total += _weight(lines, index, repeats)
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best_sum:
            best, best_sum = (start, index), total
    first, last = best
    if last < first:
        return None
    last = without_links(lines, first, last)
    first = begin_of_body(lines, first, last, cells)
    last = end_of_body(lines, last, foreign, repeats)
    words = sum(line.words for line in lines[first : last + 1] if line.prose > 0 or line.index in wrapped)
    enough = MIN_BRIEF_WORDS if _is_headed(lines, first) else MIN_BODY_WORDS
    return (first, last) if words >= enough else None


def _is_headed(lines: list[PageLine], first: int) -> bool:
    """Whether a dated headline stands right above a paragraph."""
    above = lines[max(0, first - 4) : first]
    dated = any(line.date or line.byline for line in above)
    return (
        dated and any(line.is_title_like and line.words >= 4 for line in above) and lines[first].prose >= 1.6
    )


def _weight(lines: list[PageLine], index: int, repeats: Repeats | None) -> float:
    line = lines[index]
    if repeats is not None and repeats.is_frame(line.text):
        return -2.0
    if heads_text(lines, index):
        return -0.45
    if (
        line.heading in STOP_HEADINGS and line.words <= 6 and not line.ends_sentence
    ) or is_correction_heading(line):
        return -0.2 if any(other.ends_box for other in lines[index + 1 : index + 9]) else _STOP_PENALTY
    if is_bare_link(line):
        return -0.6
    if line.prose < 0 and line.words <= 10 and in_broken_paragraph(lines, index):
        return -0.05  # a paragraph that a flattener cut at its links
    if _starts_carrier(line):
        return -2.0
    return line.prose


def _starts_carrier(line: PageLine) -> bool:
    return carrier_label(line) is not None


def _wrapped_lines(lines: list[PageLine]) -> set[int]:
    """Lines of text that was wrapped at a width: many in a row about as long as the longest, cut in the middle of
    sentences, with the ends of sentences inside them (lists of headlines have none)."""
    wrapped: set[int] = set()
    run: list[int] = []
    for line in [*lines, PageLine("", len(lines), True)]:
        short_end = bool(run) and line.ends_sentence and line.words > 0 and not line.heading
        if (40 <= len(line.text) <= MAX_WRAPPED and not line.is_url) or (
            short_end and len(line.text) <= MAX_WRAPPED
        ):
            run.append(line.index)
            continue
        members = [lines[index] for index in run]
        if has_wrapped_shape(members):
            inner = sum(bool(re.search(r"[.،؛؟,]\s+\S|[،,]$", other.text)) for other in members)
            flowing = any(
                ends_open(other) or re.search(r"[^.]\.\s+\S|[،,]$", other.text) for other in members
            )
            if flowing and inner >= 0.3 * len(members):
                wrapped.update(run)
        run = []
    return wrapped


MAX_WRAPPED = 140
"""Characters; text wrapped at a width has no longer lines."""


def has_wrapped_shape(lines: list[PageLine]) -> bool:
    """Whether every line that leaves its sentence open is about as long as the longest: cut at a width."""
    widest = max((len(line.text) for line in lines), default=0)
    cut = [line for line in lines if not line.ends_sentence]
    if widest > MAX_WRAPPED or len(cut) < max(4, 0.3 * len(lines)):
        return False
    return sum(len(line.text) >= 0.75 * widest for line in cut) >= 0.85 * len(cut)
