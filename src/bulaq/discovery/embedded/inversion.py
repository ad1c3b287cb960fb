"""Words inverted: of each word, the documents that hold it, by sorting.

The words of a segment are ordered by the keys of their roots, then of their light stems. So one list serves two faces: the
documents with a light stem stand together, and those of all stems of a root follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint32]
Docs = npt.NDArray[np.uint16]
Marks = npt.NDArray[np.uint8]

TIMES: Final = 63
"""The bits of a mark that tell how often a document holds a word, 63 meaning «or more»."""
IN_HEADLINE: Final = 64
BESIDE: Final = 128
"""In a smaller field that is indexed for itself."""
IN_HEADLINE_FIELD: Final = 1
BESIDE_FIELD: Final = 2
NOT_INDEXED: Final = 3
"""The field of a word, 0 being the text."""
_DOC_BITS: Final = 16
_FIELD_BITS: Final = 2
_MARK_BITS: Final = 8


@dataclass(frozen=True, slots=True)
class Inverted:
    """`docs[light_starts[i]:light_starts[i + 1]]` hold the light stem `lights[i]`, as `marks` tell; the stems
    `root_starts[j]` up to `root_starts[j + 1]` are of the root `roots[j]`, which `root_documents[j]` documents hold."""

    roots: Keys
    root_starts: Counts
    root_documents: Counts
    lights: Keys
    light_starts: Counts
    docs: Docs
    marks: Marks


def ranked(roots: Keys, lights: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The order of some words in a segment: the rank of each, and of each rank one word that has it."""
    order = np.lexsort((lights, roots))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (roots[order[1:]] != roots[order[:-1]]) | (lights[order[1:]] != lights[order[:-1]])
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.cumsum(new) - 1
    return ranks, order[new]


def marked(
    places: npt.NDArray[np.uint64], docs: npt.NDArray[np.integer[Any]], fields: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint64]:
    """What words of texts come to, sorted: for each word of a document one number of rank, document and mark. `places` are the
    ranks of the words, and are written over."""
    places <<= np.uint64(_DOC_BITS + _FIELD_BITS)
    places |= docs.astype(np.uint64) << np.uint64(_FIELD_BITS)
    places |= fields
    places.sort()
    if not len(places):
        return places
    bits = np.array([0, IN_HEADLINE, BESIDE, 0], dtype=np.uint8)[(places & np.uint64(3)).astype(np.uint8)]
    places >>= np.uint64(_FIELD_BITS)
    firsts = np.flatnonzero(new_in(places))
    times = np.minimum(np.diff(firsts, append=len(places)), TIMES).astype(np.uint8)
    found = places[firsts] << np.uint64(_MARK_BITS)
    found |= np.bitwise_or.reduceat(bits, firsts)
    found |= times
    return found


def inverted(postings: npt.NDArray[np.uint64], roots: Keys, lights: Keys) -> Inverted:
    """The lists of sorted `postings`, as `marked` makes them; `roots` and `lights` are the keys of each rank. Words that
    no document holds are left out."""
    ranks = (postings >> np.uint64(_DOC_BITS + _MARK_BITS)).astype(np.int64)
    docs = (postings >> np.uint64(_MARK_BITS)).astype(np.uint16)
    marks = postings.astype(np.uint8)
    counts = np.bincount(ranks, minlength=len(lights))
    held = np.flatnonzero(counts)
    counts, roots, lights = counts[held], roots[held], lights[held]
    new = np.flatnonzero(new_in(roots))
    return Inverted(
        roots[new],
        np.append(new, len(roots)).astype(np.uint32),
        _documents_of_roots(counts, new, docs).astype(np.uint32),
        lights,
        np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        docs,
        marks,
    )


def _documents_of_roots(
    counts: npt.NDArray[np.int64], new: npt.NDArray[np.int64], docs: Docs
) -> npt.NDArray[np.int64]:
    """How many documents hold each root: `counts` are the lengths of the stems' lists, `new` the roots' first stems."""
    if not len(new):
        return counts
    together = np.add.reduceat(counts, new)
    several = np.diff(new, append=len(counts)) > 1  # of one stem alone, each document comes once
    of_root = np.repeat(np.arange(len(new), dtype=np.uint32), together)
    chosen = several[of_root]
    pairs = of_root[chosen].astype(np.uint64) << np.uint64(_DOC_BITS) | docs[chosen]
    pairs.sort()
    pairs = pairs[new_in(pairs)]
    held = np.bincount((pairs >> np.uint64(_DOC_BITS)).astype(np.int64), minlength=len(new))
    return np.where(several, held, together)


def lists(keys: Keys, docs: npt.NDArray[np.integer[Any]]) -> tuple[Keys, Counts, Docs]:
    """Keys, each of a document, as lists: the keys sorted, where each one's documents begin, and these."""
    order = np.lexsort((docs, keys))
    keys, docs = keys[order], docs[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    keys, docs = keys[new], docs[new]
    starts = np.flatnonzero(new_in(keys))
    return keys[starts], np.append(starts, len(keys)).astype(np.uint32), docs.astype(np.uint16)


def new_in(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which of some sorted values are other than the one before."""
    new = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def lengths_of(starts: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """How long lists are, of which it is known where each begins, and where the last one ends."""
    places = starts.astype(np.int64)
    return places[1:] - places[:-1]
