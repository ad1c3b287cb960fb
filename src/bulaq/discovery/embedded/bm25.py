"""BM25, the weight of a word in a document (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009), for
arrays of documents: norms and saturation. How rare the word is says `bulaq.discovery.ranking.rarity`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

_K1: Final = np.float32(1.2)
_B: Final = 0.75

Weights = npt.NDArray[np.float32]


def norms(lengths: npt.NDArray[Any]) -> Weights:
    """What BM25 sets against the times that a word stands in a field, for fields of these numbers of words."""
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    return np.asarray(_K1 * (np.float32(1 - _B) + np.float32(_B / mean) * lengths), dtype=np.float32)


def saturated(times: Weights | float, norm: Weights) -> Weights:
    """What it counts that a word stands so often in fields of these norms: more each time, by less and less."""
    return np.asarray((_K1 + 1) * times / (times + norm), dtype=np.float32)
