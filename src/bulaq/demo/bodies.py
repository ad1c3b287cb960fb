"""From the blocks of a demo text to the blocks of a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from bulaq.demo import article_file as source
from bulaq.newsroom.models import Article

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")


def stream(
    body: Iterable[source.Block], by_key: Mapping[str, Article] | None = None
) -> list[tuple[str, Any]]:
    """The raw value of a body; read-also blocks need the articles `by_key` and are left out without them."""
    blocks = []
    for block in body:
        match block:
            case source.Paragraph(text):
                blocks.append(("paragraph", f"<p>{_inline(text)}</p>"))
            case source.Heading(text):
                blocks.append(("heading", text))
            case source.Quote(text, attribution):
                blocks.append(("quote", {"text": text, "attribution": attribution}))
            case source.ListBlock(items, ordered):
                blocks.append(("list", {"items": [_plain(item) for item in items], "ordered": ordered}))
            case source.Table(rows):
                blocks.append(("table", _table(rows)))
            case source.Fact(title, inner):
                blocks.append(("fact_box", {"title": title, "text": "".join(map(_fact_html, inner))}))
            case source.ReadAlso(key):
                if by_key and key in by_key:
                    blocks.append(("read_also", {"article": by_key[key].pk, "headline": "", "url": ""}))
    return [_prepared(kind, value) for kind, value in blocks]


def _prepared(kind: str, value: Any) -> tuple[str, Any]:
    """The value in the form that the block's own `to_python` gives."""
    child = Article._meta.get_field("body").stream_block.child_blocks[kind]
    return kind, child.to_python(value)


def _inline(text: str) -> str:
    return _LINK.sub(r'<a href="\2">\1</a>', _BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))


def _plain(text: str) -> str:
    return _LINK.sub(r"\1", _BOLD.sub(r"\1", text))


def _fact_html(block: source.Paragraph | source.ListBlock) -> str:
    if isinstance(block, source.Paragraph):
        return f"<p>{_inline(block.text)}</p>"
    tag = "ol" if block.ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + f"</{tag}>"


def _table(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    return {
        "data": [[_plain(cell) for cell in row] for row in rows],
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": "",
    }
