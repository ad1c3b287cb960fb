"""Reads one saved HTML page, of any outlet, into one `IncomingArticle`, or refuses it with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from bulaq.intake.article import (
    IncomingArticle,
    Refusal,
)
from bulaq.intake.html.guide import Guide
from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.tree import NotParsable, parse
from bulaq.intake.html.layout.walk import TooManyElements
from bulaq.intake.html.page_article import PageReading
from bulaq.intake.reader import MAX_PAGE_BYTES, ReadOptions, Source, SourceTooLarge

_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|table|h1)\b", re.I)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"RIFF",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
)


class HtmlReader:
    """The reader of saved pages (`bulaq.readers` entry point `html`)."""

    format = "html"

    def recognises(self, source: Source) -> bool:
        """By markup in the first bytes, in any of the encodings that pages come in."""
        head = source.head()
        if head.startswith(_BINARY):
            return False
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:2] == b"\x00" or head[:1] == b"\x00":
            head = head.replace(b"\x00", b"")
        stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if stripped.startswith(b"<?xml") and not re.search(rb"<html|<!doctype html", stripped, re.I):
            return False
        if re.search(rb"<(?:rss|feed|urlset|sitemapindex)\b", stripped[:1024], re.I):
            return False
        if re.match(rb"(?:\[\s*)?\{\s*\"", stripped):
            return False  # JSON, with markup in its texts
        return bool(_MARKUP.search(head))

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """One article or one refusal; nothing is raised for bad input."""
        try:
            data = source.read(MAX_PAGE_BYTES)
        except SourceTooLarge as error:
            yield Refusal(source.name, "too_large", str(error))
            return
        except OSError as error:
            yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")
            return
        guide = None
        if options.extra:
            from bulaq.intake.templates.pointing import kept_guide

            guide = kept_guide(options.extra)
        yield read_page(data, source.name, url=source.url, charset=source.charset, guide=guide)


READER = HtmlReader()


def read_page(
    data: bytes, name: str, *, url: str | None = None, charset: str | None = None, guide: Guide | None = None
) -> IncomingArticle | Refusal:
    """The article of the page whose bytes are `data`, or why there is none. `guide`: what its archive has taught."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Refusal(name, "empty", f"{name}: the file is empty")
    if data.startswith(_BINARY):
        return Refusal(name, "binary", f"{name}: not a page but a binary file")
    try:
        decoded = decode(data, charset)
    except EncodingBroken as error:
        return Refusal(name, "broken_encoding", f"{name}: {error}")
    if not decoded.encoding.startswith(("utf-16", "utf-32")) and len(head := data[:4096]) - len(
        head.translate(None, _CONTROLS)
    ) > 0.03 * len(head):
        return Refusal(name, "binary", f"{name}: not a page but a binary file")
    warnings: list[str] = []
    if decoded.broken:
        warnings.append(f"{decoded.broken} characters could not be decoded as {decoded.encoding}")
    try:
        root, cut = parse(decoded.text)
        page = Page(root)
    except NotParsable as error:
        return Refusal(name, "not_html", f"{name}: {error}")
    except TooManyElements as error:
        return Refusal(name, "too_large", f"{name}: {error}")
    if cut:
        warnings.append("nested deeper than 2048 elements; what lies deeper was not read")
    article = PageReading(page, name, url, warnings, guide).article()
    if isinstance(article, IncomingArticle) and _ends_within(decoded.text, article):
        return replace(
            article,
            confidence={**article.confidence, "body": BROKEN_OFF},
            warnings=(*article.warnings, "the file ends in the middle of the text"),
        )
    return article


BROKEN_OFF = 0.3
"""How sure the text is of a page whose end is missing: so little that an editor looks, and that it stays a draft."""

_LAST_WORDS = re.compile(r"(?<![^<>])([^<>]++)(?:<[^<>]*>\s*)*(?:<[^<>]*)?\Z")
"""The last run of text of a page, and the tags behind it, of which the last may be cut."""

_END_READ = 4000
"""Characters from which the end of a file is told."""


def _ends_within(markup: str, article: IncomingArticle) -> bool:
    """Whether the file ends in the middle of the article's text, as a download that was broken off does: behind its last words
    stands nothing, or half a tag. A whole page ends with a tag, and with a footer, even where it leaves out `</html>`."""
    end = markup[-_END_READ:].rstrip("\x00 \t\r\n")
    if not article.body or end.endswith((">", "\x1a")):
        return False
    last = getattr(article.body[-1], "text", "") or ""
    found = _LAST_WORDS.search(end)
    words = (
        " ".join(unescape(found[1]).split()[:-1]) if found else ""
    )  # the last word may have lost its letters
    return bool(words) and " ".join(last.split()[:-1]).endswith(words)


__all__ = ["READER", "HtmlReader", "read_page"]
