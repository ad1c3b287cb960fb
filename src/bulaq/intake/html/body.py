"""Where the article's text stands on the page: one element, and the end of the article in it.

Every segment has a value: running text counts for itself, links and scraps of text against. The element whose
segments add up to most is the article's (maximum-sum subtree; compare maximum subsequence segmentation, Pasternack
and Roth 2009), so that an element that adds a lead paragraph wins over its child and one that adds a sidebar loses.
Names («entry-content», `itemprop=articleBody`) and what the page tells machines of its first words only tip the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.html.element_kinds import HEADINGS
from bulaq.intake.html.headline import Headline
from bulaq.intake.html.labels import APART, container_names, names_content
from bulaq.intake.html.noise import heading_of
from bulaq.intake.html.page import Page
from bulaq.intake.html.segments import Node, Segment, is_linked_headline, prose_of
from bulaq.intake.html.structured_data import StructuredData
from bulaq.intake.html.text import key

LINK_COST = 25
SCRAP_COST = 4
APART_COST = 3
MAX_VALUE = 700
"""A very long paragraph counts no more than this, so that one block of terms of use does not outweigh an article."""


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """The node that holds the body, the segment after which the article is over, and how sure that is (0..1)."""

    node: int
    end: int
    confidence: float
    provenance: str
    over: int
    """The segment at which the article is over whatever element holds it (comments, another article)."""


def find_body(page: Page, data: StructuredData, headline: Headline | None) -> BodyPlace | None:
    """The place of the article's text, or None when nothing on the page reads like one."""
    begin = headline.segment if headline and headline.segment is not None else 0
    stop = article_end(page, headline)
    values = [_value(segment, begin, stop) for segment in page.segments]
    if begin and sum(value for value in values if value > 0) < 150:
        values = [
            _value(segment, 0, len(page.segments)) for segment in page.segments
        ]  # the text stands above its headline
    for index in _copies(page, begin):
        values[index] = 0.0
    if headline is not None:
        for segment in page.segments:
            if segment.text == headline.text:
                values[segment.index] = min(values[segment.index], 0.0)
    sums = [0.0, *accumulate(values)]
    marked = {id(element) for name in ("articlebody",) for element in data.marked.get(name, [])}
    opening = _opening_words(page, data)
    claimed = key(data.bodies[0][1])[:4000] if data.bodies else ""
    best, best_score, runner_up = -1, 0.0, 0.0
    start, over = _article_element(page, headline)
    for node in page.nodes:
        if node.start >= node.end or node.effective in APART or node.effective in ("footer", "hidden"):
            continue
        if node.start < start or node.end > over:
            continue
        score = sums[node.end] - sums[node.start]
        if score <= 0:
            continue
        if id(node.element) in marked:
            score *= 1.5
        elif node.names and names_content(container_names(node.names)):
            score *= 1.15
        if opening is not None and node.start <= opening < node.end:
            score *= 1.2
        if claimed and any(
            key(segment.text)[:60] in claimed
            for segment in page.segments[node.start : node.end][:40]
            if len(segment.text) > 60
        ):
            score *= 1.1
        if score >= best_score:
            runner_up, best, best_score = best_score, node.index, score
        elif score > runner_up:
            runner_up = score
    if best < 0:
        return None
    chosen = page.nodes[best]
    end = _foreign_tail(page, chosen, min(chosen.end, stop))
    prose = page.prose(chosen.start, end)
    confidence = 0.55 + min(0.2, prose / 4000)
    where = "most prose"
    if id(chosen.element) in marked:
        confidence, where = confidence + 0.2, "articleBody"
    elif names_content(container_names(chosen.names)):
        confidence, where = confidence + 0.15, "content element"
    if opening is not None and chosen.start <= opening < chosen.end:
        confidence, where = confidence + 0.07, where + " + description"
    return BodyPlace(best, end, round(min(confidence, 0.98), 2), where, stop)


def _copies(page: Page, begin: int) -> list[int]:
    """Paragraphs that stand elsewhere too (a second copy for telephones); the copy in the longest text is not among them."""
    places: dict[str, list[Segment]] = {}
    for segment in page.segments[begin:]:
        if segment.kind == "text" and prose_of(segment) >= 60 and segment.label not in APART:
            places.setdefault(segment.text, []).append(segment)
    twice = [same for same in places.values() if len(same) > 1]
    flows: dict[int, int] = {}
    for segment in (segment for same in twice for segment in same):
        parent = page.nodes[segment.node].parent
        flows[parent] = flows.get(parent, 0) + prose_of(segment)
    copies = []
    for same in twice:
        parents = [page.nodes[segment.node].parent for segment in same]
        kept = max(parents, key=flows.__getitem__)  # what a writer repeats in one text stays repeated
        copies += [segment.index for segment, parent in zip(same, parents, strict=True) if parent != kept]
    return copies


def _article_element(page: Page, headline: Headline | None) -> tuple[int, int]:
    """The segments of the `<article>` that holds headline and text (three paragraphs), else those of the whole page."""
    if headline is not None and headline.segment is not None:
        for index in page.ancestors(page.segments[headline.segment].node):
            node = page.nodes[index]
            if node.tag == "article" and page.prose(headline.segment, node.end) >= 400:
                paragraphs = sum(1 for s in page.segments[headline.segment : node.end] if prose_of(s))
                if paragraphs >= 3 and node.effective not in APART:
                    return node.start, node.end
    return 0, len(page.segments)


def _foreign_tail(page: Page, chosen: Node, end: int) -> int:
    """Where links to other articles part the text from prose of another place (who we are, terms), else `end`."""
    flows: dict[int, int] = {}
    for segment in page.segments[chosen.start : end]:
        prose = prose_of(segment) if segment.label not in APART else 0
        if prose:
            parent = page.nodes[segment.node].parent
            flows[parent] = flows.get(parent, 0) + prose
    home, most = max(flows.items(), key=lambda pair: pair[1], default=(-1, 0))
    if most < 0.6 * sum(flows.values()):
        return end
    own = [
        s.index
        for s in page.segments[chosen.start : end]
        if page.nodes[s.node].parent == home and prose_of(s)
    ]
    links = [
        s.index
        for s in page.segments[own[-1] + 1 : end]
        if is_linked_headline(s) or (len(s.text) <= 60 and heading_of(s.text) in _OTHERS)
    ]
    if len(links) < 2 or page.nodes[page.segments[links[0]].node].parent == home:
        return end
    return links[0] if page.prose(links[0], end) else end


_OTHERS = ("related", "read_also", "latest", "most_read")


def _value(segment: Segment, begin: int, stop: int) -> float:
    if segment.kind != "text":
        return 0.0
    outside = segment.index < begin or segment.index >= stop
    if segment.label in APART or segment.label in ("footer", "caption", "source"):
        return -APART_COST
    prose = prose_of(segment)
    if prose:
        return -0.2 * prose if outside else float(min(prose, MAX_VALUE))
    if segment.link_chars > 0.5 * len(segment.text):
        return -LINK_COST if is_linked_headline(segment) else -LINK_COST / 2
    return -SCRAP_COST


def _opening_words(page: Page, data: StructuredData) -> int | None:
    """The segment that begins as the page's description does."""
    for _, description in data.descriptions:
        start = key(description[:60])
        if len(start) < 25:
            continue
        for segment in page.segments:
            if (
                len(segment.text) >= 40
                and segment.label not in APART
                and key(segment.text[:90]).startswith(start[:35])
            ):
                return segment.index
    return None


def _comments_begin(page: Page, headline: int) -> int:
    """The heading under which readers write, when an article stands above it; else the page's end."""
    for segment in page.segments[headline + 1 :]:
        if segment.kind != "text" or len(segment.text) > 40 or segment.link_chars:
            continue
        written = page.prose(headline + 1, segment.index)
        enough = written >= (100 if segment.tag in HEADINGS else 300)
        if enough and heading_of(segment.text) == "comments" and not page.heads_a_part(segment):
            return segment.index
    return _signed_entries(page, headline)


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


def article_end(page: Page, headline: Headline | None) -> int:
    """The segment at which another article begins (endless scrolling appends them), else the page's end.

    Another article has a headline in the same element as this one's, in a like element further down.
    """
    total = len(page.segments)
    if headline is None or headline.segment is None:
        return total
    total = _comments_begin(page, headline.segment)
    own = page.segments[headline.segment]
    own_key = key(own.text)
    signature = (own.tag, page.nodes[own.node].names)
    lineage = page.ancestors(own.node)
    for node in lineage[:8]:
        here = page.nodes[node]
        if here.parent < 0 or here.tag in ("h1", "h2", "header", "td", "tr"):
            continue
        for other in page.nodes[node + 1 :]:
            if (
                other.parent != here.parent
                or other.start < here.end
                or other.tag != here.tag
                or other.label in APART
            ):
                continue
            if other.names.split(" ")[:1] != here.names.split(" ")[:1]:
                continue
            if page.prose(here.start, here.end) < 150 or page.prose(other.start, other.end) < 200:
                continue
            if any(
                len(segment.text) >= 15
                and (
                    (segment.tag in HEADINGS and segment.tag <= own.tag)
                    or (signature[1] and (segment.tag, page.nodes[segment.node].names) == signature)
                )
                for segment in page.segments[other.start : min(other.end, other.start + 25)]
            ):
                return other.start
    if own.tag == "h1" and signature[1]:
        for segment in page.segments[own.index + 1 :]:
            alike = (segment.tag, page.nodes[segment.node].names) == signature and segment.label not in APART
            if not alike or len(segment.text) < 15 or key(segment.text) == own_key:
                continue
            before = page.prose(own.index, segment.index)
            after = page.prose(segment.index, min(total, segment.index + 40))
            if before > 300 and after > 200:
                return segment.index
    return total
