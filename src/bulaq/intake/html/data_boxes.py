"""Pages that name their own parts with `data-box="…"` (as Bulaq's do): every part is read from where it says it is.

The names are those of docs/contracts: breadcrumb, lead-image, byline, dateline, body, read-also, edition, related,
latest, section, most-read; a box's items are `<li data-article="…">`. Nothing is guessed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulaq.intake.article import (
    Block,
    Box,
    BoxKind,
    Carrier,
    Embed,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from bulaq.intake.html.embeds import clean_address, embed_of, embed_of_address
from bulaq.intake.html.images import picture_url
from bulaq.intake.html.text import fold, has_ink
from bulaq.intake.html.tree import Element

_KINDS: dict[str, BoxKind] = {
    "related": "related",
    "latest": "latest",
    "section": "section",
    "most-read": "most_read",
    "topic": "other",
}
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TRANSPARENT = ("div", "section", "article", "main", "center")
MAX_BLOCKS = 5_000


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
    parts: dict[str, list[Element]] = {}
    for element in root.iter():
        name = element.get("data-box") if isinstance(element.tag, str) else None
        if name:
            parts.setdefault(name.strip().lower(), []).append(element)
    if "body" not in parts:
        return None
    page = MarkedPage()
    body = parts["body"][0]
    _blocks(body, page.body, base, 0)
    for heading in root.iter("h1"):
        page.headline = _text(heading) or None
        break
    for name in ("kicker", "standfirst"):
        if name in parts:
            setattr(page, name, _text(parts[name][0]) or None)
    if "breadcrumb" in parts:
        page.breadcrumb = _crumbs(parts["breadcrumb"][0])
    if "dateline" in parts:
        page.dateline = _text(parts["dateline"][0]).strip(" -–—،:") or None
    if "byline" in parts:
        page.byline = parts["byline"][0]
        page.authors, page.agencies = _names(page.byline)
        page.byline_text = _text_without(page.byline, "time", "data-box")
    if "lead-image" in parts:
        page.lead_image = _picture(parts["lead-image"][0], base)
    page.read_also = tuple(link for part in parts.get("read-also", []) for link in _links(part))
    page.boxes = tuple(
        Box(_KINDS[part.get("data-box").strip().lower()], _title(part), tuple(_links(part)))
        for part in root.iter("section", "aside", "div", "nav")
        if (part.get("data-box") or "").strip().lower() in _KINDS and _links(part)
    )
    page.tags = tuple(
        text
        for part in (
            *parts.get("topics", []),
            *(nav for nav in root.iter("nav") if "topics" in (nav.get("class") or "").split()),
        )
        for link in part.iter("a")
        if (text := _text(link))
    )
    if "edition" in parts:
        page.carrier = _carrier(parts["edition"][0])
    return page


def _text(element: Element) -> str:
    if next(iter(element.iter("br")), None) is None:
        return fold("".join(element.itertext()))
    return _spaced_text(element)


def _spaced_text(element: Element) -> str:
    """The text of nested elements with a space for each `<br>`, in document order."""
    pieces: list[str] = []

    def walk(each: Element, depth: int) -> None:
        pieces.append(each.text or "")
        for child in each:
            if child.tag == "br":
                pieces.append(" ")
            elif isinstance(child.tag, str) and depth < 60:
                walk(child, depth + 1)
            pieces.append(child.tail or "")

    walk(element, 0)
    return fold("".join(pieces))


def _text_without(element: Element, tag: str, attribute: str) -> str:
    pieces: list[str] = [element.text or ""]
    for child in element:
        if child.tag != tag and not child.get(attribute):
            pieces.append(_text_without(child, tag, attribute))
        pieces.append(child.tail or "")
    return fold(" ".join(pieces))


def _crumbs(part: Element) -> tuple[str, ...]:
    items = [_text(item) for item in part.iter("li")] or [_text(link) for link in part.iter("a")]
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
        name = _text(element)
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
    for element in part.iter(*_HEADINGS):
        return _text(element)
    return ""


def _links(part: Element) -> list[Link]:
    items = list(part.iter("li"))
    found = []
    for holder in items or [part]:
        links = [link for link in holder.iter("a") if _text(link)]
        if items and not links and _text(holder):
            found.append(Link(_text(holder), None))
        for link in links[:1] if items else links:
            found.append(Link(_text(link), link.get("href")))
    return found


def _carrier(part: Element) -> Carrier | None:
    link = part if part.tag == "a" else next(iter(part.iter("a")), None)
    name = next(iter(part.iter("strong", "b", "bdi", "cite")), None)
    label = _text(name) if name is not None else _text(link if link is not None else part)
    label = re.sub(
        r"^(?:view\s+on|read\s+(?:this\s+)?(?:article\s+)?(?:in|on)|اقرأ\s+المادة\s+(?:في|على)(?:\s+طبعة)?)\s*:?\s*",
        "",
        label,
        flags=re.I,
    )
    return Carrier(label.strip(" «»"), link.get("href") if link is not None else None) if label else None


def _picture(part: Element, base: str | None) -> Picture | None:
    image = next(iter(part.iter("img")), None)
    caption, credit = _caption(part)
    if image is None:
        caption = caption or (_text(part) or None if credit is None else caption)
        return Picture(None, caption, credit, None) if caption or credit else None
    return Picture(picture_url(image, base), caption, credit, fold(image.get("alt") or "") or None)


def _caption(part: Element) -> tuple[str | None, str | None]:
    holder = next(iter(part.iter("figcaption")), None)
    if holder is None:
        return None, None
    credit_element = next(
        (
            element
            for element in holder.iter()
            if element is not holder
            and re.search(
                r"credit|copyright", f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            )
        ),
        None,
    )
    if credit_element is None:
        return _text(holder) or None, None
    credit = _text(credit_element) or None
    whole = "".join(holder.itertext())
    caption = fold(whole.replace("".join(credit_element.itertext()), "", 1)).strip(" |·–—")
    return caption or None, credit


def _blocks(element: Element, blocks: list[Block], base: str | None, depth: int) -> None:
    if depth > 40:
        return
    _loose(element.text, blocks)
    for child in element:
        tag = child.tag
        if (
            len(blocks) >= MAX_BLOCKS
            or not isinstance(tag, str)
            or tag in ("script", "style", "template", "noscript")
        ):
            pass
        elif child.get("data-box") or child.get("hidden") is not None:
            pass  # an inline read-also, an ad's place: a part of its own
        elif tag in _HEADINGS:
            _add(blocks, Heading(_text(child)))
        elif tag == "p":
            _add(blocks, Paragraph(_text(child)))
        elif tag in ("ul", "ol"):
            items = tuple(text for item in child.iter("li") if (text := _text(item)))
            if items:
                blocks.append(List(items))
        elif tag == "table":
            _table(child, blocks)
        elif tag == "blockquote":
            _quote(child, child, blocks)
        elif tag == "figure":
            _figure(child, blocks, base)
        elif tag in ("iframe", "video", "audio", "embed"):
            embed = embed_of(child)
            if embed:
                blocks.append(embed)
        elif tag in ("img", "picture"):
            picture = _picture(child if tag == "picture" else element, base)
            if picture and picture.url:
                blocks.append(Image(picture))
        elif tag in _TRANSPARENT and not _is_embed(child, blocks):
            _blocks(child, blocks, base, depth + 1)
        elif tag not in _TRANSPARENT:
            _loose(_text(child), blocks)
        _loose(child.tail, blocks)


def _add(blocks: list[Block], block: Heading | Paragraph) -> None:
    if has_ink(block.text):
        blocks.append(block)


def _loose(text: str | None, blocks: list[Block]) -> None:
    if text and has_ink(text):
        blocks.append(Paragraph(fold(text)))


def _is_embed(element: Element, blocks: list[Block]) -> bool:
    address = element.get("data-embed")
    provider = element.get("data-provider")
    if address:
        url, known = clean_address(address), embed_of_address(address)
        embed = Embed(url, provider or (known.provider if known else None)) if url else None
    elif re.search(r"\bembed\b", element.get("class") or ""):
        embed = embed_of(element)
        link = next((link.get("href") for link in element.iter("a") if link.get("href")), None)
        if embed is None and link and (url := clean_address(link)):
            embed = Embed(url, provider)
    else:
        return False
    if embed is None:
        return False
    blocks.append(embed)
    return True


def _figure(figure: Element, blocks: list[Block], base: str | None) -> None:
    quote = next(iter(figure.iter("blockquote")), None)
    table = next(iter(figure.iter("table")), None)
    if quote is not None:
        _quote(quote, figure, blocks)
    elif table is not None:
        _table(table, blocks)
    elif next(iter(figure.iter("img")), None) is not None:
        picture = _picture(figure, base)
        if picture and picture.url:
            blocks.append(Image(picture))
    elif not _is_embed(figure, blocks):
        embed = next(
            (found for child in figure.iter("iframe", "video", "audio", "a") if (found := embed_of(child))),
            None,
        )
        if embed:
            blocks.append(embed)


def _quote(quote: Element, holder: Element, blocks: list[Block]) -> None:
    source = next(iter(holder.iter("cite", "footer", "figcaption")), None)
    attribution = _text(source).lstrip("—–- ") if source is not None else None
    inside = source is not None and any(each is source for each in quote.iter())
    paragraphs = [
        _text(part)
        for part in quote.iter("p")
        if source is None or not any(each is source for each in part.iter())
    ]
    text = " ".join(part for part in paragraphs if part)
    if not text:
        text = _text(quote)
        if inside and source is not None:
            text = fold("".join(quote.itertext()).replace("".join(source.itertext()), "", 1))
    if has_ink(text):
        blocks.append(Quote(text, attribution or None))


def _table(table: Element, blocks: list[Block]) -> None:
    rows = tuple(tuple(_text(cell) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr"))
    rows = tuple(row for row in rows if any(row))
    if rows:
        blocks.append(Table(rows))
