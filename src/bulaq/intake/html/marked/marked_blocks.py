"""The blocks of a text that stands in an element of its own and holds nothing else: every element says what it is."""

from __future__ import annotations

import re

from bulaq.intake.article import (
    Block,
    Embed,
    Heading,
    Image,
    List,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from bulaq.intake.html.layout.embeds import clean_address, embed_of, embed_of_address
from bulaq.intake.html.layout.images import picture_url
from bulaq.intake.html.layout.text import fold, has_ink
from bulaq.intake.html.layout.tree import Element

SUBHEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TRANSPARENT = ("div", "section", "article", "main", "center")
MAX_BLOCKS = 5_000


def text_of(element: Element) -> str:
    """The text of an element as it is shown, in one line."""
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


def picture_in(part: Element, base: str | None) -> Picture | None:
    """The first picture of a part with its caption and credit; without an address where only these are left."""
    image = next(iter(part.iter("img")), None)
    caption, credit = _caption(part)
    if image is None:
        caption = caption or (text_of(part) or None if credit is None else caption)
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
        return text_of(holder) or None, None
    credit = text_of(credit_element) or None
    whole = "".join(holder.itertext())
    caption = fold(whole.replace("".join(credit_element.itertext()), "", 1)).strip(" |·–—")
    return caption or None, credit


def add_blocks(element: Element, blocks: list[Block], base: str | None, depth: int = 0) -> None:
    """Adds what `element` holds to `blocks`, in the order of the page."""
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
        elif tag in SUBHEADINGS:
            _add(blocks, Heading(text_of(child)))
        elif tag == "p":
            _add(blocks, Paragraph(text_of(child)))
        elif tag in ("ul", "ol"):
            items = tuple(text for item in child.iter("li") if (text := text_of(item)))
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
            picture = picture_in(child if tag == "picture" else element, base)
            if picture and picture.url:
                blocks.append(Image(picture))
        elif tag in _TRANSPARENT and not _is_embed(child, blocks):
            add_blocks(child, blocks, base, depth + 1)
        elif tag not in _TRANSPARENT:
            _loose(text_of(child), blocks)
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
        picture = picture_in(figure, base)
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
    attribution = text_of(source).lstrip("—–- ") if source is not None else None
    inside = source is not None and any(each is source for each in quote.iter())
    paragraphs = [
        text_of(part)
        for part in quote.iter("p")
        if source is None or not any(each is source for each in part.iter())
    ]
    text = " ".join(part for part in paragraphs if part)
    if not text:
        text = text_of(quote)
        if inside and source is not None:
            text = fold("".join(quote.itertext()).replace("".join(source.itertext()), "", 1))
    if has_ink(text):
        blocks.append(Quote(text, attribution or None))


def _table(table: Element, blocks: list[Block]) -> None:
    rows = tuple(tuple(text_of(cell) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr"))
    rows = tuple(row for row in rows if any(row))
    if rows:
        blocks.append(Table(rows))
