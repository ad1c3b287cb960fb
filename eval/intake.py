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
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
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
    box_precision: float | None
    box_titles_in_body: int
    refused: str | None = None

    @property
    def box_f1(self) -> float | None:
        """Of the headlines in boxes and among the editor's links; None where the gold lists none."""
        if self.box_recall is None or self.box_precision is None:
            return None
        total = self.box_recall + self.box_precision
        return 2 * self.box_recall * self.box_precision / total if total else 0.0

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
            page,
            0.0,
            False,
            nothing,
            nothing,
            nothing,
            nothing,
            None,
            None,
            None,
            None,
            None,
            None,
            0,
            result.code,
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
        box_precision=len(titles & boxed) / max(1, len(boxed)) if titles else None,
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
        "box_precision": average("box_precision"),
        "box_f1": average("box_f1"),
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
        from eval.kept_fields import score_mutations

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
