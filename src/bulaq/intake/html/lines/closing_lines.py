"""The lines with which an element of text closes and that are none: invitations, agencies, notices of the house."""

from __future__ import annotations

import re
from collections import Counter

from bulaq.arabic.dates.reading import find_dates
from bulaq.arabic.normalise import matching_key
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.cues import OCCUPATIONS
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, leads_off_the_site, prose_of
from bulaq.intake.html.layout.text import ends_as_sentence, words
from bulaq.intake.html.lines.byline_lines import has_shape_of_name
from bulaq.intake.html.lines.points import in_points

_INITIALS = re.compile(r"(?<=[.!?؟۔])\s*\([^()\s]{1,8}\)$")
"""Who wrote a paragraph, by initials behind its last sentence."""
_PARTS_OF_TEXT = (*HEADINGS, "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "pre")
_OF_THE_PAGE = re.compile(
    r"(?<!\w)(?:[وفبكل]|لل)?(?:ال)?(?:هذا\s+)?(?:مقالة?|موقع|صفح[ةت]|صفحتنا|موقعنا|تعليقات?|تعليقاتكم|رأيك|آرائكم|قرائنا|حقوق|للمشتركين|رابط|نشرتنا"
    r"|بريدك|تطبيق|website|article|comments?|newsletter|subscribe|copyright)(?!\w)",
    re.I,
)
"""Words of which a line that speaks of its page, its readers and the house has one."""
FEWEST_PARAGRAPHS = 3
"""So many paragraphs built alike show how the text is built."""
MOST_FOREIGN = 0.25
"""No larger share of the running text stands in closing lines; else the text is built in two ways."""
FOREIGN = 3
"""So many signs make a closing line none of the text."""


def without_foreign_close(page: Page, kept: list[Segment]) -> list[Segment]:
    """`kept` without the lines under its last paragraph that are built and worded unlike the paragraphs.

    No sign decides alone: a tag, a name, a parent, bold that the paragraphs do not have, a link, an end without the mark
    of a sentence, a day, words about the page itself count one each (`FOREIGN`).
    """
    shared = Counter(segment.node for segment in kept if prose_of(segment))

    def kind(segment: Segment) -> tuple[str, str, int]:
        node = page.nodes[segment.node]
        return node.tag, node.names, node.index if shared[node.index] > 1 else node.parent

    kinds = Counter(kind(segment) for segment in kept if prose_of(segment))
    usual, times = kinds.most_common(1)[0] if kinds else (None, 0)
    if usual is None or times < FEWEST_PARAGRAPHS:
        return kept
    last = max(segment.index for segment in kept if kind(segment) == usual)
    home = page.home(page.segments[last])
    closing = [segment for segment in kept if segment.index > last and segment.kind == "text"]
    if sum(map(prose_of, closing)) > MOST_FOREIGN * sum(map(prose_of, kept)):
        return kept
    foreign = set()
    for line in closing:
        unlike = sum(1 for here, there in zip(kind(line), usual, strict=True) if here != there)
        part = line.tag in _PARTS_OF_TEXT or page.in_quotation(line, 0) or in_points(page, line, home)
        if not part and unlike and unlike + _signs(line) >= FOREIGN:
            foreign.add(line.index)
    return [segment for segment in kept if segment.index not in foreign]


def _signs(line: Segment) -> int:
    """How many signs in a line itself say that it is none of the text."""
    bold = line.bold_chars >= len(line.text) - 2
    dated = len(line.text) <= 160 and bool(find_dates(line.text))
    of_the_page = speaks_of_the_page(line.text)
    return bold + bool(line.anchors) + (not ends_as_sentence(line.text)) + dated + of_the_page


def speaks_of_the_page(text: str) -> bool:
    """Whether a line has a word of its page, its readers or the house."""
    return bool(_OF_THE_PAGE.search(text))


_POST = re.compile(
    rf"(?:ال)?{OCCUPATIONS} |(?:an? |the )?(?:\w+ ){{0,3}}(?:journalist|reporter|writer|editor|author)s? "
)
"""How a paragraph begins that tells what somebody is, letters made one."""


def presents_the_writer(page: Page, line: Segment) -> bool:
    """Whether a closing paragraph says what somebody is, right under the name in a line of its own: linked, bold or headed, or any
    where a few words tell the post."""
    name = next((s for s in reversed(page.segments[: line.index]) if s.kind == "text"), None)
    if name is None or name.index < line.index - 2 or not _POST.match(matching_key(line.text) + " "):
        return False
    whole = max(name.link_chars, name.bold_chars) >= len(name.text) - 2 or name.tag in HEADINGS
    brief = not prose_of(line) and not ends_as_sentence(line.text)  # a post, under whoever signs
    return has_shape_of_name(name.text, 1.5 if whole else 2.5) and (whole or brief)


def is_apart(page: Page, line: Segment) -> bool:
    """Whether a closing line is an invitation or says who the writer is, and so none of the text."""
    return leads_off_the_page(line) or presents_the_writer(page, line)


def leads_off_the_page(segment: Segment) -> bool:
    """Whether a closing line has links, and all of them to mail, an app or the site's own account: an invitation."""
    whole = ends_as_sentence(_INITIALS.sub("", segment.text))
    brief = len(segment.text) <= 200 and (not whole or segment.link_chars > 0.3 * len(segment.text))
    return (
        brief and bool(segment.anchors) and all(leads_off_the_site(anchor.href) for anchor in segment.anchors)
    )


def signs_off(text: str) -> bool:
    """Whether a closing line is agencies and the outlet («فلان نيوز/ أ ف ب»), of two words or so each."""
    bare = re.sub(r"^\W*(?:with|from|مع|عن|نقلا\s+عن)\s", "", text).strip(" .()[]—–-")
    parts = [part for part in re.split(r"\s*[/،,+–-]\s*|\sو(?=\S)", bare) if part]
    agencies = sum(1 for part in parts if agency_score(part) >= 3)
    return bool(agencies) and all(words(part) <= 3 for part in parts) and words(text) <= 9
