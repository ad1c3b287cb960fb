"""The lines under the body: read-also links, the carrier, topics, boxes of headlines, the footer."""

from __future__ import annotations

import re
from collections.abc import Callable

from bulaq.intake.article import Box, BoxKind, Link
from bulaq.intake.flat.foot.box_lines import heading_at, heads_links, is_card, is_link, issues_listed
from bulaq.intake.flat.foot.cut_headlines import continued, teasers
from bulaq.intake.flat.foot.foot_parts import Foot, OpenBox, unnumbered
from bulaq.intake.flat.foot.topics import loose_topics, topics_under
from bulaq.intake.flat.lines.labels import (
    carrier_label,
    is_correction_heading,
    is_language_switch,
    is_recent_comments,
    is_span_of_time,
)
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.lines.strangers import next_article

_MORE = re.compile(
    r"(?:(?:اقرا |عرض |شاهد |تحميل |لقراءه |لمشاهده )?(?:ال)?مزيد(?: من .{0,25})?|(?:عرض |شاهد )?(?:الكل|كل .{2,15}|جميع .{2,15})|more|see all|view all|all|plus|voir plus|voir tout|load more|بيشتر)"
)
_TOPIC_LABEL = re.compile(r"^(?:ال)?(?:موضوع|مواضيع|موضوعات)\s*:?\s*$")


_BOX_KINDS: dict[str, BoxKind] = {
    "related": "related",
    "latest": "latest",
    "most_read": "most_read",
    "section": "section",
}


def read_foot(lines: list[PageLine], begin: int, body_folded: str, repeats: Repeats | None = None) -> Foot:
    """Everything from line `begin` on; `body_folded` is the folded text of the body (topics are words of it)."""
    return _FootReading(lines, begin, repeats).read(body_folded)


class _Boxes:
    """The box whose headlines are being gathered, and the headings that wait for their turn."""

    def __init__(self, foot: Foot) -> None:
        self.foot = foot
        self.current: OpenBox | None = None
        self.waiting: list[OpenBox] = []

    @property
    def holds_links(self) -> bool:
        """Whether a box is open and has headlines."""
        return self.current is not None and bool(self.current.items)

    def head(self, kind: str, title: str) -> None:
        """A heading: of the next box, or beside that of one that has no headlines yet."""
        if self.current is not None and not self.current.items:
            self.waiting.append(OpenBox(kind, title))  # tabs: two headings, then the lists in turn
        else:
            self.end()
            self.current = OpenBox(kind, title)

    def add(self, line: PageLine) -> OpenBox:
        """The box that is open, or one without a heading, with the headline in it."""
        if self.current is None:
            self.current = OpenBox("other", "")
        self.current.items.append(Link(line.shown(line.link_text), line.url))
        return self.current

    def close(self) -> None:
        """Nothing more belongs to the box that is open; what it holds is told, an empty one forgotten."""
        if self.current is not None and self.current.items:
            items = unnumbered(list(dict.fromkeys(self.current.items)))
            if self.current.kind == "read_also":
                self.foot.read_also.extend(items)
            else:
                kind = _BOX_KINDS.get(self.current.kind, "other")
                self.foot.boxes.append(Box(kind, self.current.title, tuple(items)))
        self.current = None

    def end(self) -> None:
        """The box that is open ends, and no heading waits any longer."""
        self.close()
        self.waiting.clear()


MAX_IDLE = 3
"""Lines in a row that say nothing known and so end a box."""


MAX_LABEL = 4
"""Words of a heading that names a part of the page; a longer one may be a headline."""


class _FootReading:
    """One reading of a foot from its first line to its last: each line is asked the rules in their order, and the
    first that knows the line tells its role. A rule that takes further lines with it moves `index` to the last."""

    def __init__(self, lines: list[PageLine], begin: int, repeats: Repeats | None) -> None:
        self.lines = lines
        self.begin = self.index = begin
        self.repeats = repeats
        self.foot = Foot()
        self.boxes = _Boxes(self.foot)
        self.idle = 0
        self.commented = False
        """Whether readers' comments may stand here: under a heading of theirs, before the next box's."""
        self.foreign = next_article(lines)
        self.issues = issues_listed(lines)
        self.rests = continued(lines, begin)
        self.summaries = teasers(lines, begin)
        self.rules: tuple[Callable[[PageLine], str | None], ...] = (
            self._of_next_article, self._rest_of_headline, self._summary, self._source, self._carrier,
            self._language_switch, self._invitation, self._correction, self._legal, self._issue, self._time,
            self._topics, self._topics_under_heading, self._recent_comments, self._forms, self._more,
            self._box_heading, self._other_heading, self._box_link,
        )  # fmt: skip

    def read(self, body_folded: str) -> Foot:
        self.index = loose_topics(self.lines, self.begin, body_folded, self.foot)
        while self.index < len(self.lines):
            line = self.lines[self.index]
            told = (rule(line) for rule in self.rules)
            role = next((role for role in told if role is not None), None)
            if role is None:
                role = self._unknown(line)
            elif role in ("box_link", "read_also_link", "box_heading", "read_also_heading"):
                self.idle = 0
            self.foot.roles[line.index] = role
            self.index += 1
        self.boxes.close()
        return self.foot

    def _of_next_article(self, line: PageLine) -> str | None:
        return "other" if line.index in self.foreign and line.prose < 3 and not line.heading else None

    def _rest_of_headline(self, line: PageLine) -> str | None:
        """The end of a headline that a flattener cut in two."""
        box = self.boxes.current
        if line.index not in self.rests or box is None or not box.items:
            return None
        box.items[-1] = Link(f"{box.items[-1].headline} {line.shown()}", box.items[-1].url)
        return self.foot.roles[line.index - 1]

    def _summary(self, line: PageLine) -> str | None:
        return "other" if line.index in self.summaries else None

    def _source(self, line: PageLine) -> str | None:
        if line.said_source is None or self.boxes.holds_links:
            return None
        self.foot.agencies.extend(line.said_source.agencies)
        return "byline"

    def _carrier(self, line: PageLine) -> str | None:
        label = carrier_label(line)
        if label is None or self.foot.carrier is not None:
            return None
        if self.boxes.holds_links and line.words > 6:
            return None  # «المصدر: …» among a box's headlines is one of them
        self.boxes.close()
        self.foot.carrier = label
        return "outlet"

    def _language_switch(self, line: PageLine) -> str | None:
        if not is_language_switch(line):
            return None
        self.boxes.close()
        return "other"

    def _invitation(self, line: PageLine) -> str | None:
        if not line.invitation:
            return None
        self.foot.read_also.append(Link(line.shown(line.invitation[1]), line.url))
        return "read_also_link"

    def _correction(self, line: PageLine) -> str | None:
        """A public correction: its heading, what it says and when."""
        if not is_correction_heading(line):
            return None
        self.boxes.close()
        self._skip_while(lambda following: following.prose > 0 or following.date is not None)
        return "other"

    def _legal(self, line: PageLine) -> str | None:
        if line.is_copyright:
            self.boxes.end()
            return "other"
        return "other" if line.is_url or not line.has_ink or line.noise == "foot" else None

    def _issue(self, line: PageLine) -> str | None:
        if line.index not in self.issues:
            return None
        self.boxes.add(line)
        return "box_link"

    def _time(self, line: PageLine) -> str | None:
        """When a headline of a box appeared, or a tab of a box that counts readings."""
        if is_span_of_time(line):
            return "other"
        if line.date:
            return "date"
        return "other" if line.is_time else None

    def _topics(self, line: PageLine) -> str | None:
        if not line.topics:
            return None
        self.boxes.close()
        self.foot.tags.extend(line.topics)
        return "tag"

    def _topics_under_heading(self, line: PageLine) -> str | None:
        if line.heading != "tags" and not _TOPIC_LABEL.match(line.text):
            return None
        self.boxes.close()
        self.index = topics_under(self.lines, line.index, self.foot)
        return "tags_heading"

    def _recent_comments(self, line: PageLine) -> str | None:
        """What readers said, and where, up to the next heading: no headlines of the house."""
        if not is_recent_comments(line):
            return None
        self.boxes.close()
        self._skip_while(lambda following: not (following.heading or following.is_copyright))
        return "other"

    def _forms(self, line: PageLine) -> str | None:
        """Where to comment, to share, to subscribe; five words may be a headline of the box that is open."""
        if line.heading not in ("comments", "share", "form"):
            return None
        if self.boxes.current is not None and line.words >= 5:
            return None
        if line.heading == "comments":
            self.boxes.close()
            self.commented = bool(re.search(r"[1-9١-٩]", line.text))
        self.idle += 1
        return "other"

    def _more(self, line: PageLine) -> str | None:
        """«المزيد» ends a box, unless headlines go on right under it, or heads one."""
        boxes = self.boxes
        if not _MORE.fullmatch(line.folded):
            return None
        if boxes.current is None and heads_links(self.lines, line.index, 2):
            return None
        if line.heading == "read_also" and heads_links(self.lines, line.index, 2, tight=True):
            boxes.close()
            boxes.current = OpenBox("other", line.shown())
            return "box_heading"
        if boxes.holds_links and not _goes_on(self.lines, line.index):
            boxes.close()
            boxes.current = boxes.waiting.pop(0) if boxes.waiting else None
        return "other"

    def _box_heading(self, line: PageLine) -> str | None:
        kind = heading_at(self.lines, line.index, self.boxes.current, self.repeats)
        if kind is None:
            return None
        self.boxes.head(kind, line.shown())
        self.commented = False
        return "read_also_heading" if kind == "read_also" else "box_heading"

    def _other_heading(self, line: PageLine) -> str | None:
        """A heading, as the flattener says, of no headlines: what stands under it is none of the box above."""
        if line.marker != "heading" or line.url is not None or line.words > MAX_LABEL:
            return None
        self.boxes.close()
        return "other"

    def _box_link(self, line: PageLine) -> str | None:
        if not is_link(self.lines, line.index, self.boxes.current):
            return None
        if self.commented and self.boxes.current is None:
            return None  # what a reader says is no headline
        box = self.boxes.add(line)
        return "read_also_link" if box.kind == "read_also" else "box_link"

    def _unknown(self, line: PageLine) -> str:
        self.idle += 1
        if self.idle >= MAX_IDLE or line.prose >= 3 or line.is_boilerplate:
            self.boxes.end()
        return "other"

    def _skip_while(self, belongs: Callable[[PageLine], bool]) -> None:
        """The lines that follow are nothing of the article's or the house's as long as they belong to this one."""
        while self.index + 1 < len(self.lines) and belongs(self.lines[self.index + 1]):
            self.index += 1
            self.foot.roles[self.index] = "other"


def _goes_on(lines: list[PageLine], index: int) -> bool:
    """Whether headlines go on under a «more» in the midst of a box."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and not following.gap and is_card(following)
