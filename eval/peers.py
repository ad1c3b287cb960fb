"""Bulaq beside trafilatura on the same pages: `python -m eval.peers --python PEER/bin/python [--gold gold.json --pages DIR | --cases DIR]`.

`PEER` is an environment of its own with trafilatura in it (`python -m venv PEER; PEER/bin/pip install trafilatura`):
the project does not depend on it. Without `--gold`, the pages are those of the families of templates that the tests
generate (tests/intake/html_templates*.py), with their fields known. `--cases` takes a folder as reader-mode suites keep
theirs: one folder a page, with `source.html` and, as gold for the text, `expected.html`. trafilatura is told to prefer precision, its better
setting on news. What is counted: see `eval.intake`; authors are right when the same people are named.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from lxml import html

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import read_page
from eval.page_scores import body_texts, f1, fold, four_grams

PEER = """
import json, sys, time
import trafilatura
from trafilatura import bare_extraction
for line in sys.stdin:
    with open(json.loads(line), "rb") as file:
        data = file.read()
    begun = time.process_time()
    found = bare_extraction(data, with_metadata=True, favor_precision=True, include_comments=False)
    told = {"seconds": time.process_time() - begun, "version": trafilatura.__version__}
    if found is not None:
        told |= {"text": found.text, "title": found.title, "date": found.date, "author": found.author}
    print(json.dumps(told), flush=True)
"""


@dataclass(frozen=True)
class Reading:
    """What a tool found on a page."""

    texts: list[str]
    headline: str
    day: str
    authors: list[str]


@dataclass(frozen=True)
class Marks:
    """What of it is right."""

    body_f1: float
    exact: bool
    headline: bool
    date: bool
    authors: bool

    @property
    def ready(self) -> bool:
        return self.exact and self.headline and self.date and self.authors


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument("--python", type=Path, required=True, help="the interpreter that has trafilatura")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--cases", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if options.cases:
            pages = list(_cases(options.cases))
        else:
            pages = list(_labelled(options.gold, options.pages) if options.gold else _generated(Path(folder)))
        peer = _peer(options.python, [path for _, path, _ in pages])
        groups: dict[str, dict[str, list[Marks]]] = {}
        for (name, path, gold), theirs in zip(pages, peer, strict=True):
            ours = _bulaq(path)
            language = {"en": "English", "case": "Cases (only the text is asked)"}.get(
                gold.get("lang") or "", "Arabic and Persian"
            )
            for tool, reading in (("Bulaq", ours), ("trafilatura", theirs)):
                found = marks(gold, reading)
                groups.setdefault(language, {}).setdefault(tool, []).append(found)
                print(
                    f"{name:40} {tool:12} {found.body_f1:.3f} {'ready' if found.ready else ''}",
                    file=sys.stderr,
                )
    for language, tools in groups.items():
        print(f"\n{language:20} pages  body F1  worst  exact  headline  date  authors  ready")
        for tool, every in tools.items():
            counts = [
                sum(getattr(each, name) for each in every)
                for name in ("exact", "headline", "date", "authors", "ready")
            ]
            body = [each.body_f1 for each in every]
            print(
                f"{tool:20} {len(every):5}  {mean(body):7.4f}  {min(body):5.3f}  {counts[0]:5}  {counts[1]:8}  "
                f"{counts[2]:4}  {counts[3]:7}  {counts[4]:5}"
            )
    return 0


def marks(gold: dict[str, Any], found: Reading) -> Marks:
    """The marks of a reading; a field that the gold does not tell counts as right for everybody."""
    wanted = [fold(text) for text in gold.get("body", [])]
    return Marks(
        f1(four_grams(wanted), four_grams(found.texts)),
        found.texts == wanted,
        "headline" not in gold or fold(found.headline) == fold(gold["headline"] or ""),
        "date" not in gold or found.day == (gold["date"] or ""),
        "authors" not in gold or set(map(fold, found.authors)) == set(map(fold, gold["authors"] or [])),
    )


def _bulaq(path: Path) -> Reading:
    item: IncomingArticle | Refusal = read_page(path.read_bytes(), path.name)
    if isinstance(item, Refusal):
        return Reading([], "", "", [])
    return Reading(body_texts(item), item.headline or "", (item.published_at or "")[:10], list(item.authors))


def _peer(python: Path, paths: list[Path]) -> Iterator[Reading]:
    asked = "".join(json.dumps(str(path)) + "\n" for path in paths)
    done = subprocess.run(
        [str(python), "-c", PEER], input=asked, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    print(
        f"trafilatura {answers[0]['version']}, {len(answers) / sum(a['seconds'] for a in answers):.1f} pages a CPU second"
    )
    for told in answers:
        texts = [
            fold(re.sub(r"^- ", "", line)) for line in (told.get("text") or "").split("\n") if line.strip()
        ]
        authors = [name.strip() for name in (told.get("author") or "").split(";") if name.strip()]
        yield Reading(texts, told.get("title") or "", (told.get("date") or "")[:10], authors)


def _labelled(gold: Path, pages: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for name, fields in json.loads(gold.read_text("utf-8")).items():
        file = pages / Path(fields.get("file") or f"{name}.html").name
        yield name, file, fields


_BLOCKS = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|table|section|article|blockquote|pre|figure|figcaption)\b[^>]*>"
)


def _cases(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """One page a folder: `expected.html` is the text's gold; headline, date and authors are not asked."""
    for source in sorted(folder.glob("*/source.html")):
        expected = source.with_name("expected.html").read_text("utf-8")
        text = html.document_fromstring(_BLOCKS.sub("\n", expected) or "<p>").text_content()
        lines = [line for line in map(fold, text.split("\n")) if line]
        yield source.parent.name, source, {"body": lines, "lang": "case"}


def _generated(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    from tests.intake.html_templates import NEWS, STORY, TEMPLATES
    from tests.intake.html_templates_portals import PORTALS
    from tests.intake.html_templates_rare import ENGLISH, RARE

    for label, story in (("feature", STORY), ("news", NEWS), ("english", ENGLISH)):
        for template in (*TEMPLATES, *RARE, *PORTALS):
            if story is ENGLISH and template in PORTALS:
                continue  # their frames are Arabic
            made = template(story)
            if label == "english" and made.expected.story is not ENGLISH:
                continue
            if label != "english" and made.expected.story is ENGLISH:
                continue
            path = folder / f"{template.__name__}-{label}.html"
            path.write_bytes(made.data)
            expected = made.expected
            yield (
                path.stem,
                path,
                {
                    "headline": expected.headline,
                    "body": list(expected.body),
                    "date": expected.day,
                    "authors": list(expected.authors),
                    "lang": "en" if expected.story is ENGLISH else "ar",
                },
            )


if __name__ == "__main__":
    sys.exit(main())
