"""The section of a post, of all the categories that it stood in, and the way to it; and its topics."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from bulaq.intake.article_markup import plain
from bulaq.intake.wordpress.custom_fields import PRIMARY_CATEGORIES, texts_of
from bulaq.intake.wordpress.export_head import Head
from bulaq.intake.wordpress.post import Post

_SECTIONLESS = re.compile(
    r"^(?:uncategori[sz]ed|غير[\s-]*مصنفة?|بدون[\s-]*تصنيف|non[\s-]*class[eé]|sin[\s-]*categor[ií]a|allgemein)$",
    re.I,
)
_PLACEMENT = re.compile(
    r"^(?:featured|slider|slideshow|headlines?|breaking(?:[\s-]*news)?|top[\s-]*(?:news|stories)|home(?:page)?|main|sticky|editors?[\s-]*picks?|"
    r"مميزة?|مختارات|سلايدر|السلايدر|شريط\s+الأخبار|عاجل|أهم\s+الأخبار|الرئيسية|أخبار\s+رئيسية|خبر\s+رئيسي|المانشيت|مانشيت)$",
    re.I,
)
"""Categories that say where an article stood on the front, not what it is about."""
_OWN_CATEGORY = re.compile(
    r"[-_](?:category|categories|cat|section)$|^(?:section|sections|rubric|rubrique|department)$", re.I
)
_OWN_TAG = re.compile(r"^post_tag$|[-_](?:tag|tags|topic|topics)$|^(?:topics?|keywords?)$", re.I)
"""Taxonomies of custom types that mean what WordPress's own two mean."""


def section_of(post: Post, head: Head, link: str | None) -> tuple[str | None, tuple[str, ...], str]:
    """The section, the way to it and how it was told: the primary category, else the one in the address, else the
    deepest that says what the article is about."""
    own = {term.slug: plain(term.name) for term in post.terms if term.domain == "category"}
    if not own:  # a custom type has categories of its own («news_category»)
        own = {term.slug: plain(term.name) for term in post.terms if _OWN_CATEGORY.search(term.domain)}
    for chosen, origin in (
        (_primary(post, head, own), "primary category"),
        (_in_address(link, own), "category in the address"),
        (_deepest(own, head), "category"),
    ):
        if chosen:
            if _SECTIONLESS.match(own[chosen]):
                break
            return own[chosen], (*_way(chosen, head)[:-1], own[chosen]), origin
    return None, (), ""


def topics_of(post: Post) -> tuple[str, ...]:
    """The names of a post's tags."""
    return tuple(dict.fromkeys(plain(term.name) for term in post.terms if _is_tag(term.domain)))


def _is_tag(domain: str) -> bool:
    return bool(_OWN_TAG.search(domain)) and not domain.startswith(("product_", "post_translations"))


def _primary(post: Post, head: Head, own: dict[str, str]) -> str | None:
    told = (head.categories_by_id.get(number, "") for number in texts_of(post, PRIMARY_CATEGORIES, 20))
    return next((slug for slug in told if slug in own), None)


def _in_address(link: str | None, own: dict[str, str]) -> str | None:
    """The category that the post's address names, the last of several."""
    segments = [
        _as_read(part) for part in [part for part in urlsplit(link or "").path.split("/") if part][:-1]
    ]
    named = [slug for slug in own if _as_read(slug) in segments]
    return max(named, key=lambda slug: segments.index(_as_read(slug)), default=None)


@lru_cache(maxsize=2048)
def _as_read(segment: str) -> str:
    """A part of an address without its escapes: those of sections return with every post."""
    return unquote(segment).lower()


def _deepest(own: dict[str, str], head: Head) -> str | None:
    real = [slug for slug, name in own.items() if not _SECTIONLESS.match(name) and not _PLACEMENT.match(name)]
    return max(real, key=lambda slug: len(_way(slug, head)), default=None)


def _way(slug: str, head: Head) -> list[str]:
    names: list[str] = []
    seen: set[str] = set()
    while slug and slug not in seen and len(names) < 20:
        seen.add(slug)
        term = head.categories.get(slug)
        if term is None:
            break
        names.append(plain(term.name))
        slug = term.parent
    return names[::-1]
