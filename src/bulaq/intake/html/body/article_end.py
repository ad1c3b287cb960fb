"""Where on its page an article is over: at the comments of readers, at another article that follows it."""

from __future__ import annotations

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Node, Segment, is_linked_headline, prose_of
from bulaq.intake.html.layout.text import key

_HOLD_NO_ARTICLE = ("h1", "h2", "header", "td", "tr")


def article_end(page: Page, headline: Headline | None) -> int:
    """The segment at which comments or another article begin (endless scrolling appends them), else the page's end."""
    if headline is None or headline.segment is None:
        return len(page.segments)
    own = page.segments[headline.segment]
    over = _comments_begin(page, own.index)
    another = _like_element_below(page, own) or _like_headline_below(page, own, over)
    return another or _teaser_in_full(page, own, over) or over


def _like_element_below(page: Page, own: Segment) -> int | None:
    """Where an element begins that is like one around the headline, further down, with a headline and text of its own."""
    for index in page.ancestors(own.node)[:8]:
        here = page.nodes[index]
        if here.parent < 0 or here.tag in _HOLD_NO_ARTICLE or page.prose(here.start, here.end) < 150:
            continue
        for other in page.nodes[index + 1 :]:
            beside = other.parent == here.parent and other.start >= here.end and other.tag == here.tag
            if not beside or other.label in APART or _first_name(other) != _first_name(here):
                continue
            if page.prose(other.start, other.end) >= 200 and _holds_headline(page, other, own):
                return other.start
    return None


def _first_name(node: Node) -> list[str]:
    return node.names.split(" ")[:1]


def _holds_headline(page: Page, other: Node, own: Segment) -> bool:
    """Whether an element opens with a heading as high as the headline `own`, or named as it is."""
    names = page.nodes[own.node].names
    for segment in page.segments[other.start : min(other.end, other.start + 25)]:
        high = segment.tag in HEADINGS and segment.tag <= own.tag
        named = names and (segment.tag, page.nodes[segment.node].names) == (own.tag, names)
        if len(segment.text) >= 15 and (high or named):
            return True
    return False


def _like_headline_below(page: Page, own: Segment, over: int) -> int | None:
    """Where another `<h1>` of the headline's name parts two texts in one element."""
    names = page.nodes[own.node].names
    if own.tag != "h1" or not names:
        return None
    for segment in page.segments[own.index + 1 :]:
        alike = (segment.tag, page.nodes[segment.node].names) == (own.tag, names)
        if (
            not alike
            or segment.label in APART
            or len(segment.text) < 15
            or key(segment.text) == key(own.text)
        ):
            continue
        before = page.prose(own.index, segment.index)
        after = page.prose(segment.index, min(over, segment.index + 40))
        if before > 300 and after > 200:
            return segment.index
    return None


def _teaser_in_full(page: Page, own: Segment, over: int) -> int | None:
    """Where an `<article>` under the whole text opens with a linked headline and then tells another story in full.

    An entry of a chronicle is headed too, but leads nowhere else; a box among paragraphs has more of them below it.
    """
    for node in page.nodes:
        if node.tag != "article" or node.start <= own.index or node.label in APART:
            continue
        if page.prose(node.start, node.end) < 200 or page.prose(own.index, node.start) < 300:
            continue
        lines = [s for s in page.segments[node.start : min(node.end, node.start + 4)] if s.kind == "text"]
        heads = (s for s in lines if s.tag in HEADINGS and is_linked_headline(s))
        other = any(len(s.text) >= 15 and key(s.text) != key(own.text) for s in heads)
        if other and not _goes_on_behind(page, own, node, over):
            return node.start
    return None


def _goes_on_behind(page: Page, own: Segment, box: Node, over: int) -> bool:
    """Whether paragraphs of the element that holds the text above `box` stand below it too."""
    above = [s for s in page.segments[own.index : box.start] if prose_of(s)]
    home = page.home(above[-1])
    return any(prose_of(s) and page.home(s) == home for s in page.segments[box.end : over])


def _comments_begin(page: Page, headline: int) -> int:
    """The heading under which readers write, when an article stands above it; else the page's end."""
    for segment in page.segments[headline + 1 :]:
        if segment.kind != "text" or len(segment.text) > 40 or segment.link_chars:
            continue
        written = page.prose(headline + 1, segment.index)
        enough = written >= (100 if segment.tag in HEADINGS else 300)
        if enough and heading_of(segment.text) == "comments" and not _text_goes_on(page, headline, segment):
            return segment.index
    return _signed_entries(page, headline)


def _text_goes_on(page: Page, headline: int, heading: Segment) -> bool:
    """Whether a heading is one of the text's own, or stands in a box among its paragraphs («شارك برأيك» over a poll)."""
    if page.heads_a_part(heading):
        return True
    above = [s for s in page.segments[headline + 1 : heading.index] if prose_of(s) and s.label not in APART]
    home = page.home(above[-1]) if above else -1
    if home in page.ancestors(heading.node)[:2]:
        return False
    below = [s for s in page.segments[heading.index + 1 :] if prose_of(s) and page.home(s) == home]
    return any(s.tag == above[-1].tag for s in below)


def _signed_entries(page: Page, headline: int) -> int:
    """Where like elements begin, two or more, that each hold a line with a day and then text: what readers wrote.

    They are fewer in words than what stands above them; else the page is a chronicle. The page's end without any.
    """
    groups: dict[tuple[int, str, str], list[Node]] = {}
    for node in page.nodes:
        if node.start > headline and 2 <= node.end - node.start <= 8 and page.prose(node.start, node.end):
            groups.setdefault((node.parent, node.tag, node.names), []).append(node)
    for entries in groups.values():
        begin, over = entries[0].start, entries[-1].end
        above = page.prose(headline + 1, begin)
        few = len(entries) >= 2 and above >= max(300, page.prose(begin, over))
        if few and all(_is_signed(page, entry) for entry in entries):
            return begin
    return len(page.segments)


def _is_signed(page: Page, entry: Node) -> bool:
    """Whether a short line with a day stands over (or right under) the text of an element, and no linked headline."""
    inside = [segment for segment in page.segments[entry.start : entry.end] if segment.kind == "text"]
    if any(is_linked_headline(segment) for segment in inside):
        return False
    return any(
        len(segment.text) <= 90 and not prose_of(segment) and find_dates(page.spaced(segment))
        for segment in inside
    )
