"""What a search learns from the index itself: the variants of its words, and which words there are.

Learned after a rebuild and from time to time by the worker, kept beside the index, used by every query. An index
without it works, only less forgivingly.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from bulaq.arabic import variants
from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import name_skeleton, root_of
from bulaq.discovery.codes import LIGHT, Codes, code_of
from bulaq.discovery.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

DAMAGED: Final = (ValueError, LookupError, TypeError, AttributeError, EOFError, OSError, BadZipFile)
"""What reading a file raises that a crash or a disk has spoilt."""
MOST_TEXTS: Final = 100_000
"""The newest documents from which contexts are learned; more would hardly change what is learned."""
_MOST_WORDS: Final = 400_000
_GUESS_TRUST: Final = (1.0, 0.6, 0.4)  # by edits
_MOST_GUESSES: Final = 3
_MOST_GUESSED: Final = 10_000  # misspelt words whose guesses are kept


@dataclass(frozen=True)
class Learned:
    """The learned table of variants, and the light stems of the index with the documents that hold each."""

    variants: variants.Table = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    _guessed: dict[Term, tuple[tuple[str, float], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __call__(self, term: Term) -> tuple[tuple[str, float], ...]:
        """What else a word of a query may be: its learned variants; of a word that nobody wrote, the nearest words
        that somebody did."""
        known = self.variants.get(term.light, ())
        if known or not self.vocabulary or term.light in self.vocabulary or term.stop:
            return known
        return self.guesses(term)

    def guesses(self, term: Term) -> tuple[tuple[str, float], ...]:
        """The words nearest to one that is not in the index: by one edit, two in words of five letters and more."""
        if len(term.light) < 3 or len(term.light) > 32 or term.light[0].isdigit():
            return ()
        known = self._guessed.get(term)
        if known is None:
            known = self._guess(term)
            if len(self._guessed) < _MOST_GUESSED:
                self._guessed[term] = known
        return known

    def _guess(self, term: Term) -> tuple[tuple[str, float], ...]:
        light = term.light
        most = 1 if len(light) < 5 else 2
        skeleton = name_skeleton(light)
        found = []
        for word, edits, documents in self.vocabulary.near(light, most):
            same = name_skeleton(word) == skeleton
            found.append((edits - 0.5 * same, -documents, word, edits))
        found.sort()
        if found:
            best = found[0][0]
            return tuple(
                (word, _GUESS_TRUST[edits])
                for value, _, word, edits in found[:_MOST_GUESSES]
                if value < best + 1
            )
        return ()

    def to_json(self) -> str:
        """As text; `from_json` reads it."""
        return json.dumps(
            {"variants": self.variants, "vocabulary": dict(self.vocabulary)}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str) -> Learned:
        """What was written with `to_json`; of «{}», nothing learned."""
        data = json.loads(text)
        table = {
            word: tuple((other, trust) for other, trust in others)
            for word, others in data.get("variants", {}).items()
        }
        return cls(table, Vocabulary(data.get("vocabulary", {})))

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step; the vocabulary stands in one beside it."""
        self.vocabulary.save(path.with_suffix(".vocabulary"))
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"variants": self.variants}, ensure_ascii=False), encoding="utf-8")
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> Learned:
        """What was saved; nothing learned when there is no such file, or it is damaged: it is learned again."""
        try:
            table = cls.from_json(path.read_text(encoding="utf-8")).variants
            return cls(table, Vocabulary.load(path.with_suffix(".vocabulary")))
        except FileNotFoundError:
            return cls()
        except DAMAGED as error:
            logger.warning("%s: what was learned cannot be read and is left out: %s", path, error)
            return cls()


def learn(vocabulary: Mapping[str, int], texts: Iterable[Codes]) -> Learned:
    """Learn from document frequencies of light stems, and from the codes of texts."""
    common = sorted(vocabulary.items(), key=lambda item: (-item[1], item[0]))[:_MOST_WORDS]
    words = dict(common)
    pairs = variants.spelling_candidates(words) + variants.short_clitic_candidates(words)
    codes = {word: _light_code(word) for word in {word for pair in pairs for word in pair}}
    likeness = variants.context_likeness(pairs, (text & np.uint32(LIGHT) for text in texts), codes)
    return Learned(variants.table_of(variants.learn_clitics(words), likeness), Vocabulary(words))


def _light_code(light: str) -> int:
    return code_of(Term(light, light, root_of(light), False)) & LIGHT
