"""Searching one edition as its readers do: filters, facets, spelling, and the headlines as the edition prints them.

The engine is `bulaq.discovery` behind `newsroom.finding`. When its index cannot be read or is empty (it is being made,
its disk is full), a plain engine that needs none answers from the newest headlines, so that a search page is never an error.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bulaq.arabic.boundaries import words
from bulaq.arabic.normalise import matching_key
from bulaq.delivery.lasting_error import LastingError
from bulaq.discovery.index import Hit, IndexUnavailable, Search, Sort
from bulaq.discovery.query.pasted_addresses import words_for_addresses
from bulaq.newsroom.finding.indexes import search_index
from bulaq.newsroom.models import Edition, Publication
from bulaq.newsroom.queries.headlines import Headline, by_ids

_without_index = LastingError(logging.getLogger(__name__), "search answers without its index")

LONGEST_QUERY = 200
"""Characters of a query that are looked at; more is a mistake or an attack."""

LOOKED_AT = 5_000
"""Newest publications that the plain engine reads."""

SORTS = tuple(sort.value for sort in Sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A reader's question. `year` is of the Gregorian calendar; `sort` one of `SORTS`."""

    text: str
    section_id: int | None = None
    author_id: int | None = None
    topic_id: int | None = None
    year: int | None = None
    sort: str = "default"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """What was matched, as safe HTML with `<mark>`."""

    headline: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, best first, with what helps to ask better. `total` counts all of them; `approximate` says that
    it and the numbers by section and year are estimates."""

    items: tuple[Headline, ...] = ()
    total: int = 0
    marks: Mapping[int, Marked] = field(default_factory=dict)
    relaxed: bool = False
    did_you_mean: str | None = None
    sections: Mapping[int, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    approximate: bool = False


def tidied(query: str) -> str:
    """The query without control characters and runs of space, of a pasted address its words, no longer than
    `LONGEST_QUERY`."""
    words = words_for_addresses(query)
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in words).split())[
        :LONGEST_QUERY
    ]


def search(edition: Edition, asked: Asked) -> Found:
    """What an edition has published about the question; nothing for a text without a letter or digit."""
    text = tidied(asked.text)
    if not any(character.isalnum() for character in text):
        return Found()
    try:
        index = search_index()
        if not index.count():
            return _plain(edition, text, asked)
        results = index.search(
            Search(
                text=text,
                edition=edition.pk,
                section=asked.section_id,
                author=asked.author_id,
                topic=asked.topic_id,
                since=datetime(asked.year, 1, 1, tzinfo=UTC) if asked.year else None,
                until=datetime(asked.year, 12, 31, 23, 59, 59, tzinfo=UTC) if asked.year else None,
                sort=Sort(asked.sort) if asked.sort in SORTS else Sort.DEFAULT,
                limit=asked.limit,
                offset=asked.offset,
                facets=True,
                now=datetime.now(UTC),
            )
        )
    except IndexUnavailable as error:
        _without_index.tell(error)
        return _plain(edition, text, asked)
    items = by_ids(edition, [hit.id for hit in results.hits], with_standfirst=True)
    facets = results.facets
    return Found(
        items=tuple(items),
        total=results.total,
        marks={hit.id: _marked(hit) for hit in results.hits},
        relaxed=results.relaxed,
        did_you_mean=results.did_you_mean,
        sections=facets.sections if facets else {},
        years=facets.years if facets else {},
        approximate=results.approximate,
    )


def suggest(edition: Edition, prefix: str, *, limit: int = 8) -> tuple[str, ...]:
    """Ways to go on typing."""
    text = tidied(prefix)
    try:
        return search_index().suggest(text, edition=edition.pk, limit=limit) if text else ()
    except IndexUnavailable:
        return ()


def _marked(hit: Hit) -> Marked:
    return Marked(hit.headline, hit.snippet, hit.score)


def _plain(edition: Edition, query: str, asked: Asked) -> Found:
    """Every word of the query in headline or standfirst, those with all of them in the headline first, then by time."""
    wanted = [matching_key(query[span.start : span.end]) for span in words(query)]
    publications = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    if asked.section_id:
        publications = publications.filter(section_id=asked.section_id)
    if asked.year:
        publications = publications.filter(published_at__year=asked.year)
    rows = publications.order_by("-published_at", "-id").values_list(
        "article_id", "headline_override", "article__headline", "article__standfirst"
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
    shown = ids[asked.offset : asked.offset + asked.limit]
    return Found(tuple(by_ids(edition, shown, with_standfirst=True)), len(ids))
