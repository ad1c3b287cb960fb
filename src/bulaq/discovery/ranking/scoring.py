"""The order of candidates: what an index found by its words is put in order by where and how the words stand.

Works on the word codes of `bulaq.discovery.terms.codes`, so that every backend shares it. A score adds up, over the words
of the query, BM25 (Robertson and Zaragoza, 2009) of three channels (exact form, light stem, root), over the whole
document and over its headline alone; then how much of the query the headline covers, and in the query's order; how
much of it stands together in fifteen words of the body, and how early; and how near in meaning the article's
beginning is to the query (`bulaq.discovery.ranking.word_vectors`). What concerns the headline alone counts more in longer
queries, which tend to repeat one, than in short ones, which name a subject.

A word of a smaller field counts as several of the body, and for being there. A byline counts for that most where it
holds the whole query: who types a reporter's name wants the articles, who types a name that the reporter shares does
not. The weights of headline, body and channels were fitted by coordinate ascent over three kinds of query and checked
by cross-validation; those of the smaller fields, which no labelled data has, were chosen (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bulaq.discovery.query.parsing import Query, QueryWord
from bulaq.discovery.ranking.candidate_texts import Candidate, CandidateTexts, Field, Matches, Scores
from bulaq.discovery.ranking.rarity import rarity
from bulaq.discovery.ranking.word_proximity import in_order, together
from bulaq.discovery.ranking.word_vectors import WordVectors
from bulaq.discovery.terms.codes import code_of

__all__ = ["Candidate", "Frequencies", "Scores", "Statistics", "Weights", "freshened", "score"]

DEPTH: Final = 100
"""Candidates that are put in order; further ones keep the order in which the index gave them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; see the module."""

    exact: float = 0.3
    light: float = 0.5
    root: float = 1.0
    headline_exact: float = 0.3
    headline_light: float = 0.6
    headline_root: float = 0.8
    headline_coverage: float = 0.9
    headline_order: float = 0.6
    together: float = 0.45
    beginning: float = 0.1
    early: float = 0.1
    meaning: float = 0.4
    k1: float = 0.9
    b: float = 0.75
    headline_b: float = 0.3


WEIGHTS: Final = Weights()
_AS_MANY: Final = {"kicker": 2.0, "standfirst": 1.0, "topics": 3.0, "bylines": 1.0, "caption": 1.0}
"""Words of the body that a word of a smaller field counts for (the standfirst's are in the body already)."""
_FOR_BEING: Final = {"kicker": 0.8, "standfirst": 0.2, "topics": 1.0, "bylines": 0.0, "caption": 0.0}
"""What it counts beside that for being there, in rarities."""
_BYLINE: Final = 1.5  # likewise for a byline that holds the whole query
_HEADLINE_LIKE: Final = 6  # words from which on a query is likely to repeat a headline
_MOST_HEADLINE: Final = 1.3
_FRESH: Final = 0.03  # what the newest document gains, as a share of its score
_FRESH_NAMED: Final = 0.25  # likewise, when its headline says all that was asked
_FRESH_DAYS: Final = 3.0  # in which the gain falls to 1/e
_BEGINNING: Final = 50  # words of the body with which an article begins
_EARLY: Final = 80.0  # words after which a first mention counts 1/e


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


def score(
    query: Query,
    frequencies: Sequence[Frequencies],
    candidates: Sequence[Candidate],
    statistics: Statistics,
    vectors: WordVectors | None = None,
    weights: Weights = WEIGHTS,
) -> Scores:
    """The relevance of each candidate, in the candidates' order; `frequencies[i]` belongs to `query.words[i]`.
    `vectors` are what the index has learned, when it has."""
    total = np.zeros(len(candidates))
    if not candidates or not query.words:
        return total
    texts = CandidateTexts(candidates)
    words = [
        _Found.in_texts(word, each, texts, statistics.documents)
        for word, each in zip(query.words, frequencies, strict=True)
    ]
    for part in _parts(words, texts, statistics, weights):
        total += part
    if vectors is not None:
        asked = np.array([code_of(word.term) for word in query.words], dtype=np.uint32)
        begin = [np.concatenate([each.headline, each.body[:_BEGINNING]]) for each in candidates]
        rarities = np.array([word.root for word in words]).sum()
        total += weights.meaning * rarities * vectors.likeness(asked, begin)
    return total


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of the query: how rare its faces are, in documents and in headlines, and where the candidates have it."""

    light: float
    root: float
    headline_light: float
    headline_root: float
    in_headline: Matches
    in_body: Matches
    beside: dict[str, Scores]

    @classmethod
    def in_texts(
        cls, word: QueryWord, frequencies: Frequencies, texts: CandidateTexts, documents: int
    ) -> _Found:
        return cls(
            rarity(documents, frequencies.light),
            rarity(documents, frequencies.root),
            rarity(documents, frequencies.headline_light),
            rarity(documents, frequencies.headline_root),
            texts.headline.matches(word),
            texts.body.matches(word),
            texts.smaller.holding(word),
        )


def _parts(
    words: Sequence[_Found], texts: CandidateTexts, statistics: Statistics, w: Weights
) -> Iterator[Scores]:
    """All that the words of a query are worth, to be added up."""
    rarities = np.array([word.root for word in words])
    in_headline, in_body = [word.in_headline for word in words], [word.in_body for word in words]
    alone = min(_MOST_HEADLINE, len(words) / _HEADLINE_LIKE)
    channels = _Channels(texts, statistics, w, alone)
    for word in words:
        for name, held in word.beside.items():
            yield _FOR_BEING[name] * word.root * held
        yield from channels.of(word)
    yield _of_reporters([word.beside.get("bylines") for word in words], rarities, texts.count)
    yield alone * w.headline_coverage * _covered(rarities, in_headline, texts.count)
    yield alone * w.headline_order * in_order(rarities, in_headline, texts.headline)
    yield w.together * together(rarities, in_body, texts.body)
    for word in words:
        first = texts.body.first(word.in_body)
        at_once = word.in_headline.any(texts.count) | (first < _BEGINNING)
        yield np.where(at_once, w.beginning * word.root, 0.0)
        yield w.early * word.root * np.exp(-first / _EARLY)


class _Channels:
    """BM25 of a word's three faces, over the whole document and over its headline alone."""

    def __init__(self, texts: CandidateTexts, statistics: Statistics, w: Weights, alone: float) -> None:
        lengths, average = texts.headline.lengths, statistics.headline_length
        self._count = texts.count
        self._weights = w
        self._alone = alone
        self._headline_norm = _norm(lengths, average, w.k1, w.headline_b)
        self._whole_norm = _norm(lengths + texts.body.lengths, average + statistics.body_length, w.k1, w.b)

    def of(self, word: _Found) -> Iterator[Scores]:
        """What it is worth by each face: in the whole document, then in the headline."""
        w, alone, head, text = self._weights, self._alone, word.in_headline, word.in_body
        several = np.zeros(self._count)
        for name, held in word.beside.items():
            several += _AS_MANY[name] * held
        for of_headline, of_body, whole, of_alone in (
            (head.exact, text.exact, word.light * w.exact, word.headline_light * alone * w.headline_exact),
            (head.light, text.light, word.light * w.light, word.headline_light * alone * w.headline_light),
            (head.root, text.root, word.root * w.root, word.headline_root * alone * w.headline_root),
        ):
            yield whole * _saturated(of_headline + of_body + several, self._whole_norm, w.k1)
            yield of_alone * _saturated(of_headline, self._headline_norm, w.k1)


def _covered(rarities: Scores, in_headline: Sequence[Matches], count: int) -> Scores:
    """The rarities of the words of the query that a headline has."""
    total = np.zeros(count)
    for each, matches in zip(rarities, in_headline, strict=True):
        total += each * matches.any(count)
    return total


def freshened(
    scores: Scores, query: Query, candidates: Sequence[Candidate], times: Sequence[int | None], now: int
) -> Scores:
    """Scores in the order a reader of news expects: relevance first, and of two documents about as relevant the one
    of these days. A document of these days gains more where its headline says the whole query: who types a name
    that stands in today's headlines wants today's. `times` and `now` in seconds since 1970; a document without a
    time gains nothing, one of the future no more than one of now."""
    age = np.array([(now - time) / 86_400 if time is not None else np.inf for time in times])
    recent = np.exp(-np.maximum(age, 0.0) / _FRESH_DAYS)
    gain = np.full(len(scores), _FRESH)
    if query.words and candidates:
        headline = Field([candidate.headline for candidate in candidates])
        whole = np.logical_and.reduce([headline.matches(word).any(len(scores)) for word in query.words])
        gain += (_FRESH_NAMED - _FRESH) * whole
    result: Scores = scores * (1 + gain * recent)
    return result


def _norm(lengths: Scores, average: float, k1: float, b: float) -> Scores:
    relative = lengths / average if average > 0 else np.ones(len(lengths))
    norm: Scores = k1 * (1 - b + b * relative)
    return norm


def _saturated(frequency: Scores, norm: Scores, k1: float) -> Scores:
    result: Scores = frequency * (k1 + 1) / (frequency + norm)
    return result


def _of_reporters(held: Sequence[Scores | None], rarities: Scores, count: int) -> Scores:
    """What bylines are worth: the rarities of the words of the query that they hold, by the share of the query that
    these are; half of it when that is one word."""
    there = np.array([each if each is not None else np.zeros(count) for each in held])
    if not there.any():
        return np.zeros(count)
    worth: Scores = rarities @ there
    share = worth / max(float(rarities.sum()), 1e-9)
    result: Scores = _BYLINE * worth * share * np.minimum((there > 0).sum(axis=0) / 2, 1.0)
    return result
