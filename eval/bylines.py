"""Score the byline grammar: `python -m eval.bylines --gold FILE [--json] [--errors N]`.

The gold file holds one JSON object a line: raw, place, people[], agency[], source (`.zst` too). A byline is exact
when place, people and agencies are all as labelled. Beside the plain score stands one that does not ask in which of
the two lists a name stands (`names`): labels made by rule put an outlet or a second agency among the people; and one
(`mended`) on labels put right where they can be shown to be wrong (see `exact_mended`). The two halves are made by a
hash of the text: errors are looked at in one (`--errors` shows half a alone), the other tells whether it helped.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from bulaq.intake.bylines.agencies import is_agency
from bulaq.intake.bylines.grammar import Byline, parse_byline


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


FIELDS = ("exact", "names", "mended", "place", "people", "agency")


def exact_mended(gold: dict[str, Any], found: Byline) -> bool:
    """Whether the byline is exact once the labels are put right where they can be shown to be wrong: names that
    the lexicon of agencies knows stand among the agencies, two names joined by «و» are two, marks around a name go."""
    people: list[str] = []
    agencies: list[str] = []
    for name in [*gold["people"], *gold["agency"]]:
        for part in _parts(_bare(name), found):
            for one in re.split(r"\s+[-–ـ]\s+", part):
                (agencies if is_agency(_bare(one)) else people).append(_bare(one))
    wanted = (sorted(people), sorted(agencies))
    return (gold["place"] or None) == found.place and wanted == (
        sorted(map(_bare, found.people)),
        sorted(map(_bare, found.agencies)),
    )


def _bare(name: str) -> str:
    name = re.sub(r"^خاص (?:ب|ل)ـ*\s*(?=[«\"])", "", name)
    return " ".join(re.sub(r"[«»\"{}“”*]", " ", name).split())


def _parts(name: str, found: Byline) -> list[str]:
    """The name, or the two or three that «و» joins, when those were found."""
    pieces = re.split(r"\s+و\s?(?=\S)", name)
    return pieces if len(pieces) > 1 and all(piece in found.people for piece in pieces) else [name]


def score(path: Path, errors: int = 0) -> dict[str, float]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    halves: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    for gold in rows(path):
        found = parse_byline(gold["raw"])
        half = "half a" if zlib.crc32(gold["raw"].encode()) % 2 else "half b"
        marks = {
            "n": 1,
            "exact": exact(gold, found),
            "names": exact_names(gold, found),
            "mended": exact(gold, found) or exact_mended(gold, found),
            "place": (gold["place"] or None) == found.place,
            "people": list(gold["people"]) == list(found.people),
            "agency": list(gold["agency"]) == list(found.agencies),
        }
        counts[str(gold.get("source", "all"))].update(marks)
        halves[half].update(marks)
        if half == "half a" and not marks["mended"] and shown < errors:
            shown += 1
            print(
                f"{gold.get('source')}: {gold['raw']!r}\n   gold  {gold['place']} | {gold['people']} | {gold['agency']}"
            )
            print(f"   found {found.place} | {list(found.people)} | {list(found.agencies)}")
    total = sum(counts.values(), Counter[str]())
    print(f"{'source':14} {'n':>6} " + " ".join(f"{field:>7}" for field in FIELDS))
    for name, count in [*sorted(counts.items()), *sorted(halves.items()), ("all", total)]:
        cells = " ".join(f"{count[field] / count['n']:7.3f}" for field in FIELDS)
        print(f"{name:14} {count['n']:6} {cells}")
    result: dict[str, float] = {field: round(total[field] / total["n"], 4) for field in FIELDS}
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
