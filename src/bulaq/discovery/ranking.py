"""The order of candidates: what an index found by its words is put in order by where and how the words stand.

Works on the word codes of `bulaq.discovery.codes`, so that every backend shares it. A score adds up, over the words
of the query, BM25 (Robertson and Zaragoza, 2009) of three channels (exact form, light stem, root), over the whole
document and over its headline alone; then how much of the query the headline covers, and in the query's order; and
how much of it stands together in fifteen words of the body. What concerns the headline alone counts more in longer
queries, which tend to repeat one, than in short ones, which name a subject. The weights were fitted by coordinate ascent over three
kinds of query and checked by cross-validation (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.codes import EXACT, LIGHT, ROOT, Codes, code_of
from bulaq.discovery.query import Query, QueryWord

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

DEPTH: Final = 100
"""Candidates that are put in order; further ones keep the order in which the index gave them."""
LONGEST: Final = 2000
"""Words of a body that are looked at, so that a book among the articles does not slow down a search."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; see the module."""

    exact: float = 0.3
    light: float = 0.5
    root: float = 1.0
    headline_exact: float = 0.3
    headline_light: float = 0.6
    headline_root: float = 0.8
    extra: float = 0.5
    headline_coverage: float = 0.9
    headline_order: float = 0.6
    together: float = 0.45
    k1: float = 0.9
    b: float = 0.75
    headline_b: float = 0.3


WEIGHTS: Final = Weights()
_HEADLINE_LIKE: Final = 6  # words from which on a query is likely to repeat a headline
_MOST_HEADLINE: Final = 1.3
_FRESH: Final = 0.03  # what the newest document gains, as a share of its score
_FRESH_DAYS: Final = 3.0  # in which the gain falls to 1/e
_WINDOW: Final = 15  # words that stand «together»
_NEAR: Final = 8  # words within which a pair still counts half


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the ranking must know of the whole index. Lengths in words."""

    documents: int
    headline_length: float
    body_length: float


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many documents a query word's light stem (or a variant of it) and its root stand; and in how many
    headlines, where words are rarer and so say more."""

    light: int
    root: int
    headline_light: int
    headline_root: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that the index offers: the codes of headline, body (standfirst first) and the smaller fields."""

    headline: Codes
    body: Codes
    extra: Codes


def score(
    query: Query,
    frequencies: Sequence[Frequencies],
    candidates: Sequence[Candidate],
    statistics: Statistics,
    weights: Weights = WEIGHTS,
) -> Scores:
    """The relevance of each candidate, in the candidates' order; `frequencies[i]` belongs to `query.words[i]`."""
    count = len(candidates)
    total = np.zeros(count)
    if not count or not query.words:
        return total
    headline = _Field([candidate.headline for candidate in candidates])
    body = _Field([candidate.body[:LONGEST] for candidate in candidates])
    extra = _Field([candidate.extra for candidate in candidates])
    w = weights
    alone = min(_MOST_HEADLINE, len(query.words) / _HEADLINE_LIKE)
    whole_norm = _norm(
        headline.lengths + body.lengths, statistics.headline_length + statistics.body_length, w.k1, w.b
    )
    headline_norm = _norm(headline.lengths, statistics.headline_length, w.k1, w.headline_b)
    idf_light = [_idf(statistics.documents, each.light) for each in frequencies]
    head_light = [_idf(statistics.documents, each.headline_light) for each in frequencies]
    head_root = [_idf(statistics.documents, each.headline_root) for each in frequencies]
    idf_root = np.array([_idf(statistics.documents, each.root) for each in frequencies])
    in_headline: list[_Matches] = []
    in_body: list[_Matches] = []
    rarities = zip(query.words, idf_light, idf_root.tolist(), head_light, head_root, strict=True)
    for word, light, root, light_alone, root_alone in rarities:
        head, text = headline.matches(word), body.matches(word)
        in_headline.append(head)
        in_body.append(text)
        channels = (
            (head.exact, text.exact, light * w.exact, light_alone * alone * w.headline_exact),
            (head.light, text.light, light * w.light, light_alone * alone * w.headline_light),
            (head.root, text.root, root * w.root, root_alone * alone * w.headline_root),
        )
        for of_headline, of_body, whole, of_alone in channels:
            total += whole * _saturated(of_headline + of_body, whole_norm, w.k1)
            total += of_alone * _saturated(of_headline, headline_norm, w.k1)
        total += w.extra * light * (extra.matches(word).light > 0)
    total += (
        alone
        * w.headline_coverage
        * sum(
            idf * (matches.places.size and matches.any(count))
            for idf, matches in zip(idf_root, in_headline, strict=True)
        )
    )
    total += alone * w.headline_order * _in_order(query, idf_root, in_headline, headline)
    total += w.together * _together(idf_root, in_body, body)
    return total


def freshened(scores: Scores, times: Sequence[int | None], now: int) -> Scores:
    """Scores in the order a reader of news expects: relevance first, and of two documents about as relevant the one
    of these days. `times` and `now` in seconds since 1970; a document without a time, or of the future, gains
    nothing more than one of now."""
    age = np.array([(now - time) / 86_400 if time is not None else np.inf for time in times])
    result: Scores = scores * (1 + _FRESH * np.exp(-np.maximum(age, 0.0) / _FRESH_DAYS))
    return result


def _idf(documents: int, frequency: int) -> float:
    return float(np.log(1 + (max(documents, frequency) - frequency + 0.5) / (frequency + 0.5)))


def _norm(lengths: Scores, average: float, k1: float, b: float) -> Scores:
    relative = lengths / average if average > 0 else np.ones(len(lengths))
    norm: Scores = k1 * (1 - b + b * relative)
    return norm


def _saturated(frequency: Scores, norm: Scores, k1: float) -> Scores:
    result: Scores = frequency * (k1 + 1) / (frequency + norm)
    return result


@dataclass(frozen=True, slots=True)
class _Matches:
    """Where a word stands in one field of all candidates, and how often in each, by channel."""

    places: Places
    owners: Places
    exact: Scores
    light: Scores
    root: Scores

    def any(self, count: int) -> npt.NDArray[np.bool_]:
        return np.bincount(self.owners, minlength=count) > 0


class _Field:
    """One field of all candidates in one array."""

    def __init__(self, texts: Sequence[Codes]) -> None:
        self.count = len(texts)
        lengths = np.array([len(text) for text in texts])
        self.lengths: Scores = lengths.astype(np.float64)
        self.codes = np.concatenate(texts)
        self.owner: Places = np.repeat(np.arange(self.count), lengths)

    def matches(self, word: QueryWord) -> _Matches:
        code = code_of(word.term)
        same_root = self.codes & np.uint32(ROOT) == np.uint32(code & ROOT)
        places = np.flatnonzero(same_root)
        found = self.codes[places]
        owners = self.owner[places]
        light_weight = (found & np.uint32(LIGHT) == np.uint32(code & LIGHT)).astype(np.float64)
        exact = self._counted(owners[found & np.uint32(EXACT) == np.uint32(code)])
        root_weight = np.ones(len(places))
        for variant, trust in word.variants:
            of_variant = np.flatnonzero(self.codes & np.uint32(LIGHT) == np.uint32(variant.code & LIGHT))
            places = np.concatenate([places, of_variant])
            owners = np.concatenate([owners, self.owner[of_variant]])
            weight = np.full(len(of_variant), trust)
            light_weight = np.concatenate([light_weight, weight])
            root_weight = np.concatenate([root_weight, weight])
        if word.variants:
            order = np.argsort(places, kind="stable")
            places, owners = places[order], owners[order]
            light_weight, root_weight = light_weight[order], root_weight[order]
        return _Matches(
            places,
            owners,
            exact,
            self._counted(owners, light_weight),
            self._counted(owners, root_weight),
        )

    def _counted(self, owners: Places, weights: Scores | None = None) -> Scores:
        return np.bincount(owners, weights, self.count).astype(np.float64)


def _in_order(query: Query, idf: Scores, matches: Sequence[_Matches], field: _Field) -> Scores:
    """For each pair of neighbours in the query: their mean weight where they follow each other within two words,
    half of it where they stand within eight, in any order."""
    total = np.zeros(field.count)
    for index in range(len(query.words) - 1):
        first, second = matches[index], matches[index + 1]
        if not first.places.size or not second.places.size:
            continue
        distance = second.places[None, :] - first.places[:, None]
        same = second.owners[None, :] == first.owners[:, None]
        weight = (
            np.where((distance >= 1) & (distance <= 2), 1.0, np.where(np.abs(distance) <= _NEAR, 0.5, 0.0))
            * same
        )
        best = np.zeros(field.count)
        np.maximum.at(best, first.owners, weight.max(axis=1))
        total += (idf[index] + idf[index + 1]) / 2 * best
    return total


def _together(idf: Scores, matches: Sequence[_Matches], field: _Field) -> Scores:
    """The weight of the words of the query that the best window of the field holds."""
    best = np.zeros(field.count)
    present = [(weight, each) for weight, each in zip(idf.tolist(), matches, strict=True) if each.places.size]
    for _, starts in present:
        held = np.zeros(len(starts.places))
        for weight, other in present:
            following = np.searchsorted(other.places, starts.places)
            inside = following < len(other.places)
            nearest = other.places[np.minimum(following, len(other.places) - 1)]
            inside &= (nearest - starts.places < _WINDOW) & (field.owner[nearest] == starts.owners)
            held += weight * inside
        np.maximum.at(best, starts.owners, held)
    return best
