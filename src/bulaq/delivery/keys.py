"""Surrogate keys: the names by which responses are purged. The one place that spells them.

A response lists in ``Surrogate-Key`` everything whose change must renew it; a purge names what has changed. Keys are
separated by one space, so a key holds visible ASCII only: names of boxes and kinds are lower-case words with hyphens.
Give a box its own key and those of the articles whose headlines it shows; give a page its own keys only, never those of
the boxes marked in it (they are stored apart, and the edge follows them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HEADER: Final = "Surrogate-Key"
# Lists the ids of the articles a page shows itself, so that its boxes leave them out; the edge takes it off.
SHOWN_HEADER: Final = "Bulaq-Shown"

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def article(article_id: int) -> str:
    """Whatever shows the text, headline, picture or state of this article."""
    return f"article:{article_id}"


def article_page(article_id: int) -> str:
    """The article's own page alone, and nothing that lists it: for what stands only there, as its story and its topics."""
    return f"article-page:{article_id}"


def section(section_id: int) -> str:
    """Whatever shows the name or place of this section; not its list of articles (that is a box)."""
    return f"section:{section_id}"


def edition(edition_id: int) -> str:
    """Every response of one edition: purged when its profile, theme or sections change."""
    return f"edition:{edition_id}"


def author(contributor_id: int) -> str:
    """Whatever shows this person or agency by name; the list of what they wrote is ``box("author", …)``, so that each new
    article of theirs renews that list and not all of their others."""
    return f"author:{contributor_id}"


def topic(topic_id: int) -> str:
    """Whatever shows this topic by name; the list of its articles is ``box("topic", …)``."""
    return f"topic:{topic_id}"


def image(image_id: int) -> str:
    """Whatever shows this picture or its caption."""
    return f"image:{image_id}"


def page(page_id: int) -> str:
    """A static or landing page."""
    return f"page:{page_id}"


def box(name: str, owner_id: int | str) -> str:
    """A list of headlines: ``name`` is latest, section, most-read, related, front, topic, author, feed …; ``owner_id`` is
    that of the edition, section, article, topic … whose list it is (``3`` or ``3-14`` for edition and section).

    >>> box("latest", 3)
    'box:latest:3'
    """
    if not _NAME.fullmatch(name) or not re.fullmatch(r"[A-Za-z0-9_-]+", str(owner_id)):
        raise ValueError(f"not the name of a box: {name!r} {owner_id!r}")
    return f"box:{name}:{owner_id}"


def archive_day(edition_id: int, day: str) -> str:
    """The archive page of one day (``yyyy-mm-dd``) in one edition."""
    return f"archive:{edition_id}:{day}"


def everything() -> str:
    """On every response the edge stores, unsaid: purging it empties the store."""
    return "all"


def header(keys: Iterable[str]) -> str:
    """The value of ``Surrogate-Key``: each key once, in the order given.

    >>> header([article(12), section(3), article(12)])
    'article:12 section:3'
    """
    unique = list(dict.fromkeys(keys))
    for key in unique:
        if not key.isascii() or not key.isprintable() or " " in key or not key:
            raise ValueError(f"not a surrogate key: {key!r}")
    return " ".join(unique)


def shown(article_ids: Iterable[int]) -> str:
    """The value of ``Bulaq-Shown``: the ids that the page itself shows (its article, read-also, pins)."""
    return " ".join(str(number) for number in dict.fromkeys(article_ids))
