"""The order of candidates: what an index found by its words is put in order by where and how the words stand.

Works on the word codes of `bulaq.discovery.codes`, so that every backend shares it. For each word of the query three
channels are scored with BM25 (Robertson and Zaragoza, 2009): the exact form, the light stem and the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.codes import EXACT, LIGHT, ROOT, Codes, code_of
from bulaq.discovery.query import Query

Scores = npt.NDArray[np.float64]

DEPTH: Final = 200
"""Candidates that are put in order; further ones keep the order in which the index gave them."""

_CHANNELS: Final = ((EXACT, 0.3), (LIGHT, 1.0), (ROOT, 0.5))
_K1: Final = 1.2
_BODY_B: Final = 0.75
_HEADLINE_B: Final = 0.3
_HEADLINE: Final = 1.0
_EXTRA: Final = 0.5


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the ranking must know of the whole index. Lengths in words."""

    documents: int
    headline_length: float
    body_length: float


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many documents a query word's exact form, light stem and root stand."""

    exact: int
    light: int
    root: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that the index offers: the codes of headline, body (standfirst first) and the smaller fields."""

    headline: Codes
    body: Codes
    extra: Codes


def score(
    query: Query, frequencies: Sequence[Frequencies], candidates: Sequence[Candidate], statistics: Statistics
) -> Scores:
    """The relevance of each candidate, in the candidates' order; `frequencies[i]` belongs to `query.words[i]`."""
    count = len(candidates)
    total = np.zeros(count)
    if not count or not query.words:
        return total
    fields = (
        (_Field([c.headline for c in candidates], statistics.headline_length, _HEADLINE_B), _HEADLINE),
        (_Field([c.body for c in candidates], statistics.body_length, _BODY_B), 1.0),
        (_Field([c.extra for c in candidates], 0.0, 0.0), _EXTRA),
    )
    for word, frequency in zip(query.words, frequencies, strict=True):
        code = code_of(word.term)
        for (mask, weight), found in zip(
            _CHANNELS, (frequency.exact, frequency.light, frequency.root), strict=True
        ):
            idf = np.log(1 + (statistics.documents - found + 0.5) / (found + 0.5))
            for field, field_weight in fields:
                total += weight * field_weight * idf * field.saturated(code, mask)
    return total


class _Field:
    """One field of all candidates in one array."""

    def __init__(self, texts: Sequence[Codes], average: float, b: float) -> None:
        lengths = np.array([len(text) for text in texts])
        self.count = len(texts)
        self.codes = np.concatenate(texts)
        self.owner = np.repeat(np.arange(self.count), lengths)
        relative = lengths / average if average > 0 else np.ones(self.count)
        self.norm = _K1 * (1 - b + b * relative)

    def saturated(self, code: int, mask: int) -> Scores:
        hits = self.owner[(self.codes & np.uint32(mask)) == np.uint32(code & mask)]
        frequency = np.bincount(hits, minlength=self.count).astype(np.float64)
        result: Scores = frequency * (_K1 + 1) / (frequency + self.norm)
        return result
