"""A page as a list of what its reader sees: segments of text and pictures in document order, each in its place.

The tree is walked once (`walk.py`). A `Segment` is one unbroken run of inline text between block borders or
`<br>`; a `Node` is one block element with the range of segments that it holds, so that everything about a part of
the page (prose, links, labels) is a sum over a range. Nothing here decides what is article.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

from bulaq.intake.html.layout.card_links import link_cards
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.embeds import is_widget
from bulaq.intake.html.layout.labels import APART, Label, label_of
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.segments import Node, Segment, is_linked_headline, prose_of
from bulaq.intake.html.layout.text import fold, key
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.layout.walk import Walk

_NEVER_PROSE: tuple[Label, ...] = ("tags", "share", "breadcrumb", "source", "meta", "caption")
_PARAGRAPHS = ("p", "li", "td", "th", *HEADINGS)
MAX_PROSE_OF_TOOLS = 600
"""An element with more characters of running text is no row of topics or buttons, whatever it is called."""


class Page:
    """Segments and nodes of one page, and sums over them."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.base: str | None = None
        """What relative links are resolved against, once the reader of the page knows it."""
        self._homes: dict[int, int] = {}
        self._parts: dict[tuple[int, str], tuple[int, int, int]] = {}
        walk = Walk(root)
        self.segments: list[Segment] = walk.segments
        self.nodes: list[Node] = walk.nodes
        link_cards(self.segments, self.nodes, walk.blank)
        self._settle_labels()

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
            elif total and self._is_misnamed(node, held, total):
                node.label = ""
        self._label_cards()
        self._label_forms(main)
        self._pass_labels_down()

    def _is_misnamed(self, node: Node, held: int, total: int) -> bool:
        """Whether an element holds too much running text to be what it is called."""
        if node.label == "related":
            return self._is_no_list(node, held, total)
        if node.label in ("comments", "footer"):
            return False
        tools = node.label in _NEVER_PROSE and held > MAX_PROSE_OF_TOOLS
        return tools or held > (0.6 if node.label == "hidden" else 0.45) * total

    def distrust_names(self) -> None:
        """Takes all labels back that only say what an element is about (advertisement, aside, form …): they left no text."""
        for node in self.nodes:
            if node.label in APART and node.label not in ("hidden", "comments", "nav", "breadcrumb"):
                node.label = ""
        self._pass_labels_down()

    def _pass_labels_down(self) -> None:
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
            parts = all(self._is_part(node) for node in members)
            if len(members) >= 3 and (names or tag != "div" or joined) and not parts:
                for node in members:
                    node.label = node.label or "related"

    def _is_part(self, node: Node) -> bool:
        """Whether an element is a heading, its text and a link to more of it: a part of this text and no card of another."""
        inside = [s for s in self.segments[node.start : node.end] if s.kind == "text"]
        headed = inside[0].tag in HEADINGS and not inside[0].anchors
        return headed and is_linked_headline(inside[-1]) and any(map(prose_of, inside[1:-1]))

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

    def heads_a_part(self, heading: Segment) -> bool:
        """Whether a heading, or a line in bold, stands among the paragraphs of one element, with another of its kind there:
        it heads a part of their text, whatever its words («Response»)."""
        if not _could_head(heading):
            return False
        home = self.nodes[heading.node].parent
        if (home, heading.tag) not in self._parts:
            self._parts[home, heading.tag] = self._parts_of(home, heading.tag)
        headed, first, last = self._parts[home, heading.tag]
        return max(headed, first) < heading.index < last

    def _parts_of(self, home: int, tag: str) -> tuple[int, int, int]:
        """Right inside an element the first heading `tag` that is no box's, the first paragraph and the last one."""
        inside = self.segments[self.nodes[home].start : self.nodes[home].end]
        own = [s for s in inside if self.nodes[s.node].parent == home]
        headed = (
            s.index
            for s in own
            if s.tag == tag and _could_head(s) and heading_of(s.text) is None and not noise_line(s.text)
        )
        prose = [s.index for s in own if s.tag in ("p", "div", "td") and prose_of(s)] or [len(self.segments)]
        return next(headed, len(self.segments)), prose[0], prose[-1]

    def flows(self, lines: list[Segment]) -> dict[int, int]:
        """The running text of `lines` by the element that each is a paragraph of (`home`)."""
        found: dict[int, int] = {}
        for line in lines:
            home = self.home(line)
            found[home] = found.get(home, 0) + prose_of(line)
        return found

    def home(self, line: Segment) -> int:
        """The element that a line is a paragraph of: its own one where that holds several lines (parted by `<br>`) and
        paragraphs too, else the nearest above it that holds more than this line; of an entry, what holds its list."""
        node = self.nodes[line.node]
        if line.node not in self._homes:
            mixed = node.tag not in _PARAGRAPHS and any(
                self.nodes[other.node].parent == node.index and prose_of(other)
                for other in self.segments[node.start : node.end]
            )
            above = node.index if mixed else node.parent
            while not mixed and above > 0 and self._is_around_one(self.nodes[above]):
                above = self.nodes[above].parent
            self._homes[line.node] = above
        return self._homes[line.node]

    @staticmethod
    def _is_around_one(node: Node) -> bool:
        return node.end - node.start == 1 or node.tag in ("ul", "ol", "li")

    def in_quotation(self, segment: Segment, top: int) -> bool:
        """Whether a line stands in a quotation inside the node `top`: what closes it there is who said it."""
        return any(
            self.nodes[node].tag == "blockquote" for node in self.ancestors(segment.node) if node > top
        )

    def in_widget(self, segment: Segment) -> bool:
        """Whether a line stands in what a platform's script turns into an embed."""
        return any(is_widget(self.nodes[node].names) for node in self.ancestors(segment.node))

    def ancestors(self, node: int) -> list[int]:
        """The node and the nodes above it, innermost first."""
        found = []
        while node >= 0:
            found.append(node)
            node = self.nodes[node].parent
        return found


def _could_head(line: Segment) -> bool:
    """Whether a line is a heading, or a short paragraph in bold alone."""
    return line.tag in HEADINGS or (len(line.text) <= 60 and line.bold_chars >= len(line.text) - 2)


def _introduces_tags(segment: Segment) -> bool:
    """Whether a line is links but for words that head an article's topics («الكلمات الدالة: …»)."""
    if not 3 <= segment.plain_chars <= 40 or len(segment.anchors) > 60 or len(segment.text) > 3000:
        return False
    plain = segment.text
    for anchor in segment.anchors:
        plain = plain.replace(anchor.text, " ", 1)
    return heading_of(fold(plain).strip(" :|،,-–·•")) == "tags"


def _stronger(own: Label, above: Label) -> Label:
    """The label that holds when an element with its own label stands in a labelled one."""
    if not own:
        return above
    if above in APART and own not in APART:
        return above
    return own
