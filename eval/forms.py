"""Whether two spellings of one query have the same answers: `python -m eval.forms --docs docs.jsonl.zst`.

For each kind of difference (`eval.query_forms`), how much of the first ten answers the two spellings have in common, in
order of relevance: 1 all, 0 none. Where more documents are equally good than ten («ترامب», «ترمب»), a low figure is no
fault by itself; `found` is the smaller of the two numbers of matching documents, as a share of the larger.

`--slips N` asks instead N queries of two words drawn from the headlines, right and with a slip of the hand (`eval.slips`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from bulaq.discovery.index import Search, Sort
from eval.documents import read_documents
from eval.query_forms import PAIRS
from eval.search import _index_of
from eval.slips import with_slips

DEPTH = 10


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.forms", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="documents, .jsonl or .jsonl.zst")
    parser.add_argument("--slips", type=int, default=0, help="so many queries of the archive, with a slip")
    parser.add_argument("--show", type=int, default=0, help="print so many of the worst pairs")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    options = parser.parse_args(arguments)
    try:
        index, _ = _index_of(options.docs, rebuild=False)
        headlines = (document.title for document in read_documents(options.docs))
        pairs = tuple(with_slips(headlines, options.slips)) if options.slips else PAIRS
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    overlaps: dict[str, list[float]] = defaultdict(list)
    shares: dict[str, list[float]] = defaultdict(list)
    worst: list[tuple[float, str, str]] = []
    for kind, one_way, other_way in pairs:
        answers = [
            index.search(Search(query, limit=DEPTH, sort=Sort.RELEVANCE)) for query in (one_way, other_way)
        ]
        one, other = ({hit.id for hit in answer.hits} for answer in answers)
        overlap = len(one & other) / max(1, len(one), len(other))
        less, more = sorted(answer.total for answer in answers)
        overlaps[kind].append(overlap)
        shares[kind].append(less / more if more else 1.0)
        worst.append((overlap, one_way, other_way))
    report = {
        kind: {
            "pairs": len(each),
            "overlap@10": round(statistics.fmean(each), 3),
            "found": round(statistics.fmean(shares[kind]), 3),
        }
        for kind, each in overlaps.items()
    }
    report["all"] = {
        "pairs": len(worst),
        "overlap@10": round(statistics.fmean(overlap for overlap, _, _ in worst), 3),
        "found": round(statistics.fmean(share for each in shares.values() for share in each), 3),
    }
    for kind, figures in report.items():
        print(f"{kind:30}", " ".join(f"{name} {value}" for name, value in figures.items()))
    for overlap, one_way, another in sorted(worst)[: options.show]:
        print(f"{overlap:.1f}  {one_way}  |  {another}")
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
