"""Where a line above the text stands among the others: over a headline, in a row of headlines, in a box, repeated."""

from __future__ import annotations

from bulaq.intake.flat.lines.labels import CAPTION, is_credited
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.verbs import has_verb


def is_kicker(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a few words, no clause of four or more, stand right above a longer line that has the shape of a headline."""
    line = lines[index]
    if line.words > 5 or index + 1 >= first or (line.words >= 4 and has_verb(line)):
        return False
    under = lines[index + 1]
    if under.words < 5 or not under.is_title_like or under.is_sentence or under.byline:
        return False
    return (
        under.words > line.words
        and not CAPTION.search(under.text)
        and not is_credited(lines, index + 1, first)
    )


def run_of_titles(lines: list[PageLine], index: int) -> int:
    """How many lines of the shape of headlines stand in a row there."""
    start = end = index
    while start > 0 and _may_be_listed(lines[start - 1]):
        start -= 1
    while end + 1 < len(lines) and _may_be_listed(lines[end + 1]):
        end += 1
    return end - start + 1


def repetitions(lines: list[PageLine], index: int, first: int) -> tuple[int, int]:
    """On how many other lines above and below the body's beginning the line stands, alone or with a site's name, a
    time or «عاجل» beside it."""
    folded = lines[index].folded
    if len(folded) < 15:
        return 0, 0
    found = [
        other.index
        for other in lines
        if other.index != index
        and (other.folded == folded or (folded in other.folded and other.words <= lines[index].words + 6))
    ]
    return sum(number < first for number in found), sum(number >= first for number in found)


_HEADINGS = ("latest", "most_read", "related", "picks")


def is_in_box(lines: list[PageLine], index: int) -> bool:
    """Whether the line is one of several headlines under the known heading of a box, with nothing between."""
    top, bottom = index, index
    while top and not lines[top].gap and _may_be_listed(lines[top - 1]):
        top -= 1
    if index + 1 < len(lines) and not lines[index + 1].gap and _may_be_listed(lines[index + 1]):
        bottom += 1
    heading = lines[top - 1] if top else None
    return top < bottom and heading is not None and heading.heading in _HEADINGS and heading.words <= 5


def is_in_menu(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a few words stand between labels of one to three: three above and three below."""
    around = [index + step for step in (-3, -2, -1, 1, 2, 3)]
    if lines[index].words > 5 or around[0] < 0 or around[-1] >= first:
        return False
    return all(1 <= lines[other].words <= 3 and not lines[other].date for other in around)


def _may_be_listed(line: PageLine) -> bool:
    return line.is_title_like and line.words >= 4
