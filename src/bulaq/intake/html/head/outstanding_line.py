"""The line that stands out right above the text: the headline of a page that has no `<h1>` and tells machines of none."""

from __future__ import annotations

import re

from bulaq.intake.html.head.dates import shows_only_a_date
from bulaq.intake.html.head.no_article import MIN_BODY_CHARS
from bulaq.intake.html.head.site_names import OUTLET_KINDS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, prose_of
from bulaq.intake.html.layout.text import key, words

TITLE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:\w+-)?(?:title|headline|head-?line|heading)|titr|entry-?title|post-?title)(?:$|[\s_-])"
)
_ENDS_IN_TITLE = re.compile(
    r"(?:^|\s)(?!sub|section|block|box|widget|page|side|right|left|rel)[a-z]{2,10}(?:title|headline)(?:$|\s)"
)
"""«bbtitle», «divtitle»: a name glued to the word, which says less than one with a stroke between."""


def outstanding_line(page: Page) -> tuple[int, Segment | None]:
    """The line that stands out right above the text, and how far: 3 a heading, 2 named one, 1 bold or large, 0 none."""
    best: tuple[int, Segment] | None = None
    for segment in page.segments:
        text = segment.text
        if segment.kind != "text" or segment.link_chars or segment.label in APART or text[-1:] in ".،؛:":
            continue
        if not 3 <= words(text) <= 25 or not 15 <= len(text) <= 200 or heading_of(text) or noise_line(text):
            continue
        names = f"{page.nodes[segment.node].names} {segment.names}"
        rank = (
            3
            if segment.tag in ("h1", "h2", "h3")
            else 2
            if segment.tag == "h4" or TITLE_NAMES.search(names) or _ENDS_IN_TITLE.search(names)
            else 0
        )
        if not rank and words(text) >= 4 and _stands_over_the_day(page, segment):
            rank = 1
        if not rank and (segment.bold_chars >= 0.9 * len(text) or _large(segment)):
            rank = 1
        below = page.segments[segment.index + 1 : segment.index + 12]
        at = next((place for place, other in enumerate(below) if prose_of(other)), None)
        least = MIN_BODY_CHARS if rank >= 2 else 300
        if not rank or at is None or at > 7 or page.prose(segment.index, below[-1].index + 1) < least:
            continue
        if _stands_amid_text(page, segment, below[at]):
            continue
        longer = best is not None and rank == best[0] and words(text) > words(best[1].text)
        if best is None or rank > best[0] or (longer and (rank == 1 or _is_kicker_over(best[1], segment))):
            best = (rank, segment)
    return best or (0, None)


def _is_kicker_over(line: Segment, heading: Segment) -> bool:
    """Whether a few words stand right over a heading as high as they are: a series' name over the headline."""
    return line.index + 1 == heading.index and line.tag == heading.tag and words(line.text) <= 4


def _stands_amid_text(page: Page, segment: Segment, below: Segment) -> bool:
    """Whether paragraphs stand right over a line in an element built as that of the one `below` it: a subheading of theirs."""
    home = page.nodes[page.home(below)]
    above = [s for s in page.segments[max(0, segment.index - 6) : segment.index] if prose_of(s) >= 100]
    homes = (page.nodes[page.home(each)] for each in above)
    return sum((each.tag, each.names) == (home.tag, home.names) for each in homes) >= 2


def _stands_over_the_day(page: Page, segment: Segment) -> bool:
    """Whether a line has an element of its own and the next shows only the day: how a page without headings begins."""
    below = page.segments[segment.index + 1 : segment.index + 2]
    own = page.nodes[segment.node]
    return own.end - own.start == 1 and any(s.kind == "text" and shows_only_a_date(page, s) for s in below)


def _large(segment: Segment) -> bool:
    sizes = [element.get("size") or "" for element in segment.element.iter("font")]
    return any(
        size.lstrip("+").isdigit() and int(size.lstrip("+")) >= (2 if "+" in size else 4) for size in sizes
    )


def tells_more(page: Page, line: Segment, title: str) -> bool:
    """Whether a line has more of the words of the text below it than a `<title>`, which then names the site alone, as one
    does that begins with what it is («وكالة …»)."""
    below = page.segments[line.index + 1 : line.index + 1 + _TOLD_IN]
    said = {key(word) for s in below if prose_of(s) for word in s.text.split()}

    def told(text: str) -> float:
        long = [word for each in text.split() if len(word := key(each)) >= 4]
        return sum(word in said for word in long) / max(1, len(long))

    own = 0.0 if words(title) <= _NAME and _OUTLET.match(title) else told(title)
    return own < _FEW and told(line.text) > max(0.1, own)


_FEW = 0.34
"""A smaller share of a title's words in the text says that it is of the site and not of the text."""
_OUTLET, _NAME = re.compile(rf"\W*(?:{OUTLET_KINDS})\s"), 6
"""How the name of an outlet begins, and the most words that it has."""
_TOLD_IN = 30
"""Lines of the text in which the words of its headline are looked for."""
