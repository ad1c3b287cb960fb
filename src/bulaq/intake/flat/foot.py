"""The lines under the body: read-also links, the carrier, topics, boxes of headlines, the footer."""

from __future__ import annotations

import re

from bulaq.intake.article import Box, BoxKind, Link
from bulaq.intake.flat.box_lines import heading_at, heads_links, is_card, is_link, issues_listed
from bulaq.intake.flat.cut_headlines import continued, teasers
from bulaq.intake.flat.foot_parts import Foot, OpenBox
from bulaq.intake.flat.labels import (
    carrier_label,
    is_correction_heading,
    is_language_switch,
    is_recent_comments,
    is_span_of_time,
)
from bulaq.intake.flat.lines import PageLine
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.flat.strangers import next_article
from bulaq.intake.flat.topics import loose_topics, topics_under

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
    foot = Foot()
    foreign = next_article(lines)
    issues = issues_listed(lines)
    rests = continued(lines, begin)
    summaries = teasers(lines, begin)
    index = loose_topics(lines, begin, body_folded, foot)
    waiting: list[OpenBox] = []
    current: OpenBox | None = None
    short = 0

    def close() -> None:
        nonlocal current
        if current is not None and current.items:
            items = _unnumbered(list(dict.fromkeys(current.items)))
            if current.kind == "read_also":
                foot.read_also.extend(items)
            else:
                kind = _BOX_KINDS.get(current.kind, "other")
                foot.boxes.append(Box(kind, current.title, tuple(items)))
        current = None

    while index < len(lines):
        line = lines[index]
        label = carrier_label(line)
        if index in foreign and line.prose < 3 and not line.heading:
            foot.roles[index] = "other"
        elif index in rests and current is not None and current.items:
            whole = f"{current.items[-1].headline} {line.shown()}"
            current.items[-1] = Link(whole, current.items[-1].url)
            foot.roles[index] = foot.roles[index - 1]
        elif index in summaries:
            foot.roles[index] = "other"
        elif line.said_source is not None and not (current and current.items):
            foot.roles[index] = "byline"
            foot.agencies.extend(line.said_source.agencies)
        elif label is not None and foot.carrier is None and not _inside_box(current, line):
            close()
            foot.carrier = label
            foot.roles[index] = "outlet"
        elif is_language_switch(line):
            close()
            foot.roles[index] = "other"
        elif line.invitation:
            foot.roles[index] = "read_also_link"
            foot.read_also.append(Link(line.shown(line.invitation[1]), line.url))
        elif is_correction_heading(line):
            close()
            foot.roles[index] = "other"
            while index + 1 < len(lines) and (lines[index + 1].prose > 0 or lines[index + 1].date):
                index += 1
                foot.roles[index] = "other"
        elif line.is_copyright or line.is_url or not line.has_ink or line.noise == "foot":
            foot.roles[index] = "other"
            if line.is_copyright:
                close()
                waiting.clear()
        elif index in issues:
            current = current or OpenBox("other", "")
            current.items.append(Link(line.shown(line.link_text), line.url))
            foot.roles[index] = "box_link"
        elif is_span_of_time(line):
            foot.roles[index] = "other"
        elif line.date or line.is_time:
            foot.roles[index] = "date" if line.date else "other"
        elif line.topics:
            close()
            foot.roles[index] = "tag"
            foot.tags.extend(line.topics)
        elif line.heading == "tags" or _TOPIC_LABEL.match(line.text):
            close()
            foot.roles[index] = "tags_heading"
            index = topics_under(lines, index, foot)
        elif is_recent_comments(line):
            close()
            index = _without_comments(lines, index, foot)
        elif line.heading in ("comments", "share", "form") and not (current and line.words >= 5):
            if line.heading == "comments":
                close()
            foot.roles[index] = "other"
            short += 1
        elif _MORE.fullmatch(line.folded) and (current is not None or not heads_links(lines, index, 2)):
            foot.roles[index] = "other"
            if heads_links(lines, index, 2, tight=True) and line.heading == "read_also":
                close()
                current = OpenBox("other", line.shown())
                foot.roles[index] = "box_heading"
            elif current is not None and current.items and not _goes_on(lines, index):
                close()
                current = waiting.pop(0) if waiting else None
        elif (kind := heading_at(lines, index, current, repeats)) is not None:
            if current is not None and not current.items:
                waiting.append(OpenBox(kind, line.shown()))  # tabs: two headings, then the lists in turn
            else:
                close()
                waiting.clear()
                current = OpenBox(kind, line.shown())
            foot.roles[index] = "read_also_heading" if kind == "read_also" else "box_heading"
            short = 0
        elif is_link(lines, index, current):
            short = 0
            if current is None:
                current = OpenBox("other", "")
            current.items.append(Link(line.shown(line.link_text), line.url))
            foot.roles[index] = "read_also_link" if current.kind == "read_also" else "box_link"
        else:
            foot.roles[index] = "other"
            short += 1
            if short >= 3 or line.prose >= 3 or line.is_boilerplate:
                close()
                waiting.clear()
        if foot.roles[index] in ("box_link", "read_also_link", "box_heading"):
            short = 0
        index += 1
    close()
    return foot


def _without_comments(lines: list[PageLine], index: int, foot: Foot) -> int:
    """What readers said, and where, up to the next heading: no headlines of the house."""
    foot.roles[index] = "other"
    while index + 1 < len(lines) and not (lines[index + 1].heading or lines[index + 1].is_copyright):
        index += 1
        foot.roles[index] = "other"
    return index


def _goes_on(lines: list[PageLine], index: int) -> bool:
    """Whether headlines go on under a «more» in the midst of a box."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and not following.gap and is_card(following)


_PLACE = re.compile(r"^\s*(?P<place>[\d٠-٩]{1,2})\s?[.)\-–—]\s*(?=\S)")


def _unnumbered(items: list[Link]) -> list[Link]:
    """The headlines without their places in the list, where it counts them («1. …», «2. …»)."""
    places = [_PLACE.match(item.headline) for item in items]
    counted = [int(match["place"]) for match in places if match is not None]
    if len(items) < 2 or counted != list(range(1, len(items) + 1)):
        return items
    return [Link(_PLACE.sub("", item.headline), item.url) for item in items]


def _inside_box(current: OpenBox | None, line: PageLine) -> bool:
    """«المصدر: …» among a box's headlines is one of them."""
    return current is not None and bool(current.items) and line.words > 6
