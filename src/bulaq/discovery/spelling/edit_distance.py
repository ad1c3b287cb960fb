"""Edits between a word and many others, all of them at once: insertion, deletion, substitution, exchange of neighbours
(Damerau's restricted distance), in UTF-16 letters.

Bit-parallel (Hyyrö, 2003, «A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances»): a column of the
table of distances is a few integers, which say where it rises and falls from one letter of the word to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

LONGEST: Final = 64
"""Letters of the word that are compared, as many as an integer has bits; no word of a text is longer."""

Letters = npt.NDArray[np.uint16]
_Bits = npt.NDArray[np.uint64]


def letters_of(word: str) -> Letters:
    """A word's letters, in UTF-16."""
    return np.frombuffer(word.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint16)


def distances(word: str, others: Sequence[str]) -> list[int]:
    """The edits between a word and each of the others."""
    found: list[int] = distances_of(
        letters_of(word), [letters_of(other)[None, :] for other in others]
    ).tolist()
    return found


def distances_of(word: Letters, groups: Sequence[Letters]) -> npt.NDArray[np.int16]:
    """The edits between a word and each row of letters, of which a group has one length, in their order."""
    of_group = np.array([group.shape for group in groups], dtype=np.int64).reshape(-1, 2)
    lengths = np.repeat(of_group[:, 1], of_group[:, 0])
    columns = np.zeros((of_group[:, 1].max(initial=0), len(lengths)), dtype=np.uint16)
    at = 0
    for group in groups:
        columns[: group.shape[1], at : at + len(group)] = group.T
        at += len(group)
    return _counted(word, columns, lengths)


def _counted(word: Letters, columns: Letters, lengths: npt.NDArray[np.int_]) -> npt.NDArray[np.int16]:
    """The edits between a word and each column, of which only the first letters count, so many."""
    word = word[:LONGEST]
    away = np.full(len(lengths), len(word), dtype=np.int16)
    if not len(word):
        return lengths.astype(np.int16)
    one = np.uint64(1)
    last = one << np.uint64(len(word) - 1)
    here = _places(word).take(columns)
    rises = np.full(len(lengths), ~np.uint64(0))
    falls = np.zeros(len(lengths), dtype=np.uint64)
    equal = np.zeros_like(falls)
    before = np.zeros_like(falls)
    for number, same in enumerate(here):
        exchanged = ((~equal & same) << one) & before
        equal = (((same & rises) + rises) ^ rises) | same | falls | exchanged
        more, less = falls | ~(equal | rises), equal & rises
        step = ((more & last) != 0).astype(np.int16) - ((less & last) != 0)
        away += np.where(number < lengths, step, 0)
        more = (more << one) | one
        rises, falls = (less << one) | ~(equal | more), more & equal
        before = same
    return away


def _places(word: Letters) -> _Bits:
    """For each letter there is, the bits of its places in the word."""
    places = np.zeros(1 << 16, dtype=np.uint64)
    for place, letter in enumerate(word.tolist()):
        places[letter] |= np.uint64(1 << place)
    return places
