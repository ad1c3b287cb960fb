"""The picture that an item shows."""

from __future__ import annotations

import re
from typing import Any

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.json_values import Object, as_markup, list_of, objects_of, text_of
from bulaq.intake.ninjs.properties import first_text, folded, headline_of
from bulaq.intake.told_article import address

MAX_WIDTH = 100_000
"""Pixels; a larger number is none of a width."""


def picture_of(item: Object, base: str | None) -> Picture | None:
    """The leading picture among the item's associations, else the first one."""
    associations = item.get("associations")
    if isinstance(associations, dict):
        found = [
            (str(name), folded(value)) for name, value in associations.items() if isinstance(value, dict)
        ]
    else:
        found = [(text_of(entry.get("name")), folded(entry)) for entry in objects_of(associations)]
    leading = sorted(found, key=lambda pair: not re.match(r"feature|main|lead|hero", pair[0].lower()))
    return next((picture for _, entry in leading if (picture := _picture(entry, base))), None)


def _picture(entry: Object, base: str | None) -> Picture | None:
    if text_of(entry.get("type")) not in ("picture", "graphic", "image"):
        return None
    url = _rendition(entry.get("renditions"), base) or address(
        text_of(entry.get("href")) or text_of(entry.get("uri")), base
    )
    if not url:
        return None
    caption = plain(as_markup(first_text(entry, "descriptiontext", "descriptions", "caption")))
    credit = (
        text_of(entry.get("creditline"))
        or text_of(entry.get("byline"))
        or text_of(entry.get("copyrightholder"))
    )
    return Picture(
        url,
        caption or plain(headline_of(entry)) or None,
        plain(as_markup(credit)) or None,
        plain(as_markup(text_of(entry.get("alttext")))) or None,
    )


def _rendition(renditions: Any, base: str | None) -> str | None:
    """The widest rendition's address."""
    entries = list(renditions.values()) if isinstance(renditions, dict) else list_of(renditions)
    best: tuple[float, str] | None = None
    for entry in entries[:100]:
        if not isinstance(entry, dict):
            continue
        told = folded(entry)
        url = address(text_of(told.get("href")) or text_of(told.get("url")), base)
        width = told.get("width")
        # Numbers of hundreds of digits are compared as they are: no float holds them.
        weight = width if isinstance(width, int | float) and 0 < width <= MAX_WIDTH else 0
        if url and (best is None or weight > best[0]):
            best = (weight, url)
    return best[1] if best else None
