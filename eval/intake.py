"""Scores the reader of HTML pages on labelled pages: `python -m eval.intake --gold gold.json --pages DIR [--json]`.

`--mutate` reads each page again after each harmless change of `eval.mutations` and counts what is lost by it: of the
fields that were right before and that the page still shows.

`gold.json` is {page id: fields}: `headline`, `date` (day), `datetime`?, `authors`, `section`?, `caption`?, `dateline`?,
`body` (paragraphs), `boxes` ({name: titles that must not stand in the body}), `file`? (relative to DIR or beside it;
else `<page id>.html`). A field that a page's gold does not have is not scored on that page; null and [] are scored.

What is counted: `body_f1` over word 4-grams (multisets, macro over pages); `exact`: the same paragraphs in the same
order after white space is folded; `headline` exact; `date` the same day; `authors` the same people in any order;
box links: the headlines of the gold's `boxes` against those in our boxes and editor's links, F1 macro over pages (a box
that the gold leaves out costs precision); `box_titles`: how many titles of boxes stand as a block in the body; `ready`: headline, date, authors and body right.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bulaq.intake.html import read_page
from eval.kept_fields import score_mutations
from eval.page_scores import PageScore, find_file, score_page, show_differences, totals


def table(scores: Sequence[PageScore], sums: dict[str, float | int | str]) -> str:
    columns = ("headline", "date", "authors", "section", "caption", "dateline", "image")
    sign = {True: "yes", False: "NO", None: "-"}
    lines = [
        f"{'page':32} {'body':>6} {'exact':>6} "
        + " ".join(f"{name:>8}" for name in columns)
        + f" {'boxes':>6} {'ready':>6}"
    ]
    for score in scores:
        boxes = "-" if score.box_f1 is None else f"{score.box_f1:.2f}"
        marks = " ".join(f"{sign[getattr(score, name)]:>8}" for name in columns)
        note = f"  refused: {score.refused}" if score.refused else ""
        if score.box_titles_in_body:
            note += f"  {score.box_titles_in_body} box titles in the body"
        lines.append(
            f"{score.page[:32]:32} {score.body_f1:6.3f} {sign[score.exact]:>6} {marks} {boxes:>6} {sign[score.ready]:>6}{note}"
        )
    marks = " ".join(f"{sums[name]}/{sums[f'{name}_of']}".rjust(8) for name in columns)
    lines.append(
        f"{'all':32} {sums['body_f1']:6.3f} {sums['exact']:>6} {marks} {sums['box_f1']:6.2f} {sums['ready']:>6}"
        f"  (worst body {sums['body_f1_worst']}, box links' precision {sums['box_precision']:.3f} and recall {sums['box_recall']:.3f}, {sums['pages_per_cpu_second']} pages per CPU second)"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when scored, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.intake", description="Scores the HTML reader on labelled pages."
    )
    parser.add_argument("--gold", type=Path, required=True, help="JSON: {page id: fields}")
    parser.add_argument("--pages", type=Path, required=True, help="folder of the saved pages")
    parser.add_argument("--json", action="store_true", help="one JSON object of the totals on the last line")
    parser.add_argument("--mutate", action="store_true", help="score the pages after harmless changes")
    parser.add_argument("--differences", action="store_true", help="show what differs, page by page")
    options = parser.parse_args(arguments)
    if options.mutate:
        return score_mutations(options.gold, options.pages, options.differences, options.json)
    gold = json.loads(options.gold.read_text(encoding="utf-8"))
    scores: list[PageScore] = []
    seconds = 0.0
    for page, fields in gold.items():
        path = find_file(options.pages, page, fields)
        if not path.exists():
            print(f"{page}: no file {path}", file=sys.stderr)
            return 2
        data = path.read_bytes()
        begin = time.process_time()
        result = read_page(data, str(path))
        seconds += time.process_time() - begin
        scores.append(score_page(page, fields, result))
        if options.differences:
            show_differences(page, fields, result)
    sums = totals(scores, seconds)
    print(table(scores, sums))
    if options.json:
        print(json.dumps(sums, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
