"""What words mean to an archive, as vectors: words that stand among the same words point the same way.

Learned from the archive itself at the end of a rebuild, nothing foreign: positive pointwise mutual information of
words and the frequent words within five places (Church and Hanks, 1990; contexts smoothed by a power of .75, Levy,
Goldberg and Dagan, 2015), reduced to `WIDTH` dimensions by the eigenvectors of its Gram matrix. Time and memory have
a ceiling whatever the size of the archive: some five seconds of a processor and 300 MB.

The ranking asks how near the beginning of an article is to the query as a whole («هبوط» is near «تراجع»). An archive too
small to teach this (`LEAST_WORDS`) has no vectors.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Analyser
from bulaq.arabic.stop_words import STOP_WORDS
from bulaq.discovery.terms.codes import LIGHT, Codes, code_of

WIDTH: Final = 64
LEAST_WORDS: Final = 300_000
"""Words of text under which contexts are too few to tell anything."""
MOST_TEXTS: Final = 40_000
"""Texts (headlines and bodies, the newest first) that are learned from."""
BEGINNING: Final = 150
"""Words of a text that are learned from: news says first what it is about."""
_MOST_WORDS: Final = 16_384
_CONTEXTS: Final = 1_024
_RAREST: Final = 5  # occurrences of a word that has a vector
_REACH: Final = 5
_SMOOTHED: Final = 0.75

Vectors = npt.NDArray[np.float32]


@dataclass
class Beginnings:
    """The beginnings of the first texts of a stream that goes on to others."""

    kept: list[Codes] = field(default_factory=list)

    def passing(self, texts: Iterable[Codes]) -> Iterator[Codes]:
        """The texts, unchanged."""
        for text in texts:
            if len(self.kept) < MOST_TEXTS:
                self.kept.append(text[:BEGINNING].copy())
            yield text


@dataclass(frozen=True)
class WordVectors:
    """`codes` of light stems, sorted; of each, a row of length one times its rarity."""

    codes: Codes
    rows: Vectors

    def likeness(self, query: Codes, texts: Sequence[Codes]) -> npt.NDArray[np.float64]:
        """The cosine of the words of a query, taken together, and those of each text: 1 the same, 0 nothing in
        common or nothing known."""
        wanted = self._sums([query])[0]
        found: npt.NDArray[np.float64] = (self._sums(texts) @ wanted).astype(np.float64)
        return found

    def _sums(self, texts: Sequence[Codes]) -> Vectors:
        """The sums of the vectors of each text's words, of length one."""
        sums = np.zeros((len(texts), WIDTH), dtype=np.float32)
        if not texts or not len(self.codes):
            return sums
        lights = np.concatenate(texts) & np.uint32(LIGHT)
        places = self.codes.searchsorted(lights)
        known = self.codes.take(places, mode="clip") == lights
        upto = np.concatenate(([0], np.cumsum(known)))[np.cumsum([0, *map(len, texts)])]
        rows = self.rows.take(places[known], axis=0)
        some = np.flatnonzero(np.diff(upto))
        if some.size:
            sums[some] = np.add.reduceat(rows, upto[some], axis=0)
        sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return sums

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step."""
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            np.savez(file, codes=self.codes, rows=self.rows.astype(np.float16))
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> WordVectors | None:
        """What was saved; None when there is no such file."""
        try:
            with np.load(path, allow_pickle=False) as data:
                return cls(data["codes"], data["rows"].astype(np.float32))
        except FileNotFoundError:
            return None


def learn_vectors(beginnings: Beginnings) -> WordVectors | None:
    """The vectors of the words that are frequent enough, or None of a small archive."""
    gap = np.zeros(_REACH, dtype=np.uint32)  # so that no context reaches from one text into the next
    parts: list[Codes] = [gap]
    for text in beginnings.kept:
        parts += (text, gap)
    stream = np.concatenate(parts) & np.uint32(LIGHT)
    stream = stream[~np.isin(stream, _stop_codes())]
    known, which, times = np.unique(stream, return_inverse=True, return_counts=True)
    times[known == 0] = 0
    if times.sum() < LEAST_WORDS:
        return None
    often = np.argsort(-times, kind="stable")[:_MOST_WORDS]
    often = often[times[often] >= _RAREST]
    number = np.full(len(known), -1, dtype=np.int64)
    number[often] = np.arange(len(often))
    rows = _reduced(_counts(number[which], len(often)))
    rows *= np.log1p(len(beginnings.kept) / 2 / (1 + times[often]))[:, None].astype(np.float32)
    order = np.argsort(known[often])
    return WordVectors(known[often][order], rows[order])


def _stop_codes() -> Codes:
    analyser = Analyser()
    return np.array([code_of(analyser.term(word)) & LIGHT for word in STOP_WORDS], dtype=np.uint32)


def _counts(numbers: npt.NDArray[np.int64], words: int) -> Vectors:
    """How often each word stands near each of the most frequent ones."""
    contexts = min(_CONTEXTS, words)
    counts = np.zeros(words * contexts, dtype=np.float32)
    for step in range(1, _REACH + 1):
        for word, near in ((numbers[:-step], numbers[step:]), (numbers[step:], numbers[:-step])):
            both = (word >= 0) & (near >= 0) & (near < contexts)
            counts += np.bincount(word[both] * contexts + near[both], minlength=len(counts))
    return counts.reshape(words, contexts)


def _reduced(counts: Vectors) -> Vectors:
    """Vectors of length one."""
    of_contexts = counts.sum(axis=0, dtype=np.float64) ** _SMOOTHED
    expected = counts.sum(axis=1, keepdims=True) * (of_contexts / of_contexts.sum()).astype(np.float32)
    information = np.log(np.maximum(counts, 1e-9) / np.maximum(expected, 1e-9))
    np.maximum(information, 0.0, out=information)
    values, directions = np.linalg.eigh(information.T @ information)
    values, directions = values[::-1][:WIDTH], directions[:, ::-1][:, :WIDTH]
    rows = information @ directions / np.maximum(values, 1e-9) ** 0.25
    rows = np.pad(rows, ((0, 0), (0, WIDTH - rows.shape[1])))
    result: Vectors = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return result
