"""How well sections are suggested: `python -m eval.sections --docs docs.jsonl.zst`.

Documents carry `section`. The model learns from the older ones and is asked about the newest (`--share`, 20 %); or,
with `--hold-out FIELD`, learns from all values of a field but one, and is asked about that one, in turn (an outlet
whose writing it has never seen). Texts that stand in both parts are left out of the measure.

An archive may hold a text twice, filed in two sections: whatever is answered, one of the two questions is then counted as
wrong (`filed_twice`: the share of such questions). `macro_f1` and `accuracy` count so; `either_macro_f1` and
`either_accuracy` ask about each text once, and take each of the sections in which its source filed it for right.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bulaq.discovery.sections import Sample, SectionSuggester
from eval.documents import EvalDocument, read_documents

_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.sections", description=__doc__)
    parser.add_argument(
        "--docs", type=Path, required=True, help="documents with a section, .jsonl or .jsonl.zst"
    )
    parser.add_argument("--share", type=float, default=0.2, help="the share of newest documents to ask about")
    parser.add_argument(
        "--hold-out", metavar="FIELD", help="ask about each value of this field in turn instead"
    )
    parser.add_argument(
        "--source", metavar="FIELD", default="", help="a field that names where the text is from"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    options = parser.parse_args(arguments)
    try:
        documents = [
            one for one in read_documents(options.docs) if one.fields.get("section") and one.text.strip()
        ]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    documents.sort(key=lambda document: document.date or _NO_DATE)
    if options.hold_out:
        values = sorted({str(one.fields.get(options.hold_out)) for one in documents})
        splits = {
            value: (
                [one for one in documents if str(one.fields.get(options.hold_out)) != value],
                [one for one in documents if str(one.fields.get(options.hold_out)) == value],
            )
            for value in values
        }
    else:
        middle = int(len(documents) * (1 - options.share))
        splits = {"newest": (documents[:middle], documents[middle:])}
    report = {name: _measure(*split, options.source) for name, split in splits.items()}
    for name, figures in report.items():
        print(name, " ".join(f"{figure} {value}" for figure, value in figures.items()))
    if options.json:
        print(json.dumps(report.get("newest", report), ensure_ascii=False))
    return 0


def _measure(known: list[EvalDocument], asked: list[EvalDocument], source: str) -> dict[str, float]:
    texts = {one.text for one in known}
    asked = [one for one in asked if one.text not in texts]
    started = time.perf_counter()
    model = SectionSuggester.train(
        Sample(_text(one), one.fields["section"], str(one.fields.get(source, ""))) for one in known
    )
    trained = time.perf_counter() - started
    asked = [one for one in asked if one.fields["section"] in model.sections]
    started = time.perf_counter()
    answers = [model.suggest(_text(one), str(one.fields.get(source, ""))) for one in asked]
    answered = time.perf_counter() - started
    right = [one.fields["section"] for one in asked]
    first = [answer[0].section for answer in answers]
    sure = np.array([answer[0].probability for answer in answers])
    hit = np.array([a == b for a, b in zip(first, right, strict=True)])
    filed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in asked:
        filed[_filing(one, source)].add(one.fields["section"])
    once = {
        _filing(one, source): (one.fields["section"], given) for one, given in zip(asked, first, strict=True)
    }
    either = [(given if given in filed[text] else section, given) for text, (section, given) in once.items()]
    return {
        "macro_f1": round(_macro_f1(right, first), 4),
        "accuracy": round(float(hit.mean()), 4),
        "either_macro_f1": round(_macro_f1(*map(list, zip(*either, strict=True))), 4),
        "either_accuracy": round(float(np.mean([a == b for a, b in either])), 4),
        "filed_twice": round(float(np.mean([len(filed[_filing(one, source)]) > 1 for one in asked])), 4),
        "top_two": round(
            sum(one in {s.section for s in some[:2]} for one, some in zip(right, answers, strict=True))
            / len(right),
            4,
        ),
        "calibration_error": round(_calibration_error(sure, hit), 4),
        "sections": len(model.sections),
        "trained_on": len(known),
        "asked": len(asked),
        "train_seconds": round(trained, 1),
        "ms_each": round(1000 * answered / max(1, len(asked)), 2),
    }


def _filing(document: EvalDocument, source: str) -> tuple[str, str]:
    return str(document.fields.get(source, "")), document.text


def _text(document: EvalDocument) -> str:
    return f"{document.title}\n{document.text}"


def _macro_f1(right: list[str], given: list[str]) -> float:
    both = Counter(a for a, b in zip(right, given, strict=True) if a == b)
    rights, givens = Counter(right), Counter(given)
    return float(np.mean([2 * both[s] / (rights[s] + givens[s]) for s in rights]))


def _calibration_error(sure: np.ndarray, hit: np.ndarray, bins: int = 10) -> float:
    """The expected calibration error: how far the stated probability is from the share that was right."""
    places = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(sure[places == b].mean() - hit[places == b].mean()) * (places == b).mean()
            for b in set(places.tolist())
        )
    )


if __name__ == "__main__":
    sys.exit(main())
