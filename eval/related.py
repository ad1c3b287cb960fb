"""How well related articles are chosen: `python -m eval.related --docs docs.jsonl --pairs pairs.tsv`.

Uses the production index and its ranking, with «now» at the newest document; all documents stand in one edition.
`pairs.tsv` holds document id TAB document id TAB grade (0 not related, higher closer). Documents with the article's own
text (Jaccard of 8-grams ≥ `--same`, .9) are left out, as the judges did. A box in production leaves out near-duplicates
from .5 on, of the article and of each other; here they stay, for the judges graded them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.duplicates.shingles import overlap, shingles
from bulaq.discovery.related import RelatedFinder, RelatedIndex
from eval import metrics
from eval.documents import EvalDocument, read_documents
from eval.trec import Judgements, Run, read_judgements, write_run

DEPTH = 50
_EDITION = 1
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.related", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="documents, .jsonl or .jsonl.zst")
    parser.add_argument("--pairs", type=Path, required=True, help="document TAB document TAB grade")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--run", type=Path, help="write a TREC run here, 50 deep")
    parser.add_argument(
        "--against", type=Path, help="a TREC run to compare with: paired bootstrap of nDCG@10"
    )
    parser.add_argument("--threshold", type=float, default=0.0, help="leave out what scores less")
    parser.add_argument(
        "--same", type=float, default=0.9, help="Jaccard from which a text is the article's own"
    )
    options = parser.parse_args(arguments)
    try:
        judgements = read_judgements(options.pairs)
        documents = {document.id: document for document in read_documents(options.docs)}
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    run, times, built = _answers(documents, judgements, options)
    report, values = _report(run, judgements)
    report |= {
        "documents": len(documents),
        "indexed_per_second": round(len(documents) / built, 1),
        "median_ms": round(statistics.median(times), 2) if times else 0.0,
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 2) if times else 0.0,
    }
    for name, value in report.items():
        spread = "[{:.3f}, {:.3f}]".format(*metrics.interval(values[name])) if name in values else ""
        print(f"{name:20} {value:>10} {spread}")
    if options.against:
        before = [metrics.ndcg(_read_run(options.against).get(seed, []), judgements[seed]) for seed in run]
        gain, chance = metrics.paired_gain(values["ndcg@10"], before)
        print(f"ndcg@10 {gain:+.4f} over {options.against} (p = {chance:.4f})")
    if options.run:
        write_run(options.run, run, DEPTH)
    if options.json:
        print(json.dumps(report))
    return 0


def _answers(
    documents: dict[str, EvalDocument], judgements: Judgements, options: argparse.Namespace
) -> tuple[Run, list[float], float]:
    order = sorted(documents.values(), key=lambda document: document.date or _NO_DATE)
    names = [document.id for document in order]
    index = RelatedIndex()
    started = time.perf_counter()
    filed = [_document(number, document) for number, document in enumerate(order)]
    index.put(filed)
    built = time.perf_counter() - started
    finder = RelatedFinder(index)
    numbers = {name: number for number, name in enumerate(names)}
    run: Run = {}
    times = []
    now = max((document.date for document in order if document.date), default=None)
    for seed in judgements:
        if seed not in numbers:
            run[seed] = []
            continue
        article = filed[numbers[seed]]
        started = time.perf_counter()
        found = finder.related(
            article, edition=_EDITION, limit=3 * DEPTH, now=now, threshold=options.threshold
        )
        times.append((time.perf_counter() - started) * 1000)
        own = shingles(article.body)
        found = [one for one in found if overlap(own, shingles(filed[one.id].body)).jaccard < options.same]
        run[seed] = [(names[one.id], one.score) for one in found[:DEPTH]]
    return run, times, built


def _document(number: int, document: EvalDocument) -> Document:
    return Document(
        id=number,
        headline=document.title,
        body=document.text,
        placements=(Placement(edition=_EDITION, published_at=document.date or _NO_DATE),),
    )


def _report(run: Run, judgements: Judgements) -> tuple[dict[str, Any], dict[str, list[float]]]:
    ranked = {seed: [name for name, _ in found] for seed, found in run.items()}
    pairs = [(ranked[seed], judgements[seed]) for seed in ranked]
    values = {
        "ndcg@10": [metrics.ndcg(names, grades) for names, grades in pairs],
        "p@5": [metrics.precision(names, grades, 5) for names, grades in pairs],
        "mrr@10": [metrics.reciprocal_rank(names, grades) for names, grades in pairs],
        "recall@20": [metrics.recall(names, grades) for names, grades in pairs],
    }
    report: dict[str, Any] = {name: round(statistics.fmean(some), 4) for name, some in values.items() if some}
    judged = [sum(name in grades for name in names[:10]) / 10 for names, grades in pairs]
    report["judged@10"] = round(statistics.fmean(judged), 4) if judged else 0.0
    report["seeds"] = len(pairs)
    report["empty"] = sum(not names for names, _ in pairs)
    return report, values


def _read_run(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, document, *_ = line.split()
        found.setdefault(query, []).append(document)
    return found


if __name__ == "__main__":
    sys.exit(main())
