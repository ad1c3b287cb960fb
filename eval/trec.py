"""Queries, judgements and runs in the plain shapes of TREC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

Judgements = dict[str, dict[str, int]]
"""Query → document → grade."""
Run = dict[str, list[tuple[str, float]]]
"""Query → documents with their scores, best first."""


def read_queries(path: Path) -> dict[str, str]:
    """The queries of a file of `id TAB query` lines."""
    queries = {}
    for number, line in enumerate(_lines(path), 1):
        identity, tab, text = line.partition("\t")
        if not tab:
            raise ValueError(f"{path}:{number}: expected «id TAB query»")
        queries[identity] = text
    return queries


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file of `query TAB document TAB grade` lines."""
    judgements: Judgements = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            query, document, grade = line.split("\t")
            judgements.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise ValueError(f"{path}:{number}: expected «query TAB document TAB grade»") from error
    return judgements


def _lines(path: Path) -> Iterable[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield line.rstrip("\r\n")


def write_run(path: Path, run: Mapping[str, list[tuple[str, float]]], depth: int = 50) -> None:
    """A TREC run, `depth` deep: `query Q0 document rank score bulaq`."""
    with path.open("w", encoding="utf-8") as file:
        for query, documents in run.items():
            for rank, (document, score) in enumerate(documents[:depth], 1):
                file.write(f"{query} Q0 {document} {rank} {score:.6f} bulaq\n")
