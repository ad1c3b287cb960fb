"""Which of the lines above the text is its headline, if any is.

A headline is never invented: a line becomes one only on evidence (it is repeated on the page, a date or another
line of the head stands between it and the text, it has the grammar of a headline), weighed against what speaks for
a caption. Without enough evidence there is no headline, and the best line is left as a suggestion.
"""

from __future__ import annotations

import re

from bulaq.intake.flat.body import content_words
from bulaq.intake.flat.head_parts import Head
from bulaq.intake.flat.labels import CAPTION, is_credited, is_labelled_caption
from bulaq.intake.flat.lines import PageLine
from bulaq.intake.flat.verbs import has_verb

HEADLINE_THRESHOLD = 2.0
"""Evidence that a headline needs (weights below, set by hand so that one strong or two weak signs suffice)."""

CLEARLY_BETTER = 0.4
"""How much more a line must have for it than the one right above, else it is that headline's standfirst or caption."""

MAX_PICTURE_NAME = 8
"""Words that name what a picture shows, as its alternative text does."""

MAX_HEADLINE = 14
"""Words; a longer line with a verb is a standfirst."""

_QUESTION = re.compile(r"^(?!.*[^.]\.\s)(?:.*[:：]\s.*[؟?]\s*$|.*[؟?]\s*\S+\s\S+)")
"""A question after a colon, or with its answer: captions describe, they seldom ask."""
_PHRASED = re.compile(r"^[^:.]{2,40}(?::\s|\.{2,3}\s?)\S+\s+\S")
"""«فلان: …», «المدينة.. …»: headlines are put so, captions seldom."""


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
        score = _headline_score(lines, index, first, candidates, body_words, head)
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
        or any(_repetitions(lines, index, first))
    ):
        return False
    if _PHRASED.search(line.title_text) or _QUESTION.search(line.title_text) or line.words > MAX_PICTURE_NAME:
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


def _headline_score(
    lines: list[PageLine],
    index: int,
    first: int,
    candidates: list[int],
    body_words: frozenset[str],
    head: Head,
) -> float:
    """The evidence that line `index` is the headline, less what speaks for a caption, a standfirst or a link."""
    line = lines[index]
    if line.words > 30 or not line.is_title_like:
        return -1.0
    words = content_words(line.title_text)
    shared = len(words & body_words)
    verb = has_verb(line)
    others = [other for other in candidates if lines[other].folded != line.folded]
    later = [other for other in others if other > index]
    above, below = _repetitions(lines, index, first)
    related = shared >= 2 or shared >= 0.25 * max(1, len(words))
    score = 0.0
    if related or first - index <= 4:
        score += 2.5 if above else 1.0 if below else 0.0
    if any(date > index for date in head.dates):
        score += 1.0
        if index + 1 in head.dates or (index + 2 in head.dates and index + 1 not in candidates):
            score += 1.0
    if later:
        score += 1.5
        if any(lines[other].is_sentence or CAPTION.search(lines[other].text) for other in later):
            score += 0.7
    elif not above and not verb and shared < 3:
        score -= 1.0  # alone, and nothing that a caption could not say as well
    signed = [number for number, _ in head.bylines]
    if any(number > index for number in signed):
        score += 0.4
    elif (
        any(index - 12 <= number < index for number in [*signed, *head.dates])
        and max(head.dates, default=-1) < index
    ):
        # Under the byline and the date stand captions and the text, where something stands above them.
        score -= 2.0 if any(other < index and lines[other].words >= 4 for other in others) else 1.0
    score += 0.8 if verb else -0.4
    if _QUESTION.search(line.title_text) or _PHRASED.search(line.title_text):
        score += 0.6
    if _in_ticker(lines, index):
        score -= 2.5
    score += 0.6 if shared >= 2 else 0.0 if shared else -1.5
    if CAPTION.search(line.text) or is_credited(lines, index, first) or is_labelled_caption(line):
        score -= 2.5
    dated = index + 1 in head.dates and shared >= 2  # the last of a list may be the headline
    near = [other for other in others if index - 6 <= other < index and lines[other].is_title_like]
    if _is_kicker(lines, index, first):
        score -= 3.0
    if not dated and any(lines[other].words >= 4 and not _is_kicker(lines, other, first) for other in near):
        score -= 0.8  # the headline comes first
    if re.search(r"[^.]\.\s+\S|[^.]\.\s*$", line.text):
        score -= 1.5  # whole sentences
    if line.is_truncated:
        score -= 1.0
    if line.words < 4:
        score -= 1.2  # a label or a name more often than a headline
    if re.search(r"\(\s*[\d٠-٩]+\s*\)\s*$", line.text):
        score -= 2.5  # a topic with its count
    if head.breadcrumb and not near and all(lines[other].words <= 5 for other in _since_crumbs(index, head)):
        score += 0.5  # the first line under the breadcrumb, or under the kicker there
    if _run_of_titles(lines, index) >= 4 and not above and not dated:
        score -= 1.5  # one of a list of links
    return round(score - 0.02 * max(0, first - index - 8), 3)


def _in_ticker(lines: list[PageLine], index: int) -> bool:
    """Whether clocks and headlines take turns here, the clock first."""
    clocks = [0 <= other < len(lines) and lines[other].is_time for other in (index - 3, index - 1, index + 1)]
    return sum(clocks[:2]) == 2 or sum(clocks[1:]) == 2


def _is_kicker(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a few words stand right above a longer line that has the shape of a headline."""
    line = lines[index]
    if line.words > 5 or index + 1 >= first:
        return False
    under = lines[index + 1]
    if under.words < 5 or not under.is_title_like or under.is_sentence or under.byline:
        return False
    return (
        under.words > line.words
        and not CAPTION.search(under.text)
        and not is_credited(lines, index + 1, first)
    )


def _since_crumbs(index: int, head: Head) -> range:
    crumbs = [number for number, role in head.roles.items() if role == "breadcrumb" and number < index]
    return range(max(crumbs, default=index) + 1, index)


def _run_of_titles(lines: list[PageLine], index: int) -> int:
    start = end = index
    while start > 0 and lines[start - 1].is_title_like and lines[start - 1].words >= 4:
        start -= 1
    while end + 1 < len(lines) and lines[end + 1].is_title_like and lines[end + 1].words >= 4:
        end += 1
    return end - start + 1


def _repetitions(lines: list[PageLine], index: int, first: int) -> tuple[int, int]:
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
