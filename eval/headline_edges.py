"""Learn and score where headlines end: `python -m eval.headline_edges --docs FILE [--test FILE] [--learn TABLE]`.

Headlines of the documents are put in rows of four and parted again. The weights are learned without the outlet that
they are then scored on (field `outlet`), and with `--test` on documents of a collection of its own; `--learn` writes the
table of `bulaq.intake.flat.one_line.headline_edges`, learned from all of `--docs`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.flat.one_line.headline_edges import LONGEST, Edges, features, spans_of
from eval.documents import read_documents

VOCABULARY = 3000
"""Words that get weights of their own: those most often met in headlines."""
EPOCHS, BATCH, STEP = 4, 512, 0.15
LEAST = 0.5
"""Weights nearer to nothing are left out of the table."""
SHUFFLES = 2
"""How often each headline stands in a row, beside others each time."""
ROW = 4
CUT_AT = 9


def headlines(path: Path) -> dict[str, list[str]]:
    """The headlines of the documents by outlet: Arabic, of three words to the longest."""
    found: dict[str, list[str]] = defaultdict(list)
    for document in read_documents(path):
        title = " ".join(document.title.split())
        if 3 <= len(title.split()) <= LONGEST and re.search("[\u0621-\u064a]{3}", title):
            found[str(document.fields.get("outlet", ""))].append(title)
    return dict(found)


def learn(titles: list[str], seed: int = 1) -> Edges:
    """Logistic regression by stochastic gradient descent with AdaGrad (Duchi et al., 2011) on the gaps of rows."""
    rng = random.Random(seed)
    index: dict[str, int] = {}
    seen: list[list[int]] = []
    ends: list[bool] = []
    often = Counter(fold_heading(word) for title in titles for word in title.split())
    known = {word for word, _ in often.most_common(VOCABULARY)}
    for _ in range(SHUFFLES):
        order = list(titles)
        rng.shuffle(order)
        words = [word for title in order for word in title.split()]
        last = set(np.cumsum([len(title.split()) for title in order]) - 1)
        for gap in range(len(words) - 1):
            row = [
                index.setdefault(feature, len(index))
                for feature in features(words, gap)
                if feature[:2] not in ("e=", "s=") or feature[2:] in known
            ]
            seen.append(row)
            ends.append(gap in last)
    weights, bias = _descend(seen, ends, len(index), seed)
    lengths = Counter(min(len(title.split()), LONGEST) for title in titles)
    table = {feature: round(float(weights[number]), 1) for feature, number in index.items()}
    table = {feature: weight for feature, weight in table.items() if abs(weight) >= LEAST}
    table["bias"] = round(bias, 1)
    for words_in in range(1, LONGEST + 1):
        share = (lengths[words_in] + 20) / (len(titles) + 20 * LONGEST)
        table[f"l={words_in}"] = round(math.log(share), 1)
    return Edges(table)


def _descend(seen: list[list[int]], ends: list[bool], size: int, seed: int) -> tuple[np.ndarray, float]:
    width = max(map(len, seen))
    rows = np.full((len(seen), width), size, dtype=np.int32)
    for number, row in enumerate(seen):
        rows[number, : len(row)] = row
    truth = np.array(ends, dtype=np.float64)
    weights, squares = np.zeros(size + 1), np.full(size + 1, 1e-6)
    bias, bias_squares = 0.0, 1e-6
    order, rng = np.arange(len(seen)), np.random.default_rng(seed)
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(order), BATCH):
            batch = rows[order[start : start + BATCH]]
            guess = 1 / (1 + np.exp(-(weights[batch].sum(1) + bias)))
            wrong = (guess - truth[order[start : start + BATCH]]) / len(batch)
            slope = np.bincount(batch.ravel(), np.repeat(wrong, width), minlength=size + 1)
            slope[size] = 0.0
            squares += slope**2
            weights -= STEP * slope / np.sqrt(squares)
            bias_squares += wrong.sum() ** 2
            bias -= STEP * wrong.sum() / math.sqrt(bias_squares)
    return weights, float(bias)


def score(edges: Edges, titles: list[str], cut: int | None = None, rows: int = 400) -> float:
    """F1 of the headlines that come whole out of rows of four; with `cut`, those of more words end in «…» there."""
    rng = random.Random(5)
    right = given = found = 0
    for _ in range(rows):
        row = [rng.choice(titles).split() for _ in range(ROW)]
        if cut is not None:
            row = [[*title[: cut - 1], title[cut - 1] + "…"] if len(title) > cut else title for title in row]
        words = [word for title in row for word in title]
        fixed = frozenset(place for place, word in enumerate(words[:-1], 1) if word.endswith("…"))
        spans = [
            tuple(words[span.begin : span.end])
            for span in spans_of(words, fixed=fixed, limit=cut, edges=edges)
        ]
        right += sum((Counter(spans) & Counter(map(tuple, row))).values())
        given += len(row)
        found += len(spans)
    return round(2 * right / (given + found), 3)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m eval.headline_edges", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--test", type=Path, help="documents of another collection to score on")
    parser.add_argument(
        "--learn", type=Path, metavar="TABLE", help="write the table learned from all of --docs"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    arguments = parser.parse_args()
    by_outlet = headlines(arguments.docs)
    everything = [title for titles in by_outlet.values() for title in titles]
    figures: dict[str, tuple[float, float]] = {}
    if not arguments.learn:
        for outlet, titles in by_outlet.items():
            edges = learn([title for other, them in by_outlet.items() if other != outlet for title in them])
            figures[outlet] = score(edges, titles), score(edges, titles, CUT_AT)
    edges = learn(everything)
    if arguments.test:
        foreign = [title for titles in headlines(arguments.test).values() for title in titles]
        figures[arguments.test.name] = score(edges, foreign), score(edges, foreign, CUT_AT)
    for name, (whole, cut) in figures.items():
        print(f"{name:24} headlines whole {whole:.3f}, cut at {CUT_AT} words {cut:.3f}")
    if arguments.learn:
        rows = sorted(edges.weights.items())
        arguments.learn.write_text(
            "# Learned by eval/headline_edges.py: feature, ten times its weight.\n"
            + "".join(f"{feature}\t{round(10 * weight)}\n" for feature, weight in rows),
            encoding="utf-8",
        )
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
