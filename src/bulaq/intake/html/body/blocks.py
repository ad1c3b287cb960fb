"""The kept segments of a body as typed blocks: paragraphs, headings, quotations, lists, tables, pictures, embeds.

A `<p>`, a `<div>`, a run of bare text and the text between two `<br>` are each one paragraph, unless single breaks
stand at the ends of lines of even length, as in texts copied from print.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean, pstdev

from bulaq.intake.article import Block, Heading, Image, List, Paragraph, Picture, Quote
from bulaq.intake.html.body.data_table import data_table
from bulaq.intake.html.body.location import BodyPlace
from bulaq.intake.html.layout.element_kinds import HEADINGS, SPEAKERS
from bulaq.intake.html.layout.embeds import embed_of, embed_of_address, is_widget
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.spans import joined
from bulaq.intake.html.layout.text import TERMINAL, fold, key, words
from bulaq.intake.html.layout.tree import Element

MAX_BLOCKS = 5_000

PictureOf = Callable[[Segment, str | None], Picture | None]
"""A picture's segment and its caption → the picture, None for decoration."""


def blocks_of(
    page: Page, kept: list[Segment], captions: dict[int, str], place: BodyPlace, picture_of: PictureOf
) -> list[Block]:
    """The blocks of the segments that were kept, in their order; `captions` by the segment of their picture."""
    writing = _Writing(page, {segment.index: segment for segment in kept}, place.node, hard_wrapped(kept))
    for segment in kept:
        if len(writing.blocks) >= MAX_BLOCKS:
            break
        if writing.takes_in_group(segment):
            continue
        if segment.kind == "picture":
            writing.show(picture_of(segment, captions.get(segment.index)))
        elif segment.kind == "embed":
            writing.embed(segment)
        else:
            writing.say(segment)
    writing.close()
    return _without_trailing_headings(writing.blocks)


@dataclass(slots=True)
class _Writing:
    """The blocks so far, and the lines of the paragraph that is open."""

    page: Page
    kept: dict[int, Segment]
    top: int
    wrapped: bool
    blocks: list[Block] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    """Lists, tables, quotations and widgets that have become blocks …"""
    open: set[int] = field(default_factory=set)
    """… and those whose lines stand for themselves: a table that lays out the page."""

    def close(self) -> None:
        """Ends the open paragraph."""
        if self.lines:
            self.blocks.append(_paragraph(self.lines, self.page.base))
            self.lines.clear()

    def takes_in_group(self, segment: Segment) -> bool:
        """Whether the segment is part of a list, a table, a quotation or a widget; the whole of it becomes one block."""
        for kind, index in _groups(self.page, segment, self.top):
            if index in self.done:
                return True
            if index in self.open:
                continue
            node = self.page.nodes[index]
            members = [self.kept[i] for i in range(node.start, node.end) if i in self.kept]
            block = _grouped(self.page, kind, index, members)
            if block is not None:
                self.close()
                self.done.add(index)
                self.blocks.append(block)
                return True
            self.open.add(index)
        return False

    def show(self, picture: Picture | None) -> None:
        self.close()
        if picture:
            self.blocks.append(Image(picture))

    def embed(self, segment: Segment) -> None:
        self.close()
        embed = embed_of(segment.element)
        if embed and embed not in self.blocks:
            self.blocks.append(embed)

    def say(self, segment: Segment) -> None:
        """A heading, a line of the open paragraph, or the first of another."""
        heads = segment.tag in HEADINGS and segment.tag != "h1" and len(segment.text) <= 300
        goes_on = self.wrapped and self.lines and segment.after_break == 1
        if not heads and goes_on and self.lines[-1].node == segment.node:
            self.lines.append(segment)
            return
        self.close()
        if heads or _is_subheading(segment):
            self.blocks.append(Heading(segment.text))
        else:
            self.lines.append(segment)


def _paragraph(lines: list[Segment], base: str | None) -> Block:
    whole = " ".join(segment.text for segment in lines)
    text = fold(whole)
    marked = text == whole and any(segment.marks for segment in lines)
    return Paragraph(text, joined(lines, base) if marked else ())


def _is_subheading(segment: Segment) -> bool:
    text = segment.text
    return (
        segment.bold_chars >= len(text) - 2
        and len(text) <= 90
        and words(text) >= 2
        and text[-1] not in '.؟?!…،:؛*»"'
        and text[0] not in "*-–•"
    )


def _without_trailing_headings(blocks: list[Block]) -> list[Block]:
    while blocks and isinstance(blocks[-1], Heading):
        blocks.pop()
    return blocks


def hard_wrapped(kept: list[Segment]) -> bool:
    """Whether single `<br>` stand at the ends of lines of even length, as in texts pasted from a terminal or a print."""
    run = [s for s in kept if s.kind == "text"]
    inner = [a for a, b in pairwise(run) if b.after_break == 1 and a.node == b.node]
    if len(inner) < 6 or len(inner) < 0.5 * len(run):
        return False
    lengths = [len(s.text) for s in inner]
    ended = sum(1 for s in inner if s.text[-1] in TERMINAL)
    average = mean(lengths)
    return 35 <= average <= 120 and pstdev(lengths) < 0.2 * average and ended < 0.35 * len(inner)


def _groups(page: Page, segment: Segment, top: int) -> list[tuple[str, int]]:
    """The lists, tables, quotations and widgets that hold a segment, the one nearest to the body's own element first."""
    found: list[tuple[str, int]] = []
    node = page.nodes[segment.node]
    while node.index != top and node.parent >= 0:
        if node.tag in ("ul", "ol"):
            found.append(("list", node.index))
        elif node.tag == "table":
            found.append(("table", node.index))
        elif node.tag == "blockquote" or (node.names and is_widget(node.names)):
            found.append(("widget" if is_widget(node.names) else "quote", node.index))
        node = page.nodes[node.parent]
    return found[::-1]


def _grouped(page: Page, kind: str, node_index: int, members: list[Segment]) -> Block | None:
    node = page.nodes[node_index]
    texts = [segment for segment in members if segment.kind == "text"]
    if kind == "widget":
        return embed_of(node.element)
    if kind == "quote":
        links = list(node.element.iter("a"))
        post = (
            embed_of_address(links[-1].get("href") or "") if links else None
        )  # «— Name (@name) March 11» ends a post
        embed = (
            embed_of(node.element) if not texts or (post and post.provider in ("X", "Instagram")) else None
        )
        if embed:
            return embed
        if not texts or len(texts) > 12 or any(segment.kind != "text" for segment in members):
            return None
        said, speaker = _said(node.element, texts)
        return Quote(" ".join(said), speaker)
    if kind == "list":
        if any(segment.kind != "text" or segment.tag in HEADINGS for segment in members) or not texts:
            return None  # entries with headings of their own (live coverage) are no points
        items: dict[int, list[str]] = {}
        for segment in texts:
            owner = next((i for i in page.ancestors(segment.node) if page.nodes[i].tag == "li"), segment.node)
            items.setdefault(owner, []).append(segment.text)
        if any(len(parts) > 3 for parts in items.values()):
            return None
        return List(tuple(" ".join(parts) for parts in items.values()))
    return data_table(page, node_index, members)


def _said(quotation: Element, lines: list[Segment]) -> tuple[list[str], str | None]:
    """The lines of a quotation and who said it: named by an element, or by a last line after a dash or closing marks."""
    said = [segment.text for segment in lines]
    cited = fold(" ".join(" ".join(inner.itertext()) for inner in _speakers(quotation)))
    if cited and key(said[-1]) == key(cited) and len(said) > 1:
        return said[:-1], said[-1].lstrip("—–- ")
    if cited and said[-1].endswith(cited) and len(said[-1]) > len(cited):
        return [*said[:-1], said[-1].removesuffix(cited).rstrip(" —–-")], cited
    if len(said) > 1 and lines[-1].node != lines[-2].node and len(said[-1]) <= 80:
        named = said[-1][0] in "—–-" or _closes_a_quotation(said[-2])
        if named and said[-1][-1] not in '.؟?!»”"':
            return said[:-1], said[-1].lstrip("—–- ")
    return said, None


def _speakers(quotation: Element) -> list[Element]:
    """The elements that name a quotation's speaker, without those inside another."""
    found = list(quotation.iter(*SPEAKERS))
    known = set(found)
    return [one for one in found if known.isdisjoint(one.iterancestors())]


def _closes_a_quotation(text: str) -> bool:
    return text.rstrip(" .،")[-1:] in "»”\"'’"
