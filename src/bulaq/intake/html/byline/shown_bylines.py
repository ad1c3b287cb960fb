"""The lines around an article that say who wrote it, as far as the page shows them to its reader."""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.body.article_span import ArticleSpan
from bulaq.intake.html.body.ends import signs_for_an_agency
from bulaq.intake.html.head.dates import without_dates
from bulaq.intake.html.layout.labels import lower_names
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, is_linked_headline, leads_to_a_writer
from bulaq.intake.html.layout.text import fold, key, words
from bulaq.intake.html.lines.byline_lines import (
    ARABIC,
    BETWEEN,
    MAX_LINE,
    STATED,
    has_shape_of_name,
    is_byline,
    speaks_of,
)
from bulaq.intake.html.lines.byline_pieces import names_beside, names_who_took_it, stated_apart
from bulaq.intake.html.lines.closing_lines import speaks_of_the_page
from bulaq.intake.html.machines.structured_data import StructuredData

_NAMED = re.compile(
    r"(?:^|[\s_/-])(?:\w*-)?(?:author|authors|byline|by-line|writer|writers|writtenby|written-by|write-?by|writeby|reporter|journalist|editor-name|author-name|authorname|contributor|correspondent|katib|kateb)(?:-\w+)?(?:$|[\s_-])"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\s*$")
_CLOCK = re.compile(r"\(?(?:الساعة|بتوقيت|[غج]رينتش|\bGMT\b)")
_WHEN = re.compile(
    r"\s+(?:(?:نُ?شر(?:ت)?|(?:آخر\s+)?تحديث|أضيف|كتب|published|updated|posted)(?:\s+(?:في|بتاريخ|يوم|on))?|في|يوم|بتاريخ|on)\s*[:：]?$",
    re.I,
)
"""What leads over to a date that is gone."""
PREFIX = re.compile(
    r"^\W*(?:كتب(?:ه|ها)\s(?=\S)|(?:(?:كتب(?:ت)?|مرسلة|نشر(?:ت)?|أضيف|أضافه|مقدم|محرر|تحرير)\s+)?بواسطة|الكاتب(?:ة)?|المؤلف|الناشر|المصدر|المحرر(?:ة)?|author|writer|posted\s+by|published\s+by|نویسنده)\s*[:：,،]?\s*",
    re.I,
)
_POST = re.compile(
    r"\s*,\s*[\w'’ ]*\b(?:correspondent|editor|reporter|writer|columnist|staff|producer|analyst|contributor|critic)\b.*$",
    re.I,
)
_POST_BEHIND = re.compile(r"(?<=\S\s)(?:صحا?في|كاتب|مراسل|محرر|باحث|إعلامي|مدون)ة?(?:\s\S.*)?$")
"""What a writer is, behind the name («سلمى الحداد صحافية من تونس»)."""
_ELSEWHERE = frozenset(
    ("related", "comments", "nav", "hidden", "ad", "aside", "tags", "breadcrumb", "newsletter")
)
SHOWN_BYLINE, BYLINE_LINE = "shown byline", "byline line"
"""How a line is known: by the name or the link of its element, by its words alone."""


class ShownBylines:
    """Looks for bylines above the text and a few lines under it.

    `told`: (origin, name) of the writers that machines are told; `sites`: names of the outlet.
    """

    def __init__(
        self,
        page: Page,
        data: StructuredData,
        span: ArticleSpan,
        told: list[tuple[str, str]],
        sites: tuple[str, ...],
    ) -> None:
        self._page = page
        self._span = span
        self._told = told
        self._sites = sites
        self._marked = {
            id(element) for name in ("author", "creator") for element in data.marked.get(name, [])
        }
        self._found: list[tuple[int, str, str]] = []
        self._seen: set[str] = set()

    def find(self) -> list[tuple[int, str, str]]:
        """(segment, text without its date, how it is known), in the order of the page."""
        span, segments = self._span, self._page.segments
        above = range(max(0, span.top - 8), min(span.first, len(segments)))
        below = range(span.last + 1, min(span.over, span.last + 7))
        for index in (*above, *below):
            if self._may_tell(segments[index]):
                self._read(segments[index])
        return self._found

    def _may_tell(self, segment: Segment) -> bool:
        """Whether a line stands where pages name the writer."""
        text, above = segment.text, segment.index < self._span.first
        if segment.kind != "text" or segment.index == self._span.headline or len(text) > 300:
            return False
        if _is_another_field(segment) or (segment.index < self._span.top and _heads_another(segment)):
            return False
        if segment.label == "caption" and not (above and STATED.match(text)):
            return False  # «credits» names writers on some pages
        if segment.label in _ELSEWHERE:
            return False
        if segment.label == "share" and not (
            above
            and (
                _inline_author(segment, self._marked)
                or (len(segment.anchors) < 2 and is_byline(self._page.spaced(segment)))
            )
        ):
            return False  # rows of tools hold the writer's name on some pages
        above_it = self._page.ancestors(segment.node)[:4]
        if names_who_took_it(segment) or any(self._page.nodes[node].tag == "figure" for node in above_it):
            return False  # whose picture it is
        return heading_of(text) not in ("more", "related", "read_also", "latest")

    def _read(self, segment: Segment) -> None:
        inline = self._inline_names(segment)
        for text in inline:
            self._add(segment, text, SHOWN_BYLINE)
        if inline:
            return
        own, above, marked = self._element_names(segment)
        named = bool(_NAMED.search(own))
        if segment.label == "footer" and not (marked or named):
            return
        dated = not named and _YEAR.search(segment.text) and not find_dates(segment.text)
        if dated and not marked:
            return  # a day in words of another language
        beside = named or (_NAMED.search(above) and len(segment.text) <= 60)
        if marked or (beside and not self._is_under_a_writer(segment)):
            if len(segment.text) <= MAX_LINE and words(segment.text) <= 14:
                self._add(segment, self._page.spaced(segment), SHOWN_BYLINE)
        elif len(segment.text) <= MAX_LINE and not (
            segment.index > self._span.last and _links_elsewhere(segment)
        ):
            self._read_words(segment)

    def _is_under_a_writer(self, segment: Segment) -> bool:
        """Whether a line right under a name that leads to a writer's page, in one element with it, has no place: the name
        of the column."""
        over = self._page.segments[segment.index - 1]
        own = self._page.nodes[segment.node]
        held = own if own.end - own.start > 1 else self._page.nodes[own.parent]
        linked = over.index >= held.start and any(leads_to_a_writer(a.href) for a in over.anchors)
        return linked and not segment.anchors and not parse_byline(segment.text, self._sites).place

    def _inline_names(self, segment: Segment) -> list[str]:
        """What a line's own elements and links name as its writer."""
        inline = _inline_author(segment, self._marked)
        if not inline and segment.index < self._span.first:
            inline = _linked_author(segment)
        if inline and len(segment.text) <= 60:
            whole = parse_byline(self._page.spaced(segment))
            alone = len(whole.people) == 1 and key(whole.people[0]) == key(inline[0])
            if alone and place_score(whole.place or "") >= 3:
                return [self._page.spaced(segment)]  # the place stands beside the link
        return inline

    def _element_names(self, segment: Segment) -> tuple[str, str, bool]:
        """The names of a line's own element and of the one above, and whether microdata mark either as the writer."""
        nodes = self._page.nodes
        node = nodes[segment.node]
        parent = nodes[node.parent] if node.parent >= 0 else None
        marked = id(segment.element) in self._marked or (
            parent is not None and id(parent.element) in self._marked
        )
        return f"{segment.names} {node.names}", parent.names if parent is not None else "", marked

    def _read_words(self, segment: Segment) -> None:
        """A line that no name calls a byline must read as one, and be more than a name or vouched for."""
        page, span = self._page, self._span
        if len(segment.anchors) >= 2 and _links_elsewhere(segment):
            return  # a path, a row of buttons
        shown = stated_apart(segment) or page.spaced(segment)
        presented = bool(PREFIX.match(shown))
        beside = names_beside(segment)
        apart = beside and set(parse_byline(shown, self._sites).people).isdisjoint(beside)
        for line in beside if apart else _parts(shown):
            if signs_for_an_agency(line, self._sites):
                self._add(segment, line, BYLINE_LINE)
            if (is_byline(line) or _is_dated_name(page, segment, line, span.first)) and (
                presented or _says_who(line) or _is_vouched_for(page, segment, line, self._told, span)
            ):
                self._add(segment, line, BYLINE_LINE)

    def _add(self, segment: Segment, text: str, where: str) -> None:
        text = _POST.sub("", PREFIX.sub("", without_dates(fold(text)))).strip(" |،,-–—•·")
        named = _POST_BEHIND.sub("", text).strip(" |،,-–—•·")
        text = named if has_shape_of_name(named, 2.5) else text
        text = _WHEN.sub("", _CLOCK.split(text)[0].strip(" |،,-–—•·"))
        if noise_line(text) or (words(text) <= 4 and speaks_of_the_page(text)):
            return
        if 3 <= len(text) <= MAX_LINE and key(text) not in self._seen:
            self._seen.add(key(text))
            self._found.append((segment.index, text, where))


def _heads_another(segment: Segment) -> bool:
    """Whether a line is nothing but a link of five words or more, and not to a writer: another article's headline."""
    return (
        is_linked_headline(segment)
        and words(segment.text) >= 5
        and not leads_to_a_writer(segment.anchors[0].href)
    )


def _is_another_field(segment: Segment) -> bool:
    """Whether a line is a label and a link that fills it («دسته‌بندی: یزد»), and neither is of a writer."""
    label, colon, value = segment.text.partition(":")
    if not colon or len(segment.anchors) != 1 or fold(value) != segment.anchors[0].text:
        return False
    writer = (
        person_score(fold(value)) >= 2
        or leads_to_a_writer(segment.anchors[0].href)
        or STATED.match(segment.text)
        or PREFIX.match(segment.text)
    )
    return not writer and place_score(fold(label)) < 3 and agency_score(fold(label)) < 3


def _parts(line: str) -> list[str]:
    """What stands in a line beside dates, counters and prompts: «سلمى الحداد • 14 مارس • 4 دقائق قراءة»."""
    parts = [_WHEN.sub("", part.strip(" |،,-–—•·")) for part in BETWEEN.split(without_dates(fold(line)))]
    parts = [PREFIX.sub("", part) for part in parts]
    parts = [part for part in parts if len(part) >= 3 and not noise_line(part)]
    whole = fold(line)
    return parts if len(parts) != 1 or is_byline(parts[0]) else [*parts, whole]


def _says_who(line: str) -> bool:
    """Whether a line is more than a name: a role, or a place or an agency beside the name."""
    reading = parse_byline(line)
    known = reading.place is not None and place_score(reading.place) >= 3
    agencies = any(agency_score(name) >= 3 for name in reading.agencies)
    return bool(STATED.match(line)) or known or agencies or bool(reading.roles)


def _is_vouched_for(
    page: Page, segment: Segment, line: str, told: list[tuple[str, str]], span: ArticleSpan
) -> bool:
    """Whether a bare name is the writer's and no topic: told to machines, linked as one, or alone over a text that does not
    speak of them."""
    if any(key(name) in key(line) or key(line) in key(name) for _, name in told):
        return True
    if any(leads_to_a_writer(anchor.href) for anchor in segment.anchors):
        return True
    if segment.index > span.last or any(key(line) in key(anchor.text) for anchor in segment.anchors):
        return False
    return segment.index < span.first and not speaks_of(page, span.first, line)


def _inline_author(segment: Segment, marked: set[int]) -> list[str]:
    """What elements of a line are named or marked as its writer's; words for machines in them («تابع على تويتر») are none."""
    texts: list[str] = []
    shown = key(segment.text)
    for element in segment.inline:
        name = lower_names(f"{element.get('class') or ''} {element.get('id') or ''}")
        rel = (element.get("rel") or "").lower().split()
        if id(element) in marked or "author" in rel or (name.strip() and _NAMED.search(name)):
            text = fold("".join(element.itertext()))
            if any(text != other and text in other for other in texts):
                texts = [
                    other for other in texts if text not in other
                ]  # the link inside «بواسطة …» is the name
            if text and text not in texts and key(text) in shown:
                texts.append(text)
    return texts


def _links_elsewhere(segment: Segment) -> bool:
    """Whether a line is a link, and not to a page about a writer: another headline."""
    return segment.link_chars > 0.5 * len(segment.text) and not any(
        leads_to_a_writer(anchor.href) for anchor in segment.anchors
    )


def _linked_author(segment: Segment) -> list[str]:
    """The names that a short line links to pages about writers; what stands beside them («كاتبة») is none."""
    if len(segment.text) > 80:
        return []
    links = [anchor for anchor in segment.anchors if leads_to_a_writer(anchor.href)]
    return [anchor.text for anchor in links if is_byline(anchor.text) or has_shape_of_name(anchor.text)]


def _is_dated_name(page: Page, segment: Segment, line: str, first: int) -> bool:
    """Whether a line of a name's shape stands between headline and text in one row with the day, and is no link."""
    if (
        segment.index >= first
        or segment.anchors
        or not (ARABIC.search(line) and has_shape_of_name(line, 2.4))
    ):
        return False
    if line != page.spaced(segment):
        return bool(find_dates(page.spaced(segment)))
    row = page.nodes[page.nodes[segment.node].parent]
    inside = page.segments[row.start : row.end]
    return len(inside) <= 6 and any(find_dates(each.text) for each in inside if len(each.text) <= 80)
