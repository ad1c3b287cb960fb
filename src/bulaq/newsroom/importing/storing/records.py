"""The record of an incoming article, kept with its item: all of it as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulaq.intake.article import (
    Block,
    Box,
    Carrier,
    Embed,
    Heading,
    Image,
    IncomingArticle,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
    Span,
    Table,
)

BEYOND = ("spans", "aliases", "draft")
"""What the record holds beyond the contract's object (docs/contracts.md): the links and bold of paragraphs (by the
place of the block), other addresses, whether it was a draft there. Each only when there is any."""


def beyond_contract(article: IncomingArticle) -> dict[str, Any]:
    """The values of `BEYOND`."""
    spans = {
        str(place): [[span.start, span.end, span.url] for span in block.spans]
        for place, block in enumerate(article.body)
        if isinstance(block, Paragraph) and block.spans
    }
    told: dict[str, Any] = {"spans": spans, "aliases": list(article.aliases), "draft": article.draft}
    return {name: value for name, value in told.items() if value}


def article_of(record: Mapping[str, Any]) -> IncomingArticle:
    """The article that a record tells. Raises `KeyError`, `TypeError` for anything else."""
    spans = record.get("spans", {})
    carrier, lead = record["carrier"], record["lead_image"]
    return IncomingArticle(
        **{name: record[name] for name in _PLAIN},
        **{name: tuple(record[name]) for name in ("breadcrumb", "authors", "agencies", "tags", "warnings")},
        aliases=tuple(record.get("aliases", ())),
        draft=bool(record.get("draft", False)),
        lead_image=_picture(lead) if lead else None,
        body=tuple(_block(told, spans.get(str(place), ())) for place, told in enumerate(record["body"])),
        read_also=tuple(Link(link["headline"], link["url"]) for link in record["read_also"]),
        boxes=tuple(
            Box(box["kind"], box["title"], tuple(Link(i["headline"], i["url"]) for i in box["items"]))
            for box in record["boxes"]
        ),
        carrier=Carrier(carrier["label"], carrier["url"]) if carrier else None,
        confidence=dict(record["confidence"]),
        provenance=dict(record["provenance"]),
    )


_PLAIN = (
    "source", "format", "url", "canonical_url", "headline", "kicker", "standfirst", "section", "dateline",
    "published_at", "modified_at", "lang", "dir",
)  # fmt: skip


def _picture(told: Mapping[str, Any]) -> Picture:
    return Picture(told["url"], told["caption"], told["credit"], told["alt"])


def _block(told: Mapping[str, Any], spans: Any) -> Block:
    match told["type"]:
        case "paragraph":
            return Paragraph(told["text"], tuple(Span(*span) for span in spans))
        case "heading":
            return Heading(told["text"])
        case "quote":
            return Quote(told["text"], told["attribution"])
        case "list":
            return List(tuple(told["items"]))
        case "table":
            return Table(tuple(map(tuple, told["rows"])))
        case "image":
            return Image(_picture(told))
        case "embed":
            return Embed(told["url"], told["provider"])
    raise KeyError(told["type"])
