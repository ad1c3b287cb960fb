"""The reader of ANS (Arc Native Specification, github.com/washingtonpost/ans-schema, 0.5 to 0.10), the JSON of Arc XP.

As the Content API gives stories (one, or `results` and collections of them), as the Draft API wraps them (`{"ans": {…}}`), in
lists, or one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bulaq.intake.ans.story import article_of_story
from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.json_items import items_of
from bulaq.intake.json_values import Object
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.wide_text import head_text

_PROPERTIES = re.compile(
    r"\"(content_elements|canonical_website|subheadlines|promo_items|first_publish_date|display_date|last_updated_date|website_url"
    r"|content_restrictions|related_content|additional_properties|taxonomy)\"\s{0,20}:"
)
_HEADLINES = re.compile(r'"headlines"\s{0,20}:\s{0,20}\{')
_LISTS = ("content_elements", "stories", "items", "data", "results", "documents")
_HOLDERS = frozenset(("results", "collection", "content_operation", ""))


class AnsReader:
    """Each story is an article, and so are galleries and films with a headline; authors and pictures by themselves are none."""

    format = "ans"

    def recognises(self, source: Source) -> bool:
        """JSON in which properties of ANS stand."""
        head = head_text(source)
        if not head.startswith(("{", "[")):
            return False
        named = set(_PROPERTIES.findall(head))
        return len(named) >= 2 or bool(named and _HEADLINES.search(head))

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The stories in their order; nothing is raised for bad input."""
        number = 0
        for number, item in enumerate(items_of(source, frozenset(_LISTS), _wrapped), 1):
            yield item if isinstance(item, Refusal) else article_of_story(item, source, number)
        if not number:
            yield Refusal(source.name, "nothing-found", f"{source.name}: holds no story")


READER = AnsReader()


def _wrapped(value: Object) -> list[Any] | None:
    for name in ("ans", "body"):  # of the Draft API, and of operations
        if isinstance(value.get(name), dict) and "headlines" not in value:
            return [value[name]]
    kind = value.get("type")
    if "headlines" in value and kind != "collection":  # a collection has a headline of its own
        return None
    if not isinstance(kind, str | None) or (kind or "") not in _HOLDERS:
        return None
    return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
