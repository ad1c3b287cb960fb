"""The marks of a page that was read, against what people labelled on it: the measure of `eval.intake`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulaq.intake.article import Heading, IncomingArticle, List, Paragraph, Quote, Refusal, Table

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
    caption: bool | None = None
    dateline: bool | None = None
    image: bool | None = None
    tags_f1: float | None = None
    box_recall: float | None = None
    box_precision: float | None = None
    box_titles_in_body: int = 0
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
        return PageScore(page, 0.0, False, False, False, False, False, refused=result.code)
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
