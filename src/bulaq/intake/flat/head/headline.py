"""Which of the lines above the text is its headline, if any is.

A headline is never invented: a line becomes one only on evidence (it is repeated on the page, a date or another
line of the head stands between it and the text, it has the grammar of a headline), weighed against what speaks for
a caption. Without enough evidence there is no headline, and the best line is left as a suggestion.
"""

from __future__ import annotations

from bulaq.intake.flat.head.head_parts import Head
from bulaq.intake.flat.head.headline_places import repetitions
from bulaq.intake.flat.head.headline_signs import PHRASED, QUESTION, headline_score
from bulaq.intake.flat.lines.content_words import content_words
from bulaq.intake.flat.lines.labels import CAPTION
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.verbs import has_verb

HEADLINE_THRESHOLD = 2.0
"""Evidence that a headline needs (`headline_signs`)."""

CLEARLY_BETTER = 0.6
"""How much more a line must have for it than the one right above, else it is that headline's standfirst or caption."""

MAX_PICTURE_NAME = 8
"""Words that name what a picture shows, as its alternative text does."""

MAX_HEADLINE = 14
"""Words; a longer line with a verb is a standfirst."""


def choose_headline(
    lines: list[PageLine], first: int, candidates: list[int], body_words: frozenset[str], head: Head
) -> None:
    best: tuple[float, int] | None = None
    seen: set[str] = set()
    for index in candidates:
        line = lines[index]
        if line.folded in seen:
            continue
        seen.add(line.folded)
        score = headline_score(lines, index, first, candidates, body_words, head)
        if best is None or score > best[0] + (CLEARLY_BETTER if index == best[1] + 1 else 0.01):
            best = (score, index)
    if best is None:
        return
    if best[0] >= HEADLINE_THRESHOLD and not _may_name_picture(lines, best[1], first, candidates):
        head.headline, head.headline_score = best[1], best[0]
        told = PageLine(lines[best[1]].title_text, 0, False).folded
        for index in candidates:
            if lines[index].folded == told or PageLine(lines[index].title_text, 0, False).folded == told:
                head.roles[index] = "headline"
            elif lines[index].title_text != lines[index].text:
                head.roles[index] = "other"  # another line of the ticker
        _drop_names_above(lines, head)
    elif content_words(lines[best[1]].text) & body_words:
        head.suggestion = best[1]


def _may_name_picture(lines: list[PageLine], index: int, first: int, candidates: list[int]) -> bool:
    """Whether the line may as well name the picture over the headline: nouns alone, with a longer line that has a
    verb right under it, and the byline or the date under that. Nothing tells which of the two is the headline."""
    line, under = lines[index], index + 1
    if (
        under not in candidates
        or under + 1 >= first
        or has_verb(line)
        or any(repetitions(lines, index, first))
    ):
        return False
    if PHRASED.search(line.title_text) or QUESTION.search(line.title_text) or line.words > MAX_PICTURE_NAME:
        return False
    other, below = lines[under], lines[under + 1]
    return (
        line.words < other.words <= MAX_HEADLINE
        and has_verb(other)
        and (below.date is not None or below.byline is not None)
        and not (other.is_sentence or other.is_truncated or CAPTION.search(other.text))
    )


def _drop_names_above(lines: list[PageLine], head: Head) -> None:
    """A bare name above the headline is a menu's label where the article is signed below it."""
    assert head.headline is not None
    if not any(index > head.headline for index, _ in head.bylines):
        return
    for index, byline in list(head.bylines):
        if index < head.headline and not (byline.place or byline.roles):
            head.bylines.remove((index, byline))
            head.roles[index] = "other"
