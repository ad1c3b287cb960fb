"""Custom fields in which themes and plugins keep what WordPress has no place for, by what they mean.

A name may lead into the array that a theme keeps in one field: «tie_source/*/text» is the text of each of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bulaq.intake.article_markup import plain
from bulaq.intake.wordpress.php_values import PhpValue, unserialized
from bulaq.intake.wordpress.post import Post

KICKERS = (
    "kicker",
    "_kicker",
    "overline",
    "pretitle",
    "pre_title",
    "top_title",
    "uptitle",
    "up_title",
    "fawq_title",
)
SUBTITLES = (
    "subtitle", "_subtitle", "sub_title", "wps_subtitle", "kia_subtitle", "secondary_title", "_secondary_title", "td_subtitle",
    "td_post_theme_settings/td_subtitle", "jnews_single_post_subtitle", "post_subtitle", "tie_post_sub_title",
    "rb_global_meta/tagline", "ruby_tagline", "newspack_post_subtitle", "standfirst", "deck", "dek",
)  # fmt: skip
PLACES = ("dateline", "_dateline", "location", "city", "place")
WRITERS = (
    "byline",
    "_byline",
    "author_name",
    "writer",
    "guest-author",
    "custom_author",
    "post_author_name",
    "الكاتب",
)
SOURCES = (
    "td_post_theme_settings/td_source", "td_source", "tie_source/*/text", "rb_global_meta/source_data/*/name",
    "jnews_single_post/source_name", "source", "news_source", "source_name", "المصدر", "مصدر الخبر",
)  # fmt: skip
CANONICALS = (
    "_yoast_wpseo_canonical",
    "rank_math_canonical_url",
    "_aioseo_canonical_url",
    "_aioseop_custom_link",
)
FILMS = (
    "video_url",
    "_format_video_embed",
    "tie_video_url",
    "_video_url",
    "post_video",
    "penci_video",
    "featured_video",
    "_bunyad_featured_video",
    "bs_featured_embed",
    "jnews_video_url",
    "td_post_video/td_video",
    "td_video",
)
"""Films that themes show above the text."""

HIGHLIGHTS = ("tie_highlights_text/*", "rb_global_meta/highlights/*/point")
"""What matters most, in points that themes show above the text."""

PRIMARY_CATEGORIES = (
    "_yoast_wpseo_primary_category",
    "rank_math_primary_category",
    "_primary_term_category",
    "epc_primary_category",
    "tie_primary_category",
    "td_post_theme_settings/td_primary_cat",
    "rb_global_meta/primary_category",
    "jnews_primary_category/id",
)
"""The number of the category that stands for the post, of the several that it has."""

LEAD_CREDITS = ("featured_image_credit", "_featured_image_credit", "thumbnail_credit", "image_source")


def value_of(post: Post, names: tuple[str, ...]) -> str:
    """The first of the fields that holds anything, as it is stored; empty where none does."""
    if _fields_of(names).isdisjoint(post.meta):
        return ""
    return next((value for name in names for value in _values(post, name)), "")


def text_of(post: Post, names: tuple[str, ...], longest: int = 200) -> str | None:
    """The plain text of the first of the fields that holds one of `longest` characters at most; None where none does."""
    return next(iter(texts_of(post, names, longest)), None)


def texts_of(post: Post, names: tuple[str, ...], longest: int = 200) -> list[str]:
    """The plain texts of all the fields that hold one of `longest` characters at most, in their order."""
    if _fields_of(names).isdisjoint(post.meta):
        return []
    values = (value for name in names for value in _values(post, name) if _is_text(value, longest))
    return list(dict.fromkeys(text for text in map(plain, values) if text))


@lru_cache(maxsize=64)
def _fields_of(names: tuple[str, ...]) -> frozenset[str]:
    """The fields that the names lead into: most posts have none of them, which is seen at once."""
    return frozenset(name.partition("/")[0] for name in names)


def _is_text(value: str, longest: int) -> bool:
    """Whether a field holds a few words, not a plugin's settings (JSON, serialised PHP) or markup."""
    if len(value) > longest:
        return False
    return not value.lstrip().startswith(("{", "[", "a:", "s:", "<"))


def _values(post: Post, name: str) -> Iterator[str]:
    """The texts of a field, of several rows where the name leads into an array; none that is empty."""
    field, *way = name.split("/")
    stored = post.meta.get(field)
    if stored and not way:
        yield stored
    elif stored:
        yield from (text for text in _reached(unserialized(stored), way) if text)


def _reached(value: PhpValue | None, way: list[str]) -> Iterator[str]:
    if not way:
        if isinstance(value, str):
            yield value.strip()
    elif isinstance(value, dict):
        for inner in value.values() if way[0] == "*" else [value.get(way[0])]:
            yield from _reached(inner, way[1:])
