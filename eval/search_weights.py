"""What some weights of the ranking are worth on queries they were not chosen on:

`python -m eval.search_weights --set docs.jsonl queries.tsv qrels.tsv --set …` (two sets at least).

For each set, the weights `WEIGHTS_TRIED` are chosen on the other sets alone (coordinate ascent over a few values, each set
counting the same, every weight that is not needed left at 0) and measured on this one, against leaving all of them
out; likewise in four folds over the queries of all sets. The score is linear in these weights, so that the candidates
of the production index are scored once for each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bulaq.discovery.embedded.answer import Answer
from bulaq.discovery.embedded.candidates import best_candidates
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search
from bulaq.discovery.ranking import scoring
from eval import metrics
from eval.search import _index_of
from eval.trec import read_judgements, read_queries

WEIGHTS_TRIED = ("beginning", "early", "meaning")
VALUES = (0.05, 0.1, 0.2, 0.3, 0.5)
FOLDS = 4
_COST = 0.00015  # of nDCG, that a unit of a weight must bring

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scored:
    """The candidates of a query: names, their score without the weights tried, what a unit of each adds, grades."""

    names: list[str]
    without: Scores
    added: Scores
    grades: Mapping[str, int]

    def ndcg(self, weights: Sequence[float]) -> float:
        """nDCG@10 with these weights."""
        order = np.argsort(-(self.without + self.added @ np.asarray(weights)), kind="stable")[:10]
        return metrics.ndcg([self.names[place] for place in order], self.grades)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.search_weights", description=__doc__)
    parser.add_argument(
        "--set", nargs=3, type=Path, action="append", required=True, metavar=("DOCS", "QUERIES", "QRELS")
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    options = parser.parse_args(arguments)
    if len(options.set) < 2:
        parser.error("two sets at least: the weights are chosen on the others")
    try:
        sets = {
            queries.name.split(".")[0]: _scored(docs, queries, qrels) for docs, queries, qrels in options.set
        }
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    report = {"left_out": _left_out(sets), "folds": _in_folds(sets)}
    if options.json:
        print(json.dumps(report))
    return 0


def _scored(docs: Path, queries: Path, qrels: Path) -> list[Scored]:
    index, names = _index_of(docs, rebuild=False)
    judgements = read_judgements(qrels)
    assert isinstance(index, EmbeddedIndex)
    generation = index.generation()
    assert generation is not None
    found = []
    for query, text in read_queries(queries).items():
        if query not in judgements:
            continue
        answer = Answer(generation, Search(text), index.analyser)
        places = [place for _, place in best_candidates(answer.matching, scoring.DEPTH)]
        if not places:
            continue
        candidates = [
            scoring.Candidate(*segment.texts(doc)) for segment, doc in map(generation.address, places)
        ]
        frequencies = [answer.lists.frequencies(word) for word in answer.query.words]
        none = replace(scoring.WEIGHTS, **dict.fromkeys(WEIGHTS_TRIED, 0.0))
        asked = (answer.query, frequencies, candidates, generation.statistics, generation.vectors)
        without = scoring.score(*asked, none)
        added = [scoring.score(*asked, replace(none, **{name: 1.0})) - without for name in WEIGHTS_TRIED]
        held = [names[int(identity)] for identity in generation.ids[places]]
        found.append(Scored(held, without, np.stack(added, axis=1), judgements[query]))
    return found


def _left_out(sets: Mapping[str, list[Scored]]) -> dict[str, object]:
    print("chosen on the other sets:")
    result: dict[str, object] = {}
    for name, scored in sets.items():
        weights = _chosen([other for key, other in sets.items() if key != name])
        result[name] = _told(name, scored, [weights] * len(scored))
    return result


def _in_folds(sets: Mapping[str, list[Scored]]) -> dict[str, object]:
    print(f"chosen on the other queries, {FOLDS} folds:")
    random = np.random.default_rng(1)
    folds = {name: random.integers(0, FOLDS, len(scored)) for name, scored in sets.items()}
    chosen = [
        _chosen(
            [
                [each for each, mine in zip(scored, folds[name], strict=True) if mine != fold]
                for name, scored in sets.items()
            ]
        )
        for fold in range(FOLDS)
    ]
    return {
        name: _told(name, scored, [chosen[fold] for fold in folds[name]]) for name, scored in sets.items()
    }


def _told(name: str, scored: Sequence[Scored], weights: Sequence[Sequence[float]]) -> dict[str, object]:
    before = [each.ndcg([0.0] * len(WEIGHTS_TRIED)) for each in scored]
    after = [each.ndcg(mine) for each, mine in zip(scored, weights, strict=True)]
    gain, p = metrics.paired_gain(after, before)
    used = sorted({tuple(mine) for mine in weights})
    print(
        f"  {name:<12} {np.mean(before):.4f} → {np.mean(after):.4f}   {gain:+.4f} (p = {p:.3f})   weights {used}"
    )
    return {"without": float(np.mean(before)), "with": float(np.mean(after)), "gain": gain, "p": p}


def _chosen(sets: Sequence[Sequence[Scored]]) -> list[float]:
    def worth(weights: Sequence[float]) -> float:
        mean = np.mean([np.mean([each.ndcg(weights) for each in scored]) for scored in sets])
        return float(mean) - _COST * sum(weights)

    weights = [0.0] * len(WEIGHTS_TRIED)
    best = worth(weights)
    for _ in range(2):
        for place in range(len(weights)):
            for value in (0.0, *VALUES):
                tried = [*weights[:place], value, *weights[place + 1 :]]
                if value != weights[place] and (now := worth(tried)) > best:
                    best, weights = now, tried
    return weights


if __name__ == "__main__":
    raise SystemExit(main())
