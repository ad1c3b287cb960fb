"""From the blocks of a body to what the page prints: one pass, list to list, every text made safe here.

No block of any kind reaches a reader as somebody else's markup: an embed is a link to where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from bulaq.arabic.digits import localise_numbers
from bulaq.arabic.direction import isolate
from bulaq.newsroom import article_links, renditions
from bulaq.newsroom.profiles import Profile
from bulaq.newsroom.queries.articles import ArticlePage, ReadAlsoLine
from bulaq.reader.editions import Site


@dataclass(frozen=True, slots=True)
class Part:
    """One block. `kind` names its template's branch; `value` is what that branch prints."""

    kind: str
    value: Any


SMALL = 480
"""Points of width below which a picture is not drawn out over a column."""

BRIEF = 1800
"""Letters below which the boxes beside an article are several times as long as it is."""

PICTURED = 900
"""Letters that take as much room as a picture."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (`sources` None when it cannot be shown) with its words."""

    sources: renditions.Sources | None
    alt: str
    caption: str
    credit: str

    @property
    def shape(self) -> str:
        """`tall` or `wide` for a picture that keeps its own shape, `small` for one with too few points for a column (old
        archives are full of them); "" at 3:2."""
        if self.sources is None:
            return ""
        if not 1.4 <= (ratio := self.sources.width / self.sources.height) <= 1.6:
            return "tall" if ratio < 1.4 else "wide"
        return "small" if self.sources.width < SMALL else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `head` is empty when the first row is no heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_column_is_header: bool


@dataclass(frozen=True, slots=True)
class Embed:
    """Something that stands elsewhere."""

    url: str
    provider: str
    host: str


def lead_figure(page: ArticlePage) -> Figure | None:
    """The picture above the text; with no picture its caption alone, with neither None."""
    article = page.article
    image = article.lead_image
    sources = renditions.sources(image)
    caption = article.lead_caption or (image.caption if image is not None and sources else "")
    credit = article.lead_credit or (image.credit if image is not None and sources else "")
    if sources is None and not caption:
        return None
    return Figure(sources, article.lead_alt or (image.description if image else ""), caption, credit)


def is_brief(lead: Figure | None, found: Iterable[Part]) -> bool:
    """Whether an article is so short that a column of all the boxes would leave most of the page beside it white."""
    letters = PICTURED if lead is not None and lead.sources is not None else 0
    for part in found:
        letters += PICTURED if part.kind == "image" else len(str(part.value))
    return letters < BRIEF


def parts(body: StreamValue, site: Site, recommended: Mapping[int, ReadAlsoLine] | None = None) -> list[Part]:
    """A body as `site` prints it, without blocks that would print nothing. `recommended`: what it recommends between its
    paragraphs, by the place of the block."""
    sources = [
        source
        for block in body
        if block.block_type in {"paragraph", "fact_box"}
        and 'linktype="article"' in (source := _rich_source(block.value))
    ]
    with article_links.drawn_for(site.edition, sources):
        return list(_parts(body, site.profile, recommended or {}))


def _rich_source(value: Any) -> str:
    return (value["text"] if "text" in getattr(value, "keys", tuple)() else value).source


def _parts(body: StreamValue, profile: Profile, recommended: Mapping[int, ReadAlsoLine]) -> Iterator[Part]:
    for place, block in enumerate(body):
        value = block.value
        match block.block_type:
            case "paragraph":
                if html := rich_text(value.source, profile):
                    yield Part("paragraph", html)
            case "heading" if value.strip():
                yield Part("heading", value)
            case "quote" if value["text"].strip():
                yield Part("quote", {"lines": _lines(value["text"]), "attribution": value["attribution"]})
            case "list":
                items = [item for item in value["items"] if item.strip()]
                if items:
                    yield Part("list", {"items": items, "ordered": value["ordered"]})
            case "image":
                figure = _figure(value)
                if figure is not None:
                    yield Part("image", figure)
            case "embed":
                if embed := _embed(value):
                    yield Part("embed", embed)
            case "read_also":
                if place in recommended:
                    yield Part("read_also", recommended[place])
            case "fact_box":
                yield Part(
                    "fact_box", {"title": value["title"], "html": rich_text(value["text"].source, profile)}
                )
            case "table":
                if table := _table(value):
                    yield Part("table", table)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _figure(value: Any) -> Figure | None:
    image = value["image"]
    sources = renditions.whole(image)
    caption = value["caption"] or (image.caption if image is not None and sources else "")
    credit = value["credit"] or (image.credit if image is not None and sources else "")
    if sources is None and not caption:
        return None
    return Figure(sources, value["alt"] or (image.description if image else ""), caption, credit)


def _embed(value: Any) -> Embed | None:
    parsed = urlsplit(value["url"] or "")
    if parsed.scheme not in {"http", "https"} or not parsed.hostname:
        return None
    host = parsed.hostname.removeprefix("www.")
    return Embed(value["url"], value["provider"] or host, host)


def _table(value: Any) -> Table | None:
    rows = [tuple(str(cell or "").strip() for cell in row) for row in (value or {}).get("data") or ()]
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    headed = bool(value.get("first_row_is_table_header")) and len(rows) > 1
    return Table(
        caption=value.get("table_caption") or "",
        head=rows[0] if headed else (),
        rows=tuple(rows[1:] if headed else rows),
        first_column_is_header=bool(value.get("first_col_is_header")),
    )


def printed(text: str, profile: Profile) -> str:
    """Text with its numbers in the edition's digits. An edition in Latin letters prints what its authors wrote."""
    return localise_numbers(text, profile.digits) if profile.direction == "rtl" else text


_TAG = re.compile(r"(<[^>]*>)")
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_EMPTY = re.compile(r"<p>(?:\s|<br\s*/?>|&nbsp;)*</p>")


def rich_text(source: str, profile: Profile) -> SafeString:
    """Stored rich text as HTML: links expanded, the editor's marks gone, foreign runs set apart; "" when empty."""
    html = _EMPTY.sub("", _BLOCK_KEY.sub("", expand_db_html(source))).strip()
    if html and not html.startswith("<"):
        html = f"<p>{html}</p>"
    return printed_html(html, profile)


def printed_html(html: str, profile: Profile) -> SafeString:
    """Safe HTML (of our own making, or through a whitelist) whose texts are printed as the edition prints: its tags stay
    as they are, numbers in its digits, foreign runs set apart."""
    pieces = _TAG.split(html)
    for index in range(0, len(pieces), 2):
        if pieces[index]:
            pieces[index] = isolate(printed(unescape(pieces[index]), profile), profile.direction)
    return mark_safe("".join(pieces))  # noqa: S308 - tags were safe before, `isolate` escapes the text
