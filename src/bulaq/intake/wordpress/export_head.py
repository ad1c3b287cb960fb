"""What an export says before its items: the site, its language, its accounts and its categories."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.html.layout.embeds import clean_address

Element = Any


@dataclass(slots=True)
class Term:
    name: str
    parent: str = ""


@dataclass(slots=True)
class Head:
    """What the export says before its items. Slugs are the keys; `opening` is the `<rss …>` tag with its namespaces."""

    opening: bytes = b"<rss>"
    site: str = ""
    base: str | None = None
    language: str | None = None
    authors: dict[str, str] = field(default_factory=dict)
    authors_by_id: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Term] = field(default_factory=dict)
    categories_by_id: dict[str, str] = field(default_factory=dict)

    def join(self, other: Head) -> None:
        """Adds what the head of a further export says, for the items that follow it."""
        self.opening = other.opening
        self.base = other.base or self.base
        self.authors |= other.authors
        self.authors_by_id |= other.authors_by_id
        self.categories |= other.categories
        self.categories_by_id |= other.categories_by_id


def local(element: Element) -> str:
    """The name of an element without its namespace, whose address differs between versions of the format."""
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def read_head(opening: bytes, data: bytes) -> Head:
    """The head that `data` begins with, from its `<rss …>` tag (`opening`) on; damage ends it where it stands."""
    head = Head(opening)
    parser = etree.XMLPullParser(
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        recover=True,
    )
    try:
        parser.feed(data)
        for _, element in parser.read_events():
            parent = element.getparent()
            if parent is None or local(parent) != "channel":
                continue
            _take(head, local(element), element)
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError:
        pass  # what was read before counts: names of sections are also given with each item
    return head


def _take(head: Head, name: str, element: Element) -> None:
    """Notes one element of the channel."""
    if name in ("author", "wp_author"):
        _take_author(head, _told(element))
    elif name == "category" and len(element):
        told = _told(element)
        if slug := told.get("category_nicename"):
            head.categories[slug] = Term(told.get("cat_name", ""), told.get("category_parent", ""))
            head.categories_by_id[told.get("term_id", "")] = slug
    elif name == "term":
        told = _told(element)
        if told.get("term_taxonomy") == "category" and (slug := told.get("term_slug")):
            head.categories.setdefault(slug, Term(told.get("term_name", ""), told.get("term_parent", "")))
            head.categories_by_id.setdefault(told.get("term_id", ""), slug)
    elif name == "title":
        head.site = (element.text or "").strip()
    elif name == "language":
        head.language = (element.text or "").strip() or None
    elif name == "base_blog_url" or (name in ("base_site_url", "link") and head.base is None):
        head.base = clean_address(element.text or "") or head.base


def _take_author(head: Head, told: dict[str, str]) -> None:
    names = (told.get("author_first_name"), told.get("author_last_name"))
    login = told.get("author_login", "")
    shown = told.get("author_display_name") or " ".join(part for part in names if part) or login
    if login:
        head.authors[login] = shown
        head.authors_by_id[told.get("author_id", "")] = shown


def _told(element: Element) -> dict[str, str]:
    return {local(child): html.unescape((child.text or "").strip()) for child in element}
