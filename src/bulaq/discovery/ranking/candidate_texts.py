"""The texts of all candidates of a query, each field in one array, and where in them a word of the query stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.query.parsing import QueryWord
from bulaq.discovery.terms.codes import EXACT, LIGHT, ROOT, Codes, code_of, light_code
from bulaq.discovery.terms.smaller_fields import ORDER, fields_in

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

LONGEST: Final = 2000
"""Words of a body that are looked at, so that a book among the articles does not slow down a search."""
_OTHER_FORM: Final = 0.5  # what a word of the same root counts for in a smaller field


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that the index offers: the codes of headline, body (standfirst first) and the smaller fields (as
    `bulaq.discovery.terms.smaller_fields` parts them)."""

    headline: Codes
    body: Codes
    extra: Codes


@dataclass(frozen=True, slots=True)
class Matches:
    """Where a word stands in one field of all candidates (and what each place counts, at most 1), and how often in
    each, by channel."""

    places: Places
    owners: Places
    worth: Scores
    exact: Scores
    light: Scores
    root: Scores

    def any(self, count: int) -> npt.NDArray[np.bool_]:
        """Which of so many candidates have it."""
        return np.bincount(self.owners, minlength=count) > 0


class Field:
    """One field of all candidates in one array."""

    def __init__(self, texts: Sequence[Codes]) -> None:
        self.count = len(texts)
        lengths = np.array([len(text) for text in texts])
        self.lengths: Scores = lengths.astype(np.float64)
        self.codes = np.concatenate(texts)
        self.owner: Places = np.repeat(np.arange(self.count), lengths)
        self.starts: Places = np.cumsum(lengths) - lengths

    @cached_property
    def _roots(self) -> Codes:
        return self.codes & np.uint32(ROOT)

    @cached_property
    def _lights(self) -> Codes:
        return self.codes & np.uint32(LIGHT)

    def matches(self, word: QueryWord) -> Matches:
        """Where a word stands, in any of its forms and variants."""
        code = code_of(word.term)
        of_root = self._roots == np.uint32(code & ROOT)
        for left_out in {light_code(stem) for stem in word.unrelated} - {code & LIGHT}:
            of_root &= self._lights != np.uint32(left_out)
        places = np.flatnonzero(of_root)
        found = self.codes[places]
        light = (found & np.uint32(LIGHT) == np.uint32(code & LIGHT)).astype(np.float64)
        exact = (found & np.uint32(EXACT) == np.uint32(code)).astype(np.float64)
        forms = [(places, exact, light, np.ones(len(places)))]
        for variant, trust in word.variants:
            places = np.flatnonzero(self._lights == np.uint32(variant.code & LIGHT))
            weight = np.full(len(places), trust)
            forms.append((places, weight * _is_respelt(word.term.light, variant.light), weight, weight))
        places, exact, light, root = map(np.concatenate, zip(*forms, strict=True))
        if word.variants:
            order = np.argsort(places, kind="stable")
            places, exact, light, root = places[order], exact[order], light[order], root[order]
        owners = self.owner[places]
        worth = np.maximum(light, _OTHER_FORM * root)
        counts = [self._counted(owners, weights) for weights in (exact, light, root)]
        return Matches(places, owners, worth, *counts)

    def _counted(self, owners: Places, weights: Scores) -> Scores:
        return np.bincount(owners, weights, self.count).astype(np.float64)

    def first(self, matches: Matches) -> Scores:
        """How many words stand before the first match in each text; infinite where there is none."""
        found = np.full(self.count, np.inf)
        # Of several values for one place the last is kept, so: from the end.
        found[matches.owners[::-1]] = matches.places[::-1] - self.starts[matches.owners[::-1]]
        return found


def _is_respelt(light: str, variant: str) -> bool:
    """Whether a variant is the word in another spelling; with or without a clitic it is another form."""
    return not light.endswith(variant) and not variant.endswith(light)


class SmallerFields(Field):
    """The smaller fields of all candidates."""

    def __init__(self, texts: Sequence[Codes]) -> None:
        super().__init__(texts)
        self._fields = fields_in(self.codes, self.owner)

    def holding(self, word: QueryWord) -> dict[str, Scores]:
        """The fields that hold a word, and how surely in each candidate, 0 to 1."""
        if not len(self.codes):
            return {}
        matches = self.matches(word)
        fields = self._fields[matches.places]
        found = {}
        for number in np.unique(fields).tolist():
            here = fields == number
            held = np.zeros(self.count)
            np.maximum.at(held, matches.owners[here], matches.worth[here])
            found[ORDER[number]] = held
        return found


class CandidateTexts:
    """The fields of all candidates."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.count = len(candidates)
        self.headline = Field([candidate.headline for candidate in candidates])
        self.body = Field([candidate.body[:LONGEST] for candidate in candidates])
        self.smaller = SmallerFields([candidate.extra for candidate in candidates])
