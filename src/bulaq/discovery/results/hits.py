"""What an index keeps of a document to show it in a list of results."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bulaq.discovery.document import Document
from bulaq.discovery.index import Hit
from bulaq.discovery.results.snippets import Highlighter
from bulaq.discovery.terms.codes import Codes

_PART: Final = "\x1e"
"""Between the parts of a source: the «record separator», a control character that is nothing in a text."""


def source_of(document: Document) -> bytes:
    """The shown parts of a document in UTF-8; lone surrogates of broken sources become «?»."""
    time = document.time
    parts = [
        document.headline,
        document.url,
        time.isoformat() if time is not None else "",
        document.standfirst,
    ]
    source = _PART.join((*parts, document.body))
    if source.count(_PART, 0, len(source) - len(document.body)) > len(parts):
        source = _PART.join((*(part.replace(_PART, " ") for part in parts), document.body))
    return source.encode("utf-8", "replace")


def texts_of(source: str) -> tuple[str, str]:
    """The headline, and the text below it (the standfirst first)."""
    headline, _, _, standfirst, body = source.split(_PART, 4)
    return headline, f"{standfirst}\n{body}".strip()


def headline_of(source: str) -> str:
    """The headline alone, without reading what follows it."""
    return source.partition(_PART)[0]


def hit_of(
    identity: int,
    score: float,
    source: str,
    highlighter: Highlighter,
    codes: tuple[Codes, Codes] | tuple[None, None] = (None, None),
) -> Hit:
    """A result, its matches marked; `codes` are those of its headline and body, where they are at hand."""
    headline, url, time, standfirst, body = source.split(_PART, 4)
    return Hit(
        id=identity,
        score=score,
        headline=highlighter.headline(headline, codes[0]),
        snippet=highlighter.snippet(f"{standfirst}\n{body}".strip(), codes=codes[1]),
        url=url,
        time=datetime.fromisoformat(time) if time else None,
    )
