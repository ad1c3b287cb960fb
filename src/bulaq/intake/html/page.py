"""A page as a list of what its reader sees: segments of text and pictures in document order, each in its place.

`Page.read(root)` walks the tree once. A `Segment` is one unbroken run of inline text between block borders or
`<br>`; a `Node` is one block element with the range of segments that it holds, so that everything about a part of
the page (prose, links, labels) is a sum over a range. Nothing here decides what is article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, pairwise

from bulaq.intake.html.element_kinds import (
    BREAK_IS_SPACE,
    EMBEDS,
    INLINE,
    PICTURES,
    ROLE_LABELS,
    SENTENCES,
    SKIPPED,
    TAG_LABELS,
)
from bulaq.intake.html.labels import APART, Label, container_names, label_of, lower_names
from bulaq.intake.html.noise import heading_of
from bulaq.intake.html.segments import Anchor, Node, Segment, is_linked_headline, prose_of
from bulaq.intake.html.text import fold, has_ink, key
from bulaq.intake.html.tree import MAX_ELEMENTS, Element

_SMILEY = re.compile(r"\b(?:emoji|wp-smiley|smiley)\b")
_HIDDEN_INLINE = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-reader-text|element-invisible|offscreen|mw-editsection|headerlink)(?:$|\s)",
    re.I,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class TooManyElements(ValueError):
    """The page holds more elements than a page of a newspaper can."""


class Page:
    """Segments and nodes of one page, and sums over them."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.base: str | None = None
        """What relative links are resolved against, once the reader of the page knows it."""
        self.segments: list[Segment] = []
        self.nodes: list[Node] = []
        self._walk(root)
        self._settle_labels()

    # ── the walk ──────────────────────────────────────────────────────────────────────────────────────────────

    def _walk(self, root: Element) -> None:
        body = root.find("body") if root.tag == "html" else root
        if body is None:
            body = root
        segments, nodes = self.segments, self.nodes
        nodes.append(Node(0, body, "body", -1, 0, "", "", 0))
        pieces: list[str] = []
        links: list[tuple[Element, list[str]]] = []  # links of the current run
        open_links: list[Element] = []
        inline_here: list[tuple[Element, int]] = []  # inline elements with names begun in the current run
        waiting: list[Element] = []
        bold: list[Element] = []
        marks: list[tuple[int, Element]] = []
        bold_chars = link_chars = 0
        breaks = 0
        current = 0  # index of the innermost open node
        count = 0

        def flush() -> None:
            nonlocal pieces, links, inline_here, marks, bold_chars, link_chars, breaks, waiting
            if not pieces:
                if open_links and links:
                    links = [(element, []) for element in open_links]
                return
            text = fold("".join(pieces))
            if text and has_ink(text):
                node = nodes[current]
                segment = Segment(len(segments), "text", text, current, node.element, tag=node.tag)
                segment.link_chars = min(link_chars, len(text))
                segment.bold_chars = min(bold_chars, len(text))
                segment.after_break = breaks
                if len(pieces) > 1 or marks:
                    segment.pieces, segment.marks = tuple(pieces), tuple(marks)
                if links:
                    for element, parts in links:
                        shown = fold("".join(parts))
                        if shown:
                            segment.anchors.append(Anchor(shown, element.get("href") or "", element))
                if inline_here:
                    segment.inline = [element for element, _ in inline_here]
                    first = inline_here[0][0]
                    names = _names_of(first)
                    if names and fold("".join(first.itertext())) == text:
                        segment.names = names
                segments.append(segment)
                breaks = 0
            for picture in waiting:
                segments.append(Segment(len(segments), "picture", "", current, picture, tag=picture.tag))
            waiting = []
            pieces = []
            links = [(element, []) for element in open_links]
            inline_here = []
            marks = []
            bold_chars = link_chars = 0

        def text_run(text: str) -> None:
            nonlocal bold_chars, link_chars
            if not pieces and text.isspace():
                return
            pieces.append(text)
            if open_links:
                links[-1][1].append(text)
                link_chars += len(text)
                marks.append((len(pieces) - 1, open_links[-1]))
            elif bold:
                marks.append((len(pieces) - 1, bold[-1]))
            if bold:
                bold_chars += len(text)

        # The stack holds (element, its children still to come, is it inline, had it a node, was it bold, was it a link).
        stack: list[tuple[Element, object, bool, bool, bool]] = []
        if body.text:
            text_run(body.text)
        stack.append((body, iter(body), False, False, False))
        while stack:
            element, children, inline, was_bold, was_link = stack[-1]
            child = next(children, None)  # type: ignore[call-overload]
            if child is None:
                stack.pop()
                if inline:
                    if was_bold:
                        bold.pop()
                    if was_link:
                        open_links.pop()
                        beside = nodes[current].tag not in SENTENCES and _begins_another(
                            element, "".join(pieces)
                        )
                        if beside and link_chars == sum(map(len, pieces)):
                            flush()
                elif stack:
                    flush()
                    nodes[current].end = len(segments)
                    current = nodes[current].parent
                    breaks = 0
                if stack and element.tail:
                    text_run(element.tail)
                continue
            count += 1
            if count > MAX_ELEMENTS:
                raise TooManyElements(f"more than {MAX_ELEMENTS} elements")
            tag = child.tag
            if tag == "input" and (child.get("type") or "").lower() == "radio":
                nodes[current].label = nodes[current].label or "form"  # a poll
            if not isinstance(tag, str) or tag in SKIPPED:
                if child.tail:
                    text_run(child.tail)
                continue
            if tag == "br":
                if nodes[current].tag in BREAK_IS_SPACE:
                    text_run(" ")
                else:
                    flush()
                    breaks += 1
                if child.tail:
                    text_run(child.tail)
                continue
            if tag == "img" and _SMILEY.search(child.get("class") or ""):
                text_run((child.get("alt") or "") + (child.tail or ""))
                continue
            if tag in PICTURES and pieces and has_ink("".join(pieces)):
                waiting.append(child)  # a picture inside a line of text does not end the paragraph
                if child.tail:
                    text_run(child.tail)
                continue
            if tag in PICTURES or tag in EMBEDS:
                flush()
                segments.append(
                    Segment(
                        len(segments),
                        "picture" if tag in PICTURES else "embed",
                        "",
                        current,
                        child,
                        after_break=breaks,
                        tag=tag,
                    )
                )
                breaks = 0
                if child.tail:
                    text_run(child.tail)
                continue
            if tag in INLINE:
                if _is_hidden_inline(child):
                    if child.tail:
                        text_run(child.tail)
                    continue
                is_bold = tag in ("b", "strong")
                is_link = tag == "a" and child.get("href") is not None
                if is_bold:
                    bold.append(child)
                if is_link:
                    open_links.append(child)
                    links.append((child, []))
                if (
                    tag == "time"
                    or child.get("class")
                    or child.get("id")
                    or child.get("itemprop")
                    or child.get("rel")
                    or child.get("property")
                ):
                    inline_here.append((child, len(pieces)))
                if child.text:
                    text_run(child.text)
                stack.append((child, iter(child), True, is_bold, is_link))
                continue
            flush()
            breaks = 0
            names = _names_of(child)
            node = Node(
                len(nodes), child, tag, current, len(stack), names, _label(child, tag, names), len(segments)
            )
            nodes.append(node)
            current = node.index
            if child.text:
                text_run(child.text)
            stack.append((child, iter(child), False, False, False))
        flush()
        nodes[0].end = len(segments)

    # ── labels ────────────────────────────────────────────────────────────────────────────────────────────────

    def _settle_labels(self) -> None:
        """Takes labels back from elements that hold most of the prose or the main heading, then passes them down."""
        prose = [prose_of(segment) for segment in self.segments]
        self._prose = [0, *accumulate(prose)]
        self._links = [0, *accumulate(segment.link_chars for segment in self.segments)]
        total = self._prose[-1]
        main = next((s.index for s in self.segments if s.tag == "h1" and len(s.text) >= 15), None)
        for node in self.nodes:
            if not node.label:
                continue
            held = self._prose[node.end] - self._prose[node.start]
            holds_main = main is not None and node.start <= main < node.end
            if holds_main and (node.label != "header" or held > 0.3 * total):
                if node.label not in ("header", "hidden") or held > 0.3 * total:
                    node.label = ""
            elif (
                total
                and node.label not in ("comments", "related", "footer")
                and held > (0.6 if node.label == "hidden" else 0.45) * total
            ) or (node.label == "related" and self._is_no_list(node, held, total)):
                node.label = ""
        self._label_cards()
        self._label_forms(main)
        for node in self.nodes:
            above = self.nodes[node.parent].effective if node.parent >= 0 else ""
            node.effective = _stronger(node.label, above)
        for segment in self.segments:
            own = label_of(segment.names) if segment.names else ""
            if not own and segment.anchors and _introduces_tags(segment):
                own = "tags"
            segment.label = _stronger(own, self.nodes[segment.node].effective)

    def _label_forms(self, main: int | None) -> None:
        """A small element around a form to be filled in is no text: what it says invites to fill it in."""
        for node in self.nodes:
            if (
                node.tag != "form"
                or node.parent <= 0
                or node.end - node.start > 3
                or self.prose(node.start, node.end)
            ):
                continue
            around = self.nodes[node.parent]
            small = around.end - around.start <= 5 and self.prose(around.start, around.end) <= 250
            if small and not (main is not None and around.start <= main < around.end):
                around.label = around.label or "form"

    def _is_no_list(self, node: Node, held: int, total: int) -> bool:
        """Whether an element named like a list of others holds this article's own prose, or a picture and no link."""
        inside = self.segments[node.start : node.end]
        if (
            len(inside) <= 4
            and any(s.kind == "picture" for s in inside)
            and not any(s.anchors for s in inside)
        ):
            return not any(element.tag == "a" for s in inside for element in s.element.iterancestors("a"))
        return held > 0.25 * total and self._is_text(node, held)

    def _is_text(self, node: Node, held: int) -> bool:
        """Whether an element named like a list of others («read-more», «recommended») holds this article's own prose:
        hardly a link for its length, and no headline but the page's."""
        inside = self.segments[node.start : node.end]
        links = sum(1 for segment in inside if is_linked_headline(segment))
        if links * 400 > held:
            return False
        title = self.root.findtext(".//title") or ""
        heads = [s.text for s in inside[:12] if s.tag in ("h1", "h2") and len(s.text) >= 15]
        return all(key(head) in key(title) for head in heads)

    def _label_cards(self) -> None:
        """Three or more like siblings that each hold a linked headline and little text are a list of other articles."""
        titles = [0, *accumulate(1 if is_linked_headline(segment) else 0 for segment in self.segments)]
        groups: dict[tuple[int, str, str], list[Node]] = {}
        for node in self.nodes:
            count = titles[node.end] - titles[node.start]
            if 1 <= count <= 2 and self._prose[node.end] - self._prose[node.start] <= 400 and node.tag != "p":
                groups.setdefault((node.parent, node.tag, node.names), []).append(node)
        for (_, tag, names), members in groups.items():
            joined = all(two.start - one.end <= 1 for one, two in pairwise(members))
            if len(members) >= 3 and (names or tag != "div" or joined):
                for node in members:
                    node.label = node.label or "related"

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────

    def prose(self, start: int, end: int) -> int:
        """Characters of running text in segments start…end."""
        return self._prose[end] - self._prose[start]

    def spaced(self, segment: Segment) -> str:
        """The text of a short line with a space between its elements, which style sheets set apart.

        Only for finding dates and names in it: «سلمى الحدادالأحد 14 مارس» stands so in the markup.
        """
        if len(segment.text) > 200 or len(segment.pieces) < 2:
            return segment.text
        return fold(" ".join(segment.pieces))

    def ancestors(self, node: int) -> list[int]:
        """The node and the nodes above it, innermost first."""
        found = []
        while node >= 0:
            found.append(node)
            node = self.nodes[node].parent
        return found

    def node_of(self, element: Element) -> Node | None:
        """The node of an element, or of the nearest element above it that has one."""
        while element is not None:
            for node in self.nodes:
                if node.element is element:
                    return node
            element = element.getparent()
        return None

    def first_segment_in(self, element: Element) -> int | None:
        """The index of the first text in `element`, when it holds any."""
        node = self.node_of(element)
        if node is None or node.start >= node.end:
            return None
        return node.start

    def nodes_from(self, segment: int) -> int:
        """The index of the first node that starts at or after `segment`."""
        return bisect_left(self.nodes, segment, key=lambda node: node.start)


def _introduces_tags(segment: Segment) -> bool:
    """Whether a line is links but for words that head an article's topics («الكلمات الدالة: …»)."""
    if not 3 <= segment.plain_chars <= 40 or len(segment.anchors) > 60 or len(segment.text) > 3000:
        return False
    plain = segment.text
    for anchor in segment.anchors:
        plain = plain.replace(anchor.text, " ", 1)
    return heading_of(fold(plain).strip(" :|،,-–·•")) == "tags"


def _is_hidden_inline(element: Element) -> bool:
    style, names = element.get("style"), element.get("class")
    return (
        element.get("hidden") is not None
        or bool(style and _HIDDEN_STYLE.search(style))
        or bool(names and _HIDDEN_INLINE.search(names))
    )


def _begins_another(link: Element, text: str) -> bool:
    """Whether `link`, of three words or more, is followed by a link and nothing between: a row of cards, no sentence."""
    if (link.tail and not link.tail.isspace()) or text.count(" ") < 2:
        return False
    following = link.getnext()
    return following is not None and following.tag == "a" and following.get("href") is not None


def _names_of(element: Element) -> str:
    name = element.get("class")
    ident = element.get("id")
    return lower_names(f"{name} {ident}" if name and ident else name or ident or "")


def _label(element: Element, tag: str, names: str) -> Label:
    if element.get("hidden") is not None:
        return "hidden"
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return "hidden"
    role = element.get("role")
    if role in ROLE_LABELS:
        return ROLE_LABELS[role]
    if names and tag not in ("main", "html", "body"):
        found = label_of(
            container_names(names) if tag in ("article", "section", "main") or "hentry" in names else names
        )
        if found and not (tag == "article" and found not in ("comments", "related", "hidden")):
            return found
    return TAG_LABELS.get(tag, "")


def _stronger(own: Label, above: Label) -> Label:
    """The label that holds when an element with its own label stands in a labelled one."""
    if not own:
        return above
    if above in APART and own not in APART:
        return above
    return own
