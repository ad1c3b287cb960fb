"""How well the site search finds: `python -m eval.search --docs docs.jsonl --queries queries.tsv --qrels qrels.tsv`.

Uses the production index and its default order, with «now» at the newest document. Shapes: see `eval.trec` and
`eval.documents`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.commits import LAYOUT
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search, SearchIndex, Sort
from eval import metrics
from eval.documents import EvalDocument, read_documents
from eval.trec import Run, read_judgements, read_queries, write_run

DEPTH = 50


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.search", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="documents, .jsonl or .jsonl.zst")
    parser.add_argument("--queries", type=Path, required=True, help="id TAB query")
    parser.add_argument("--qrels", type=Path, required=True, help="query TAB document TAB grade")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--run", type=Path, help="write a TREC run here, 50 deep")
    parser.add_argument("--sort", choices=[sort.value for sort in Sort], default=Sort.DEFAULT.value)
    parser.add_argument(
        "--rebuild", action="store_true", help="do not use the cached index of these documents"
    )
    options = parser.parse_args(arguments)
    try:
        queries, judgements = read_queries(options.queries), read_judgements(options.qrels)
        index, names = _index_of(options.docs, rebuild=options.rebuild)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    run, times = _answers(index, names, queries, Sort(options.sort))
    report, values = _report(run, judgements)
    report |= {"documents": len(names), "median_ms": statistics.median(times), "p95_ms": _p95(times)}
    _print_table(report, values)
    if options.run:
        write_run(options.run, run, DEPTH)
    if options.json:
        print(json.dumps(report))
    return 0


def _index_of(path: Path, *, rebuild: bool) -> tuple[SearchIndex, list[str]]:
    """The index of a file of documents, kept in the temporary folder as long as nothing changes that makes it."""
    status = path.stat()
    made_by = f"{status.st_size} {status.st_mtime_ns} {Analyser.VERSION} {LAYOUT} {_code_stamp()}"
    of_file, of_making = (
        hashlib.sha256(each.encode()).hexdigest()[:12] for each in (str(path.resolve()), made_by)
    )
    cache = Path(tempfile.gettempdir()) / f"bulaq-eval-{os.getuid()}"
    folder = cache / f"{of_file}-{of_making}"
    for outdated in cache.glob(f"{of_file}-*"):
        if outdated != folder:
            shutil.rmtree(outdated, ignore_errors=True)
    index = EmbeddedIndex(folder)
    names_file = folder / "names.json"
    if not rebuild and names_file.exists() and index.count():
        return index, json.loads(names_file.read_text())
    names: list[str] = []
    started = time.perf_counter()
    with index.rebuild() as writer:
        for number, document in enumerate(read_documents(path)):
            names.append(document.id)
            writer.put([_document(number, document)])
        writer.commit(str(len(names)))
    seconds = time.perf_counter() - started
    print(
        f"indexed {len(names):,} documents in {seconds:.1f} s, {len(names) / seconds:,.0f} a second",
        file=sys.stderr,
    )
    names_file.write_text(json.dumps(names))
    return index, names


def _code_stamp() -> str:
    """Tells whether the code that makes an index has changed."""
    source = Path(__file__).resolve().parents[1] / "src" / "bulaq"
    digest = hashlib.sha256()
    for folder in ("arabic", "discovery"):
        for file in sorted((source / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _document(number: int, document: EvalDocument) -> Document:
    return Document(
        id=number,
        headline=document.title,
        body=document.text,
        placements=(Placement(edition=1, published_at=document.date),),
    )


def _answers(
    index: SearchIndex, names: list[str], queries: dict[str, str], sort: Sort
) -> tuple[Run, list[float]]:
    index.search(Search("قراءة"))  # opens the index
    run: Run = {}
    times = []
    for identity, text in queries.items():
        started = time.perf_counter()
        results = index.search(Search(text, limit=DEPTH, sort=sort))
        times.append((time.perf_counter() - started) * 1000)
        run[identity] = [(names[hit.id], hit.score) for hit in results.hits]
    return run, times


def _report(
    run: Run, judgements: dict[str, dict[str, int]]
) -> tuple[dict[str, float], dict[str, list[float]]]:
    values: dict[str, list[float]] = {"ndcg@10": [], "mrr@10": [], "recall@20": []}
    for query, ranked in run.items():
        if query in judgements:
            documents = [document for document, _ in ranked]
            values["ndcg@10"].append(metrics.ndcg(documents, judgements[query]))
            values["mrr@10"].append(metrics.reciprocal_rank(documents, judgements[query]))
            values["recall@20"].append(metrics.recall(documents, judgements[query]))
    report: dict[str, float] = {
        "queries": len(values["ndcg@10"]),
        "empty": sum(not ranked for ranked in run.values()),
    }
    for name, each in values.items():
        report[name] = statistics.fmean(each) if each else 0.0
    return report, values


def _p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))] if times else 0.0


def _print_table(report: dict[str, float], values: dict[str, list[float]]) -> None:
    print(f"{report['queries']:.0f} queries over {report['documents']:,.0f} documents")
    for name, each in values.items():
        low, high = metrics.interval(each)
        print(f"  {name:<10} {report[name]:.4f}   95 % interval {low:.4f} to {high:.4f}")
    print(f"  {'empty':<10} {report['empty']:.0f}")
    print(f"  {'time':<10} median {report['median_ms']:.1f} ms, p95 {report['p95_ms']:.1f} ms")


if __name__ == "__main__":
    raise SystemExit(main())
