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
from bulaq.discovery.spelling.meant_words import Costs, Guesses, Meant, MeantWords
from bulaq.discovery.spelling.vocabulary import Vocabulary
from bulaq.discovery.spelling.written_forms import Counting, WrittenForms
from bulaq.discovery.terms.codes import LIGHT, Codes, light_code

logger = logging.getLogger(__name__)

DAMAGED: Final = (ValueError, LookupError, TypeError, AttributeError, EOFError, OSError, BadZipFile)
"""What reading a file raises that a crash or a disk has spoilt."""
MOST_TEXTS: Final = 100_000
"""The newest documents from which contexts are learned; more would hardly change what is learned."""
_MOST_WORDS: Final = 400_000
_MOST_GUESSED: Final = 10_000  # misspelt words whose guesses are kept


@dataclass(frozen=True)
class Learned:
    """The learned table of variants, and the light stems of the index with the documents that hold each; `forms` are the
    words of headlines as written, with their headlines; `written` are those of the newest texts."""

    variants: variants.Table = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    forms: Vocabulary = field(default_factory=Vocabulary)
    written: WrittenForms = field(default_factory=WrittenForms)
    _meant: dict[Term, Meant] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, term: Term) -> tuple[tuple[str, float], ...]:
        """What else a word of a query may be: its learned variants, and what `guesses` says."""
        return self.variants.get(term.light, ()) + self.guesses(term)

    def guesses(self, term: Term) -> Guesses:
        """What was meant by a word that the index does not hold, or hardly (`bulaq.discovery.spelling.meant_words`)."""
        return self._meant_by(term).guesses

    def possible(self, term: Term) -> Costs:
        """All that may have been meant, likely or not (`bulaq.discovery.spelling.company` chooses)."""
        return self._meant_by(term).possible

    def _meant_by(self, term: Term) -> Meant:
        found = self._meant.get(term)
        if found is None:
            found = MeantWords(self.vocabulary, self.forms, self.variants, self.written).meant(term)
            if len(self._meant) < _MOST_GUESSED:
                self._meant[term] = found
        return found

    def to_json(self) -> str:
        """As text; `from_json` reads it."""
        return json.dumps(
            {
                "variants": self.variants,
                "vocabulary": dict(self.vocabulary),
                "forms": dict(self.forms),
                "written": self.written.to_text(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Learned:
        """What was written with `to_json`; of «{}», nothing learned."""
        data = json.loads(text)
        table = {
            word: tuple((other, trust) for other, trust in others)
            for word, others in data.get("variants", {}).items()
        }
        return cls(
            table,
            Vocabulary(data.get("vocabulary", {})),
            Vocabulary(data.get("forms", {})),
            WrittenForms.from_text(data.get("written", "")),
        )

    def save(self, path: Path) -> None:
        """Write the file, replacing the one before in one step; the tables of words stand in three beside it."""
        self.vocabulary.save(path.with_suffix(".vocabulary"))
        self.forms.save(path.with_suffix(".forms"))
        self.written.save(path.with_suffix(".written"))
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"variants": self.variants}, ensure_ascii=False), encoding="utf-8")
        os.replace(new, path)

    @classmethod
    def load(cls, path: Path) -> Learned:
        """What was saved; nothing learned when there is no such file, or it is damaged: it is learned again."""
        try:
            table = cls.from_json(path.read_text(encoding="utf-8")).variants
            forms, written = path.with_suffix(".forms"), path.with_suffix(".written")
            return cls(
                table,
                Vocabulary.load(path.with_suffix(".vocabulary")),
                Vocabulary.load(forms) if forms.exists() else Vocabulary(),
                WrittenForms.load(written) if written.exists() else WrittenForms(),
            )
        except FileNotFoundError:
            return cls()
        except DAMAGED as error:
            logger.warning("%s: what was learned cannot be read and is left out: %s", path, error)
            return cls()


def learn(vocabulary: Mapping[str, int], texts: Iterable[Codes], forms: Mapping[str, int]) -> Learned:
    """Learn from document frequencies of light stems, from the codes of texts, and from the words of headlines."""
    common = sorted(vocabulary.items(), key=lambda item: (-item[1], item[0]))[:_MOST_WORDS]
    words = dict(common)
    pairs = variants.spelling_candidates(words) + variants.short_clitic_candidates(words)
    codes = {word: light_code(word) for word in {word for pair in pairs for word in pair}}
    counting = Counting()
    lights = (text & np.uint32(LIGHT) for text in counting.passing(texts))
    likeness = variants.context_likeness(pairs, lights, codes)
    for _ in lights:
        pass  # of few words none were asked for, but all are counted
    table = variants.table_of(variants.learn_clitics(words), likeness, words)
    return Learned(table, Vocabulary(words), Vocabulary(forms), counting.counted())
