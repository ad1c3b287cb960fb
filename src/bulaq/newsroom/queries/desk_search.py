"""Searching all articles at the desk, drafts too: the seam behind which an engine stands, and a plain one that needs none.

The plain engine folds headlines as the house does (`bulaq.arabic.normalise`): «المدرسه» finds «المدرسة». It reads the
`LOOKED_AT` articles edited last and no further, so that its cost has a ceiling on any archive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from bulaq.arabic.boundaries import words
from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.models import Article

LONGEST_QUERY = 200
"""Characters of a query that are looked at; more is a mistake or an attack."""

LOOKED_AT = 20_000
"""Articles, by their last change, that the plain engine reads."""

MOST = 500
"""Results that any engine gives: what does not stand among them wants a better query, not a hundredth page."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of articles, best first, and whether the engine knows of more than it gives.

    `total` counts all that it knows of, None where it did not count; `approximate`: that is an estimate.
    """

    article_ids: tuple[int, ...]
    more: bool = False
    total: int | None = None
    approximate: bool = False


Engine = Callable[[str, int], Found]
"""`engine(query, limit)`: the query is not empty and no longer than `LONGEST_QUERY`. Drafts are found too."""

_engine: Engine | None = None


def register_engine(engine: Engine | None) -> None:
    """Says who answers the desk's searches; None: the plain engine."""
    global _engine
    _engine = engine


def find(query: str, *, limit: int = MOST) -> Found:
    """The articles that a person at the desk means by `query`; a number is also the id of an article."""
    query = " ".join(query.split())[:LONGEST_QUERY]
    if not any(character.isalnum() for character in query):
        return Found(())
    found = (_engine or plain)(query, limit)
    number = query.removeprefix("#")
    if number.isdecimal() and len(number) < 19 and Article.objects.filter(pk=int(number)).exists():
        rest = tuple(pk for pk in found.article_ids if pk != int(number))
        found = replace(found, article_ids=(int(number), *rest)[:limit])
    return found


def plain(query: str, limit: int) -> Found:
    """Every word of the query begins a word of the headline, newest change first."""
    wanted = [f" {key}" for span in words(query) if (key := matching_key(query[span.start : span.end]))]
    if not wanted:
        return Found(())
    rows = Article.objects.order_by("-edited_at", "-id").values_list("id", "headline", "headline_suggestion")
    ids: list[int] = []
    for article_id, headline, suggestion in rows[:LOOKED_AT].iterator(chunk_size=2000):
        text = _folded(headline or suggestion)
        if all(word in text or _with_article(word) in text for word in wanted):
            if len(ids) == limit:
                return Found(tuple(ids), more=True)
            ids.append(article_id)
    return Found(tuple(ids))


@lru_cache(maxsize=2 * LOOKED_AT)
def _folded(headline: str) -> str:
    # Folding is most of the work, and who searches types on: the next query asks of the same headlines.
    return f" {matching_key(headline)}"


def _with_article(word: str) -> str:
    """« مكتبه» also stands in « المكتبه»: an editor does not think of the article."""
    return f" ال{word[1:]}"
