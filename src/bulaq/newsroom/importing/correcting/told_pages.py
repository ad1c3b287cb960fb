"""A page made of an article that came without one: an entry of a feed, a post of an export, a flattened text.

The editor points at its lines as on a saved page. It is made of what was read, so that it is there when the source is
gone; each field and each block of the text is an element of its own kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from html import escape
from zlib import crc32

from bulaq.intake.article import Heading, Image, IncomingArticle, List, Paragraph, Quote, Table
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.tree import parse
from bulaq.intake.sites import host_of

_TEXT = "told-text"
_BLOCK = "told-block-"
_FIELD = "told-"


def page_of(article: IncomingArticle) -> tuple[Page, dict[int, list[int]]]:
    """The page, and for each block of the text (by its place) the lines of the page that show it."""
    root, _ = parse(_markup(article))
    page = Page(root)
    blocks: dict[int, list[int]] = {}
    for segment in page.segments:
        place = next(
            (
                int(name.removeprefix(_BLOCK))
                for index in page.ancestors(segment.node)
                for name in page.nodes[index].names.split()
                if name.startswith(_BLOCK)
            ),
            None,
        )
        if place is not None:
            blocks.setdefault(place, []).append(segment.index)
    return page, blocks


def roles_of(page: Page) -> dict[int, str]:
    """What each line of the page is: the field that it shows, or `body`."""
    roles: dict[int, str] = {}
    for segment in page.segments:
        for index in page.ancestors(segment.node):
            names = page.nodes[index].names.split()
            if _TEXT in names:
                roles[segment.index] = "body"
                break
            told = next((name for name in names if name.startswith(_FIELD) and _BLOCK not in name), None)
            if told is not None:
                roles[segment.index] = told.removeprefix(_FIELD).replace("-", "_")
                break
    return roles


def without_blocks(article: IncomingArticle, gone: Set[int]) -> IncomingArticle:
    """The article without the blocks at these places."""
    if not gone:
        return article
    return replace(
        article, body=tuple(block for place, block in enumerate(article.body) if place not in gone)
    )


def layout_of(article: IncomingArticle) -> frozenset[int]:
    """All that came in one format from one site is of one template."""
    host = host_of(article.canonical_url) or host_of(article.url)
    return frozenset({crc32(f"{article.format} {host}".encode())})


def _markup(article: IncomingArticle) -> str:
    return (
        "<html><body><article>"
        + "".join(_fields(article))
        + f'<div class="{_TEXT}">{"".join(_blocks(article))}</div>'
        + _list("read-also", (link.headline for link in article.read_also))
        + _list("tags", article.tags)
        + "</article></body></html>"
    )


def _fields(article: IncomingArticle) -> Iterator[str]:
    lead = article.lead_image
    for tag, name, value in (
        ("p", "section", article.section),
        ("p", "kicker", article.kicker),
        ("h1", "headline", article.headline),
        ("p", "standfirst", article.standfirst),
        ("p", "authors", "، ".join((*article.authors, *article.agencies))),
        ("p", "dateline", article.dateline),
        ("p", "published-at", article.published_at),
        ("p", "caption", lead.caption if lead else None),
    ):
        if value:
            yield f'<{tag} class="{_FIELD}{name}">{escape(value)}</{tag}>'


def _blocks(article: IncomingArticle) -> Iterator[str]:
    for place, block in enumerate(article.body):
        name = f'class="{_BLOCK}{place}"'
        match block:
            case Paragraph(text):
                yield f"<p {name}>{escape(text)}</p>"
            case Heading(text):
                yield f"<h2 {name}>{escape(text)}</h2>"
            case Quote(text):
                yield f"<blockquote {name}><p>{escape(text)}</p></blockquote>"
            case List(items):
                yield f"<ul {name}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
            case Table(rows):
                cells = (f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
                yield f"<table {name}>{''.join(cells)}</table>"
            case Image(picture) if picture.caption:
                yield f"<p {name}>{escape(picture.caption)}</p>"


def _list(name: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
    return f'<ul class="{_FIELD}{name}">{items}</ul>' if items else ""
