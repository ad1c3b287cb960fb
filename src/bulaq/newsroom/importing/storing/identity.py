"""By what material is known again, and by what an editor's change to it is seen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bulaq.arabic.normalise import matching_key
from bulaq.intake.article import Heading, IncomingArticle, List, Paragraph, Quote, Table
from bulaq.intake.sites import host_of
from bulaq.newsroom.importing.storing.records import beyond_contract
from bulaq.newsroom.legacy_paths import normal_form

_CAPTURE_ONLY = ("source", "format", "boxes", "confidence", "provenance", "warnings", "dir")
"""Fields that differ between two captures of one unchanged article."""


def digest(*parts: str) -> str:
    """32 hex digits over the parts, kept apart."""
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.hexdigest()


def is_web_address(address: str | None) -> bool:
    """Whether it is an http(s) address with a host."""
    return (
        bool(address)
        and address.strip().lower().startswith(("http://", "https://"))
        and bool(host_of(address))
    )


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what one incoming article is known: computed once, used all along its way.

    `identity`: the name of the article across imports, its canonical address in normal form or else its text.
    `content`: of the body's words as readers take them, the same however captured and under whatever address.
    `incoming`: of all that a capture says of the article itself, leaving out what only says how it was captured.
    `record`: the whole of it as JSON, in the shape of the contract (`records.article_of` reads it back).
    """

    identity: str
    content: str
    incoming: str
    record: str


def fingerprint(article: IncomingArticle) -> Fingerprint:
    """The fingerprint of an article."""
    content = content_digest(article)
    told = article.as_json()
    capture = {name: told.pop(name) for name in _CAPTURE_ONLY}
    headline = told.pop("headline")
    text = json.dumps(told, ensure_ascii=False)
    # A headline that a person gave beside the material does not make it other material.
    own_headline = "" if article.provenance.get("headline") == "given" else headline or ""
    rest = json.dumps({"headline": headline, **capture, **beyond_contract(article)}, ensure_ascii=False)
    return Fingerprint(
        identity=_address_identity(article) or f"text:{content}",
        content=content,
        incoming=digest(text, own_headline, *sorted(article.aliases)),
        record=f"{rest[:-1]}, {text[1:]}",
    )


def _address_identity(article: IncomingArticle) -> str | None:
    for address in (article.canonical_url, article.url):
        if is_web_address(address):
            path = normal_form(address)
            if path != "/":
                return "url:" + digest(host_of(address), path)
    return None


def words_of(article: IncomingArticle) -> Iterable[str]:
    """The texts of the body, in order."""
    for block in article.body:
        match block:
            case Paragraph() | Heading() | Quote():
                yield block.text
            case List():
                yield from block.items
            case Table():
                for row in block.rows:
                    yield from row


def content_digest(article: IncomingArticle) -> str:
    """Of the body's words as readers take them: the same however it was captured, under whatever address."""
    words = matching_key("\n".join(words_of(article)))
    return (
        digest("body", words)
        if words
        else digest("headline", matching_key(article.headline or ""), article.source)
    )


def text_digest(
    *, headline: str, kicker: str, standfirst: str, dateline: str, body: list[dict[str, Any]]
) -> str:
    """Of the text of an article as stored. Ids of blocks and pictures are left out: they change without an edit."""
    return digest(
        headline, kicker, standfirst, dateline, json.dumps(_bare(body), ensure_ascii=False, sort_keys=True)
    )


def digest_of_stored(article: Any) -> str:
    """`text_digest` of an `Article` (or of the newest revision of one)."""
    return text_digest(
        headline=article.headline,
        kicker=article.kicker,
        standfirst=article.standfirst,
        dateline=article.dateline,
        body=article.body.get_prep_value(),
    )


_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_ADDRESS = re.compile(r"<a [^>]*>")


_LED = frozenset({"id", "image", "article", "url", "cell", "mergeCells"})


def _bare(value: Any) -> Any:
    """Without what the editor's software adds and what later phases of the import itself change (picture, address)."""
    if isinstance(value, str):
        if "data-block-key" in value:
            value = _BLOCK_KEY.sub("", value)
        return _ADDRESS.sub("<a>", value) if "<a " in value else value
    if isinstance(value, dict):
        if value.get("type") == "item" and "value" in value:
            return _bare(value["value"])
        return {
            key: _bare(inner)
            for key, inner in value.items()
            if key not in _LED and inner not in (None, "", False)
        }
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    return value
