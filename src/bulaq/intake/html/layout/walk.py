"""The walk through a page's tree, once and in document order, that cuts it into segments and nodes.

Inline text gathers in a `Run` until a border (a block's begin or end, a `<br>`, a picture) makes it one segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bulaq.intake.html.layout.card_links import BlankLink
from bulaq.intake.html.layout.element_kinds import (
    BREAK_IS_SPACE,
    EMBEDS,
    HEADINGS,
    INLINE,
    PICTURES,
    SENTENCES,
    SKIPPED,
    SPEAKERS,
)
from bulaq.intake.html.layout.embeds import embed_of
from bulaq.intake.html.layout.met_elements import (
    begins_another,
    is_blank,
    is_hidden_inline,
    own_label,
    tells_what_it_holds,
)
from bulaq.intake.html.layout.runs import Run, names_of
from bulaq.intake.html.layout.segments import Node, Segment
from bulaq.intake.html.layout.text import has_ink
from bulaq.intake.html.layout.tree import MAX_ELEMENTS, Element

_SMILEY = re.compile(r"\b(?:emoji|wp-smiley|smiley)\b")


class TooManyElements(ValueError):
    """The page holds more elements than a page of a newspaper can."""


class _Open(NamedTuple):
    """An element whose content is being walked through, with its children still to come."""

    element: Element
    children: Iterator[Element]
    inline: bool = False
    bold: bool = False
    link: bool = False


class Walk:
    """Walks through the tree under `root`; `segments` and `nodes` hold what was met."""

    def __init__(self, root: Element) -> None:
        body = root.find("body") if root.tag == "html" else root
        if body is None:
            body = root
        self.segments: list[Segment] = []
        self.nodes: list[Node] = [Node(0, body, "body", -1, 0, "", "", 0)]
        self._here = self.nodes[0]
        """The innermost open block."""
        self._run = Run()
        self._breaks = 0
        self._links: list[Element] = []
        self._bold: list[Element] = []
        self._stack: list[_Open] = []
        self.blank: list[BlankLink] = []
        """Links without text."""
        self._verses: set[int] = set()
        """Nodes whose lines are shown as lines: `<pre>` without a program in it."""
        self._through(body)

    def _through(self, body: Element) -> None:
        if body.text:
            self._say(body.text)
        stack = self._stack
        stack.append(_Open(body, iter(body)))
        count = 0
        while stack:
            child = next(stack[-1].children, None)
            if child is None:
                self._close(stack.pop())
                continue
            count += 1
            if count > MAX_ELEMENTS:
                raise TooManyElements(f"more than {MAX_ELEMENTS} elements")
            self._meet(child)
        self._border()
        self.nodes[0].end = len(self.segments)

    # ── elements ──────────────────────────────────────────────────────────────────────────────────────────────

    def _meet(self, element: Element) -> None:
        """Opens an element with content; what has none, or none that is seen, is over at once."""
        tag = element.tag
        if tag == "input" and (element.get("type") or "").lower() == "radio":
            self._here.label = self._here.label or "form"  # a poll
        if not isinstance(tag, str) or tag in SKIPPED:
            pass
        elif tag == "br":
            self._break()
        elif tag == "img" and _SMILEY.search(element.get("class") or ""):
            self._say((element.get("alt") or "") + (element.tail or ""))
            return
        elif tag == "object":
            if embed_of(element):
                self._show(element)
        elif tag in PICTURES or tag in EMBEDS:
            self._show(element)
            if tag == "embed":  # the parser takes what follows one without an end for its content
                self._open_inline(element)
                return
        elif tag not in INLINE:
            self._open_block(element)
            return
        elif not is_hidden_inline(element):
            self._open_inline(element)
            return
        if element.tail:
            self._say(element.tail)

    def _break(self) -> None:
        if self._here.tag in BREAK_IS_SPACE:
            self._say(" ")
        else:
            self._border()
            self._breaks += 1

    def _show(self, element: Element) -> None:
        is_picture = element.tag in PICTURES
        if is_picture and self._run.pieces and has_ink("".join(self._run.pieces)):
            self._run.pictures.append(element)
            return
        self._border()
        segment = Segment(
            len(self.segments),
            "picture" if is_picture else "embed",
            "",
            self._here.index,
            element,
            tag=element.tag,
        )
        segment.after_break = self._breaks
        self.segments.append(segment)
        self._breaks = 0

    def _open_inline(self, element: Element) -> None:
        tag = element.tag
        is_bold = tag in ("b", "strong")
        is_link = tag == "a" and element.get("href") is not None
        if is_bold:
            self._bold.append(element)
        if is_link:
            self._links.append(element)
            self._run.links.append((element, []))
        if tells_what_it_holds(element):
            self._run.named.append(element)
        if element.text:
            self._say(element.text)
        self._stack.append(_Open(element, iter(element), True, is_bold, is_link))

    def _open_block(self, element: Element) -> None:
        self._border()
        self._breaks = 0
        tag, names = element.tag, names_of(element)
        if tag == "figure" and element.find("blockquote") is not None:
            tag = "blockquote"
        if tag == "div" and self._here.tag in HEADINGS and len(self._here.element) == 1:
            tag = self._here.tag  # all that a heading holds («<h2><div class="field">…»)
        label = own_label(element, tag, names)
        if tag in SPEAKERS and self._here.tag == "blockquote":
            label = ""
        self._here = Node(
            len(self.nodes),
            element,
            tag,
            self._here.index,
            len(self._stack),
            names,
            label,
            len(self.segments),
        )
        self.nodes.append(self._here)
        if tag == "pre" and element.find("code") is None:
            self._verses.add(self._here.index)
        if element.text:
            self._say(element.text)
        self._stack.append(_Open(element, iter(element)))

    def _close(self, closed: _Open) -> None:
        if not self._stack:
            return  # the body itself
        if closed.bold:
            self._bold.pop()
        if closed.link:
            self._close_link(closed.element)
        if not closed.inline:
            self._border()
            self._here.end = len(self.segments)
            self._here = self.nodes[self._here.parent]
            self._breaks = 0
        if closed.element.tail:
            self._say(closed.element.tail)

    def _close_link(self, link: Element) -> None:
        """A link that is all of its run, with another one right after it, is a card of its own."""
        self._links.pop()
        run = self._run
        if is_blank(link):
            self.blank.append((link, self._here.index))
        beside = self._here.tag not in SENTENCES and begins_another(link, "".join(run.pieces))
        if beside and run.link_chars == sum(map(len, run.pieces)):
            self._border()

    # ── text ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _say(self, text: str) -> None:
        run = self._run
        if self._here.index in self._verses and "\n" in text:
            self._say_lines(text)
            return
        if not run.pieces and text.isspace():
            return
        run.pieces.append(text)
        if self._links:
            run.links[-1][1].append(text)
            run.link_chars += len(text)
            run.marks.append((len(run.pieces) - 1, self._links[-1]))
        elif self._bold:
            run.marks.append((len(run.pieces) - 1, self._bold[-1]))
        if self._bold:
            run.bold_chars += len(text)

    def _say_lines(self, text: str) -> None:
        """Says a text whose lines are shown as lines: a wire's print, a poem."""
        first, *others = text.split("\n")
        self._say(first)
        for line in others:
            self._break()
            self._say(line)

    def _border(self) -> None:
        """Ends the run: it becomes a segment, its pictures follow it. Links that are still open go on in the next."""
        run = self._run
        if not run.pieces:
            if self._links and run.links:
                run.links = [(element, []) for element in self._links]
            return
        segment = run.segment(len(self.segments), self._here, self._breaks)
        if segment is not None:
            self.segments.append(segment)
            self._breaks = 0
        for picture in run.pictures:
            self.segments.append(
                Segment(len(self.segments), "picture", "", self._here.index, picture, tag=picture.tag)
            )
        self._run = Run(links=[(element, []) for element in self._links])
