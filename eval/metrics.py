"""Measures of a ranking, and how sure they are.

nDCG: gain 2^grade − 1, discount log2(rank + 1), ideal cut at the same depth, unjudged documents count as 0
(Järvelin and Kekäläinen, 2002; Burges et al., 2005).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """nDCG at `depth` of documents in the order given; 0 when nothing relevant is known."""
    gains = [2.0 ** max(grades.get(document, 0), 0) - 1 for document in ranked[:depth]]
    ideal = sorted((2.0 ** max(grade, 0) - 1 for grade in grades.values()), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / float(np.log2(rank + 1)) for rank, gain in enumerate(gains, 1))


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """1 / the rank of the first relevant document (grade above 0), 0 when it is not among the first `depth`."""
    for rank, document in enumerate(ranked[:depth], 1):
        if grades.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 20) -> float:
    """The share of the relevant documents that stand among the first `depth`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def precision(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """The share of relevant documents among the first `depth` places."""
    return sum(grades.get(document, 0) > 0 for document in ranked[:depth]) / depth


def interval(values: Sequence[float], rounds: int = 2000, seed: int = 1) -> tuple[float, float]:
    """The bootstrap 95 % interval of the mean (percentiles of resampled queries)."""
    if not values:
        return 0.0, 0.0
    means = _resampled_means(np.asarray(values, dtype=np.float64), rounds, seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def paired_gain(after: Sequence[float], before: Sequence[float], rounds: int = 10_000) -> tuple[float, float]:
    """The mean gain over the same queries, and the share of bootstrap samples in which there is none (one-sided p)."""
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    means = _resampled_means(differences, rounds, 1)
    return float(differences.mean()), float((means <= 0).mean())


def _resampled_means(values: npt.NDArray[np.float64], rounds: int, seed: int) -> npt.NDArray[np.float64]:
    random = np.random.default_rng(seed)
    return np.array([values[random.integers(0, len(values), len(values))].mean() for _ in range(rounds)])
