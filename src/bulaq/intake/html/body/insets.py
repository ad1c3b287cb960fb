"""What pages set among the paragraphs in an element of its own and that is none of the text: players, polls, cards of other
articles, prompts, scores, who the writer is.

No name and no word decides alone: each sign that an element is built, linked and worded unlike the text counts, and
`FOREIGN` of them set it aside. An element that reads like a part of the text (sentences, no links, nothing to press) has
one or two.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Node,
    Segment,
    is_linked_headline,
    is_of_labels,
    leads_off_the_site,
    leads_to_a_writer,
    prose_of,
)
from bulaq.intake.html.layout.text import ends_as_sentence
from bulaq.intake.html.lines.closing_lines import speaks_of_the_page

FOREIGN = 3
"""So many signs set an element aside."""
_ELEMENTS = ("div", "section", "aside", "center", "form")
_CONTROLS = ("form", "input", "button", "textarea", "select", "audio")
_MOST_LINES = 12
_MOST_PROSE = 500
_MOST_IN_ONE = 3
"""Segments in an element that holds one paragraph, with a picture or a heading."""
_FEWEST_SPACES = 2
"""In a sentence, which «؟» or «عاجل!» is none."""
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:player|video|audio|podcast|widget|teaser|promo|banner|inline|related|poll|tools?)(?:$|[\s_-])"
)
"""What elements are called that are no text, mostly: one sign of several."""
_FIGURE = re.compile(r"[\W\d٠-٩۰-۹]*[\d٠-٩۰-۹][\W\d٠-٩۰-۹]*\w{0,3}")


@dataclass(frozen=True, slots=True)
class _Usual:
    """How the paragraphs of a text are built: tag and names of their elements and of those around them."""

    own: Counter[tuple[str, str]]
    total: int

    def holds(self, node: Node, page: Page) -> bool:
        """Whether elements like `node` hold paragraphs elsewhere."""
        inside = sum(1 for s in page.segments[node.start : node.end] if prose_of(s))
        return self.own[node.tag, node.names] > inside


def insets(page: Page, top: int, start: int, end: int) -> dict[int, int]:
    """First line → end of each element in the segments `start`…`end` of the node `top` that is none of its text."""
    usual = _usual(page, start, end)
    found: dict[int, int] = {}
    for node in page.nodes:
        if node.index <= top or node.start < start or node.end > end or node.tag not in _ELEMENTS:
            continue
        lines = [s for s in page.segments[node.start : node.end] if s.kind == "text"]
        if not lines or len(lines) > _MOST_LINES or lines[0].index in found:
            continue
        prose = page.prose(node.start, node.end)
        if _is_of_the_text(page, node, lines):
            continue
        if (
            prose > _MOST_PROSE
            or prose > 0.25 * usual.total
            or any(s.tag in ("h1", "td", "th") for s in lines)
        ):
            continue
        if _signs(page, node, lines, usual) >= FOREIGN:
            found[lines[0].index] = node.end
    return found


def _is_of_the_text(page: Page, node: Node, lines: list[Segment]) -> bool:
    """Whether an element is a picture with its caption, or the heading of what follows it."""
    links = any(line.anchors for line in lines) or _leads_away(node)
    inside = page.segments[node.start : node.end]
    pictured = any(s.kind == "picture" for s in inside) and not any(map(_is_scrap, lines))
    headed = lines[-1].tag in HEADINGS and heading_of(lines[-1].text) is None
    return not links and (pictured or headed) and not _can_be_pressed(node)


def _is_scrap(line: Segment) -> bool:
    """Whether a line is a prompt, a label, a counter, a figure."""
    return bool(noise_line(line.text) or _FIGURE.fullmatch(line.text)) or is_of_labels(line)


def _usual(page: Page, start: int, end: int) -> _Usual:
    own: Counter[tuple[str, str]] = Counter()
    total = 0
    for segment in page.segments[start:end]:
        if prose := prose_of(segment):
            total += prose
            for index in page.ancestors(segment.node)[:3]:
                node = page.nodes[index]
                if node.end - node.start <= _MOST_IN_ONE:
                    own[node.tag, node.names] += 1
    return _Usual(own, total)


def _signs(page: Page, node: Node, lines: list[Segment], usual: _Usual) -> int:
    sentences = any(
        ends_as_sentence(line.text) and line.text.count(" ") >= _FEWEST_SPACES and not line.anchors
        for line in lines
    )
    return (
        (not usual.holds(node, page))
        + (not sentences)
        + bool(_NAMED.search(node.names))
        + 2 * _can_be_pressed(node)
        + 2 * _is_one_link(lines)
        + 2 * _is_headed_as_none(lines)
        + any(map(is_linked_headline, lines))
        + _leads_away(node)
        + any(speaks_of_the_page(line.text) for line in lines)
        + any(map(_is_scrap, lines))
        + 2 * _shows_a_film(page, node, lines)
        + 2 * _can_be_skipped(page, node, lines)
    )


def _can_be_pressed(node: Node) -> bool:
    return next(node.element.iter(*_CONTROLS), None) is not None


def _is_one_link(lines: list[Segment]) -> bool:
    """Whether several lines are one link: a card of another article."""
    first = lines[0].anchors[0].element if lines[0].anchors else None
    return len(lines) > 1 and all(s.anchors and s.anchors[0].element is first for s in lines)


def _is_headed_as_none(lines: list[Segment]) -> bool:
    """Whether the first line heads links, comments, a form or who the writer is."""
    first = lines[0]
    kind = heading_of(first.text) if len(first.text) <= 60 else None
    names_writer = len(lines) > 1 and any(leads_to_a_writer(a.href) for line in lines for a in line.anchors)
    return kind not in (None, "section") or names_writer


def _leads_away(node: Node) -> bool:
    """Whether all links in the element, those of pictures too, go to mail, an app or an account of the site."""
    links = [element.get("href") for element in node.element.iter("a")]
    return bool(links) and all(href and leads_off_the_site(href) for href in links)


def _can_be_skipped(page: Page, node: Node, lines: list[Segment]) -> bool:
    """Whether a link of some words leads past the element, to its end: those who are read the page to may pass it by."""
    places = {a.href[1:] for line in lines for a in line.anchors if a.href[:1] == "#" and " " in a.text}
    if not places - {""}:
        return False
    last = [lines[-1], *(s for s in page.segments[node.end : node.end + 1] if s.kind == "text")]
    return any(line.element.get("id") in places for line in last)


def _shows_a_film(page: Page, node: Node, lines: list[Segment]) -> bool:
    """Whether a film stands in the element with no more than its title under it and a line over it."""
    inside = page.segments[node.start : lines[-1].index]
    return any(s.kind == "embed" for s in inside) and len(lines) <= 2
