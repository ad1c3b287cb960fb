"""The units of a page as seen: segments (runs of text, pictures, embeds), their links, and the block elements around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.html.layout.labels import Label
from bulaq.intake.html.layout.noise import heading_of, noise_line
from bulaq.intake.html.layout.text import fold, has_ink
from bulaq.intake.html.layout.tree import Element


@dataclass(slots=True)
class Anchor:
    """One link inside a segment."""

    text: str
    href: str
    element: Element


@dataclass(slots=True)
class Segment:
    """One run of text as seen, or one picture or embed (`kind`: text, picture, embed; `text` is then empty)."""

    index: int
    kind: str
    text: str
    node: int
    element: Element
    link_chars: int = 0
    bold_chars: int = 0
    anchors: list[Anchor] = field(default_factory=list)
    after_break: int = 0
    """How many `<br>` stood between this and the segment before it in the same element."""
    names: str = ""
    """Names of the inline elements that hold the whole text."""
    inline: list[Element] = field(default_factory=list)
    label: Label = ""
    tag: str = ""
    """The block element that holds it directly."""
    pieces: tuple[str, ...] = ()
    """The text as the tree had it, when it stood in several elements or some of it is a link or bold; else empty."""
    marks: tuple[tuple[int, Element], ...] = ()
    """(place in `pieces`, the innermost link around it or, without one, the element that makes it bold)."""

    @property
    def plain_chars(self) -> int:
        return len(self.text) - self.link_chars


@dataclass(slots=True)
class Node:
    """One block element and the half-open range of segments in it."""

    index: int
    element: Element
    tag: str
    parent: int
    depth: int
    names: str
    label: Label
    start: int
    end: int = 0
    effective: Label = ""
    """Its own label or the nearest one above it."""


def is_linked_headline(segment: Segment) -> bool:
    """Whether a segment is nothing but a link of at least three words: how pages show other articles."""
    return (
        len(segment.text) >= 15
        and segment.link_chars >= 0.85 * len(segment.text)
        and segment.text.count(" ") >= 2
        and len(segment.anchors) == 1
    )


def is_row_of_links(segment: Segment) -> bool:
    """Whether a line is three links of a few words or more, and little else: tools, topics, ways through the site."""
    short = all(anchor.text.count(" ") <= 2 for anchor in segment.anchors)
    return (
        len(segment.anchors) >= 3
        and len(segment.text) <= 120
        and short
        and segment.link_chars >= 0.5 * len(segment.text)
    )


_NO_PAGE = re.compile(
    r"\s*(?:#|javascript:|mailto:|tel:|sms:|whatsapp:|viber:|fb-messenger:|tg:)|https?://(?:[\w-]+\.)*(?:"
    r"(?:facebook\.com|linkedin\.com|vk\.com|reddit\.com)/(?:sharer|share|sharing|dialog|submit|cws/share)"
    r"|(?:twitter|x)\.com/(?:intent|share|home\?status)|t\.me/share|wa\.me/|api\.whatsapp\.com|web\.whatsapp\.com"
    r"|pinterest\.com/pin/create|plus\.google\.com/share|getpocket\.com/(?:save|edit)|tumblr\.com/share)|[^#]*[?&]share=(?:twitter|facebook|x|telegram|jetpack-)",
    re.I,
)


def leads_to_a_page(href: str) -> bool:
    """Whether a link goes to a page: not to a script, a place on this page, a mail or a platform's form for sharing."""
    return not _NO_PAGE.match(href)


def leads_within_the_page(segment: Segment) -> bool:
    """Whether a line is a link to another place on its page, and no more: an entry of a list of its contents."""
    linked = bool(segment.anchors) and segment.link_chars >= 0.8 * len(segment.text)
    return linked and all(len(anchor.href) > 1 and anchor.href[0] == "#" for anchor in segment.anchors)


_OF_AN_AUTHOR = re.compile(
    r"/(?:authors?|writers?|auteurs?|by|byline|columnists?|journalists?|reporters?|contributors?|people|profiles?|users?"
    r"|katib|kuttab|kateb|editors?|staff|كاتب|الكاتب|كتاب|محرر|نویسنده)(?:[/?=._-]|$)|[?&](?:author|writer|auth)\w*=",
    re.I,
)
"""The address of a page about a writer."""


def leads_to_a_writer(href: str) -> bool:
    """Whether a link goes to a page about a writer, as its address says."""
    return bool(_OF_AN_AUTHOR.search(href))


_OFF = re.compile(
    r"\s*(?:mailto:|javascript:|#)|https?://(?:www\.|m\.|chat\.)?(?:t\.me|telegram\.(?:me|org)|whatsapp\.com|wa\.me|news\.google\.com|nabd\.com"
    r"|play\.google\.com|(?:apps|itunes)\.apple\.com|facebook\.com/[^/]+/?$|(?:twitter|x)\.com/[^/]+/?$|instagram\.com/[^/]+/?$"
    r"|youtube\.com/(?:channel|c|user|@)\S*)",
    re.I,
)


def leads_off_the_site(href: str) -> bool:
    """Whether a link goes to mail, an app or an account of the site on a platform."""
    return bool(_OFF.match(href))


_BULLET = re.compile(r"[-–—•·●▪*]\s+")
_DAY_NAMES = re.compile(r"(?:^|[\s_-])(?:date|time|datetime|timestamp)(?:$|[\s_-])", re.I)


def shown_headline(anchor: Anchor) -> str:
    """The headline in a link, without what a card sets beside it: the section, the hour («… منذ 3 ساعات»), a typed bullet."""
    headline = _without_section(anchor)
    if bullet := _BULLET.match(headline):
        headline = headline[bullet.end() :]
    for element in anchor.element.iter("time", "span", "small", "em", "i"):
        day = " ".join("".join(element.itertext()).split())
        rest = headline.removesuffix(day).rstrip(" |-–—")
        named = element.tag == "time" or _DAY_NAMES.search(element.get("class") or "")
        if named and rest != headline and rest.count(" ") >= 1 and any(map(str.isdigit, day)):
            return rest
    return headline


def _without_section(anchor: Anchor) -> str:
    element = _innermost(anchor.element)
    children = [child for child in element if isinstance(child.tag, str)]
    if children and not (element.text or "").strip():
        label = " ".join("".join(children[0].itertext()).split())
        rest = anchor.text.removeprefix(label).strip(" :|-–—")
        if label and rest.count(" ") >= 2 and rest != anchor.text and _is_label(label):
            return rest
    if len(children) < 2 or (element.text or "").strip():
        return anchor.text
    texts = [" ".join("".join(child.itertext()).split()) for child in children]
    longest = max(texts, key=len)
    if longest.count(" ") < 2 or longest not in anchor.text:
        return anchor.text
    glued = not any((child.tail or "").strip() for child in children)
    aside = [text for text in texts if text and text != longest]
    if (
        glued
        and aside
        and all(text.count(" ") <= 5 and (_set_beside(text) or _is_label(text)) for text in aside)
    ):
        return longest
    return anchor.text


def _innermost(element: Element) -> Element:
    """The element in a link that holds all its words: the card beside its picture."""
    for _ in range(4):
        holding = [
            child for child in element if isinstance(child.tag, str) and "".join(child.itertext()).strip()
        ]
        beside = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        if len(holding) != 1 or beside:
            break
        element = holding[0]
    return element


def _is_label(text: str) -> bool:
    """Whether words in an element of their own before a headline invite to it («اقرأ أيضا», «السابق»)."""
    if text.isdigit():
        return len(text) <= 2  # its rank
    return len(text) <= 30 and (
        heading_of(text) in ("read_also", "related", "more") or bool(noise_line(text))
    )


def _set_beside(text: str) -> bool:
    return text.count(" ") <= 1 or any(char.isdigit() for char in text) or text.startswith(("منذ", "قبل"))


def is_of_labels(segment: Segment) -> bool:
    """Whether a line, or each of the elements that make it up, is a label or a counter («شارك» «124 مشاركة»)."""
    pieces = [fold(piece) for piece in segment.pieces if has_ink(piece)] or [segment.text]
    return len(segment.text) <= 120 and all(noise_line(piece) in ("whole", "meta") for piece in pieces)


def prose_of(segment: Segment) -> int:
    """The characters of a segment that count as running text: enough plain words, few of them links."""
    length = len(segment.text)
    if length < 40 or segment.text.count(" ") < 4:
        return 0
    plain = length - segment.link_chars
    if plain < 30 or plain < 0.55 * length:
        return 0
    return plain
