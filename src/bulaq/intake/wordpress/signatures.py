"""Who wrote a post and where: its byline, its fields, the plugins of several authors, its account, its opening words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulaq.intake.article import Block, Paragraph
from bulaq.intake.article_markup import ArticleMarkup, plain
from bulaq.intake.bylines.grammar import parse_byline
from bulaq.intake.html.byline.dateline import dateline_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.wordpress.custom_fields import PLACES, SOURCES, WRITERS, text_of, texts_of
from bulaq.intake.wordpress.export_head import Head
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.post import Post

_ACCOUNT = re.compile(
    r"^(?:admin\w*|administrator|root|user\d*|editor\d*|web\s?master|test|wp[_-]?\w*|desk\d*|مدير(?:\s+الموقع)?|أدمن|ادمن|الإدارة|المشرف|مشرف(?:\s+الموقع)?|[^\s@]+@[^\s@]+)$",
    re.I,
)
"""Accounts that name nobody."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who wrote a post, the place that its text is from, and where either was read."""

    people: tuple[str, ...]
    agencies: tuple[str, ...]
    people_from: str
    place: str | None
    place_from: str


def signature_of(
    post: Post, head: Head, library: Library, body: ArticleMarkup, blocks: list[Block]
) -> Signature:
    """The signature of `post`: `body` has the lines that sign it, `blocks` are the rest of it."""
    people, agencies, place, people_from = _authors(post, head, library, body.byline)
    for stated in texts_of(post, SOURCES, 80):
        if "://" not in stated:
            agencies = _with_agency(agencies, stated)
    opening = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    told_place, told_agency = dateline_of(opening) if opening else (None, None)
    for name in (told_agency, *body.agencies):
        agencies = _with_agency(agencies, name)
    field = text_of(post, PLACES)
    if field is not None:
        return Signature(people, agencies, people_from, field, "custom field")
    if place:
        return Signature(people, agencies, people_from, place, "byline")
    return Signature(people, agencies, people_from, told_place, "opening words")


def _with_agency(agencies: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    if not name or key(name) in {key(agency) for agency in agencies}:
        return agencies
    return (*agencies, name)


def _authors(
    post: Post, head: Head, library: Library, byline: str | None
) -> tuple[tuple[str, ...], tuple[str, ...], str | None, str]:
    """People, agencies and place of the byline, and where it was read: of the first that names anybody."""
    outlets = (head.site,) if head.site else ()
    place: str | None = None
    people: list[str] = []
    agencies: list[str] = []
    for lines, origin in _lines(post, head, library, byline):
        for line in lines:
            reading = parse_byline(line, outlets)
            place = place or (reading.place if reading.people or reading.agencies else None)
            people += [name for name in reading.people if name not in people]
            agencies += [name for name in reading.agencies if name not in agencies]
            if not reading.people and not reading.agencies and origin in ("co-authors", "account"):
                people.append(line)
        if people or agencies:
            return tuple(people), tuple(agencies), place, origin
    return (), (), None, ""


def _lines(post: Post, head: Head, library: Library, byline: str | None) -> Iterator[tuple[list[str], str]]:
    """What may sign a post, the surest first: the byline in the body or in a field, co-authors, the account."""
    yield [byline] if byline else [], "byline in the body"
    given = text_of(post, WRITERS, 150)
    yield [given] if given else [], "custom field"
    yield _co_authors(post, head, library), "co-authors"
    account = plain(head.authors.get(post.creator, post.creator))
    yield [account] if account and not _ACCOUNT.match(account) else [], "account"


def _co_authors(post: Post, head: Head, library: Library) -> list[str]:
    """The authors that a plugin names: as terms (Co-Authors Plus, PublishPress Authors) or by their numbers (Molongui)."""
    named = [
        plain(head.authors.get(term.name) or head.authors.get(term.slug.removeprefix("cap-")) or term.name)
        for term in post.terms
        if term.domain == "author"
    ]
    if named:
        return [library.person(name) or name for name in named]
    numbered = (number.partition("-") for number in post.repeated.get("_molongui_author", ()))
    found = (
        library.person(f"guest-{ident}") if kind == "guest" else head.authors_by_id.get(ident)
        for kind, _, ident in numbered
    )
    return [plain(name) for name in dict.fromkeys(found) if name]
