"""How well names are found: `python -m eval.topics --tokens anercorp.tsv.gz [--from 0.34]`.

`token TAB tag` a line (B-PER, I-PER, B-LOC, B-ORG … O), sentences parted by empty lines or not. Exact spans: precision,
recall and F1 for persons, places and organisations and over all. `--from` leaves out the beginning of the file: the
part that was looked at while the rules were written. `--archive docs.jsonl.zst` lets the finder learn the parts of names
from an archive first, as `bulaq reindex` does from a newsroom's own (no annotation is read for that).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from operator import add
from pathlib import Path

from bulaq.discovery.topics import TopicFinder
from bulaq.discovery.topics.name_parts import MOST_ARTICLES, NameParts
from bulaq.discovery.topics.name_rules import Kind
from eval.documents import read_documents

_KINDS: dict[str, Kind] = {"PER": "person", "PERS": "person", "LOC": "place", "ORG": "organisation"}
Names = set[tuple[int, int, str]]


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    options = _options(arguments)
    data = options.tokens.read_bytes()
    text = (gzip.decompress(data) if options.tokens.suffix == ".gz" else data).decode()
    lines = [line.split("\t") for line in text.split("\n")]
    finder = TopicFinder(names=_learned(options.archive) if options.archive else None)
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in dict.fromkeys(_KINDS.values())}
    for passage in _passages(lines[int(len(lines) * options.start) :]):
        text, gold = _read(passage)
        found: Names = {(*_tokens(text, *span), one.kind) for one in finder.find(text) for span in one.spans}
        for kind, numbers in counts.items():
            mine = {name for name in found if name[2] == kind}
            true = {name for name in gold if name[2] == kind}
            numbers[:] = map(add, numbers, (len(mine & true), len(mine), len(true)))
        if options.show:
            _show(text, gold, found)
    report = _reported({**counts, "all": [sum(column) for column in zip(*counts.values(), strict=True)]})
    if options.json:
        print(json.dumps(report))
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.topics", description=__doc__)
    parser.add_argument("--tokens", type=Path, required=True)
    parser.add_argument(
        "--from", dest="start", type=float, default=0.0, help="the share of the file left out"
    )
    parser.add_argument("--archive", type=Path, help="documents to learn the parts of names from")
    parser.add_argument("--show", action="store_true", help="print what was missed and what was wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    return parser.parse_args(arguments)


def _show(text: str, gold: Names, found: Names) -> None:
    for start, end, kind in sorted(found ^ gold):
        sign = "-" if (start, end, kind) in gold else "+"
        print(sign, kind, text[start:end], "|", text[max(0, start - 25) : end + 15])


def _reported(counts: Mapping[str, Sequence[int]]) -> dict[str, float]:
    report: dict[str, float] = {}
    for kind, (hits, given, right) in counts.items():
        precision, recall = hits / max(1, given), hits / max(1, right)
        report[f"{kind}_f1"] = round(2 * precision * recall / max(1e-9, precision + recall), 4)
        print(
            f"{kind:14} precision {precision:.3f} recall {recall:.3f} F1 {report[f'{kind}_f1']:.3f} ({right} names)"
        )
    return report


def _learned(archive: Path) -> NameParts:
    documents = list(read_documents(archive))[-MOST_ARTICLES:]
    names = TopicFinder.learn(f"{one.title}\n{one.text}" for one in documents)
    print(
        f"learned from {len(documents):,} articles: {len(names.parts):,} parts of names, {len(names.plain):,} plain words"
    )
    return names


def _tokens(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the clitics that the annotators' tokens hold."""
    start = text.rfind(" ", 0, start) + 1
    after = text.find(" ", end)
    return start, after if after >= 0 else len(text)


def _passages(lines: list[list[str]], size: int = 400) -> list[list[list[str]]]:
    """Pieces of about an article's length, cut at full stops."""
    passages: list[list[list[str]]] = [[]]
    for line in lines:
        if len(line) < 2:
            continue
        passages[-1].append(line)
        if line[0] == "." and len(passages[-1]) >= size:
            passages.append([])
    return [passage for passage in passages if passage]


def _read(passage: list[list[str]]) -> tuple[str, Names]:
    text = ""
    names: Names = set()
    start, kind = -1, ""
    for token, tag, *_ in passage:
        begins, _, label = tag.partition("-")
        if start >= 0 and (begins != "I" or label != kind):
            if kind in _KINDS:
                names.add((start, len(text), _KINDS[kind]))
            start = -1
        if text:
            text += " "
        if begins == "B":
            start, kind = len(text), label
        text += token
    if start >= 0 and kind in _KINDS:
        names.add((start, len(text), _KINDS[kind]))
    return text, names


if __name__ == "__main__":
    sys.exit(main())
