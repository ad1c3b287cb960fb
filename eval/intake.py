"""Scores the reader of HTML pages on labelled pages: `python -m eval.intake --gold gold.json --pages DIR [--json]`.

`--mutate` reads each page again after each harmless change of `eval.mutations` and counts what is lost by it: of the
fields that were right before and that the page still shows.

`gold.json` is {page id: fields}: `headline`, `date` (day), `datetime`?, `authors`, `section`?, `caption`?, `dateline`?,
`body` (paragraphs), `boxes` ({name: titles that must not stand in the body}), `file`? (relative to DIR or beside it;
else `<page id>.html`). A field that a page's gold does not have is not scored on that page; null and [] are scored.

What is counted: `body_f1` over word 4-grams (multisets, macro over pages); `exact`: the same paragraphs in the same
order after white space is folded; `headline` exact; `date` the same day; `authors` the same people in any order;
`box_titles`: how many titles of boxes stand as a block in the body; `ready`: headline, date, authors and body right.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bulaq.intake.article import Heading, IncomingArticle, List, Paragraph, Quote, Refusal, Table
from bulaq.intake.html import read_page

MISSING = object()


@dataclass(frozen=True)
class PageScore:
    """The marks of one page; None where its gold does not tell the field."""

    page: str
    body_f1: float
    exact: bool
    headline: bool | None
    date: bool | None
    authors: bool | None
    section: bool | None
    caption: bool | None
    dateline: bool | None
    image: bool | None
    tags_f1: float | None
    box_recall: float | None
    box_titles_in_body: int
    refused: str | None = None

    @property
    def ready(self) -> bool:
        """Whether an editor could publish it as it is."""
        return all(mark is not False for mark in (self.exact, self.headline, self.date, self.authors))


def fold(text: str) -> str:
    return " ".join(text.split())


def body_texts(article: IncomingArticle) -> list[str]:
    """The body's text blocks as the gold counts them: one paragraph each, list items and table rows one each."""
    texts: list[str] = []
    for block in article.body:
        if isinstance(block, Paragraph | Heading | Quote):
            texts.append(fold(block.text))
        elif isinstance(block, List):
            texts += [fold(item) for item in block.items]
        elif isinstance(block, Table):
            texts += [fold(" ".join(row)) for row in block.rows]
    return texts


def four_grams(texts: Sequence[str]) -> Counter[tuple[str, ...]]:
    words = " ".join(texts).split()
    if len(words) < 4:
        return Counter([tuple(words)]) if words else Counter()
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def f1(gold: Counter[Any], found: Counter[Any]) -> float:
    if not gold and not found:
        return 1.0
    common = sum((gold & found).values())
    if not common:
        return 0.0
    precision, recall = common / sum(found.values()), common / sum(gold.values())
    return 2 * precision * recall / (precision + recall)


def score_page(page: str, gold: dict[str, Any], result: IncomingArticle | Refusal) -> PageScore:
    """The marks of `result` against the page's gold."""
    if isinstance(result, Refusal):
        nothing = False
        return PageScore(
            page, 0.0, False, nothing, nothing, nothing, nothing, None, None, None, None, None, 0, result.code
        )
    texts = body_texts(result)
    wanted = [fold(text) for text in gold.get("body", [])]
    titles = {fold(title) for group in (gold.get("boxes") or {}).values() for title in group}
    boxed = {fold(link.headline) for box in result.boxes for link in box.items} | {
        fold(link.headline) for link in result.read_also
    }
    picture = result.lead_image

    def mark(field: str, right: Callable[[Any], bool]) -> bool | None:
        value = gold.get(field, MISSING)
        return None if value is MISSING else right(value)

    return PageScore(
        page=page,
        body_f1=f1(four_grams(wanted), four_grams(texts)),
        exact=texts == wanted,
        headline=mark("headline", lambda value: fold(result.headline or "") == fold(value or "")),
        date=mark("date", lambda value: (result.published_at or "")[:10] == (value or "")),
        authors=mark(
            "authors", lambda value: {fold(name) for name in result.authors} == {fold(name) for name in value}
        ),
        section=mark("section", lambda value: fold(result.section or "") == fold(value or "")),
        caption=mark(
            "caption", lambda value: fold((picture.caption if picture else "") or "") == fold(value or "")
        ),
        dateline=mark("dateline", lambda value: fold(result.dateline or "") == fold(value or "")),
        image=mark("image", lambda value: bool(picture and picture.url == value) or value is None),
        tags_f1=None
        if gold.get("tags", MISSING) is MISSING
        else f1(Counter(gold["tags"]), Counter(result.tags)),
        box_recall=len(titles & boxed) / len(titles) if titles else None,
        box_titles_in_body=sum(1 for text in texts if text in titles and text not in wanted),
    )


def totals(scores: Sequence[PageScore], seconds: float) -> dict[str, float | int | str]:
    """The sums over all pages, as the JSON line gives them."""

    def right(name: str) -> int:
        return sum(1 for score in scores if getattr(score, name) is True)

    def asked(name: str) -> int:
        return sum(1 for score in scores if getattr(score, name) is not None)

    def average(name: str) -> float:
        values = [value for score in scores if (value := getattr(score, name)) is not None]
        return round(sum(values) / len(values), 4) if values else 0.0

    result: dict[str, float | int | str] = {
        "pages": len(scores),
        "body_f1": average("body_f1"),
        "body_f1_worst": round(min((score.body_f1 for score in scores), default=0.0), 4),
        "exact": sum(score.exact for score in scores),
        "ready": sum(score.ready for score in scores),
        "box_titles_in_body": sum(score.box_titles_in_body for score in scores),
        "box_recall": average("box_recall"),
        "tags_f1": average("tags_f1"),
        "refused": sum(score.refused is not None for score in scores),
        "pages_per_cpu_second": round(len(scores) / seconds, 1) if seconds else 0.0,
    }
    for name in ("headline", "date", "authors", "section", "caption", "dateline", "image"):
        result[name] = right(name)
        result[f"{name}_of"] = asked(name)
    return result


def find_file(folder: Path, page: str, gold: dict[str, Any]) -> Path:
    named = gold.get("file")
    for candidate in [folder / named, folder / Path(named).name, folder.parent / named] if named else []:
        if candidate.exists():
            return candidate
    return folder / f"{page}.html"


def table(scores: Sequence[PageScore], sums: dict[str, float | int | str]) -> str:
    columns = ("headline", "date", "authors", "section", "caption", "dateline", "image")
    sign = {True: "yes", False: "NO", None: "-"}
    lines = [
        f"{'page':32} {'body':>6} {'exact':>6} "
        + " ".join(f"{name:>8}" for name in columns)
        + f" {'boxes':>6} {'ready':>6}"
    ]
    for score in scores:
        recall = "-" if score.box_recall is None else f"{score.box_recall:.2f}"
        marks = " ".join(f"{sign[getattr(score, name)]:>8}" for name in columns)
        note = f"  refused: {score.refused}" if score.refused else ""
        if score.box_titles_in_body:
            note += f"  {score.box_titles_in_body} box titles in the body"
        lines.append(
            f"{score.page[:32]:32} {score.body_f1:6.3f} {sign[score.exact]:>6} {marks} {recall:>6} {sign[score.ready]:>6}{note}"
        )
    marks = " ".join(f"{sums[name]}/{sums[f'{name}_of']}".rjust(8) for name in columns)
    lines.append(
        f"{'all':32} {sums['body_f1']:6.3f} {sums['exact']:>6} {marks} {sums['box_recall']:6.2f} {sums['ready']:>6}"
        f"  (worst body {sums['body_f1_worst']}, {sums['pages_per_cpu_second']} pages per CPU second)"
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
    from eval.mutations import MUTATIONS

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


def show_differences(page: str, gold: dict[str, Any], result: IncomingArticle | Refusal) -> None:
    print(f"── {page}")
    if isinstance(result, Refusal):
        print("   refused:", result.reason)
        return
    texts, wanted = body_texts(result), [fold(text) for text in gold.get("body", [])]
    for text in texts:
        if text not in wanted:
            print("   + body:", text[:150])
    for text in wanted:
        if text not in texts:
            print("   - body:", text[:150])
    picture = result.lead_image
    found = {
        "headline": result.headline,
        "date": (result.published_at or "")[:10] or None,
        "authors": list(result.authors),
        "section": result.section,
        "caption": picture.caption if picture else None,
        "dateline": result.dateline,
        "image": picture.url if picture else None,
        "tags": list(result.tags),
        "breadcrumb": list(result.breadcrumb),
    }
    for field, value in found.items():
        if field in gold and value != gold[field]:
            print(f"   {field}: {value!r}, gold {gold[field]!r}")


if __name__ == "__main__":
    raise SystemExit(main())
