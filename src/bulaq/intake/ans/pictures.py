"""Pictures of ANS: the file, and what is said of it."""

from __future__ import annotations

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.json_values import Object, as_markup, object_of, objects_of, text_of
from bulaq.intake.told_article import address


def picture_of(image: Object, base: str | None) -> Picture | None:
    """The picture, or None without an address."""
    more = object_of(image.get("additional_properties"))
    told = (image.get("url"), more.get("originalUrl"), more.get("fullSizeResizeUrl"))
    url = next((found for each in told if (found := address(text_of(each), base))), None)
    if url is None:
        return None
    caption = plain(text_of(image.get("caption"))) or plain(text_of(image.get("subtitle")))
    alt = plain(as_markup(text_of(image.get("alt_text"))))
    return Picture(url, caption or None, _credit(image) or None, alt or None)


def _credit(image: Object) -> str:
    """Who took it and for whom («فلان / رويترز»)."""
    credits = object_of(image.get("vanity_credits")) or object_of(image.get("credits"))
    named = [
        text_of(one.get("name")) or text_of(one.get("byline"))
        for kind in ("by", "photos_by", "affiliation")
        for one in objects_of(credits.get(kind))[:5]
    ]
    return plain(as_markup(" / ".join(dict.fromkeys(name for name in named if name))))
