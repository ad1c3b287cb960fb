"""From the blocks that intake read to the raw value of `Article.body`. Foreign text is escaped, never trusted as HTML."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from wagtail.blocks import StreamValue

from bulaq.intake import article as incoming
from bulaq.newsroom.importing.storing.plain_text import address, clean, fitted
from bulaq.newsroom.models import Article


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """A picture that a block (or, without `block_id`, the lead) asks for."""

    block_id: str
    picture: incoming.Picture


def raw_body(blocks: Sequence[incoming.Block]) -> tuple[list[dict[str, Any]], list[WantedPicture]]:
    """The stream as Wagtail stores it, and the pictures to be put into it later. Empty blocks are left out."""
    raw: list[dict[str, Any]] = []
    pictures: list[WantedPicture] = []
    for block in blocks:
        found = _raw(block)
        if found is None:
            continue
        kind, value = found
        block_id = _new_id()
        raw.append({"type": kind, "value": value, "id": block_id})
        if isinstance(block, incoming.Image) and block.picture.url:
            pictures.append(WantedPicture(block_id, block.picture))
    return raw, pictures


def _new_id() -> str:
    """As `str(uuid.uuid4())` (RFC 9562, version 4), without the object on the way: a body has dozens."""
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def stream_value(raw: list[dict[str, Any]]) -> StreamValue:
    """`raw` as a value of the field, without parsing it."""
    return StreamValue(Article._meta.get_field("body").stream_block, raw, is_lazy=True)


def _raw(block: incoming.Block) -> tuple[str, Any] | None:
    match block:
        case incoming.Paragraph():
            text = inline_html(block)
            return ("paragraph", f"<p>{text}</p>") if text else None
        case incoming.Heading(text):
            return ("heading", clean(text)) if clean(text) else None
        case incoming.Quote(text, attribution):
            if not clean(text):
                return None
            return "quote", {"text": clean(text), "attribution": clean(attribution)}
        case incoming.List(items):
            kept = [item for item in map(clean, items) if item]
            if not kept:
                return None
            values = [{"type": "item", "value": item, "id": _new_id()} for item in kept]
            return "list", {"items": values, "ordered": bool(getattr(block, "ordered", False))}
        case incoming.Table(rows):
            return _table(rows)
        case incoming.Image(picture):
            value = {
                "image": None,
                "caption": fitted(picture.caption, 600),
                "credit": fitted(picture.credit, 200),
                "alt": fitted(picture.alt, 255),
            }
            return ("image", value) if picture.url or value["caption"] else None
        case incoming.Embed(url, provider):
            return (
                ("embed", {"url": address(url), "provider": fitted(provider, 60)}) if address(url) else None
            )


def inline_html(block: incoming.Paragraph) -> str:
    """The paragraph as rich text: escaped, with the bold and the links that its reader kept apart as spans."""
    spans = [span for span in block.spans if 0 <= span.start < span.end <= len(block.text)]
    if not spans:
        return escape(clean(block.text), quote=False)
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.start < position:
            continue  # spans that cross would nest wrongly; the first one stands
        pieces.append(_escaped(block.text[position : span.start]))
        inner = _escaped(block.text[span.start : span.end])
        target = address(span.url)
        if target:
            inner = f'<a href="{escape(target, quote=True)}">{inner}</a>'
        elif span.url is None:
            inner = f"<b>{inner}</b>"
        pieces.append(inner)
        position = span.end
    pieces.append(_escaped(block.text[position:]))
    return "".join(pieces).strip()


def _escaped(text: str) -> str:
    """Like `clean`, but a space at an end stays: it parts this piece from its neighbour."""
    inner = clean(text)
    if not inner:
        return " " if text else ""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return escape(f"{before}{inner}{after}", quote=False)


def _table(rows: Sequence[Sequence[str]]) -> tuple[str, Any] | None:
    width = max(map(len, rows), default=0)
    if not width:
        return None
    data = [[clean(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    if not any(any(row) for row in data):
        return None
    value = {
        "data": data,
        "cell": [],
        "first_row_is_table_header": False,
        "first_col_is_header": False,
        "table_caption": "",
    }
    return "table", value
