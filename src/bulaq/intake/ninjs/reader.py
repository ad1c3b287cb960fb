"""The reader of IPTC ninjs, news items in JSON (iptc.org/std/ninjs, versions 1.x to 3.x), and of Superdesk's own items.

Names of properties are read without regard to case and underscores, which is most of what differs between the versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.json_items import items_of
from bulaq.intake.json_values import Object
from bulaq.intake.ninjs.item import article_of_item
from bulaq.intake.ninjs.properties import folded
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.wide_text import head_text

_PROPERTIES = re.compile(
    r"\"(?:pub_?status|version_?created|body_?(?:html|xhtml|text)|bodies|headlines|representation_?type|content_?created|ninjs)\"\s*:",
    re.I,
)
_LISTS = ("items", "newsitems", "data", "hits", "results", "docs", "_items")
_OF_ITEMS = frozenset(("headline", "headlines", "bodyhtml", "bodyxhtml", "bodytext", "bodies"))


class NinjsReader:
    """Each item of type text is an article; pictures come with the item that shows them."""

    format = "ninjs"

    def recognises(self, source: Source) -> bool:
        """JSON in which properties of ninjs stand."""
        head = head_text(source)
        if not head.startswith(("{", "[")) or "jsonfeed.org" in head:
            return False
        named = {match.lower().replace("_", "") for match in _PROPERTIES.findall(head)}
        return bool(named) and ('"uri"' in head or '"headline' in head or len(named) >= 2)

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The items in their order; nothing is raised for bad input."""
        number = 0
        for number, item in enumerate(items_of(source, frozenset(_LISTS), _wrapped), 1):
            yield item if isinstance(item, Refusal) else article_of_item(folded(item), source, number)
        if not number:
            yield Refusal(source.name, "nothing-found", f"{source.name}: holds no news item")


READER = NinjsReader()


def _wrapped(value: Object) -> list[Any] | None:
    if _OF_ITEMS & folded(value).keys():
        return None
    lower = {str(name).lower(): inner for name, inner in value.items()}
    return next((lower[name] for name in _LISTS if isinstance(lower.get(name), list)), None)
