"""What a line is among its neighbours: a strapline, words set large, a heading of links, a scrap of a widget."""

from __future__ import annotations

from math import ceil

from bulaq.intake.html.body.ends import IsByline, like_cousins
from bulaq.intake.html.head.dates import is_date, shows_only_a_date
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Node,
    Segment,
    is_linked_headline,
    is_of_labels,
    leads_to_a_writer,
    prose_of,
)
from bulaq.intake.html.layout.text import ends_as_sentence, fold, has_ink, key, words
from bulaq.intake.html.lines.byline_lines import is_byline


def is_second_headline(page: Page, segment: Segment, headline: Headline | None) -> bool:
    """Whether a smaller heading stands right under the headline, over what is told of the article (its writer, day, picture)."""
    if headline is None or headline.segment is None or segment.tag not in ("h2", "h3", "h4"):
        return False
    if (
        not headline.segment < segment.index <= headline.segment + 2
        or page.segments[headline.segment].tag >= segment.tag
    ):
        return False
    following = page.segments[segment.index + 1 : segment.index + 2]
    told = [s for s in following if not prose_of(s) or (len(s.text) <= 80 and not ends_as_sentence(s.text))]
    return bool(told)


def is_strapline(page: Page, line: Segment, headline: Headline | None) -> bool:
    """Whether a line that is no sentence and no paragraph stands right under the headline, over the row of writer and day."""
    top = headline.segment if headline else None
    if top is None or line.tag == "p" or line.link_chars or not _is_right_under(page, line, top):
        return False
    if (
        is_byline(line.text)
        or ends_as_sentence(line.text)
        or line.text[-1] in ":：،"
        or not 4 <= words(line.text) <= 25
    ):
        return False
    below = page.segments[line.index + 1] if line.index + 1 < len(page.segments) else line
    return below.label in ("meta", "source") or shows_only_a_date(page, below)


def _is_right_under(page: Page, line: Segment, top: int) -> bool:
    """Whether a line follows the headline, segment `top`, with nothing between but tools for reading."""
    between = page.segments[top + 1 : line.index]
    return top < line.index <= top + 6 and all(
        s.kind == "embed" or (s.kind == "text" and (s.label in APART or is_of_labels(s))) for s in between
    )


def is_row_of_facts(line: Segment) -> bool:
    """Whether a line is short labels in elements of their own, and one of them is a day («اجتماعات» «14/11/2012» «20:35»)."""
    pieces = [fold(piece) for piece in line.pieces if has_ink(piece)]
    brief = len(line.text) <= _FACTS and all(len(piece) <= _LABEL for piece in pieces)
    return len(pieces) >= 2 and brief and not ends_as_sentence(line.text) and any(map(is_date, pieces))


_FACTS, _LABEL = 110, 30
"""Characters of a row of facts and of a label in it."""


def is_of_a_person(page: Page, segment: Segment, is_byline: IsByline) -> bool:
    """Whether a paragraph over the text shares a small element with a name: who the writer is. An element that holds the
    page's heading, or two paragraphs, is a short article."""
    for index in page.ancestors(segment.node)[1:3]:
        node = page.nodes[index]
        if node.end - node.start > 4:
            return False
        inside = page.segments[node.start : node.end]
        if any(s.tag == "h1" for s in inside) or sum(prose_of(s) > 0 for s in inside) > 1:
            return False
        if any(
            s is not segment
            and s.kind == "text"
            and (is_byline(s.text) or any(leads_to_a_writer(a.href) for a in s.anchors))
            for s in inside
        ):
            return True
    return False


def is_pulled(page: Page, segment: Segment, kept: list[Segment], end: int) -> bool:
    """Whether a block of another kind than the paragraphs says words of a paragraph beside it again, set large."""
    said = key(segment.text)
    if not 20 <= len(said) <= 300 or segment.tag == "li":
        return False
    if segment.tag in HEADINGS and (heads_text(page, segment) or _heads_its_block(page, segment)):
        return False
    own = page.nodes[segment.node]
    before = [other for other in kept[-_NEAR:] if other.kind == "text"]
    after = [
        other
        for other in page.segments[segment.index + 1 : min(end, segment.index + 1 + _NEAR)]
        if other.kind == "text"
    ]
    for other in (*before, *after):
        node = page.nodes[other.node]
        same_kind = (node.tag, node.names, node.parent) == (own.tag, own.names, own.parent)
        other_kind = not same_kind and not like_cousins(page, segment, other)
        if other_kind and prose_of(other) > len(segment.text) and _says(other.text, segment.text):
            return True
    return False


_NEAR = 6
"""Lines of the text between pulled words and the paragraph that says them."""
_CHANGED = 0.25
"""The share of pulled words that may differ: they are made a sentence of their own («النساء اللواتي كن …»)."""


def _says(paragraph: str, pulled: str) -> bool:
    """Whether a paragraph holds the words of another line one after another, but for a few at one end of them."""
    if key(pulled) in key(paragraph):
        return True
    told = pulled.split()
    least = ceil(len(told) * (1 - _CHANGED))
    runs = (told[start : start + least] for start in range(len(told) - least + 1))
    return least >= 6 and any(key("".join(run)) in key(paragraph) for run in runs)


def heads_text(page: Page, heading: Segment) -> bool:
    """Whether a heading stands among the paragraphs of one element, right over one and no deeper: it heads a part of their
    text."""
    below = page.segments[heading.index + 1 : heading.index + 2]
    depth = page.nodes[heading.node].depth
    return any(
        prose_of(s) and page.home(s) == page.home(heading) and page.nodes[s.node].depth >= depth
        for s in below
    )


def _heads_its_block(page: Page, heading: Segment) -> bool:
    """Whether a heading, in wrappers of its own perhaps, opens an element that holds the paragraphs under it: a block of
    the text's."""
    for index in page.ancestors(heading.node)[:3]:
        block = page.nodes[index]
        inside = [s for s in page.segments[block.start : block.end] if s.kind == "text"]
        if len(inside) > 1:
            return inside[0] is heading and all(prose_of(s) and not s.bold_chars for s in inside[1:])
    return False


def may_head(segment: Segment) -> bool:
    """Whether a line could head what follows: a heading, bold or short."""
    return segment.tag in HEADINGS or segment.bold_chars > 0 or len(segment.text) <= 45


def goes_on(segments: list[Segment], index: int) -> bool:
    """Whether the line is followed by running text at once, and so heads a part of the article («للمزيد» does not)."""
    following = next((s for s in segments[index + 1 : index + 3] if s.kind == "text"), None)
    heading = segments[index].text
    return (
        following is not None
        and prose_of(following) > 0
        and heading_of(heading) in ("more", "latest", "picks")
    )


def aside_end(page: Page, heading: Segment, top: int) -> int:
    """Where the element of links that `heading` opens is over: nothing in it is text of the article."""
    inner = 0
    for index in page.ancestors(heading.node):
        node = page.nodes[index]
        if index == top or (page.prose(node.start, node.end) > 0 and not _teases(page, heading, node)):
            break
        if any(is_linked_headline(segment) for segment in page.segments[heading.index + 1 : node.end]):
            inner = node.end
    return inner


def _teases(page: Page, heading: Segment, node: Node) -> bool:
    """Whether an element that a heading of links opens holds links, each with a summary of its article, and no more."""
    inside = [s for s in page.segments[heading.index + 1 : node.end] if s.kind == "text"]
    links = sum(1 for segment in inside if is_linked_headline(segment))
    summaries = [segment for segment in inside if prose_of(segment)]
    opens = all(s.kind != "text" for s in page.segments[node.start : heading.index])
    return (
        links > 0
        and opens
        and is_linked_headline(inside[0])
        and len(summaries) <= links
        and len(inside) <= 3 * links
    )


def names_around(page: Page, segment: Segment) -> str:
    """The names (classes, ids) of a line's own element and of the small ones around it."""
    node = page.nodes[segment.node]
    names = [segment.names, node.names]
    above = page.nodes[node.parent] if node.parent >= 0 else None
    for level in range(4):  # its parent, and further up what holds this text alone (a field and its wrappers)
        if above is None or (level and above.end - above.start != 1):
            break
        names.append(above.names)
        above = page.nodes[above.parent] if above.parent >= 0 else None
    return " ".join(name for name in names if name)


_LAID_OUT = 600
"""Characters of running text from which a cell holds the text of an article and is no figure of its table."""


def in_list_or_table(page: Page, segment: Segment, top: int) -> bool:
    """Whether a figure or a word stands in a list or a table of the article, where it is content."""
    if segment.tag not in ("li", "td", "th"):
        return False
    cell = page.nodes[segment.node]
    if segment.tag == "td" and page.prose(cell.start, cell.end) >= _LAID_OUT:
        return False  # the cell lays out the page
    return any(
        page.nodes[node].tag in ("table", "ul", "ol") for node in page.ancestors(segment.node) if node > top
    )
