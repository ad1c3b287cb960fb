"""The fields of an article that can be pointed at on its saved page."""

from __future__ import annotations

from django.utils.translation import pgettext


def labels() -> dict[str, str]:
    """The fields that can be pointed at, as an editor calls them."""
    return {
        "headline": pgettext("part of an article", "Headline"),
        "kicker": pgettext("part of an article", "Kicker"),
        "standfirst": pgettext("part of an article", "Standfirst"),
        "section": pgettext("part of an article", "Section"),
        "authors": pgettext("part of an article", "Byline"),
        "published_at": pgettext("part of an article", "Date"),
        "caption": pgettext("part of an article", "Caption"),
        "body": pgettext("part of an article", "Text"),
    }
