"""Measures archive mode against reading pages singly: `python -m eval.archive --docs docs.jsonl[.zst] [--sites 12] [--json]`.

Sites are generated (`eval.archive_sites`, drawn by `--seed`) around the texts of `--docs` ({"title", "text", "date",
"section"?} a line). For each site, templates are learned from 1, 5, 50 and 500 of its pages and `--test` other pages are
read with them. Printed: macro over sites of the body's 4-gram F1 and of exactly right bodies; pages that archive mode
made worse and better; the same for headline, date and authors.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import mean

import zstandard

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.reader import Source
from bulaq.intake.templates import ArchiveGuide, TemplateLearner, Templates
from eval.archive_sites import AUTHORS, Site, Story
from eval.page_scores import body_texts, f1, fold, four_grams

CURVE = (1, 5, 50, 500)


def stories(path: Path, seed: int, count: int) -> list[Story]:
    """`count` stories of the documents, drawn by `seed`."""
    dice = random.Random(seed)
    found: list[Story] = []
    repeated = _repeated(path)
    for line in _lines(path):
        told = json.loads(line)
        paragraphs = tuple(
            text
            for part in (told.get("text") or "").split("\n")
            if len(text := fold(part)) >= 3 and text not in repeated
        )
        if len(paragraphs) == 1:
            paragraphs = _sentences(paragraphs[0], dice)
        headline = fold(told.get("title") or "")
        if paragraphs and paragraphs[0][:60] in " ".join(paragraphs[1:5]):
            continue  # a summary that the text repeats: which of the two is body is a matter of taste
        if not paragraphs or len(headline) < 15 or not 250 <= sum(map(len, paragraphs)) <= 8000:
            continue
        found.append(
            Story(
                len(found) + 1,
                headline,
                paragraphs,
                f"{dice.randrange(2008, 2024)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}",
                told.get("section") or "أخبار",
                dice.choice(AUTHORS),
                "صورة أرشيفية من موقع الحدث" if dice.random() < 0.4 else "",
                0,
            )
        )
        if len(found) >= 3 * count:
            break
    dice.shuffle(found)
    return [
        Story(s.ident, s.headline, s.paragraphs, s.day, s.section, s.author, s.caption, int(s.day[:4]))
        for s in found[:count]
    ]


@lru_cache(maxsize=2)
def _repeated(path: Path) -> frozenset[str]:
    """Lines that several documents share: prompts that the collection itself did not clean away."""
    counts: Counter[str] = Counter()
    for line in _lines(path):
        counts.update(
            {fold(part) for part in (json.loads(line).get("text") or "").split("\n") if part.strip()}
        )
    return frozenset(text for text, count in counts.items() if count > 2)


def _sentences(text: str, dice: random.Random) -> tuple[str, ...]:
    """Paragraphs of two to four sentences, where a text came without them."""
    sentences = [part.strip() + "." for part in text.split(". ") if part.strip(" .")]
    found: list[str] = []
    while sentences:
        size = dice.randrange(1, 4)
        found.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    return tuple(fold(text) for text in found)


def _lines(path: Path) -> Iterator[str]:
    if path.suffix == ".zst":
        with zstandard.open(path, "rt", encoding="utf-8") as file:
            yield from file
    else:
        with open(path, encoding="utf-8") as file:
            yield from file


Marks = dict[str, float]


def marks_of(story: Story, found: IncomingArticle | Refusal) -> Marks:
    """1 and 0 for each field, the 4-gram F1 of the body."""
    if isinstance(found, Refusal):
        return {"f1": 0.0, "exact": 0, "headline": 0, "date": 0, "authors": 0}
    texts = body_texts(found)
    return {
        "f1": f1(four_grams(story.paragraphs), four_grams(texts)),
        "exact": float(texts == list(story.paragraphs)),
        "headline": float(fold(found.headline or "") == story.headline),
        "date": float((found.published_at or "")[:10] == story.day),
        "authors": float(found.authors == (story.author,)),
    }


def read(
    site: Site, story: Story, others: Sequence[Story], templates: Templates | None
) -> IncomingArticle | Refusal:
    guide = ArchiveGuide(templates) if templates is not None else None
    return read_page(site.page(story, others).encode(), f"{story.ident}.html", guide=guide)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 when measured, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m eval.archive", description="Measures archive mode.")
    parser.add_argument("--docs", type=Path, required=True, help="JSON lines with title, text, date")
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--test", type=int, default=30, help="pages a site that are read")
    parser.add_argument("--curve", type=int, nargs="*", default=list(CURVE))
    parser.add_argument("--verbose", action="store_true", help="what differs, page by page")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    given = parser.parse_args(arguments)
    if not given.docs.exists():
        print(f"eval.archive: there is no {given.docs}", file=sys.stderr)
        return 2
    sizes = [0, *given.curve]
    rows: dict[int, list[Marks]] = {size: [] for size in sizes}
    worse = dict.fromkeys(sizes, 0)
    better = dict.fromkeys(sizes, 0)
    begin = time.process_time()
    for number in range(given.sites):
        seed = given.seed + number
        site = Site(seed)
        told = stories(given.docs, seed, max(given.curve, default=1) + given.test)
        test, training = told[: given.test], told[given.test :]
        single: list[Marks] = []
        for size in sizes:
            templates = None
            if size:
                pages = (Source(f"{s.ident}.html", data=site.page(s, told).encode()) for s in training[:size])
                templates = TemplateLearner().learn(pages)
            marks = [marks_of(story, read(site, story, told, templates)) for story in test]
            rows[size].append({name: mean(each[name] for each in marks) for name in marks[0]})
            if not size:
                single = marks
            for story, before, after in zip(test, single, marks, strict=True):
                lost = after["f1"] < before["f1"] - 1e-9 or after["exact"] < before["exact"]
                worse[size] += lost
                if given.verbose and lost:
                    print(f"  worse, learned from {size}:")
                    _show(site, story, read(site, story, told, templates))
                better[size] += after["f1"] > before["f1"] + 1e-9 or after["exact"] > before["exact"]
                if given.verbose and size == sizes[-1] and not after["exact"]:
                    _show(site, story, read(site, story, told, templates))
        shown = "  ".join(
            f"{size or 'single'}: {rows[size][-1]['f1']:.3f} {rows[size][-1]['exact']:.2f}" for size in sizes
        )
        print(f"site {seed}: {shown}", flush=True)
    print(
        f"\n{'pages learned from':>18} {'body F1':>8} {'exact':>6} {'headline':>9} {'date':>6} {'authors':>8} {'better':>7} {'worse':>6}"
    )
    result: dict[str, object] = {"sites": given.sites, "pages": given.sites * given.test}
    for size in sizes:
        sums = {name: mean(each[name] for each in rows[size]) for name in rows[size][0]}
        print(
            f"{size or 'none (single)':>18} {sums['f1']:8.4f} {sums['exact']:6.3f} {sums['headline']:9.3f} {sums['date']:6.3f} {sums['authors']:8.3f} {better[size]:7} {worse[size]:6}"
        )
        result[str(size)] = {
            **{name: round(value, 4) for name, value in sums.items()},
            "better": better[size],
            "worse": worse[size],
        }
    print(f"{time.process_time() - begin:.0f} CPU seconds")
    if given.json:
        print(json.dumps(result))
    return 0


def _show(site: Site, story: Story, found: IncomingArticle | Refusal) -> None:
    if isinstance(found, Refusal):
        print(f"  {site.seed}/{story.ident}: refused: {found.reason}")
        return
    texts = body_texts(found)
    if fold(found.headline or "") != story.headline:
        print(f"  {site.seed}/{story.ident} headline {found.headline} [{found.provenance.get('headline')}]")
    for text in texts:
        if text not in story.paragraphs:
            print(f"  {site.seed}/{story.ident} + {text[:110]}")
    for text in story.paragraphs:
        if text not in texts:
            print(f"  {site.seed}/{story.ident} - {text[:110]}")


if __name__ == "__main__":
    sys.exit(main())
