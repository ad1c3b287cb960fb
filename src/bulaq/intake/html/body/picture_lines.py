"""Lines of a body that belong to its pictures and films: captions that no name tells, titles of players."""

from __future__ import annotations

import re

from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.images import is_credit_line, split_credit
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment, is_linked_headline
from bulaq.intake.html.layout.text import ends_as_sentence, fold, key, words
from bulaq.intake.html.lines.byline_lines import ARABIC

CREDIT_NAMES = re.compile(r"credit|copyright|photographer|(?:^|[\s_-])(?:source|author)")
"""What elements are called that say whose a picture is."""
_NO_PICTURE = -2
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:\?|$)", re.I)
_DURATION = re.compile(r"\W*\d{1,2}:\d{2}(?::\d{2})?\W*")


def caption_text(segment: Segment) -> str:
    """A caption's text; credits in elements of their own, before or behind it, are set off by a stroke («… | رويترز / فلان»)."""
    if split_credit(segment.text)[1] is not None:
        return segment.text  # its own words say where it begins
    caption = segment.text
    credits: list[str] = []
    for element in reversed(segment.inline):
        credit = fold("".join(element.itertext()))
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if not credit or caption == credit or not CREDIT_NAMES.search(names):
            continue
        if caption.endswith(credit):
            caption = caption.removesuffix(credit).rstrip(" |-–—")
        elif caption.startswith(credit):
            caption = caption.removeprefix(credit).lstrip(" |-–—")
        else:
            continue
        credits.insert(0, credit)
    return f"{caption} | {' / '.join(credits)}" if credits else _parted(segment) or segment.text


def _parted(segment: Segment) -> str | None:
    """A caption of two elements of which one is an agency or, beside Arabic, in another script: whose picture it is."""
    pieces = [fold(piece) for piece in segment.pieces if piece.strip()]
    if len(pieces) != 2:
        return None
    for credit, rest in (pieces, pieces[::-1]):
        foreign = ARABIC.search(rest) and not ARABIC.search(credit)
        told = foreign or agency_score(credit) >= 3 or is_credit_line(credit)
        if words(credit) <= 4 and words(rest) >= 2 and told:
            return f"{rest} | {credit}"
    return None


def is_of_a_picture(page: Page, index: int, top: int) -> bool:
    """Whether a line of the body's element `top` that no name calls a caption is one by its place."""
    segments = page.segments
    if leads_to_another(segments[index]):
        return False
    return (
        _repeats_alt(segments, index, segments[index].text)
        or _shares_element(page, segments, index, top)
        or _stands_under(page, index)
        or closes_with_credit(segments, index)
        or _stands_beside_caption(page, segments[index])
    )


def leads_to_another(line: Segment) -> bool:
    """Whether a line under a picture is the headline of another article, and no link to the picture itself."""
    return is_linked_headline(line) and not _IMAGE.search(line.anchors[0].href)


def pictured(page: Page, segment: Segment) -> int:
    """The picture of a caption: −1 for one that was lost, `_NO_PICTURE` when its `<figure>` shows a table, a quotation or
    a film."""
    for index in page.ancestors(segment.node):
        figure = page.nodes[index]
        if figure.tag != "figure":
            continue
        inside = page.segments[figure.start : figure.end]
        if any(each.kind == "picture" for each in inside):
            break
        if any(each is not segment and each.label != "caption" for each in inside):
            return _NO_PICTURE
        break
    return picture_before(page.segments, segment.index)


def picture_before(segments: list[Segment], index: int) -> int:
    """The picture a few segments above a line, or −1."""
    for other in reversed(segments[max(0, index - 4) : index]):
        if other.kind == "picture":
            return other.index
    return -1


def _repeats_alt(segments: list[Segment], index: int, text: str) -> bool:
    """Whether a short line repeats the alternative text of the picture just before it: a caption."""
    if len(text) > 300:
        return False
    before = segments[index - 1] if index else None
    if before is None or before.kind != "picture":
        return False
    alt = fold(before.element.get("alt") or before.element.get("title") or "")
    return bool(alt) and len(alt) > 10 and key(alt) == key(text)


def _shares_element(page: Page, segments: list[Segment], index: int, top: int) -> bool:
    """Whether a short line stands with a picture in a small element of their own, inside the body's element."""
    segment = segments[index]
    if (
        len(segment.text) > 250
        or ends_as_sentence(segment.text)
        or segment.tag in HEADINGS
        or segment.tag == "li"
        or heading_of(segment.text) is not None
    ):
        return False
    for node_index in page.ancestors(segment.node)[:4]:
        node = page.nodes[node_index]
        if node_index == top or node.end - node.start > 4:
            return False
        inside = segments[node.start : node.end]
        if any(each.kind == "picture" for each in inside):
            texts = [each for each in inside if each.kind == "text"]
            return len(texts) <= 2 and all(len(each.text) <= 250 for each in texts)
    return False


def _stands_under(page: Page, index: int) -> bool:
    """Whether a short line in an element of its own, right under a picture in one, is set apart from the paragraphs."""
    segment, before = page.segments[index], page.segments[index - 1] if index else None
    if before is None or before.kind != "picture" or segment.tag not in ("p", "div", "center", "td"):
        return False
    if is_pixel(before) or segment.bold_chars or segment.anchors or len(segment.text) > 120:
        return False
    own, pictured = page.nodes[segment.node], page.nodes[before.node]
    alone = own.end - own.start == 1 and pictured.end - pictured.start == 1
    if not alone or own.parent != pictured.parent or ends_as_sentence(segment.text):
        return False
    style = f"{own.element.get('style') or ''} {own.element.get('align') or ''}".lower()
    small = any(child.tag in ("em", "i", "small") for child in own.element)
    return own.tag == "center" or "center" in style or small or words(segment.text) <= 8


def _stands_beside_caption(page: Page, line: Segment) -> bool:
    """Whether a short line stands in a `<figure>` next to its `<figcaption>`: whose the picture is."""
    figure = next(
        (page.nodes[node] for node in page.ancestors(line.node) if page.nodes[node].tag == "figure"), None
    )
    if (
        figure is None
        or len(line.text) > 120
        or ends_as_sentence(line.text)
        or line.tag not in ("p", "div", "figure")
    ):
        return False
    return any(each.label == "caption" for each in page.segments[figure.start : figure.end])


_CREDITED = re.compile(
    r"\((?:(?:تصوير|عدسة|بعدسة|المصدر|photo|picture|image)\s*[:：]?\s*)?(?P<who>[^()]{2,40})\)\W*$", re.I
)


def closes_with_credit(segments: list[Segment], index: int) -> bool:
    """Whether the line right under a picture ends with whose it is, in brackets («… (تصوير: فلان)», «… (رويترز)»)."""
    before, line = segments[index - 1] if index else None, segments[index]
    if (
        before is None
        or before.kind != "picture"
        or is_pixel(before)
        or len(line.text) > 250
        or line.tag in HEADINGS
    ):
        return False
    credit = _CREDITED.search(line.text)
    return credit is not None and (
        ":" in credit[0] or agency_score(credit["who"]) >= 3 or is_credit_line(credit["who"])
    )


def is_pixel(segment: Segment) -> bool:
    """Whether an image has a width or height of a pixel: it counts readers."""
    return segment.tag == "img" and (
        segment.element.get("width") in ("0", "1") or segment.element.get("height") in ("0", "1")
    )


def player_end(page: Page, duration: Segment, top: int) -> int:
    """Where the element of a film is over whose length a line tells («1:47»), else 0: its title is no line of the text."""
    end = 0
    if not _DURATION.fullmatch(duration.text):
        return end
    for index in page.ancestors(duration.node):
        node = page.nodes[index]
        inside = page.segments[node.start : node.end]
        if index == top or len(inside) > 5 or any(len(s.text) > 120 or s.text[-1:] == "." for s in inside):
            break
        end = node.end
    return end
