"""Searching one edition: the seam behind which an engine stands, and a plain engine that needs none.

The plain one reads the newest headlines and standfirsts and matches every word in them by the house's one folding
(`bulaq.arabic.normalise`). It is bounded: it looks at `LOOKED_AT` publications and no further.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bulaq.arabic.boundaries import words
from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.models import Edition, Publication
from bulaq.newsroom.queries.headlines import Headline, by_ids

LONGEST_QUERY = 200
"""Characters of a query that are looked at; more is a mistake or an attack."""

LOOKED_AT = 5_000
"""Newest publications that the plain engine reads."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, best first. `total` counts all of them."""

    items: tuple[Headline, ...]
    total: int


Engine = Callable[[Edition, str, int, int], Found]
"""`engine(edition, query, limit, offset)`: the query is not empty and no longer than `LONGEST_QUERY`."""

_engine: Engine | None = None


def register_engine(engine: Engine | None) -> None:
    """Says who answers searches; None: the plain engine."""
    global _engine
    _engine = engine


def search(edition: Edition, query: str, *, limit: int, offset: int = 0) -> Found:
    """What an edition has published about `query`; nothing for a query without a letter or digit."""
    query = " ".join(query.split())[:LONGEST_QUERY]
    if not any(character.isalnum() for character in query):
        return Found((), 0)
    return (_engine or plain)(edition, query, limit, offset)


def plain(edition: Edition, query: str, limit: int, offset: int) -> Found:
    """Every word of the query in headline or standfirst, those with all of them in the headline first, then by time."""
    wanted = [matching_key(query[span.start : span.end]) for span in words(query)]
    rows = (
        Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
        .order_by("-published_at", "-id")
        .values_list("article_id", "headline_override", "article__headline", "article__standfirst")
    )
    in_headline: list[int] = []
    in_text: list[int] = []
    for article_id, override, headline, standfirst in rows[:LOOKED_AT]:
        title = matching_key(override or headline)
        if all(word in title for word in wanted):
            in_headline.append(article_id)
        elif all(word in f"{title} {matching_key(standfirst)}" for word in wanted):
            in_text.append(article_id)
    ids = in_headline + in_text
    return Found(tuple(by_ids(edition, ids[offset : offset + limit], with_standfirst=True)), len(ids))
