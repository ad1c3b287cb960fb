"""Headlines in a box that a narrow column broke on two lines, or that a summary follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bulaq.intake.flat.body.body_lines import ends_open
from bulaq.intake.flat.foot.box_lines import is_card, is_signature
from bulaq.intake.flat.lines.page_line import PageLine

MAX_TAIL = 3
"""Words of the rest of a headline that alone could be no headline."""

MIN_FULL = 0.8
"""How long a line is, as a share of the longest around it, that was broken because the next word had no room."""

MIN_PROOFS = 2
"""Rests of headlines that show that a column breaks its lines; one does after a word that must go on."""


def continued(lines: list[PageLine], begin: int) -> frozenset[int]:
    """The lines from `begin` on that go on with the headline of the line above."""
    found: set[int] = set()
    for column in _columns(lines, begin):
        width = max(len(line.text) for line in column)
        tails = [(above, line) for above, line in pairwise(column) if _may_be_tail(line)]
        if not tails or any(len(above.text) < MIN_FULL * width for above, _ in tails):
            continue
        if len(tails) < MIN_PROOFS and not any(ends_open(above) for above, _ in tails):
            continue
        if any(above.is_sentence or above.is_truncated or _may_be_tail(above) for above, _ in tails):
            continue
        for above, line in pairwise(column):
            room = len(above.text) + 1 + len(line.text.split()[0])
            if room > width and not above.ends_sentence:
                found.add(line.index)
    return frozenset(found)


def _columns(lines: list[PageLine], begin: int) -> Iterator[list[PageLine]]:
    """Lines in a row that could be headlines or the rest of one."""
    column: list[PageLine] = []
    for line in lines[begin:]:
        if is_card(line) or _may_be_tail(line):
            column.append(line)
            continue
        if len(column) > 1:
            yield column
        column = []
    if len(column) > 1:
        yield column


def _may_be_tail(line: PageLine) -> bool:
    return (
        1 <= line.words <= MAX_TAIL
        and line.heading is None
        and any(map(str.isalpha, line.folded))
        and not (line.is_time or line.date or line.noise or line.is_copyright or is_signature(line))
    )


def teasers(lines: list[PageLine], begin: int) -> frozenset[int]:
    """Summaries cut short that stand in turn with whole headlines: two pairs at least, each longer than its headline."""
    found: set[int] = set()
    pairs: list[int] = []
    index = begin
    while index + 1 < len(lines):
        title, summary = lines[index], lines[index + 1]
        if is_card(title) and not title.is_truncated and summary.is_truncated and summary.words > title.words:
            pairs.append(index + 1)
            index += 2
            continue
        if not (title.is_time or title.date):
            found.update(pairs if len(pairs) >= MIN_PROOFS else [])
            pairs = []
        index += 1
    found.update(pairs if len(pairs) >= MIN_PROOFS else [])
    return frozenset(found)
