"""What a page says about itself in a sentence, and the picture that stands for it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue

from bulaq.arabic.truncation import cut
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Article, Publication
from bulaq.newsroom.profiles import Profile
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.machine import share_image

LONGEST_DESCRIPTION = 200
"""Characters; search engines and messengers show less."""


@dataclass(frozen=True, slots=True)
class SharePicture:
    """A picture with its full address, for others to fetch."""

    url: str
    width: int
    height: int
    alt: str
    drawn: bool
    """Made of the headline: the article has no photograph."""


def description(article: Article) -> str:
    """The standfirst, or else the beginning of the text; cut at a word."""
    text = article.standfirst.strip() or beginning(article.body)
    return cut(text, LONGEST_DESCRIPTION) if text else ""


def beginning(body: StreamValue) -> str:
    """The first paragraph as plain text; "" when there is none."""
    for block in body.raw_data:
        if block["type"] == "paragraph":
            text = " ".join(unescape(strip_tags(str(block["value"]).replace("<br/>", " "))).split())
            if text:
                return text
    return ""


def local_time(moment: datetime, profile: Profile) -> str:
    """ISO 8601 with the edition's offset, to the second."""
    return moment.astimezone(profile.zone).isoformat(timespec="seconds")


def share_picture(page: ArticlePage) -> SharePicture:
    """The lead photograph at 16:9, or the drawn headline."""
    photograph = renditions.share(page.article.lead_image)
    if photograph is not None:
        return SharePicture(
            url=addresses.absolute(page.publication.edition, photograph.src),
            width=photograph.width,
            height=photograph.height,
            alt=page.article.lead_alt or page.article.lead_image.description,
            drawn=False,
        )
    publication = page.canonical if page.canonical.state == Publication.State.PUBLISHED else page.publication
    width, height = share_image.SIZE
    return SharePicture(share_image.address(publication), width, height, page.headline, drawn=True)
