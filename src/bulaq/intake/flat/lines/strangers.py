"""Prose on the page that is none of the article's: readers' comments, summaries under other headlines, the next article
of an endless page, a second copy of the text.

Such prose can outweigh a short article. It is told by what stands before it (a heading of comments, a headline and its
signature) or by its rhythm (headline, summary, headline, summary), never by its words.
"""

from __future__ import annotations

import re

from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.flat.lines.page_line import PageLine

MIN_TEXT_BEFORE = 40
"""Words of prose above a heading of comments that show that the article stands above it, not below."""

MIN_CARDS = 2
"""Headlines with a summary each that make a box of cards; fewer may be a link and the text that goes on."""

MIN_COPIED = 2
"""Paragraphs in the order of earlier ones that make a copy; one alone may be a summary above the text."""

LIKELY_PERSON = 2.0
"""`person_score` of a line that may be a name where a name is expected."""

_BOXES = ("related", "latest", "most_read", "picks", "more", "section")


def strangers(lines: list[PageLine]) -> frozenset[int]:
    """The lines that cannot be the article's text, whatever they look like."""
    return frozenset(
        [*_comments(lines), *_summaries(lines), *next_article(lines), *_copies(lines), *_rules(lines)]
    )


def _comments(lines: list[PageLine]) -> range:
    words = 0
    for line in lines:
        if line.heading == "comments" and line.words <= 6 and words >= MIN_TEXT_BEFORE:
            return range(line.index, _next_box(lines, line.index))
        if line.prose >= 1.6 and line.ends_sentence:
            words += line.words
    return range(0)


def _next_box(lines: list[PageLine], index: int) -> int:
    """The next heading of a box that headlines follow (tabs of several boxes may stand in a row), or the end."""
    for line in lines[index + 1 : -1]:
        if line.heading not in _BOXES or line.words > 6:
            continue
        near = lines[line.index + 1 : line.index + 7]
        under = next((other for other in near if not (other.heading or other.is_time or other.date)), None)
        if under is not None and under.is_title_like and under.words >= 3:
            return line.index
    return len(lines)


MIN_RULES = 5
"""Lines that begin with the same two words, about those who use the site: its rules."""


def _rules(lines: list[PageLine]) -> range:
    """The rules of the house for those who comment: «إذا كان التعليق …», one under the other."""
    opened: dict[tuple[str, ...], list[int]] = {}
    for line in lines:
        if line.names_frame and line.words > 2:
            opened.setdefault(tuple(line.folded.split()[:2]), []).append(line.index)
    most = max(opened.values(), key=len, default=[])
    return range(most[0], most[-1] + 1) if len(most) >= MIN_RULES else range(0)


def is_headline_shaped(line: PageLine) -> bool:
    """Whether the line could be the headline of another article: some words, no end of a sentence."""
    return line.is_title_like and line.words >= 3 and not line.is_sentence and line.heading is None


def _summaries(lines: list[PageLine]) -> list[int]:
    found: list[int] = []
    for line in lines:
        if line.heading in _BOXES and line.words <= 6 and not line.ends_sentence:
            found += summaries_under(lines, line.index)
    return found


def summaries_under(lines: list[PageLine], heading: int) -> list[int]:
    """The summaries of the cards under a heading, line numbers; none where the lines do not go in pairs."""
    summaries: list[int] = []
    index = heading + 1
    while index + 1 < len(lines):
        if lines[index].is_time or lines[index].date or not lines[index].has_ink:
            index += 1
            continue
        title, summary = lines[index], lines[index + 1]
        follows = lines[index + 2] if index + 2 < len(lines) else None
        if not is_headline_shaped(title) or not _is_summary(summary):
            break
        if follows is not None and follows.prose >= 1.6 and not follows.is_boilerplate:
            break  # two paragraphs in a row: the text goes on
        summaries.append(index + 1)
        index += 2
    return summaries if len(summaries) >= MIN_CARDS else []


MIN_SUMMARY = 14
"""Words of a summary that does not end in a full stop; a shorter line may be a headline that asks or was cut."""


def _is_summary(line: PageLine) -> bool:
    if line.heading or not 5 <= line.words <= 60 or not line.ends_sentence:
        return False
    return line.words >= MIN_SUMMARY or bool(re.search(r"[^.]\.[\"”»)]*\s*$", line.text))


def next_article(lines: list[PageLine]) -> range:
    """From the headline of a second article on, where it is dated and signed as the first."""
    prose = 0
    for line in lines:
        prose += line.prose >= 1.6 and line.ends_sentence
        if prose < 3 or not is_headline_shaped(line) or line.words < 4:
            continue
        if line.beside_date or line.date:
            continue
        head = lines[line.index + 1 : line.index + 5]
        if not any(other.date for other in head) or not any(_may_sign(other) for other in head):
            continue
        if any(other.prose >= 1.6 for other in head[:2]) or _is_invited(lines, line.index):
            continue
        after = lines[line.index + 3 : line.index + 12]
        if sum(other.prose >= 1.6 for other in after) >= 2:
            above = lines[line.index - 1]
            label = above.words <= 3 and not above.ends_sentence
            return range(line.index - label, _next_box(lines, line.index))
    return range(0)


def _may_sign(line: PageLine) -> bool:
    return (
        line.byline is not None
        or line.beside_date is not None
        or (2 <= line.words <= 5 and person_score(line.text) >= LIKELY_PERSON)
    )


def _is_invited(lines: list[PageLine], index: int) -> bool:
    return any(
        line.heading in ("read_also", "related", "picks", "more") for line in lines[max(0, index - 3) : index]
    )


def _copies(lines: list[PageLine]) -> list[int]:
    """Paragraphs that stand a second time, in the same order, with the lines between them."""
    first: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for line in lines:
        if line.words < 10 or not re.search(r"[.؟!،,]", line.text):
            continue
        if line.folded in first:
            pairs.append((first[line.folded], line.index))
        else:
            first[line.folded] = line.index
    run: list[tuple[int, int]] = []
    best: list[tuple[int, int]] = []
    for pair in pairs:
        run = [*run, pair] if run and pair[0] > run[-1][0] else [pair]
        best = run if len(run) > len(best) else best
    if len(best) < MIN_COPIED or best[0][1] <= best[-1][0]:
        return []
    start = best[0][1]
    above = {line.folded for line in lines[: best[0][0]]}
    while lines[start - 1].folded in above and lines[start - 1].words >= 3:
        start -= 1  # the headline of the copy
    return list(range(start, best[-1][1] + 1))
