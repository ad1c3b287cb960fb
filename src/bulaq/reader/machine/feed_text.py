"""A stored body as plain HTML for feeds and other programs: no classes, no scripts, full addresses.

The last word belongs to a sanitiser (nh3, which is ammonia): what reaches other people's programs in our name has
passed a whitelist, wherever it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

import nh3
from wagtail.rich_text import expand_db_html

from bulaq.newsroom import renditions
from bulaq.newsroom.models import NewsImage

Absolute = Callable[[str], str]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TAGS = {
    "p", "a", "b", "strong", "br", "ul", "ol", "li", "h2", "h3", "blockquote", "cite", "figure", "figcaption", "img",
    "table", "thead", "tbody", "tr", "th", "td", "caption", "aside",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}


def clean(text: str) -> str:
    """Without the characters that XML 1.0 (2.2) forbids or discourages: one of them makes a whole feed unreadable."""
    return _FORBIDDEN.sub("", text)


def pictures_in(raw: Iterable[Mapping[str, Any]]) -> list[int]:
    """The ids of the pictures in a stored body."""
    found = [block["value"].get("image") for block in raw if block["type"] == "image"]
    return [number for number in found if isinstance(number, int)]


def rich_texts_in(raw: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every piece of rich text in a stored body."""
    for block in raw:
        if block["type"] == "paragraph":
            yield str(block["value"] or "")
        elif block["type"] == "fact_box":
            yield str(block["value"].get("text") or "")


def body_html(raw: Iterable[Mapping[str, Any]], images: Mapping[int, NewsImage], absolute: Absolute) -> str:
    """The blocks as sanitised HTML. Recommendations («read also») are left out: they are no part of the text."""
    html = "".join(_block(block["type"], block["value"], images, absolute) for block in raw)
    return nh3.clean(
        _absolute_links(html, absolute),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def _block(kind: str, value: Any, images: Mapping[int, NewsImage], absolute: Absolute) -> str:
    match kind:
        case "paragraph":
            return _rich(value)
        case "heading":
            return f"<h2>{escape(str(value))}</h2>" if value else ""
        case "quote":
            said = "<br>".join(
                escape(line) for line in (value.get("text") or "").splitlines() if line.strip()
            )
            by = value.get("attribution") or ""
            return (
                f"<blockquote><p>{said}</p>{f'<cite>{escape(by)}</cite>' if by else ''}</blockquote>"
                if said
                else ""
            )
        case "list":
            name = "ol" if value.get("ordered") else "ul"
            # Wagtail stores a list's items bare in old rows, in {type, value, id} in new ones.
            texts = [
                item.get("value") if isinstance(item, Mapping) else item for item in value.get("items") or ()
            ]
            items = "".join(f"<li>{escape(str(text))}</li>" for text in texts if text)
            return f"<{name}>{items}</{name}>" if items else ""
        case "image":
            image = images.get(value.get("image"))
            caption = value.get("caption") or (image.caption if image else "")
            credit = value.get("credit") or (image.credit if image else "")
            alt = value.get("alt") or (image.description if image else "")
            return figure(renditions.sources(image), caption, credit, alt, absolute)
        case "embed":
            url = value.get("url") or ""
            if urlsplit(url).scheme not in {"http", "https"}:
                return ""
            return f'<p><a href="{escape(url)}">{escape(value.get("provider") or urlsplit(url).hostname or url)}</a></p>'
        case "fact_box":
            return f"<aside><h3>{escape(value.get('title') or '')}</h3>{_rich(value.get('text'))}</aside>"
        case "table":
            return _table(value or {})
    return ""


def _rich(source: Any) -> str:
    html = expand_db_html(str(source or "")).strip()
    return html if html.startswith("<") or not html else f"<p>{html}</p>"


def figure(
    sources: renditions.Sources | None, caption: str, credit: str, alt: str, absolute: Absolute
) -> str:
    """A picture with its words as HTML; "" with neither."""
    words = " ".join(escape(text) for text in (caption, credit) if text)
    if sources is None:
        return f"<p>{words}</p>" if words else ""
    src = absolute(sources.src)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return (
        f'<figure><img src="{escape(src)}" alt="{escape(alt)}" width="{sources.width}" height="{sources.height}">'
        f"{below}</figure>"
    )


def _table(value: Mapping[str, Any]) -> str:
    rows = [[str(cell or "").strip() for cell in row] for row in value.get("data") or ()]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    head = ""
    if value.get("first_row_is_table_header") and len(rows) > 1:
        head = "<thead><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in rows.pop(0)) + "</tr></thead>"
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


_HREF = re.compile(r'(<a\b[^>]*?\bhref=")(/[^"]*)"')


def _absolute_links(html: str, absolute: Absolute) -> str:
    return _HREF.sub(lambda match: f'{match[1]}{absolute(match[2])}"', html)
