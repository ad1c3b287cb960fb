"""Where the article's text stands on the page: one element, and the end of the article in it.

Every segment has a value: running text counts for itself, links and scraps of text against. The element whose
segments add up to most is the article's (maximum-sum subtree; compare maximum subsequence segmentation, Pasternack
and Roth 2009), so that an element that adds a lead paragraph wins over its child and one that adds a sidebar loses.
Names («entry-content», `itemprop=articleBody`) and what the page tells machines of its first words only tip the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from bulaq.intake.html.body.article_end import article_end
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.labels import APART, container_names, names_content
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Node, Segment, is_linked_headline, prose_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.machines.structured_data import StructuredData

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


@dataclass(frozen=True, slots=True)
class _Hints:
    """What names and machines say of where the text is; it only tips the scale."""

    marked: frozenset[int]
    """Elements that microdata call the article's body."""
    opening: int | None
    """The segment that begins as the page's description does."""
    claimed: str
    """The text that machines are told, as a key."""

    def weigh(self, page: Page, node: Node, score: float) -> float:
        """`score` of a node, more where something says that it holds the text."""
        if id(node.element) in self.marked:
            score *= 1.5
        elif node.names and names_content(container_names(node.names)):
            score *= 1.15
        if self.opens_in(node):
            score *= 1.2
        if self.claimed and self._tells(page.segments[node.start : node.end][:40]):
            score *= 1.1
        return score

    def opens_in(self, node: Node) -> bool:
        """Whether the words of the description stand in `node`."""
        return self.opening is not None and node.start <= self.opening < node.end

    def _tells(self, segments: list[Segment]) -> bool:
        return any(key(s.text)[:60] in self.claimed for s in segments if len(s.text) > 60)


def find_body(page: Page, data: StructuredData, headline: Headline | None) -> BodyPlace | None:
    """The place of the article's text, or None when nothing on the page reads like one."""
    stop = article_end(page, headline)
    hints = _Hints(
        frozenset(id(element) for element in data.marked.get("articlebody", [])),
        _opening_words(page, data),
        key(data.bodies[0][1])[:4000] if data.bodies else "",
    )
    chosen = _heaviest(page, _values(page, headline, stop), hints, _article_element(page, headline))
    if chosen is None:
        return None
    end = _foreign_tail(page, chosen, min(chosen.end, stop))
    confidence = 0.55 + min(0.2, page.prose(chosen.start, end) / 4000)
    where = "most prose"
    if id(chosen.element) in hints.marked:
        confidence, where = confidence + 0.2, "articleBody"
    elif names_content(container_names(chosen.names)):
        confidence, where = confidence + 0.15, "content element"
    if hints.opens_in(chosen):
        confidence, where = confidence + 0.07, where + " + description"
    return BodyPlace(chosen.index, end, round(min(confidence, 0.98), 2), where, stop)


def _values(page: Page, headline: Headline | None, stop: int) -> list[float]:
    """What each segment counts for its place being the article's, or against it."""
    begin = headline.segment if headline and headline.segment is not None else 0
    values = [_value(segment, begin, stop) for segment in page.segments]
    if begin and sum(value for value in values if value > 0) < 150:  # the text stands above its headline
        values = [_value(segment, 0, len(page.segments)) for segment in page.segments]
    for index in _copies(page, begin):
        values[index] = 0.0
    for segment in page.segments if headline is not None else ():
        if headline and segment.text == headline.text:
            values[segment.index] = min(values[segment.index], 0.0)
    return values


def _heaviest(page: Page, values: list[float], hints: _Hints, within: tuple[int, int]) -> Node | None:
    """The node among the segments `within` whose segments add up to most; of two alike, the inner one."""
    sums = [0.0, *accumulate(values)]
    best: tuple[float, Node] | None = None
    for node in page.nodes:
        if node.start >= node.end or node.effective in APART or node.effective in ("footer", "hidden"):
            continue
        if node.start < within[0] or node.end > within[1]:
            continue
        score = sums[node.end] - sums[node.start]
        if score <= 0:
            continue
        score = hints.weigh(page, node, score)
        if best is None or score >= best[0]:
            best = (score, node)
    return best[1] if best else None


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
    if not most or most < 0.6 * sum(flows.values()):
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
