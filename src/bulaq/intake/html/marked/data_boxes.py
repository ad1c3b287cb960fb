"""Pages that name their own parts with `data-box="…"` (as Bulaq's do): every part is read from where it says it is.

The names are those of docs/contracts: breadcrumb, lead-image, byline, dateline, body, read-also, edition, related,
latest, section, most-read; a box's items are `<li data-article="…">`. Nothing is guessed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.article import Block, Box, BoxKind, Carrier, Link, Picture
from bulaq.intake.html.layout.text import fold, has_ink
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.marked.marked_blocks import SUBHEADINGS, add_blocks, picture_in, text_of

_KINDS: dict[str, BoxKind] = {
    "related": "related",
    "latest": "latest",
    "section": "section",
    "most-read": "most_read",
    "topic": "other",
}


@dataclass(slots=True)
class MarkedPage:
    """What the named parts say; None or empty where the page has no such part."""

    headline: str | None = None
    kicker: str | None = None
    standfirst: str | None = None
    breadcrumb: tuple[str, ...] = ()
    byline: Element | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    byline_text: str | None = None
    dateline: str | None = None
    lead_image: Picture | None = None
    body: list[Block] = field(default_factory=list)
    read_also: tuple[Link, ...] = ()
    boxes: tuple[Box, ...] = ()
    carrier: Carrier | None = None


def read_marked(root: Element, base: str | None) -> MarkedPage | None:
    """The parts of a page with a `data-box="body"`, else None."""
    parts = _parts(root)
    if "body" not in parts:
        return None
    page = MarkedPage()
    add_blocks(parts["body"][0], page.body, base)
    for heading in root.iter("h1"):
        page.headline = text_of(heading) or None
        break
    for name in ("kicker", "standfirst"):
        if name in parts:
            setattr(page, name, text_of(parts[name][0]) or None)
    if "breadcrumb" in parts:
        page.breadcrumb = _crumbs(parts["breadcrumb"][0])
    if "dateline" in parts:
        page.dateline = text_of(parts["dateline"][0]).strip(" -–—،:") or None
    if "byline" in parts:
        page.byline = parts["byline"][0]
        page.authors, page.agencies = _names(page.byline)
        page.byline_text = _text_without(page.byline, "time", "data-box")
    if "lead-image" in parts:
        page.lead_image = picture_in(parts["lead-image"][0], base)
    page.read_also = tuple(link for part in parts.get("read-also", []) for link in _links(part))
    page.boxes, page.tags = _boxes(root), _topics(root, parts)
    if "edition" in parts:
        page.carrier = _carrier(parts["edition"][0])
    return page


def _parts(root: Element) -> dict[str, list[Element]]:
    """The elements of each name, in the order of the page."""
    parts: dict[str, list[Element]] = {}
    for element in root.iter():
        name = element.get("data-box") if isinstance(element.tag, str) else None
        if name:
            parts.setdefault(name.strip().lower(), []).append(element)
    return parts


def _boxes(root: Element) -> tuple[Box, ...]:
    return tuple(
        Box(_KINDS[part.get("data-box").strip().lower()], _title(part), tuple(_links(part)))
        for part in root.iter("section", "aside", "div", "nav")
        if (part.get("data-box") or "").strip().lower() in _KINDS and _links(part)
    )


def _topics(root: Element, parts: dict[str, list[Element]]) -> tuple[str, ...]:
    menus = (nav for nav in root.iter("nav") if "topics" in (nav.get("class") or "").split())
    links = (link for part in (*parts.get("topics", []), *menus) for link in part.iter("a"))
    return tuple(text for link in links if (text := text_of(link)))


def _text_without(element: Element, tag: str, attribute: str) -> str:
    pieces: list[str] = [element.text or ""]
    for child in element:
        if child.tag != tag and not child.get(attribute):
            pieces.append(_text_without(child, tag, attribute))
        pieces.append(child.tail or "")
    return fold(" ".join(pieces))


def _crumbs(part: Element) -> tuple[str, ...]:
    items = [text_of(item) for item in part.iter("li")] or [text_of(link) for link in part.iter("a")]
    cleaned = [item.strip(" »›>/|«‹") for item in items]
    return tuple(item for item in cleaned if has_ink(item))


def _names(part: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and agencies of a byline: people are links to their pages, agencies plain spans.

    Names after a stated role («…؛ تصوير: …») are not the writers' and stay out.
    """
    people: list[str] = []
    agencies: list[str] = []
    role = _states_role(part.text)
    for element in part.iter():
        if element is part or not isinstance(element.tag, str):
            continue
        rel = (element.get("rel") or "").split()
        name = text_of(element)
        if name and not role:
            if "author" in rel or element.get("itemprop") == "author":
                people.append(name)
            elif element.tag == "span" and element.getparent() is part and not element.get("data-box"):
                agencies.append(name)
        tail = element.tail if element.getparent() is part else None
        if tail and re.search(r"[؛;:]", tail):
            role = _states_role(re.split(r"[؛;]", tail)[-1])
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(agencies))


def _states_role(text: str | None) -> bool:
    return bool(text and re.search(r"\w[^:]*:\s*$", text))


def _title(part: Element) -> str:
    for element in part.iter(*SUBHEADINGS):
        return text_of(element)
    return ""


def _links(part: Element) -> list[Link]:
    items = list(part.iter("li"))
    found = []
    for holder in items or [part]:
        links = [link for link in holder.iter("a") if text_of(link)]
        if items and not links and text_of(holder):
            found.append(Link(text_of(holder), None))
        for link in links[:1] if items else links:
            found.append(Link(text_of(link), link.get("href")))
    return found


def _carrier(part: Element) -> Carrier | None:
    link = part if part.tag == "a" else next(iter(part.iter("a")), None)
    name = next(iter(part.iter("strong", "b", "bdi", "cite")), None)
    label = text_of(name) if name is not None else text_of(link if link is not None else part)
    label = re.sub(
        r"^(?:view\s+on|read\s+(?:this\s+)?(?:article\s+)?(?:in|on)|اقرأ\s+المادة\s+(?:في|على)(?:\s+طبعة)?)\s*:?\s*",
        "",
        label,
        flags=re.I,
    )
    return Carrier(label.strip(" «»"), link.get("href") if link is not None else None) if label else None
