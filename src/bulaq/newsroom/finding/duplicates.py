"""«This was published on …»: near-duplicates of an article, and the passages in which two versions differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from bulaq.discovery.document import Document
from bulaq.discovery.duplicates import Passage, differences
from bulaq.newsroom.finding.indexes import duplicate_index
from bulaq.newsroom.models import Article, Publication, TwoArticles

MOST = 20
"""Repeats that are shown: a notice that runs every week has hundreds."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """An article that shares much of its text. `jaccard` and `containment` as in `discovery.duplicates.index`, 0..1."""

    article: Article
    publication: Publication | None
    """Where it was published first; None of a draft."""
    jaccard: float
    containment: float

    @property
    def percent(self) -> int:
        """How much of the shorter text is in the other, for people."""
        return round(100 * max(self.jaccard, self.containment))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, `differs` where the other version has something else or nothing."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side, and how many passages differ."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    passages: int


def text_of(document: Document) -> str:
    """The text by which articles are compared: the headline and the body, as they are filed."""
    return f"{document.headline}\n{document.body}"


def repeats_of(document: Document, limit: int = MOST) -> list[Repeat]:
    """The articles that repeat `document`, closest first, without those that an editor told apart from it; in three queries."""
    apart = {article.pk for article in told_apart(document.id)}
    found = repeats(text_of(document), exclude=document.id, limit=limit + len(apart))
    return [one for one in found if one.article.pk not in apart][:limit]


def told_apart(article_id: int) -> list[Article]:
    """The articles of which an editor said that they are not this one, latest first; headlines alone."""
    pairs = TwoArticles.objects.filter(Q(one=article_id) | Q(other=article_id)).order_by("-decided_at", "-pk")
    both = pairs.select_related("one", "other").only("one__headline", "other__headline")
    return [pair.other if pair.one_id == article_id else pair.one for pair in both]


def repeats(text: str, *, exclude: int | None = None, limit: int = MOST) -> list[Repeat]:
    """The articles that repeat a text (`text_of`), without the one that it is of."""
    found = duplicate_index().find(text, exclude=exclude)[:limit]
    ids = [int(one.id) for one in found]
    if not ids:
        return []
    articles = Article.objects.defer("body", "standfirst").in_bulk(ids)
    first: dict[int, Publication] = {}
    published = Publication.objects.filter(article_id__in=ids, state=Publication.State.PUBLISHED)
    for publication in published.select_related("edition", "section").order_by("-published_at"):
        first[publication.article_id] = publication
    return [
        Repeat(articles[int(one.id)], first.get(int(one.id)), one.jaccard, one.containment)
        for one in found
        if int(one.id) in articles
    ]


def compare(before: str, after: str) -> Comparison:
    """The two texts cut where they differ; joined again, the pieces are the texts."""
    found = differences(before, after)
    return Comparison(
        _pieces(before, [one.before for one in found]),
        _pieces(after, [one.after for one in found]),
        len(found),
    )


def _pieces(text: str, passages: Sequence[Passage]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = 0
    for passage in passages:
        if passage.start == passage.end:
            continue
        pieces += [Piece(text[place : passage.start], False), Piece(text[passage.start : passage.end], True)]
        place = passage.end
    return tuple(piece for piece in (*pieces, Piece(text[place:], False)) if piece.text)
