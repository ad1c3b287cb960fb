"""A passage through the lines in the element of the body: what it has met so far, and where a line stands among the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.html.body.body_text import BodyText
from bulaq.intake.html.body.ends import IsByline
from bulaq.intake.html.body.read_also import add_read_also, same_flow
from bulaq.intake.html.head.dates import shows_only_a_date
from bulaq.intake.html.head.headline import Headline
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, prose_of


@dataclass(slots=True)
class Passage:
    """One passage through the segments `start`…`end` of the element `top`; `result` takes what is set aside."""

    page: Page
    top: int
    start: int
    end: int
    headline: Headline | None
    result: BodyText
    is_byline: IsByline
    wrapped: bool
    """Whether the lines of the page are broken by hand, so that a line is a part of a paragraph."""
    kept: list[Segment] = field(default_factory=list)
    texts: int = 0
    """How many of `kept` are text."""
    last_prose: int = 0
    """The last segment that reads as the article's own running text."""
    aside_until: int = 0
    """Up to here an element goes on that is no text: links under a heading, a player, a summary."""
    in_links: bool = False
    """Whether the editor's links («اقرأ أيضًا») have been headed and no line of text has ended them yet."""
    over: bool = False
    insets: dict[int, int] = field(default_factory=dict)
    """First line → end of the elements among the lines that are none of the text."""
    aside: frozenset[int] = frozenset()
    """The segments in them."""

    def last_prose_of(self) -> int:
        """The value of `last_prose`, which the lines alone tell."""
        for segment in reversed(self.page.segments[self.start : self.end]):
            if (
                segment.kind == "text"
                and segment.index not in self.aside
                and segment.label not in APART
                and prose_of(segment)
                and noise_line(segment.text) != "foot"
                and not shows_only_a_date(self.page, segment)
            ):
                return segment.index
        return self.start

    def take_link(self, segment: Segment, *, introduced: bool) -> None:
        """Keep a link to another article as the editor's, where it stands among the text or soon under it."""
        near = segment.index <= self.last_prose + 12
        if introduced and near and add_read_also(segment, self.result.read_also):
            self.result.read_also_segments.add(segment.index)

    def in_run(self, line: Segment) -> bool:
        """Whether a line is broken by hand out of a paragraph: it is no line of its own."""
        if not self.wrapped:
            return False
        following = self.page.segments[line.index + 1] if line.index + 1 < self.end else None
        return bool(line.after_break or (following and following.after_break))

    def at_edge(self, line: Segment) -> bool:
        """Whether a line of its own stands over the text or under it, where pages say when and by whom."""
        return (self.texts <= 1 or line.index > self.last_prose) and not self.in_run(line)

    def in_flow_of_prose(self, line: Segment) -> bool:
        """Whether a line stands in the element of the running text."""
        return same_flow(self.page, line, self.page.segments[self.last_prose])
