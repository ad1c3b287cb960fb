"""How rare a word is, and what follows from that for choosing candidates; every engine asks here."""

from __future__ import annotations

import math
from typing import Final

COMMON: Final = 10_000
"""Documents from which on a word's own list takes longer to read than most of what it would propose is worth."""
_TELLING: Final = 0.1
"""The share of all documents up to which a common word still tells them apart."""


def rarity(documents: int, holding: int) -> float:
    """The inverse document frequency of a word that `holding` of `documents` documents have, in nats and never negative
    (BM25's: Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, with one added under the logarithm).

    `holding` may exceed `documents`, as counts of an index that is being written do; the word is then as common as can be.
    """
    return math.log(1 + (max(documents, holding) - holding + 0.5) / (holding + 0.5))


def is_common(holding: int) -> bool:
    """Whether so many documents have a word that it proposes only those with it in the headline, or in a smaller field."""
    return holding > COMMON


def is_telling(documents: int, holding: int) -> bool:
    """Whether what a common word adds to the worth of documents that other words propose helps to choose among them
    (the ranking counts every word)."""
    return holding <= _TELLING * documents
