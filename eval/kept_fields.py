"""What of the fields that were right is right after each harmless change of `eval.mutations`: `eval.intake --mutate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from eval.mutations import MUTATIONS
from eval.page_scores import find_file, score_page, show_differences

MUTATED = ("body", "headline", "date", "authors", "section", "caption", "dateline")


def shown_fields(result: IncomingArticle) -> set[str]:
    """The fields that people are shown, so that no change of what machines are told may lose them."""
    told = result.provenance
    fields = {"body", "caption", "dateline"}
    if "title" not in (told.get("headline") or "title").split(" + ")[0].replace("shown title", ""):
        fields.add("headline")
    if "shown" in told.get("published_at", ""):
        fields.add("date")
    if "byline" in told.get("authors", "") or told.get("authors") == "none shown":
        fields.add("authors")
    if "shown" in told.get("section", "") or "breadcrumb" in told.get("section", ""):
        fields.add("section")
    return fields


def score_mutations(gold_file: Path, pages: Path, differences: bool, as_json: bool) -> int:
    """Prints, for each change, how many of the fields right before it are right after it; 0, or 2 without a file."""
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    kept = {name: dict.fromkeys(MUTATED, 0) for name in MUTATIONS}
    asked = {name: dict.fromkeys(MUTATED, 0) for name in MUTATIONS}
    for page, fields in gold.items():
        path = find_file(pages, page, fields)
        if not path.exists():
            print(f"{page}: no file {path}", file=sys.stderr)
            return 2
        data = path.read_bytes()
        whole = read_page(data, str(path))
        if isinstance(whole, Refusal):
            continue
        before, shown = marks_of(page, fields, whole), shown_fields(whole)
        for name, mutate in MUTATIONS.items():
            result = read_page(mutate(data, Random(page)), str(path))
            after = marks_of(page, fields, result)
            lost = [field for field in MUTATED if before[field] and field in shown and not after[field]]
            for field in MUTATED:
                if before[field] and field in shown:
                    asked[name][field] += 1
                    kept[name][field] += field not in lost
            if differences and lost:
                print(f"── {name}: {page}: {', '.join(lost)}")
                show_differences(page, fields, result)
    print(f"{'change':36} " + " ".join(f"{field:>9}" for field in MUTATED) + "      all")
    sums = {}
    for name in MUTATIONS:
        marks = " ".join(f"{kept[name][field]}/{asked[name][field]}".rjust(9) for field in MUTATED)
        share = sum(kept[name].values()) / max(1, sum(asked[name].values()))
        sums[name] = round(share, 4)
        print(f"{name:36} {marks}    {share:.3f}")
    overall = sum(sum(k.values()) for k in kept.values()) / max(
        1, sum(sum(a.values()) for a in asked.values())
    )
    print(f"{'all':36} {'':69}    {overall:.3f}")
    if as_json:
        print(json.dumps({"kept": round(overall, 4), "by_change": sums}, ensure_ascii=False))
    return 0


def marks_of(page: str, gold: dict[str, Any], result: IncomingArticle | Refusal) -> dict[str, bool]:
    score = score_page(page, gold, result)
    marks = {field: bool(getattr(score, field)) for field in MUTATED if field != "body"}
    return marks | {"body": score.exact}
