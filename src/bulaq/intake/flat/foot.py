"""The lines under the body: read-also links, the carrier, topics, boxes of headlines, the footer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.article import Box, BoxKind, Link
from bulaq.intake.box_headings import box_kind, fold_heading
from bulaq.intake.flat.body import content_words
from bulaq.intake.flat.labels import (
    carrier_label,
    is_correction_heading,
    is_language_switch,
    is_span_of_time,
)
from bulaq.intake.flat.lines import DATE_WORDS, PageLine
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.flat.strangers import next_article

MIN_LINK_WORDS = 3
"""Shorter lines in a box are labels («المزيد», a section's name), unless the heading is certain."""

LOOKAHEAD = 6
"""Lines after a heading in which its first headline must stand (times and labels stand between)."""

_MORE = re.compile(
    r"(?:(?:اقرا |عرض |شاهد |تحميل |لقراءه |لمشاهده )?(?:ال)?مزيد(?: من .{0,25})?|(?:عرض |شاهد )?(?:الكل|كل .{2,15}|جميع .{2,15})|more|see all|view all|all|plus|voir plus|voir tout|load more|بيشتر)"
)
_TOPIC_LABEL = re.compile(r"^(?:ال)?(?:موضوع|مواضيع|موضوعات)\s*:?\s*$")


_NEIGHBOUR = re.compile(
    r"(?:المقال(?:ه)? |الموضوع |الخبر |التدوينه )?(?:ال)?(?:سابق|تالي|قادم)(?:ه)?(?: بوست)?|(?:previous|next)(?: (?:post|article|story))?"
)
"""What stands above the articles before and after this one."""


@dataclass
class Foot:
    """What stands under the body: a role for each line, and what the roles say."""

    roles: dict[int, str] = field(default_factory=dict)
    read_also: list[Link] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    carrier: str | None = None
    agencies: list[str] = field(default_factory=list)
    """What the page names as the article's source («المصدر: وكالات»)."""


_BOX_KINDS: dict[str, BoxKind] = {
    "related": "related",
    "latest": "latest",
    "most_read": "most_read",
    "section": "section",
}


@dataclass
class _Open:
    kind: str
    title: str
    items: list[Link] = field(default_factory=list)


def read_foot(lines: list[PageLine], begin: int, body_folded: str, repeats: Repeats | None = None) -> Foot:
    """Everything from line `begin` on; `body_folded` is the folded text of the body (topics are words of it)."""
    foot = Foot()
    foreign = next_article(lines)
    series = _series(lines)
    index = _loose_tags(lines, begin, body_folded, foot)
    waiting: list[_Open] = []
    current: _Open | None = None
    short = 0

    def close() -> None:
        nonlocal current
        if current is not None and current.items:
            items = _unnumbered(current.items)
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
        elif index in series:
            current = current or _Open("other", "")
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
            index = _tags(lines, index, foot)
        elif line.heading in ("comments", "share", "form") and not (current and line.words >= 5):
            if line.heading == "comments":
                close()
            foot.roles[index] = "other"
            short += 1
        elif _MORE.fullmatch(line.folded) and (current is not None or not _heads_links(lines, index, 2)):
            foot.roles[index] = "other"
            if _heads_links(lines, index, 2, tight=True) and line.heading == "read_also":
                close()
                current = _Open("other", line.shown())
                foot.roles[index] = "box_heading"
            elif current is not None and current.items and not _goes_on(lines, index):
                close()
                current = waiting.pop(0) if waiting else None
        elif (kind := _heading_at(lines, index, current, repeats)) is not None:
            if current is not None and not current.items:
                waiting.append(_Open(kind, line.shown()))  # tabs: two headings, then the lists in turn
            else:
                close()
                waiting.clear()
                current = _Open(kind, line.shown())
            foot.roles[index] = "read_also_heading" if kind == "read_also" else "box_heading"
            short = 0
        elif _is_link(lines, index, current):
            short = 0
            if current is None:
                current = _Open("other", "")
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


def _goes_on(lines: list[PageLine], index: int) -> bool:
    """Whether headlines go on under a «more» in the midst of a box."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and not following.gap and _is_card(following)


_PLACE = re.compile(r"^\s*(?P<place>[\d٠-٩]{1,2})\s?[.)\-–—]\s*(?=\S)")


def _unnumbered(items: list[Link]) -> list[Link]:
    """The headlines without their places in the list, where it counts them («1. …», «2. …»)."""
    places = [_PLACE.match(item.headline) for item in items]
    counted = [int(match["place"]) for match in places if match is not None]
    if len(items) < 2 or counted != list(range(1, len(items) + 1)):
        return items
    return [Link(_PLACE.sub("", item.headline), item.url) for item in items]


MIN_SERIES = 3
"""Lines that differ in their numbers alone and so make a list («… بتاريخ 2019/02/09», «العدد 214»)."""


def _series(lines: list[PageLine]) -> frozenset[int]:
    """The lines that say the same of several days or numbers, one after the other: links to issues of a paper."""
    found: set[int] = set()
    run: list[PageLine] = []
    said: tuple[str, ...] = ()
    for line in [*lines, PageLine("", len(lines), True)]:
        words = tuple(word for word in line.folded.split() if word.isalpha())
        if words == said and run:
            run.append(line)
            continue
        if len({other.folded for other in run}) >= MIN_SERIES and _is_label_of_issues(run[0], said):
            found.update(other.index for other in run)
        run, said = [line], words
    return frozenset(found)


def _is_label_of_issues(line: PageLine, words: tuple[str, ...]) -> bool:
    return len(words) >= 2 and not line.is_time and not all(word in DATE_WORDS for word in words)


_KNOWN_BOXES = ("related", "latest", "most_read", "picks")


def boxes_above(lines: list[PageLine], end: int) -> Foot:
    """Boxes that stand before the article (columns that come first in the page's source); only headings that can
    head nothing else are believed, since menus and tickers stand there too."""
    found = Foot()
    index = 0
    while index < end:
        line = lines[index]
        index += 1
        if (
            line.heading not in _KNOWN_BOXES
            or line.words > 5
            or not _heads_links(lines[:end], line.index, 2, tight=True)
        ):
            continue
        items: list[PageLine] = []
        while index < end and (lines[index].date or lines[index].is_time or _is_card(lines[index])):
            if _is_card(lines[index]):
                items.append(lines[index])
            index += 1
        found.roles[line.index] = "box_heading"
        found.roles.update((item.index, "box_link") for item in items)
        kind = box_kind(line.text) or "other"
        found.boxes.append(
            Box(kind, line.shown(), tuple(Link(item.shown(item.link_text), item.url) for item in items))
        )
    return found


def _is_card(line: PageLine) -> bool:
    return (line.is_title_like or line.is_truncated) and line.words >= 4 and line.heading is None


def _inside_box(current: _Open | None, line: PageLine) -> bool:
    """«المصدر: …» among a box's headlines is one of them."""
    return current is not None and bool(current.items) and line.words > 6


def _heading_at(
    lines: list[PageLine], index: int, current: _Open | None, repeats: Repeats | None
) -> str | None:
    """The kind of box that the line heads, when headlines do follow it."""
    line = lines[index]
    if (
        line.words > 8
        or (line.is_truncated and line.heading != "read_also")
        or not _heads_links(lines, index, 1)
    ):
        return None
    kind = line.heading
    if kind == "read_also":
        return "read_also"
    if _NEIGHBOUR.fullmatch(line.folded):
        return "other"
    if kind in ("related", "latest", "most_read", "picks", "more"):
        return box_kind(line.text) or "other"
    if kind == "section":
        return "section" if _heads_links(lines, index, 2) else None
    alone = line.gap and index + 1 < len(lines) and lines[index + 1].gap
    if (
        1 <= line.words <= 5
        and not line.is_sentence
        and (alone or line.gap)
        and _heads_links(lines, index, 2, tight=True)
    ) and (line.words <= 3 or (alone and _shorter(lines, index))):
        return "section"
    if (
        1 <= line.words <= 2
        and current is not None
        and len(current.items) >= 3
        and _heads_links(lines, index, 3, tight=True)
    ):
        return "section"
    return None


def _shorter(lines: list[PageLine], index: int) -> bool:
    following = [other.words for other in lines[index + 1 : index + 4]]
    return all(lines[index].words + 2 <= words for words in following)


def _heads_links(lines: list[PageLine], index: int, wanted: int, *, tight: bool = False) -> bool:
    """Whether `wanted` headlines follow soon; `tight`: at once, and of four words at least."""
    found = 0
    for line in lines[index + 1 : index + 1 + (wanted if tight else LOOKAHEAD)]:
        if (
            line.is_title_like
            and line.words >= (4 if tight or wanted > 1 else MIN_LINK_WORDS)
            and line.heading is None
        ) or (line.is_truncated and line.words >= MIN_LINK_WORDS):
            found += 1
        elif line.is_copyright or line.prose >= 3 or tight:
            return False
        if found >= wanted:
            return True
    return False


def _is_link(lines: list[PageLine], index: int, current: _Open | None) -> bool:
    line = lines[index]
    if line.is_boilerplate or line.words > 30 or (line.prose >= 3 and not line.is_truncated):
        return False
    if line.prose >= 1.5 and (current is None or re.search(r"[^.]\.[\"”»]*\s*$", line.text)):
        return False
    if current is not None:
        if line.is_truncated and line.words >= 2:
            return True
        if line.is_title_like and line.words >= MIN_LINK_WORDS:
            return not (line.words == 3 and line.heading is not None)
        return (
            line.words == 2
            and current.kind != "other"
            and not line.noise
            and not line.heading
            and line.gap is False
            and _in_list(lines, index)
        )
    return _run(lines, index) >= 3


def _in_list(lines: list[PageLine], index: int) -> bool:
    around = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return len(around) == 2 and all(line.is_title_like and line.words >= 4 for line in around)


def _run(lines: list[PageLine], index: int) -> int:
    """How many headlines stand in a row here: a box without a heading."""
    count = 0
    for step in (-1, 1):
        position = index if step == 1 else index - 1
        while 0 <= position < len(lines):
            line = lines[position]
            if line.date or line.is_time:
                position += step
                continue
            if not (line.is_title_like and line.words >= 5) or line.is_boilerplate or line.byline:
                break
            count += 1
            position += step
    return count


def _tags(lines: list[PageLine], index: int, foot: Foot) -> int:
    """Topics under their heading: short lines, or one line with commas."""
    for position in range(index + 1, min(index + 20, len(lines))):
        line = lines[position]
        if not line.has_ink:
            foot.roles[position] = "other"
            index = position
            continue
        if line.heading in (
            "read_also",
            "related",
            "latest",
            "most_read",
            "comments",
            "share",
            "picks",
            "more",
        ):
            break
        if (
            (line.words > 5 and not re.search(r"[،,#|]", line.text))
            or line.date
            or line.is_truncated
            or line.noise == "foot"
        ):
            break
        if line.heading == "section" and _heads_links(lines, position, 1, tight=True):
            break
        if carrier_label(line) is not None or (
            line.gap and foot.tags and _heads_links(lines, position, 1, tight=True)
        ):
            break
        for part in re.split(r"\s*[،,|•·]\s*|\s+(?=#)", line.text):
            tag = part.strip(" #")
            if fold_heading(tag) and not fold_heading(tag).isdigit():
                foot.tags.append(tag)
        foot.roles[position] = "tag"
        index = position
    return index


def _loose_tags(lines: list[PageLine], begin: int, body_folded: str, foot: Foot) -> int:
    """Short lines right under the text that are words of it are topics, though nothing says so."""
    end = begin
    while (
        end < len(lines)
        and 1 <= lines[end].words <= 4
        and lines[end].heading is None
        and not lines[end].noise
    ):
        if lines[end].date or (lines[end].byline and lines[end].words > 3):
            break
        end += 1
    known = content_words(body_folded)
    found = [index for index in range(begin, end) if content_words(lines[index].text) & known]
    whole = any(lines[index].folded in body_folded for index in found)
    if len(found) < 2 or len(found) < 0.6 * (end - begin) or not whole:
        return begin
    for index in range(begin, end):
        foot.roles[index] = "tag"
        foot.tags.append(lines[index].text.strip(" #،,"))
    return end
