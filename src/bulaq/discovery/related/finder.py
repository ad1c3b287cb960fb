"""Related articles: those of the same edition that a good editor would choose.

Score = cosine of the two term vectors (`vectors`: light stems and roots, the headline counted more) × freshness.
Freshness is soft, 0.8 + 0.2·e^(−days between the two / 30): of two equally close articles the nearer in time comes
first, and an old one comes in only when it is close enough to explain. The same running story shares its names and its
words, so it comes before what shares only the subject. The score is the same in both directions: what a new
article's lookup finds are also the older articles whose own boxes it may enter (`affected`).

Near-duplicates of the article, and of an article already chosen, are left out when a `DuplicateIndex` is given. Below
`THRESHOLD` there is silence: an empty place is better than noise. Figures and how they were measured: docs/related.md.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulaq.discovery.document import Document
from bulaq.discovery.duplicates import DuplicateIndex
from bulaq.discovery.related.index import RelatedIndex, Stored, seconds
from bulaq.discovery.related.vectors import Terms, Vector, is_root, unpacked

CANDIDATES: Final = 200
THRESHOLD: Final = 0.18
FRESH_SHARE: Final = 0.2
FRESH_DAYS: Final = 30.0
_REASONS: Final = 6
_DAY: Final = 86_400.0


class Reason(NamedTuple):
    """Words that both articles hold, as this article writes them, and their part of the score (all parts sum to 1)."""

    words: str
    share: float


class Related(NamedTuple):
    """An article and how close it is, 0..1. `reasons` are empty for a pinned one that shares nothing."""

    id: int
    score: float
    reasons: tuple[Reason, ...] = ()
    pinned: bool = False


class Neighbour(NamedTuple):
    """An article near another one: how close, 0..1, and when it was published (seconds, UTC)."""

    id: int
    score: float
    published: float


class RelatedFinder:
    """Looks up related articles in a `RelatedIndex`."""

    def __init__(self, index: RelatedIndex, duplicates: DuplicateIndex | None = None) -> None:
        self._index = index
        self._duplicates = duplicates

    def related(
        self,
        article: Document,
        *,
        edition: int,
        limit: int = 6,
        now: datetime | None = None,
        pinned: Sequence[int] = (),
        banned: Collection[int] = (),
        threshold: float = THRESHOLD,
        explain: bool = True,
    ) -> list[Related]:
        """The related articles of `article` among those live in `edition`, best first.

        `pinned` ones come first in the order given, whatever they score; `banned` ones never. Articles published after
        `now` are passed over. The article itself need not be in the index. Without `explain` there are no reasons.
        """
        if limit < 1:
            return []
        vector = self._index.frequencies.shortened(self._index.vector_of(article))
        moment = _moment(article, edition, now)
        known = set(pinned)
        scored = self._scored(article.id, vector, edition, moment, now, CANDIDATES)
        chosen = self._pinned(pinned, article.id, vector, edition, moment)[:limit]
        found = list(chosen)
        for stored, score in scored:
            if len(found) >= limit or score < threshold:
                break
            if stored.id in known or stored.id in banned:
                continue
            if self._repeats(stored.id, article, found):
                continue
            found.append((stored, score))
        names = (
            self._index.vectoriser.names(f"{article.headline} {article.kicker}", article.body)
            if found
            else {}
        )
        return [
            Related(
                stored.id, round(score, 4), self._reasons(vector, stored.vector, names), stored.id in known
            )
            for stored, score in found
        ]

    def neighbours(
        self, article: Document, *, edition: int, limit: int, threshold: float = THRESHOLD
    ) -> list[Neighbour]:
        """The articles closest to `article`, best first, near-duplicates among them, with their times."""
        vector = self._index.frequencies.shortened(self._index.vector_of(article))
        scored = self._scored(
            article.id, vector, edition, _moment(article, edition, None), None, max(limit, CANDIDATES)
        )
        return [
            Neighbour(stored.id, round(score, 4), stored.published)
            for stored, score in scored[:limit]
            if score >= threshold
        ]

    def affected(
        self, article: Document, *, edition: int, now: datetime | None = None, limit: int = 200
    ) -> list[tuple[int, float]]:
        """The articles into whose related boxes `article` may come, with the score that it has there.

        A box needs to be made again when it has room or its last score is lower than the one given here.
        """
        vector = self._index.frequencies.shortened(self._index.vector_of(article))
        scored = self._scored(
            article.id, vector, edition, _moment(article, edition, now), now, max(limit, CANDIDATES)
        )
        return [(stored.id, round(score, 4)) for stored, score in scored[:limit] if score >= THRESHOLD]

    def _scored(
        self,
        article: int,
        vector: Vector,
        edition: int,
        moment: float | None,
        now: datetime | None,
        candidates: int,
    ) -> list[tuple[Stored, float]]:
        ids = self._index.candidates(vector, edition, candidates, moment)
        latest = math.inf if now is None else seconds(now)
        stored = [
            one for one in self._index.stored(ids, edition) if one.id != article and one.published <= latest
        ]
        scores = self._scores(vector, moment, stored)
        order = sorted(range(len(stored)), key=lambda place: (-scores[place], -stored[place].published))
        return [(stored[place], scores[place]) for place in order]

    def _scores(self, vector: Vector, moment: float | None, stored: Sequence[Stored]) -> list[float]:
        if not stored or not vector.terms.size:
            return [0.0] * len(stored)
        rarity = self._index.frequencies.rarity
        own = vector.weights * rarity(vector.terms)
        own /= float(np.sqrt((own * own).sum())) or 1.0
        terms, weights = unpacked(*[one.packed for one in stored])
        weights = weights * rarity(terms)
        owner = np.repeat(np.arange(len(stored)), [len(one.packed) // 5 for one in stored])
        shared, places = _shared(vector.terms, terms)
        dots = np.bincount(owner[shared], weights=weights[shared] * own[places], minlength=len(stored))
        norms = np.sqrt(np.bincount(owner, weights=weights * weights, minlength=len(stored)))
        scores = dots / np.where(norms > 0, norms, 1)
        if moment is not None:
            days = np.abs(np.array([one.published for one in stored]) - moment) / _DAY
            scores *= 1 - FRESH_SHARE + FRESH_SHARE * np.exp(-days / FRESH_DAYS)
        result: list[float] = scores.tolist()
        return result

    def _pinned(
        self, pinned: Sequence[int], article: int, vector: Vector, edition: int, moment: float | None
    ) -> list[tuple[Stored, float]]:
        stored = self._index.stored(dict.fromkeys(one for one in pinned if one != article), edition)
        return list(zip(stored, self._scores(vector, moment, stored), strict=True))

    def _repeats(self, candidate: int, article: Document, chosen: Sequence[tuple[Stored, float]]) -> bool:
        if self._duplicates is None:
            return False
        return self._duplicates.repeats(candidate, article.body) or any(
            self._duplicates.repeats_article(candidate, stored.id) for stored, _ in chosen
        )

    def _reasons(self, vector: Vector, other: Vector, names: dict[int, list[str]]) -> tuple[Reason, ...]:
        terms, mine, theirs = np.intersect1d(
            vector.terms, other.terms, assume_unique=True, return_indices=True
        )
        if not terms.size or not names:
            return ()
        parts = vector.weights[mine] * other.weights[theirs] * self._index.frequencies.rarity(terms) ** 2
        parts[is_root(terms)] = 0
        total = float(parts.sum()) or 1.0
        shares: dict[str, float] = {}
        for place in np.argsort(-parts, kind="stable")[: 2 * _REASONS].tolist():
            written = names.get(int(terms[place]))
            if written and parts[place] > 0:
                word = min(written, key=len)  # the form with the fewest clitics
                shares[word] = shares.get(word, 0.0) + float(parts[place]) / total
        best = sorted(shares.items(), key=lambda item: -item[1])[:_REASONS]
        return tuple(Reason(word, round(share, 3)) for word, share in best)


def _shared(own: Terms, terms: Terms) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where in `terms` one of our `own` stands, and which. Most do not even begin with the same sixteen bits, which a
    table tells sooner than a search."""
    begun = np.zeros(1 << 16, dtype=np.bool_)
    begun[own >> np.uint32(16)] = True
    likely = np.flatnonzero(begun.take(terms >> np.uint32(16)))
    found = terms.take(likely)
    places = np.minimum(np.searchsorted(own, found), own.size - 1)
    same = own.take(places) == found
    return likely[same], places[same]


def _moment(article: Document, edition: int, now: datetime | None) -> float | None:
    """When the article stands in time: its publication in the edition, else anywhere, else now."""
    for place in sorted(article.placements, key=lambda place: place.edition != edition):
        if place.published_at is not None:
            return seconds(place.published_at)
    moment = article.time or now
    return None if moment is None else seconds(moment)
