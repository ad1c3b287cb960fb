"""What an index keeps of a document to show it in a list of results."""

from __future__ import annotations

import json
from datetime import datetime

from bulaq.discovery.codes import Codes
from bulaq.discovery.document import Document
from bulaq.discovery.index import Hit
from bulaq.discovery.snippets import Highlighter

_DECODER = json.JSONDecoder()


def source_of(document: Document) -> str:
    """The shown parts of a document as one text; lone surrogates of broken sources become «?»."""
    time = document.time
    shown = time.isoformat() if time is not None else ""
    parts = [document.headline, document.standfirst, document.body, document.url, shown]
    return json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def texts_of(source: str | bytes) -> tuple[str, str]:
    """The headline, and the text below it (the standfirst first)."""
    headline, standfirst, body, *_ = json.loads(source)
    return headline, f"{standfirst}\n{body}".strip()


def headline_of(source: bytes) -> str:
    """The headline alone, without reading what follows it."""
    headline, _ = _DECODER.raw_decode(source.decode(), 1)
    return str(headline)


def hit_of(
    identity: int, score: float, source: str | bytes, highlighter: Highlighter, codes: Codes | None = None
) -> Hit:
    """A result, its matches marked; `codes` are those of its body, where they are at hand."""
    headline, standfirst, body, url, time = json.loads(source)
    return Hit(
        id=identity,
        score=score,
        headline=highlighter.headline(headline),
        snippet=highlighter.snippet(f"{standfirst}\n{body}".strip(), codes=codes),
        url=url,
        time=datetime.fromisoformat(time) if time else None,
    )
