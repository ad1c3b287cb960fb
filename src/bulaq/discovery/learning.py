"""What a search learns from the index itself: the variants of its words, and which words there are.

Learned after a rebuild and from time to time by the worker, kept beside the index, used by every query. An index
without it works, only less forgivingly.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic import variants
from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.stemming import name_skeleton, root_of
from bulaq.discovery.codes import LIGHT, Codes, code_of

MOST_TEXTS: Final = 100_000
"""The newest documents from which contexts are learned; more would hardly change what is learned."""
_MOST_WORDS: Final = 400_000
_GUESS_TRUST: Final = (1.0, 0.6, 0.4)  # by edits
_MOST_GUESSES: Final = 3


@dataclass(frozen=True)
class Learned:
    """The learned table of variants, and the light stems of the index with the documents that hold each."""

    variants: variants.Table = field(default_factory=dict)
    vocabulary: dict[str, int] = field(default_factory=dict)

    def __call__(self, term: Term) -> tuple[tuple[str, float], ...]:
        """What else a word of a query may be: its learned variants; of a word that nobody wrote, the nearest words
        that somebody did."""
        known = self.variants.get(term.light, ())
        if known or not self.vocabulary or term.light in self.vocabulary or term.stop:
            return known
        return self.guesses(term)

    def guesses(self, term: Term) -> tuple[tuple[str, float], ...]:
        """The words nearest to one that is not in the index: by one edit, two in words of five letters and more; or
        the two that were written without a space between them."""
        light = term.light
        if len(light) < 3 or light[0].isdigit():
            return ()
        most = 1 if len(light) < 5 else 2
        skeleton = name_skeleton(light)
        found = []
        for word, edits in self._lexicon.near(light, most):
            same = name_skeleton(word) == skeleton
            found.append((edits - 0.5 * same, -self.vocabulary[word], word, edits))
        found.sort()
        if found:
            best = found[0][0]
            return tuple(
                (word, _GUESS_TRUST[edits])
                for value, _, word, edits in found[:_MOST_GUESSES]
                if value < best + 1
            )
        return self._parted(term.exact)

    def _parted(self, word: str) -> tuple[tuple[str, float], ...]:
        analyser = Analyser()
        best: tuple[int, tuple[str, str]] | None = None
        for place in range(3, len(word) - 2):
            first, second = analyser.term(word[:place]).light, analyser.term(word[place:]).light
            value = min(self.vocabulary.get(first, 0), self.vocabulary.get(second, 0))
            if value and (best is None or value > best[0]):
                best = value, (first, second)
        return tuple((light, 0.6) for light in best[1]) if best else ()

    @cached_property
    def _lexicon(self) -> _Lexicon:
        return _Lexicon(list(self.vocabulary))

    def to_json(self) -> str:
        """As text; `from_json` reads it."""
        return json.dumps({"variants": self.variants, "vocabulary": self.vocabulary}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Learned:
        """What was written with `to_json`; of «{}», nothing learned."""
        data = json.loads(text)
        table = {
            word: tuple((other, trust) for other, trust in others)
            for word, others in data.get("variants", {}).items()
        }
        return cls(table, data.get("vocabulary", {}))

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step."""
        new = path.with_suffix(".new")
        new.write_text(self.to_json(), encoding="utf-8")
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> Learned:
        """What was saved; nothing learned when there is no such file."""
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()


def learn(vocabulary: Mapping[str, int], texts: Iterable[Codes]) -> Learned:
    """Learn from document frequencies of light stems, and from the codes of texts."""
    common = sorted(vocabulary.items(), key=lambda item: (-item[1], item[0]))[:_MOST_WORDS]
    words = dict(common)
    pairs = variants.spelling_candidates(words) + variants.short_clitic_candidates(words)
    codes = {word: _light_code(word) for word in {word for pair in pairs for word in pair}}
    likeness = variants.context_likeness(pairs, (text & np.uint32(LIGHT) for text in texts), codes)
    return Learned(variants.table_of(variants.learn_clitics(words), likeness), words)


def _light_code(light: str) -> int:
    return code_of(Term(light, light, root_of(light), False)) & LIGHT


class _Lexicon:
    """Words, of which those that share most letters with another are found at once."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.letters = np.array([_letters(word) for word in words], dtype=np.uint64)
        self.lengths = np.array([len(word) for word in words])

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """The words within so many edits, with their number."""
        differing: npt.NDArray[np.uint64] = self.letters ^ np.uint64(_letters(word))
        close = np.abs(self.lengths - len(word)) <= edits
        close &= np.bitwise_count(differing) <= 2 * edits
        words = [self.words[place] for place in np.flatnonzero(close)]
        return [each for each in zip(words, distances(word, words), strict=True) if each[1] <= edits]


def _letters(word: str) -> int:
    """A bit for each letter that the word has."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def distances(word: str, others: Sequence[str]) -> list[int]:
    """Edits (insertion, deletion, substitution, exchange of neighbours) between a word and each of the others:
    Damerau's restricted distance, its table filled for all of them at once."""
    if not others:
        return []
    lengths = np.array([len(other) for other in others])
    width = max(1, int(lengths.max()))
    letters = np.array(others, dtype=f"<U{width}").view(np.uint32).reshape(len(others), width).T
    row = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], len(others), axis=1)
    before = row
    for i, letter in enumerate(map(ord, word), 1):
        last, row, before_last = row, np.empty_like(row), before
        row[0] = i
        cost = (letters != letter).astype(np.int16)
        for j in range(1, width + 1):
            value = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + cost[j - 1])
            if i > 1 and j > 1:
                exchanged = (letters[j - 2] == letter) & (letters[j - 1] == ord(word[i - 2]))
                value = np.where(exchanged, np.minimum(value, before_last[j - 2] + 1), value)
            row[j] = value
        before = last
    result: list[int] = row[lengths, np.arange(len(others))].tolist()
    return result
