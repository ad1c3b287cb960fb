"""How the words of a query stand to each other in a field of its candidates: in the query's order, and close together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from bulaq.discovery.ranking.candidate_texts import Field, Matches, Scores

_FOLLOWING: Final = 2  # words within which a second word follows a first
_NEAR: Final = 8  # words within which a pair still counts half
_WINDOW: Final = 15  # words that stand «together»


def in_order(rarities: Scores, matches: Sequence[Matches], field: Field) -> Scores:
    """For each pair of neighbours in the query: their mean weight where they follow each other within two words,
    half of it where they stand within eight, in any order."""
    total = np.zeros(field.count)
    for index in range(len(matches) - 1):
        first, second = matches[index], matches[index + 1]
        if not first.places.size or not second.places.size:
            continue
        distance = second.places[None, :] - first.places[:, None]
        same = second.owners[None, :] == first.owners[:, None]
        follows = (distance >= 1) & (distance <= _FOLLOWING)
        weight = np.where(follows, 1.0, np.where(np.abs(distance) <= _NEAR, 0.5, 0.0)) * same
        best = np.zeros(field.count)
        np.maximum.at(best, first.owners, weight.max(axis=1))
        total += (rarities[index] + rarities[index + 1]) / 2 * best
    return total


def together(rarities: Scores, matches: Sequence[Matches], field: Field) -> Scores:
    """The weight of the words of the query that the best window of the field holds."""
    best = np.zeros(field.count)
    present = [
        (weight, each) for weight, each in zip(rarities.tolist(), matches, strict=True) if each.places.size
    ]
    for _, starts in present:
        held = np.zeros(len(starts.places))
        for weight, other in present:
            following = np.searchsorted(other.places, starts.places)
            inside = following < len(other.places)
            nearest = other.places[np.minimum(following, len(other.places) - 1)]
            inside &= (nearest - starts.places < _WINDOW) & (field.owner[nearest] == starts.owners)
            held += weight * inside
        np.maximum.at(best, starts.owners, held)
    return best
