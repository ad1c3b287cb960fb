"""The picture that leads a post: the featured one, or where a plugin keeps another."""

from __future__ import annotations

import re

from bulaq.intake.article import Block, Picture
from bulaq.intake.article_markup import lead_of, plain
from bulaq.intake.html.layout.embeds import clean_address
from bulaq.intake.wordpress.custom_fields import LEAD_CREDITS, value_of
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.post import Post

_ELSEWHERE = (
    "_yoast_wpseo_opengraph-image",
    "fifu_image_url",
    "_knawatfibu_url",
    "rank_math_facebook_image",
)
_FIRST_PICTURE = re.compile(r"<img\b[^<>]{0,2000}?\bwp-image-(\d{1,17})")


def lead_picture_of(
    post: Post, library: Library, body: list[Block]
) -> tuple[Picture | None, list[Block], str]:
    """The lead picture, the blocks without it, and where it was found."""
    featured, featured_from = _featured(post, library)
    lead, blocks = lead_of(body, featured, opens_with_it=_opens_with(post))
    if lead and not lead.credit:
        credit = plain(value_of(post, LEAD_CREDITS))
        lead = Picture(lead.url, lead.caption, credit, lead.alt) if credit else lead
    return lead, blocks, featured_from if featured else "first of the body"


def _featured(post: Post, library: Library) -> tuple[Picture | None, str]:
    ident = post.meta.get("_thumbnail_id", "")
    if ident.isdigit() and len(ident) < 18 and (picture := library.picture(int(ident))):
        return picture, "featured image"
    for name in _ELSEWHERE:
        if url := clean_address(post.meta.get(name, "")):
            return Picture(url, alt=plain(post.meta.get("fifu_image_alt", "")) or None), name.strip("_")
    return None, ""


def _opens_with(post: Post) -> bool:
    """Whether the first picture of the body is the featured one, by the number that the editor gave it."""
    match = _FIRST_PICTURE.search(post.content, 0, 5000)
    return match is not None and match[1] == post.meta.get("_thumbnail_id")
