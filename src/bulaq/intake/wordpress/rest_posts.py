"""Posts as WordPress tells them to programs (`/wp-json/wp/v2/posts`, saved page by page): a site's archive where no
export can be had. Reference: https://developer.wordpress.org/rest-api/reference/posts/ ; with `?_embed` the names stand
beside their numbers."""

from __future__ import annotations

import re
from typing import Any

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.told_article import ToldArticle, address
from bulaq.intake.wordpress.post import moment

IN_HEAD = re.compile(rb'"(?:guid|title|content)"\s{0,20}:\s{0,20}\{\s{0,20}"rendered"\s{0,20}:')
"""By what a file of such posts is known from its first bytes."""


def is_post(item: dict[str, Any]) -> bool:
    """Whether the item is a post or a page, and no picture, author or category."""
    return isinstance(item.get("content"), dict) and isinstance(item.get("title"), dict)


def told_post(item: dict[str, Any], base: str | None) -> ToldArticle:
    """The values of one post; addresses in it are relative to its own, or to `base`."""
    url = address(_text(item, "link"), base)
    told = ToldArticle(headline=_text(item, "title"), url=url, base=url or base)
    told.body, told.summary = _text(item, "content"), _text(item, "excerpt")
    told.published, told.modified = _moments(item, "date"), _moments(item, "modified")
    numbered = f"/?p={item['id']}" if isinstance(item.get("id"), int) else None
    told.aliases = [alias for alias in (address(_text(item, "guid"), None), address(numbered, url)) if alias]
    told.draft = _text(item, "status") not in ("", "publish")
    beside = item.get("_embedded")
    if not isinstance(beside, dict):
        return told
    told.bylines = [name for writer in _listed(beside, "author") if (name := _text(writer, "name"))]
    terms = [term for group in _lists(beside, "wp:term") for term in group if isinstance(term, dict)]
    named = {
        kind: [_text(term, "name") for term in terms if term.get("taxonomy") == kind]
        for kind in ("category", "post_tag")
    }
    told.section, told.tags = next(iter(named["category"]), ""), named["post_tag"]
    for media in _listed(beside, "wp:featuredmedia")[:1]:
        picture = address(_text(media, "source_url"), told.base)
        caption, alt = plain(_text(media, "caption")), plain(_text(media, "alt_text"))
        told.picture = Picture(picture, caption or None, alt=alt or None) if picture else None
    return told


def _text(item: dict[str, Any], name: str) -> str:
    """A value, or what is shown of it."""
    value = item.get(name)
    if isinstance(value, dict):
        value = value.get("rendered")
    return lone_surrogates_gone(value) if isinstance(value, str) else ""


def _moments(item: dict[str, Any], name: str) -> list[str]:
    told = moment(*(_text(item, key).replace("T", " ") for key in (name, f"{name}_gmt")))
    return [told] if told else []


def _lists(beside: dict[str, Any], name: str) -> list[list[Any]]:
    found = beside.get(name)
    return [group for group in found if isinstance(group, list)] if isinstance(found, list) else []


def _listed(beside: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = beside.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
