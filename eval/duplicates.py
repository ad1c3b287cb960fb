"""How many of the near-duplicates are found, and how many of those found are near-duplicates.

    python -m eval.duplicates --docs docs.jsonl.zst --pairs pairs.tsv [--threshold 0.5] [--json]

`pairs.tsv` names its columns in its first line: a, b, containment, jaccard (of word 8-grams). Every document is added
to the production index and looked up in it. **Recall**: of the listed pairs at or above the threshold, how many are
found. **Precision**: of the pairs found, how many have that Jaccard when it is counted again, from the whole texts and
without the index's hashing. Two more figures say what the list can tell of precision: `listed`, of the pairs found
whose documents both stand in the list, how many the list has at the threshold; `listed_distinctive`, the same when
8-grams that stand in more than `--widespread` documents count for nothing, which is how the shared list was made.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bulaq.arabic.normalise import for_matching
from bulaq.discovery.duplicates import DuplicateIndex
from eval.documents import read_documents

_WORD = re.compile(r"\w+")


def grams_of(text: str) -> set[int]:
    """The word 8-grams of a text, counted as plainly as can be: this is what the index is checked against."""
    words = _WORD.findall(for_matching(text))
    return {hash(tuple(words[k : k + 8])) for k in range(len(words) - 7)}


def measure(docs: Path, pairs: Path, threshold: float, widespread: int) -> dict[str, Any]:
    texts = {document.id: document.text for document in read_documents(docs)}
    listed = _read_pairs(pairs)
    index = DuplicateIndex()
    start = time.perf_counter()
    index.add_many(texts.items())
    added = time.perf_counter()
    found: dict[tuple[str, str], float] = {}
    for identifier, text in texts.items():
        for duplicate in index.find(text, exclude=identifier, jaccard=threshold, containment=2.0):
            found[_pair(identifier, str(duplicate.id))] = duplicate.jaccard
    looked_up = time.perf_counter()
    counts: Counter[int] = Counter()
    grams = {identifier: grams_of(text) for identifier, text in texts.items()}
    for some in grams.values():
        counts.update(some)
    true = {pair for pair in found if _jaccard(grams, pair) >= threshold}
    wanted = {pair for pair, jaccard in listed.items() if jaccard >= threshold and set(pair) <= texts.keys()}
    named = {identifier for pair in listed for identifier in pair}
    judged = {pair for pair in found if named.issuperset(pair)}
    distinctive = {pair for pair in judged if _jaccard(grams, pair, counts, widespread) >= threshold}
    return {
        "documents": len(texts),
        "wanted": len(wanted),
        "found": len(found),
        "recall": len(wanted & found.keys()) / max(1, len(wanted)),
        "precision": len(true) / max(1, len(found)),
        "listed": len(judged & wanted) / max(1, len(judged)),
        "listed_distinctive": len(distinctive & wanted) / max(1, len(distinctive)),
        "added_per_second": len(texts) / (added - start),
        "looked_up_per_second": len(texts) / (looked_up - added),
    }


def _jaccard(
    grams: dict[str, set[int]], pair: tuple[str, str], counts: Counter[int] | None = None, most: int = 0
) -> float:
    one, other = grams[pair[0]], grams[pair[1]]
    shared = one & other
    number = len(shared) if counts is None else sum(counts[gram] <= most for gram in shared)
    return number / max(1, len(one) + len(other) - number)


def _read_pairs(path: Path) -> dict[tuple[str, str], float]:
    with path.open(encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")
        a, b, jaccard = names.index("a"), names.index("b"), names.index("jaccard")
        rows = (line.rstrip("\n").split("\t") for line in lines if line.strip())
        return {_pair(row[a], row[b]): float(row[jaccard]) for row in rows}


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.duplicates", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--docs", type=Path, required=True, help="documents, one JSON object a line (.zst too)"
    )
    parser.add_argument(
        "--pairs", type=Path, required=True, help="pairs with their overlap, tab-separated, columns named"
    )
    parser.add_argument(
        "--threshold", type=float, default=0.5, help="Jaccard of 8-grams that makes a near-duplicate"
    )
    parser.add_argument("--widespread", type=int, default=12, help="see above")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    chosen = parser.parse_args()
    result = measure(chosen.docs, chosen.pairs, chosen.threshold, chosen.widespread)
    for name, value in result.items():
        print(f"{name:22} {value:>12,}" if isinstance(value, int) else f"{name:22} {value:>12,.4f}")
    if chosen.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
