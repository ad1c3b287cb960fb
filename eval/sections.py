"""How well sections are suggested: `python -m eval.sections --docs docs.jsonl.zst`.

Documents carry `section`. The model learns from the older ones and is asked about the newest (`--share`, 20 %); or,
with `--hold-out FIELD`, learns from all values of a field but one, and is asked about that one, in turn (an outlet
whose writing it has never seen). Texts that stand in both parts are left out of the measure.

An archive may hold a text twice, filed in two sections: whatever is answered, one of the two questions is then counted as
wrong (`filed_twice`: the share of such questions). `macro_f1` and `accuracy` count so; `either_macro_f1` and
`either_accuracy` ask about each text once, and take each of the sections in which its source filed it for right;
`best_macro_f1` and `best_accuracy` are what one would reach who knew all the sections of each text. Seconds are the processor's.
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

from bulaq.discovery.sections import Sample, SectionSuggester, Suggestion
from eval.documents import EvalDocument, read_documents

_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_Split = tuple[list[EvalDocument], list[EvalDocument]]
_Filing = tuple[str, str]
"""A source, and a text that it filed."""


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    options = _options(arguments)
    try:
        documents = [
            one for one in read_documents(options.docs) if one.fields.get("section") and one.text.strip()
        ]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    documents.sort(key=lambda document: document.date or _NO_DATE)
    splits = (
        _by_value(documents, options.hold_out) if options.hold_out else _by_time(documents, options.share)
    )
    report = {name: _measure(*split, options.source) for name, split in splits.items()}
    for name, figures in report.items():
        print(name, " ".join(f"{figure} {value}" for figure, value in figures.items()))
    if options.json:
        print(json.dumps(report.get("newest", report), ensure_ascii=False))
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
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
    return parser.parse_args(arguments)


def _by_time(documents: list[EvalDocument], share: float) -> dict[str, _Split]:
    middle = int(len(documents) * (1 - share))
    return {"newest": (documents[:middle], documents[middle:])}


def _by_value(documents: list[EvalDocument], field: str) -> dict[str, _Split]:
    splits: dict[str, _Split] = {}
    for value in sorted({str(one.fields.get(field)) for one in documents}):
        asked = [one for one in documents if str(one.fields.get(field)) == value]
        splits[value] = [one for one in documents if str(one.fields.get(field)) != value], asked
    return splits


def _measure(known: list[EvalDocument], asked: list[EvalDocument], source: str) -> dict[str, float]:
    started = time.process_time()
    model = SectionSuggester.train(
        Sample(_text(one), one.fields["section"], str(one.fields.get(source, ""))) for one in known
    )
    trained = time.process_time() - started
    texts = {one.text for one in known}
    asked = [one for one in asked if one.text not in texts and one.fields["section"] in model.sections]
    started = time.process_time()
    answers = [model.suggest(_text(one), str(one.fields.get(source, ""))) for one in asked]
    answered = time.process_time() - started
    figures = {
        **_answered(asked, answers),
        **_filed_twice([_filing(one, source) for one in asked], asked, answers),
    }
    return {name: round(value, 4) for name, value in figures.items()} | {
        "sections": len(model.sections),
        "trained_on": len(known),
        "asked": len(asked),
        "train_seconds": round(trained, 1),
        "ms_each": round(1000 * answered / max(1, len(asked)), 2),
    }


def _answered(asked: list[EvalDocument], answers: list[list[Suggestion]]) -> dict[str, float]:
    right = [one.fields["section"] for one in asked]
    first = [answer[0].section for answer in answers]
    hit = np.array([a == b for a, b in zip(first, right, strict=True)])
    in_top_two = [one in {s.section for s in some[:2]} for one, some in zip(right, answers, strict=True)]
    return {
        "macro_f1": _macro_f1(right, first),
        "accuracy": float(hit.mean()),
        "top_two": float(np.mean(in_top_two)),
        "calibration_error": _calibration_error(np.array([answer[0].probability for answer in answers]), hit),
    }


def _filed_twice(
    filings: list[_Filing], asked: list[EvalDocument], answers: list[list[Suggestion]]
) -> dict[str, float]:
    sections: dict[_Filing, list[str]] = defaultdict(list)
    given: dict[_Filing, str] = {}
    for filing, one, answer in zip(filings, asked, answers, strict=True):
        sections[filing].append(one.fields["section"])
        given[filing] = answer[0].section
    either = [(given[one] if given[one] in some else some[-1], given[one]) for one, some in sections.items()]
    sizes = Counter(one.fields["section"] for one in asked)
    best = {one: _commonest(some, sizes) for one, some in sections.items()}
    right = [one.fields["section"] for one in asked]
    return {
        "either_macro_f1": _macro_f1(*map(list, zip(*either, strict=True))),
        "either_accuracy": float(np.mean([a == b for a, b in either])),
        "filed_twice": float(np.mean([len(set(sections[filing])) > 1 for filing in filings])),
        "best_macro_f1": _macro_f1(right, [best[filing] for filing in filings]),
        "best_accuracy": float(np.mean([a == best[f] for a, f in zip(right, filings, strict=True)])),
    }


def _commonest(sections: list[str], sizes: Counter[str]) -> str:
    """The section in which a text is filed oftenest; of equal ones the narrower, which macro-F1 rewards more."""
    return max(sections, key=lambda section: (sections.count(section), -sizes[section]))


def _filing(document: EvalDocument, source: str) -> _Filing:
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
