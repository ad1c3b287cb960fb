"""The order of candidates: what an index found by its words is put in order by where and how the words stand.

Works on the word codes of `bulaq.discovery.codes`, so that every backend shares it. A score adds up, over the words
of the query, BM25 (Robertson and Zaragoza, 2009) of three channels (exact form, light stem, root), over the whole
document and over its headline alone; then how much of the query the headline covers, and in the query's order; how
much of it stands together in fifteen words of the body, and how early; and how near in meaning the article's
beginning is to the query (`bulaq.discovery.word_vectors`). What concerns the headline alone counts more in longer
queries, which tend to repeat one, than in short ones, which name a subject.

A word of a smaller field counts as several of the body, and for being there. A byline counts for that most where it
holds the whole query: who types a reporter's name wants the articles, who types a name that the reporter shares does
not. The weights of headline, body and channels were fitted by coordinate ascent over three kinds of query and checked
by cross-validation; those of the smaller fields, which no labelled data has, were chosen (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.codes import EXACT, LIGHT, ROOT, Codes, code_of
from bulaq.discovery.query import Query, QueryWord
from bulaq.discovery.smaller_fields import ORDER, fields_in
from bulaq.discovery.word_vectors import WordVectors

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
_WINDOW: Final = 15  # words that stand «together»
_NEAR: Final = 8  # words within which a pair still counts half
_OTHER_FORM: Final = 0.5  # what a word of the same root counts for in a smaller field
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that the index offers: the codes of headline, body (standfirst first) and the smaller fields (as
    `bulaq.discovery.smaller_fields` parts them)."""

    headline: Codes
    body: Codes
    extra: Codes


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
    count = len(candidates)
    total = np.zeros(count)
    if not count or not query.words:
        return total
    headline = _Field([candidate.headline for candidate in candidates])
    body = _Field([candidate.body[:LONGEST] for candidate in candidates])
    smaller = _Smaller([candidate.extra for candidate in candidates])
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
    bylines = []
    rarities = zip(query.words, idf_light, idf_root.tolist(), head_light, head_root, strict=True)
    for word, light, root, light_alone, root_alone in rarities:
        head, text = headline.matches(word), body.matches(word)
        in_headline.append(head)
        in_body.append(text)
        beside = smaller.holding(word)
        bylines.append(beside.get("bylines"))
        several = np.zeros(count)
        for name, held in beside.items():
            several += _AS_MANY[name] * held
            total += _FOR_BEING[name] * root * held
        channels = (
            (head.exact, text.exact, light * w.exact, light_alone * alone * w.headline_exact),
            (head.light, text.light, light * w.light, light_alone * alone * w.headline_light),
            (head.root, text.root, root * w.root, root_alone * alone * w.headline_root),
        )
        for of_headline, of_body, whole, of_alone in channels:
            total += whole * _saturated(of_headline + of_body + several, whole_norm, w.k1)
            total += of_alone * _saturated(of_headline, headline_norm, w.k1)
    total += _of_reporters(bylines, idf_root, count)
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
    for rarity, head, text in zip(idf_root.tolist(), in_headline, in_body, strict=True):
        first = body.first(text)
        total += w.beginning * rarity * (head.any(count) | (first < _BEGINNING))
        total += w.early * rarity * np.exp(-first / _EARLY)
    if vectors is not None:
        asked = np.array([code_of(word.term) for word in query.words], dtype=np.uint32)
        beginnings = [
            np.concatenate([candidate.headline, candidate.body[:_BEGINNING]]) for candidate in candidates
        ]
        total += w.meaning * idf_root.sum() * vectors.likeness(asked, beginnings)
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
        headline = _Field([candidate.headline for candidate in candidates])
        whole = np.logical_and.reduce([headline.matches(word).any(len(scores)) for word in query.words])
        gain += (_FRESH_NAMED - _FRESH) * whole
    result: Scores = scores * (1 + gain * recent)
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


def _of_reporters(held: Sequence[Scores | None], idf: Scores, count: int) -> Scores:
    """What bylines are worth: the rarities of the words of the query that they hold, by the share of the query that
    these are; half of it when that is one word."""
    there = np.array([each if each is not None else np.zeros(count) for each in held])
    if not there.any():
        return np.zeros(count)
    rarity: Scores = idf @ there
    share = rarity / max(float(idf.sum()), 1e-9)
    result: Scores = _BYLINE * rarity * share * np.minimum((there > 0).sum(axis=0) / 2, 1.0)
    return result


@dataclass(frozen=True, slots=True)
class _Matches:
    """Where a word stands in one field of all candidates (and what each place counts, at most 1), and how often in
    each, by channel."""

    places: Places
    owners: Places
    worth: Scores
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
        self.starts: Places = np.cumsum(lengths) - lengths

    def matches(self, word: QueryWord) -> _Matches:
        code = code_of(word.term)
        same_root = self.codes & np.uint32(ROOT) == np.uint32(code & ROOT)
        places = np.flatnonzero(same_root)
        found = self.codes[places]
        owners = self.owner[places]
        light_weight = (found & np.uint32(LIGHT) == np.uint32(code & LIGHT)).astype(np.float64)
        exact_weight = (found & np.uint32(EXACT) == np.uint32(code)).astype(np.float64)
        root_weight = np.ones(len(places))
        for variant, trust in word.variants:
            of_variant = np.flatnonzero(self.codes & np.uint32(LIGHT) == np.uint32(variant.code & LIGHT))
            places = np.concatenate([places, of_variant])
            owners = np.concatenate([owners, self.owner[of_variant]])
            weight = np.full(len(of_variant), trust)
            light_weight = np.concatenate([light_weight, weight])
            root_weight = np.concatenate([root_weight, weight])
            respelt = not word.term.light.endswith(variant.light) and not variant.light.endswith(
                word.term.light
            )
            exact_weight = np.concatenate([exact_weight, respelt * weight])  # a clitic is another form
        if word.variants:
            order = np.argsort(places, kind="stable")
            places, owners = places[order], owners[order]
            light_weight, root_weight = light_weight[order], root_weight[order]
            exact_weight = exact_weight[order]
        return _Matches(
            places,
            owners,
            np.maximum(light_weight, _OTHER_FORM * root_weight),
            self._counted(owners, exact_weight),
            self._counted(owners, light_weight),
            self._counted(owners, root_weight),
        )

    def first(self, matches: _Matches) -> Scores:
        """How many words stand before the first match in each text; infinite where there is none."""
        found = np.full(self.count, np.inf)
        # Of several values for one place the last is kept, so: from the end.
        found[matches.owners[::-1]] = matches.places[::-1] - self.starts[matches.owners[::-1]]
        return found

    def _counted(self, owners: Places, weights: Scores | None = None) -> Scores:
        return np.bincount(owners, weights, self.count).astype(np.float64)


class _Smaller(_Field):
    """The smaller fields of all candidates."""

    def __init__(self, texts: Sequence[Codes]) -> None:
        super().__init__(texts)
        self.fields = fields_in(self.codes, self.owner)

    def holding(self, word: QueryWord) -> dict[str, Scores]:
        """The fields that hold a word, and how surely in each candidate, 0 to 1."""
        if not len(self.codes):
            return {}
        matches = self.matches(word)
        fields = self.fields[matches.places]
        found = {}
        for number in np.unique(fields).tolist():
            here = fields == number
            held = np.zeros(self.count)
            np.maximum.at(held, matches.owners[here], matches.worth[here])
            found[ORDER[number]] = held
        return found


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
