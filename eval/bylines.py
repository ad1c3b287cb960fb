"""Score the byline grammar: `python -m eval.bylines --gold FILE [--json] [--errors N]`.

The gold file holds one JSON object a line: raw, place, people[], agency[], source (`.zst` too). A byline is exact
when place, people and agencies are all as labelled. Beside the plain score stands one that does not ask in which of
the two lists a name stands (`names`): labels made by rule put an outlet or a second agency among the people.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from bulaq.intake.bylines import Byline, parse_byline


def rows(path: Path) -> Iterator[dict[str, Any]]:
    opened = (
        zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8")
    )
    with opened as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def exact(gold: dict[str, Any], found: Byline) -> bool:
    return (
        (gold["place"] or None) == found.place
        and list(gold["people"]) == list(found.people)
        and list(gold["agency"]) == list(found.agencies)
    )


def exact_names(gold: dict[str, Any], found: Byline) -> bool:
    def key(name: str) -> str:
        return name.strip(' «»"{}“”*')

    labelled = sorted(key(name) for name in [*gold["people"], *gold["agency"]])
    return (gold["place"] or None) == found.place and labelled == sorted(
        key(name) for name in [*found.people, *found.agencies]
    )


def score(path: Path, errors: int = 0) -> dict[str, float]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    for gold in rows(path):
        found = parse_byline(gold["raw"])
        count = counts[str(gold.get("source", "all"))]
        count["n"] += 1
        count["exact"] += exact(gold, found)
        count["names"] += exact_names(gold, found)
        count["place"] += (gold["place"] or None) == found.place
        count["people"] += list(gold["people"]) == list(found.people)
        count["agency"] += list(gold["agency"]) == list(found.agencies)
        if not exact(gold, found) and shown < errors:
            shown += 1
            print(
                f"{gold.get('source')}: {gold['raw']!r}\n   gold  {gold['place']} | {gold['people']} | {gold['agency']}"
            )
            print(f"   found {found.place} | {list(found.people)} | {list(found.agencies)}")
    total = sum(counts.values(), Counter[str]())
    print(f"{'source':14} {'n':>6} {'exact':>7} {'names':>7} {'place':>7} {'people':>7} {'agency':>7}")
    for name, count in [*sorted(counts.items()), ("all", total)]:
        cells = " ".join(
            f"{count[field] / count['n']:7.3f}" for field in ("exact", "names", "place", "people", "agency")
        )
        print(f"{name:14} {count['n']:6} {cells}")
    result = {
        field: round(total[field] / total["n"], 4)
        for field in ("exact", "names", "place", "people", "agency")
    }
    result["n"] = total["n"]
    result["exact_worst_source"] = round(min(count["exact"] / count["n"] for count in counts.values()), 4)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m eval.bylines", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N that differ")
    arguments = parser.parse_args()
    result = score(arguments.gold, arguments.errors)
    if arguments.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
