"""The lines above the body: breadcrumb, kicker, headline, standfirst, caption, byline, date."""

from __future__ import annotations

import re

from bulaq.intake.bylines import Byline, parse_byline
from bulaq.intake.flat.breadcrumbs import HOME, stands_elsewhere, top_of_head
from bulaq.intake.flat.content_words import content_words
from bulaq.intake.flat.head_parts import Head
from bulaq.intake.flat.headline import choose_headline
from bulaq.intake.flat.labels import CAPTION, is_credited
from bulaq.intake.flat.lines import PageLine
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.flat.signatures import LIKELY_PERSON
from bulaq.intake.given_names import person_score

_LABEL = re.compile(r"^\s*[^\s/–—-]+(?:\s[^\s/–—-]+){0,2}\s*[:：]\s*$")
"""«الموضوع:» on a line of its own: what follows is its value."""


def read_head(lines: list[PageLine], first: int, last: int, repeats: Repeats | None = None) -> Head:
    """The head of the body that stands at lines `first`..`last`."""
    head = Head()
    top = top_of_head(lines, first, head)
    body_words = content_words(" ".join(line.text for line in lines[first : last + 1][:40]))
    candidates: list[int] = []
    index = top
    while index < first:
        line = lines[index]
        if index in head.roles:
            pass
        elif repeats is not None and repeats.is_frame(line.text) and not (line.date or line.byline):
            head.roles[index] = "other"
        elif line.said_source is not None and not _is_caption_above(lines, index, candidates):
            head.roles[index] = "byline"
            head.bylines.append((index, line.said_source))
        elif line.date is not None:
            head.roles[index] = "date"
            head.dates.append(index)
            if line.beside_date is not None and first - index <= 12:
                head.bylines.append((index, line.beside_date))
        elif (
            line.is_time
            or (line.noise and line.said_source is None)
            or line.is_url
            or line.is_copyright
            or line.is_menu
            or line.heading in ("share", "comments", "form")
        ):
            head.roles[index] = "other"
        elif line.credit is not None:
            head.roles[index] = "credit"
            head.credit = head.credit or line.credit or None
        elif line.byline is not None and _may_sign(lines, index, first, body_words):
            head.roles[index] = "byline"
            head.bylines.append((index, line.byline))
        elif (signed := _signed_by_place(lines, index, first, candidates)) is not None:
            head.roles[index] = "byline"
            head.bylines.append((index, signed))
        elif index and _LABEL.match(lines[index - 1].text):
            head.roles[index] = "tag" if lines[index - 1].heading == "tags" else "other"
        elif not line.is_boilerplate and (line.words >= 3 or is_credited(lines, index, first)):
            candidates.append(index)
        index += 1
    choose_headline(lines, first, candidates, body_words, head)
    _place_others(lines, first, candidates, body_words, head)
    _short_lines(lines, top, first, head)
    return head


def _is_caption_above(lines: list[PageLine], index: int, candidates: list[int]) -> bool:
    """Whether the line names the source of a picture: a caption stands right above it, the headline further up."""
    return len(candidates) > 1 and candidates[-1] == index - 1 and not lines[index].gap


def _may_sign(lines: list[PageLine], index: int, first: int, body_words: frozenset[str]) -> bool:
    line = lines[index]
    byline = line.byline
    assert byline is not None
    if index and lines[index - 1].text.strip() == "©":
        return False
    if byline.place or byline.roles:
        return True
    if not byline.people:  # an agency's name alone may be the site's own
        near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
        return first - index <= 3 and any(line.date or line.byline for line in near)
    return first - index <= 12 and line.words <= 5


def _signed_by_place(lines: list[PageLine], index: int, first: int, candidates: list[int]) -> Byline | None:
    """Names too unusual to be told by themselves sign where a byline stands: under the headline, beside the date."""
    line = lines[index]
    if not candidates or line.words > 12 or line.heading or line.is_sentence or line.is_truncated:
        return None
    near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
    if not any(other.date for other in near) or stands_elsewhere(lines, index, first):
        return None
    found = parse_byline(line.text)
    if not found.people or found.place or found.agencies:
        return None
    shaped = all(2 <= len(name.split()) <= 5 and person_score(name) >= LIKELY_PERSON for name in found.people)
    return found if shaped else None


def _place_others(
    lines: list[PageLine], first: int, candidates: list[int], body_words: frozenset[str], head: Head
) -> None:
    """Captions and the standfirst among the lines that did not become the headline."""
    after = [i for i in candidates if i not in head.roles and (head.headline is None or i > head.headline)]
    for index in after:
        line = lines[index]
        related = bool(content_words(line.text) & body_words)
        related = related or (head.headline is not None and index - head.headline <= 3)
        credited = is_credited(lines, index, first)
        if head.caption is not None and line.folded == lines[head.caption].folded:
            head.roles[index] = "caption"
        elif (
            not credited
            and head.headline is not None
            and index == head.headline + 1
            and line.is_sentence
            and any(other > index for other in after)
        ):
            head.standfirst = index
            head.roles[index] = "standfirst"
        elif credited or CAPTION.search(line.text) or head.headline is None:
            if head.caption is None and (related or credited):
                head.caption = index
                head.roles[index] = "caption"
        elif (
            head.standfirst is None and head.headline is not None and _is_standfirst(line, index, after, head)
        ):
            head.standfirst = index
            head.roles[index] = "standfirst"
        elif head.caption is None and related:
            head.caption = index
            head.roles[index] = "caption"
    for index in candidates:
        head.roles.setdefault(index, "other")
    if head.headline is None:
        head.suggestion = head.caption if head.suggestion is None else head.suggestion


def _is_standfirst(line: PageLine, index: int, after: list[int], head: Head) -> bool:
    if (line.ends_sentence and line.is_sentence) or line.words >= 14:
        return True
    others = [other for other in after if other > index]
    return len(others) >= 1 and line.words >= 9 and index - (head.headline or 0) == 1


def _may_be_kicker(lines: list[PageLine], index: int, head: Head) -> bool:
    """Not a clock, a rate or a temperature, and not the last label of a menu."""
    line = lines[index]
    if (
        line.is_time
        or line.words < 1
        or not any(map(str.isalpha, line.folded))
        or re.search(r"\d[.,٫:]\d|[°%]", line.text)
    ):
        return False
    above = [lines[other] for other in (index - 1, index - 2) if other >= 0 and other not in head.roles]
    return not (len(above) == 2 and all(1 <= other.words <= 3 and not other.date for other in above))


def _short_lines(lines: list[PageLine], top: int, first: int, head: Head) -> None:
    """Kicker and section among the short lines that nothing else has claimed."""
    if head.headline is not None:
        index = head.headline - 1
        if index >= top and head.roles.get(index, "other") == "other":
            line = lines[index]
            if 1 <= line.words <= 5 and not line.noise and line.heading in (None, "section"):
                if stands_elsewhere(lines, index, first) and not head.breadcrumb:
                    head.section = line.text
                    head.roles[index] = "breadcrumb"
                elif _may_be_kicker(lines, index, head):
                    head.kicker = index
                    head.roles[index] = "kicker"
    names = [
        crumb for crumb in head.breadcrumb[1:] if head.headline is None or crumb != lines[head.headline].text
    ]
    if head.breadcrumb and PageLine(head.breadcrumb[0], 0, False).folded not in HOME:
        names.insert(0, head.breadcrumb[0])
    if names:
        head.section = names[-1]
    elif head.section is None:
        for index in range(first - 1, top - 1, -1):
            line = lines[index]
            if (
                index not in head.roles
                and 1 <= line.words <= 4
                and line.heading == "section"
                and stands_elsewhere(lines, index, first)
            ):
                head.section = line.text
                head.roles[index] = "breadcrumb"
                break
    for index in range(top, first):
        head.roles.setdefault(index, "other")
