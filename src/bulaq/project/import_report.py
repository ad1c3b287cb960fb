"""`bulaq import --dry-run`: what intake finds in the inputs, without a home and without a database."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.listing import listed
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.sources import read_all, web_fetch
from bulaq.intake.templates.archive import learn_for_import
from bulaq.project.command_line import DONE, SOME_REFUSED

SURE = 0.5
"""As `bulaq.newsroom.importing.judging.SURE`, which needs Django."""

SAMPLES = 3
"""Inputs named for each reason."""

FEW = 8
"""Inputs up to which beginning further processes takes longer than reading."""


def show(arguments: argparse.Namespace) -> int:
    """Prints one JSON object a line, or lines and a report for a person; refused inputs go to standard error."""
    report = Report()
    for item in _read(arguments):
        if isinstance(item, Refusal):
            report.refuse(item)
            # Some readers name the source in their reason as well: said once is enough.
            print(f"{item.source}: {item.reason.removeprefix(f'{item.source}: ')}", file=sys.stderr)
            continue
        if arguments.headline is not None and item.headline is None:
            item = item.with_headline(arguments.headline)
        report.take(item)
        if arguments.json:
            print(json.dumps(item.as_json(lines=arguments.lines), ensure_ascii=False))
        else:
            print(_line(item))
    if not arguments.json:
        for line in report.lines():
            print(line, file=sys.stderr)
    return SOME_REFUSED if report.refused else DONE


def _read(arguments: argparse.Namespace) -> Iterator[IncomingArticle | Refusal]:
    """In this process when there is little to read, in several when there is much; in the same order."""
    options = ReadOptions(keep_lines=arguments.lines)
    inputs = listed(arguments.paths)
    if sum(1 for _, _ in zip(range(FEW + 1), inputs, strict=False)) <= FEW:
        yield from read_all(arguments.paths, options, web_fetch if arguments.fetch else None)
        return
    with tempfile.TemporaryDirectory(prefix="bulaq-templates-") as folder:
        path = Path(folder) / "templates.json"
        if learn_for_import(listed(arguments.paths), path):
            options = replace(options, extra={**options.extra, "templates": str(path)})
        with ReadingPool(workers=arguments.workers, options=options, fetch=arguments.fetch) as pool:
            for read in pool.read(listed(arguments.paths)):
                yield read.item


class Report:
    """How many are ready, how many doubtful and why, with samples of each."""

    def __init__(self) -> None:
        self.ready = self.doubtful = self.refused = 0
        self._reasons: Counter[str] = Counter()
        self._samples: defaultdict[str, list[str]] = defaultdict(list)
        self._sections: Counter[str] = Counter()

    def refuse(self, refusal: Refusal) -> None:
        """Counts an input that is not taken."""
        self.refused += 1
        self._note(f"refused ({refusal.code})", refusal.source)

    def take(self, article: IncomingArticle) -> None:
        """Counts an article."""
        reasons = list(doubts(article))
        if reasons:
            self.doubtful += 1
        else:
            self.ready += 1
        for reason in reasons:
            self._note(reason, article.source)
        section = article.section or (article.breadcrumb[-1] if article.breadcrumb else "")
        if section and len(self._sections) < 5000:
            self._sections[section] += 1

    def _note(self, reason: str, source: str) -> None:
        self._reasons[reason] += 1
        if len(self._samples[reason]) < SAMPLES:
            self._samples[reason].append(source)

    def lines(self) -> Iterator[str]:
        """The report in words."""
        yield f"{self.ready + self.doubtful} articles: {self.ready} ready, {self.doubtful} doubtful; {self.refused} refused"
        for reason, number in self._reasons.most_common():
            yield f"  {number} × {reason}: {', '.join(self._samples[reason])}"
        if self._sections:
            named = ", ".join(f"{name} ({number})" for name, number in self._sections.most_common(30))
            yield f"sections: {named}"


def doubts(article: IncomingArticle) -> Iterator[str]:
    """Why an editor should look at it."""
    if not article.headline:
        yield "no headline"
    if not article.body and not article.standfirst:
        yield "no text"
    if not article.section and not article.breadcrumb:
        yield "no section"
    if not article.published_at:
        yield "no date"
    for field in ("headline", "body", "published_at", "authors"):
        if getattr(article, field) and article.confidence.get(field, 1.0) < SURE:
            yield f"unsure of {field}"


def _line(article: IncomingArticle) -> str:
    doubt = min(article.confidence.values(), default=1.0)
    headline = article.headline or f"— ({'; '.join(article.warnings) or 'no headline'})"
    return f"{article.source}\t{article.published_at or '—'}\t{doubt:.2f}\t{headline}"
