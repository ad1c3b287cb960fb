"""The two ends of a body: where the article's own flow stops, and the scraps above and below that are not of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, prose_of
from bulaq.intake.html.layout.text import ends_as_sentence, fold, words
from bulaq.intake.html.lines.byline_lines import ARABIC, has_shape_of_name
from bulaq.intake.html.lines.closing_lines import is_apart, signs_off, without_foreign_close
from bulaq.intake.html.lines.points import in_points

IsByline = Callable[[str], bool]
_ROLE = re.compile(
    r"(?:[\w'’]+ ){0,3}(?:reporter|correspondent|writer|editor|columnist|contributor)s?|(?:مراسلة?|محررة?|كاتبة?|صحا?فية?)(?: \S+){0,3}",
    re.I,
)
_ITEMS = ("li", "td", "th", "dd", "dt")
_SIGNED = re.compile(
    r"\S[^:،.]{1,25}\s*[-–—ـ/|:]\s*(?:خاص|متابعات?|متابعة|وكالات|رصد|تقرير|تحرير)$|(?:خاص|متابعات?|متابعة|وكالات|رصد)\s*[-–—ـ/|:]\s*[^:،.]{2,30}$"
)
"""«… - خاص», «متابعات / …»: how a site signs in place of a writer."""
_PLACES = re.compile(r"\s*[-–—/،]\s*")


def main_flow(page: Page, kept: list[Segment]) -> list[Segment]:
    """`kept` without prose of other elements under the article: terms of use, notices, past the share bar or the tags."""
    flows = page.flows(kept)
    total = sum(flows.values())
    home, most = max(flows.items(), key=lambda pair: pair[1], default=(-1, 0))
    if not total or most < 0.6 * total:
        return kept
    last = max(s.index for s in kept if page.home(s) == home)
    kept = _without_neighbours(page, kept, home, last)
    after = [s for s in kept if s.index > last and s.kind == "text"]
    if not after or sum(prose_of(s) for s in after) > 0.25 * total:
        return kept
    for segment in page.segments[last + 1 : after[-1].index]:
        if segment.label in APART:
            return [s for s in kept if s.index <= segment.index]
    # a line of counts, dates, tags parts the text from who wrote it and what readers say
    under = next(
        (s for s in page.segments[last + 1 :] if s.kind == "text" and not _is_within(page, s, home)), None
    )
    if under is None or prose_of(under):
        return kept
    counts = under.tag not in (*HEADINGS, *_ITEMS) or under.link_chars == len(under.text)
    return [s for s in kept if s.index < under.index] if counts else kept


def _is_within(page: Page, segment: Segment, home: int) -> bool:
    """Whether a line is a paragraph of the element `home` or stands in a quotation or an inset of points of it."""
    paragraph = home in page.ancestors(segment.node)[:2]
    return paragraph or page.in_quotation(segment, home) or in_points(page, segment, home)


def _without_neighbours(page: Page, kept: list[Segment], home: int, last: int) -> list[Segment]:
    """`kept` without what stands under the text outside its element `home`: notices, who we are, subscriptions.

    An element of the same kind as `home` may go on with the text, and so may a paragraph of the same class as its own.
    """
    own = page.nodes[home]
    written = [s for s in kept if page.home(s) == home and prose_of(s)]
    if len(written) < 3:
        return kept

    # subheadings of the text in wrappers of their own dress the next of them
    dressed = {
        (s.tag, s.element.get("class"))
        for s in kept
        if s.element.get("class") and (s in written or (s.index < last and s.tag in HEADINGS))
    }

    def outside(segment: Segment) -> bool:
        above = page.ancestors(segment.node)
        alike = any((page.nodes[node].tag, page.nodes[node].names) == (own.tag, own.names) for node in above)
        return home not in above and not alike and (segment.tag, segment.element.get("class")) not in dressed

    others = [s for s in kept if s.index > last and s.kind == "text" and outside(s)]
    if sum(map(prose_of, others)) > 0.5 * sum(map(prose_of, written)):
        return kept
    first = min((s.index for s in others), default=len(page.segments))
    return [s for s in kept if s.index < first]


def trim_ends(
    page: Page, kept: list[Segment], used: set[int], byline_lines: list[str], is_byline: IsByline
) -> list[Segment]:
    """Bylines above the first paragraph and below the last, and scraps that no paragraph follows, are not body.

    Lines in `used` are the body's already; what reads as a byline is added to `byline_lines`.
    """
    kept = _without_what_follows_leads(page, kept, byline_lines, is_byline)
    kept = _without_scraps_below(page, _without_scraps_above(page, kept, used))
    kept = _without_bylines_above(page, kept, byline_lines, is_byline)
    return _without_bylines_below(page, without_foreign_close(page, kept), byline_lines, is_byline)


def _without_scraps_above(page: Page, kept: list[Segment], used: set[int]) -> list[Segment]:
    opening = next((place for place, s in enumerate(kept) if s.kind == "text" and prose_of(s)), None)
    if not opening:
        return kept
    first = kept[opening]
    return [
        s
        for place, s in enumerate(kept)
        if place >= opening or s.kind != "text" or s.index in used or _belongs_above(page, s, first, kept)
    ]


def _without_scraps_below(page: Page, kept: list[Segment]) -> list[Segment]:
    closing = next((place for place in range(len(kept) - 1, -1, -1) if prose_of(kept[place])), None)
    if closing is None:
        return kept
    last, own = kept[closing], set[int]()
    for line in reversed(kept[closing + 1 :]):
        if line.kind != "text" or _belongs_below(page, line, last) or _opens_lines(page, line, own):
            own.add(line.index)
    return [*kept[: closing + 1], *(s for s in kept[closing + 1 :] if s.index in own)]


def _opens_lines(page: Page, line: Segment, own: set[int]) -> bool:
    """Whether a line with a colon stands right over one of the text (`own`), beside it: «وجاءت الأسعار كالتالي:»."""
    below = page.segments[line.index + 1 : line.index + 2]
    opens = line.text.rstrip().endswith((":", "：")) and words(line.text) >= 3 and not line.anchors
    return opens and any(s.index in own and not s.anchors and page.home(s) == page.home(line) for s in below)


def _without_bylines_above(
    page: Page, kept: list[Segment], byline_lines: list[str], is_byline: IsByline
) -> list[Segment]:
    """`kept` without the bylines, and the writer's post under them, among the lines over the first paragraph.

    A lead in an element of its own is not that paragraph: the byline may open the element of the text.
    """
    led = signed = False  # a strapline may stand over the byline
    arabic = any(prose_of(s) and ARABIC.search(s.text) for s in kept)
    lines = [s for s in kept if s.kind == "text"][:5]
    apart = len(lines) > 1 and page.home(lines[0]) != page.home(lines[1])
    if apart and prose_of(lines[0]) and not is_byline(lines[0].text):
        led, lines = True, lines[1:]
    for segment in lines[:4]:
        if prose_of(segment) > 120:
            break
        named = not led and _is_bold_name(segment, 1.0)
        if is_byline(segment.text) or signs_for_an_agency(segment.text) or named:
            byline_lines.append(segment.text)
            kept = [s for s in kept if s is not segment]
            signed = True
        elif (signed and _ROLE.fullmatch(segment.text)) or (arabic and _is_foreign_word(segment.text)):
            kept = [s for s in kept if s is not segment]
        elif led:
            break
        else:
            led = True
    return kept


def _is_foreign_word(text: str) -> bool:
    """Whether a line is one or two words in Latin letters: the place, as an agency's system files it («Istanbul»)."""
    return len(text) <= 30 and bool(re.fullmatch(r"[A-Za-zÀ-ÿ'’-]+(?: [A-Za-zÀ-ÿ'’-]+)?", text))


def _without_bylines_below(
    page: Page, kept: list[Segment], byline_lines: list[str], is_byline: IsByline
) -> list[Segment]:
    """`kept` without invitations, headings of nothing and bylines under the last paragraph."""
    while (last := _last_text(kept)) and is_apart(page, last):
        kept = [s for s in kept if s is not last]
    while (last := _last_text(kept)) and len(last.text) <= 120 and last.tag not in ("li", "td"):
        if page.in_quotation(last, 0):
            break
        name = last.text.lstrip("*•- ")
        signed = is_byline(name) or _is_bold_name(last, 2.0) or has_shape_of_name(name, 2.5)
        if not (last.tag in HEADINGS or signed or signs_off(last.text)):
            break
        if signed and last.tag not in HEADINGS:
            byline_lines.append(name)
        kept = [s for s in kept if s is not last]
    return kept


def _last_text(kept: list[Segment]) -> Segment | None:
    return next((s for s in reversed(kept) if s.kind == "text"), None)


def _without_what_follows_leads(
    page: Page, kept: list[Segment], byline_lines: list[str], is_byline: IsByline
) -> list[Segment]:
    """`kept` without the scraps between a lead and the first paragraph of the flow: who wrote it, when, the picture's line."""
    flows = page.flows(kept)
    home, most = max(flows.items(), key=lambda pair: pair[1], default=(-1, 0))
    if not most or most < 0.5 * sum(flows.values()):
        return kept
    first = next(s.index for s in kept if page.home(s) == home and prose_of(s))
    paragraphs = Counter(page.home(s) for s in kept if prose_of(s))
    result, led = [], False
    for segment in kept:
        scrap = segment.kind == "text" and segment.index < first and not prose_of(segment)
        among = paragraphs[page.home(segment)] >= 2  # it stands in a part of the text
        if scrap and led and home not in page.ancestors(segment.node)[:3] and not among:
            if is_byline(segment.text) or signs_for_an_agency(segment.text):
                byline_lines.append(segment.text)
            continue
        led = led or bool(prose_of(segment))
        result.append(segment)
    return result


def _is_bold_name(segment: Segment, least: float) -> bool:
    """Whether a line of its own in bold could be a name: over the first paragraph or under the last, nothing is headed."""
    bold = segment.bold_chars >= len(segment.text) - 2 and segment.tag not in HEADINGS
    return bold and has_shape_of_name(segment.text, least)


def signs_for_an_agency(text: str, sites: tuple[str, ...] = ()) -> bool:
    """Whether a line above the text is only a place with an agency («دمشق-سانا»), its country or the site itself."""
    if len(text) > 40 or ends_as_sentence(text):
        return False
    if _SIGNED.match(text):
        return True
    reading = parse_byline(text, sites)
    known = place_score(reading.place or "") >= 3 and not reading.people
    if place_alone(text):
        return True
    stroke = _PLACES.search(text) and not any(map(str.isdigit, text))
    agency = any(stroke or agency_score(name) >= 3 for name in reading.agencies)
    return known and (agency or any(site in text for site in sites if len(site) >= 4))


def place_alone(text: str) -> str | None:
    """The place of a line that is a place and its country («دمشق - سوريا»): a dateline in a line of its own."""
    places = _PLACES.split(fold(text))
    return places[0] if len(places) == 2 and all(place_score(place) >= 3 for place in places) else None


def _belongs_above(page: Page, segment: Segment, opening: Segment, kept: list[Segment]) -> bool:
    """Whether a scrap above the first paragraph is of the text: a line or subheading in the same flow, and no label."""
    if segment.link_chars > 0.5 * len(segment.text) or segment.text.rstrip().endswith((":", "：")):
        return False
    home = page.nodes[opening.node]
    own = page.nodes[segment.node]
    if segment.tag in HEADINGS and segment.index == opening.index - 1:
        built = (segment.tag, own.names)
        if any((s.tag, page.nodes[s.node].names) == built for s in kept if s.index > opening.index):
            return True  # the first of the text's headings
    alike = segment.tag in ("p", *HEADINGS) or (own.tag == home.tag and own.names == home.names)
    beside = own.parent == home.parent and alike
    return segment.node == opening.node or beside or like_cousins(page, segment, opening)


def like_cousins(page: Page, one: Segment, two: Segment) -> bool:
    """Whether two lines stand in elements of their own that are built alike (`<div><p>…</p></div>` each)."""
    first, second = page.nodes[one.node], page.nodes[two.node]
    above, beyond = page.nodes[first.parent], page.nodes[second.parent]
    built = (first.tag, first.names, above.tag, above.names) == (
        second.tag,
        second.names,
        beyond.tag,
        beyond.names,
    )
    return built and first.tag == "p" and above.parent == beyond.parent


def _belongs_below(page: Page, segment: Segment, closing: Segment) -> bool:
    """Whether a scrap under the last paragraph is of the text: in the same flow, or in a list or table of it."""
    if segment.link_chars > 0.8 * len(segment.text):
        return False
    home = page.home(closing)
    if page.in_quotation(segment, page.nodes[home].parent - 1):
        return True
    if segment.text.rstrip().endswith((":", "：")):  # opens a list of the text, or is a label
        following = page.segments[segment.index + 1 : segment.index + 2]
        return any(
            s.tag in _ITEMS and not s.anchors and home in page.ancestors(s.node)[:4] for s in following
        )
    if segment.node in (closing.node, home):
        return True
    here, there = page.ancestors(segment.node)[:8], page.ancestors(closing.node)[:4]
    if closing.tag in ("li", "td", "th", "blockquote", "dd"):
        return any(node in there for node in here)
    if home not in here:
        return like_cousins(page, segment, closing)
    last = page.nodes[closing.node]
    within = [page.nodes[node] for node in here[: here.index(home)]]
    listed = (node for node in within if (node.start, node.end) == (within[-1].start, within[-1].end))
    if any(node.tag in ("ul", "ol", "blockquote", "dl") for node in listed) or in_points(page, segment, home):
        return True
    if page.home(segment) == home:
        built = (within[-1].tag, within[-1].names) == (last.tag, last.names)
        return segment.tag in ("p", *HEADINGS) or built
    return segment.tag in ("td", "th") and any(node.tag == "table" for node in within)
