"""Custom fields in which themes and plugins keep what WordPress has no place for, by what they mean."""

from __future__ import annotations

from bulaq.intake.article_markup import plain
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
    "jnews_single_post_subtitle", "tie_post_sub_title", "standfirst", "deck", "dek",
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
SOURCES = ("td_source", "source", "news_source", "source_name", "المصدر", "مصدر الخبر")
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
    "td_video",
)
"""Films that themes show above the text."""

LEAD_CREDITS = ("featured_image_credit", "_featured_image_credit", "thumbnail_credit", "image_source")


def value_of(post: Post, names: tuple[str, ...]) -> str:
    """The first of the fields that holds anything, as it is stored; empty where none does."""
    return next((post.meta[name] for name in names if post.meta.get(name)), "")


def text_of(post: Post, names: tuple[str, ...], longest: int = 200) -> str | None:
    """The plain text of the first of the fields that holds one of `longest` characters at most; None where none does."""
    return next((plain(post.meta[name]) for name in names if _is_text(post.meta.get(name), longest)), None)


def _is_text(value: str | None, longest: int) -> bool:
    """Whether a field holds a few words, not a plugin's settings (JSON, serialised PHP) or markup."""
    if not value or len(value) > longest:
        return False
    return not value.lstrip().startswith(("{", "[", "a:", "s:", "<"))
