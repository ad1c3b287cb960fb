"""`bulaq import --dry-run`: what intake finds in the inputs, without a home and without a database."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.judgement import (
    HARMLESS,
    REASONS,
    Language,
    is_doubtful,
    judge,
    may_be_published,
    refusal_words,
    remark_words,
    words_of,
)
from bulaq.intake.listing import listed
from bulaq.intake.moments import moment
from bulaq.intake.named_section import named_section
from bulaq.intake.reader import ReadOptions
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.source_names import json_line, shown
from bulaq.intake.sources import WebFetch, read_all
from bulaq.intake.templates.archive import learn_for_import
from bulaq.project import configuration
from bulaq.project.command_line import DONE, SOME_REFUSED, WRONG_USAGE
from bulaq.project.spoken_language import spoken_language

SAMPLES = 3
"""Inputs named for each reason."""

MAX_SECTIONS = 5000
"""Names of sections that are counted."""

FEW = 8
LARGE = 4 * 1024 * 1024
"""Inputs, and bytes of them, up to which beginning further processes takes longer than reading."""


def show(arguments: argparse.Namespace) -> int:
    """Prints one JSON object a line, or lines and a report for a person; refused inputs go to standard error.
    `--report FILE` writes the report for programs, with either."""
    report, language = Report(), spoken_language()
    for item in _read(arguments):
        if isinstance(item, Refusal):
            report.refuse(item)
            # Some readers name the source in their reason as well: said once is enough.
            reason = item.reason.removeprefix(f"{item.source}: ")
            told = refusal_words(item.code, reason, language)
            print(f"{shown(item.source)}: {shown(told)}", file=sys.stderr)
            continue
        if arguments.headline is not None and item.headline is None:
            item = item.with_headline(arguments.headline)
        report.take(item)
        if arguments.json:
            print(json_line(item.as_json(lines=arguments.lines)))
        else:
            print(_line(item, language))
    if not arguments.json:
        for line in report.lines(language):
            print(shown(line), file=sys.stderr)
    if arguments.report is not None:
        try:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n"
            Path(arguments.report).write_text(text, "utf-8", errors="surrogateescape")
        except OSError as error:
            print(f"bulaq import: {arguments.report}: {error.strerror or error}", file=sys.stderr)
            return WRONG_USAGE
    return SOME_REFUSED if report.refused else DONE


def _read(arguments: argparse.Namespace) -> Iterator[IncomingArticle | Refusal]:
    """In this process when there is little to read, in several when there is much; in the same order."""
    options = ReadOptions(keep_lines=arguments.lines, extra={"columns": json.dumps(dict(arguments.columns))})
    fetch = WebFetch(configuration.read().fetch_networks) if arguments.fetch else None
    few = list(islice(listed(arguments.paths, arguments.site), FEW + 1))
    with tempfile.TemporaryDirectory(prefix="bulaq-templates-") as folder:
        path = Path(folder) / "templates.json"
        if learn_for_import(listed(arguments.paths, arguments.site), path):
            options = replace(options, extra={**options.extra, "templates": str(path)})
        if len(few) <= FEW and sum(item.size for item in few) < LARGE:
            yield from read_all(arguments.paths, options, fetch, site=arguments.site)
            return
        with ReadingPool(workers=arguments.workers, options=options, fetch=fetch) as pool:
            for read in pool.read(listed(arguments.paths, arguments.site)):
                yield read.item


WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "counts": "{articles} articles: {ready} ready, {doubtful} doubtful; {refused} refused",
        "publish": "with --publish, {held_back} of them would stay drafts",
        "ready": "ready, for example: {samples}",
        "doubtful": "doubtful, by reason (an article may have several):",
        "noted": "noted, and no reason to look at it first:",
        "refused": "refused, by reason:",
        "sections": "sections: {sections}",
        "unknown": "What only the newsroom knows (its sections, texts that are there already) is judged when it is stored.",
    },
    "ar": {
        "counts": "المواد: {articles}؛ الجاهزة: {ready}، المشكوك فيها: {doubtful}؛ المرفوض: {refused}",
        "publish": "ما يبقى مسودة منها مع ‎--publish‎: {held_back}",
        "ready": "من الجاهزة: {samples}",
        "doubtful": "المشكوك فيها بحسب السبب (وقد يكون للمادة أكثر من سبب):",
        "noted": "ملاحظات لا تستدعي المراجعة قبل النشر:",
        "refused": "المرفوض بحسب السبب:",
        "sections": "الأقسام: {sections}",
        "unknown": "ما لا تعرفه إلا غرفة الأخبار (أقسامها والنصوص الموجودة فيها) يُحكم فيه عند التخزين.",
    },
}


class Report:
    """How many are ready, how many doubtful and why, with samples of each; judged as a stored import judges
    (`bulaq.intake.judgement`)."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.ready = self.doubtful = self.refused = self.held_back = 0
        self._reasons: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._samples: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._sections: Counter[str] = Counter()

    def refuse(self, refusal: Refusal) -> None:
        """Counts an input that is not taken."""
        self.refused += 1
        self._refusals[refusal.code] += 1
        self._sample(f"refused {refusal.code}", refusal.source)

    def take(self, article: IncomingArticle) -> None:
        """Counts an article."""
        # Without a newsroom there is no edition whose clock a time without an offset would be of.
        reasons = judge(article, published_at=moment(article.published_at, UTC), now=self.now)
        if is_doubtful(reasons):
            self.doubtful += 1
        else:
            self.ready += 1
            self._sample("ready", article.source)
        self.held_back += not may_be_published(reasons)
        for code in dict.fromkeys(reason.code for reason in reasons):
            self._reasons[code] += 1
        for reason in reasons:
            self._sample(reason.code, article.source, reason.text[:200])
        named = named_section(article)
        if named is not None and (named.theirs in self._sections or len(self._sections) < MAX_SECTIONS):
            self._sections[named.theirs] += 1

    def _sample(self, of: str, source: str, particulars: str = "") -> None:
        if len(self._samples[of]) < SAMPLES:
            self._samples[of].append((source, particulars))

    def _in_words(self, of: str, language: Language) -> list[str]:
        return [
            f"{source} ({remark_words(told, language)})" if told else source
            for source, told in self._samples[of]
        ]

    def lines(self, language: Language) -> Iterator[str]:
        """The report in words."""
        words = WORDS[language]
        articles = self.ready + self.doubtful
        yield words["counts"].format(
            articles=articles, ready=self.ready, doubtful=self.doubtful, refused=self.refused
        )
        if self.held_back:
            yield words["publish"].format(held_back=self.held_back)
        if self.ready:
            yield words["ready"].format(samples=_listed(self._in_words("ready", language), language))
        for title, harmless in (("doubtful", False), ("noted", True)):
            of_this = [(code, n) for code, n in self._reasons.most_common() if (code in HARMLESS) is harmless]
            if of_this:
                yield words[title]
            for code, number in of_this:
                samples = _listed(self._in_words(code, language), language)
                yield f"  {number} × {code}: {words_of(code, language)} {samples}"
        if self._refusals:
            yield words["refused"]
        for code, number in self._refusals.most_common():
            samples = _listed(self._in_words(f"refused {code}", language), language)
            told = refusal_words(code, "", language)
            yield f"  {number} × {code}: {told} {samples}" if told else f"  {number} × {code}: {samples}"
        if self._sections:
            named = [f"{name} ({number})" for name, number in self._sections.most_common(30)]
            yield words["sections"].format(sections=_listed(named, language))
        if articles:
            yield words["unknown"]

    def as_json(self) -> dict[str, Any]:
        """The report for programs. `reasons` and `refusals`: code → how many, and samples."""
        return {
            "ready": self.ready,
            "doubtful": self.doubtful,
            "refused": self.refused,
            "held_back": self.held_back,
            "reasons": {
                code: {
                    "articles": number,
                    "doubtful": code not in HARMLESS,
                    "words": dict(REASONS[code]),
                    "samples": self._in_words(code, "en"),
                }
                for code, number in self._reasons.most_common()
            },
            "refusals": {
                code: {"inputs": number, "samples": self._in_words(f"refused {code}", "en")}
                for code, number in self._refusals.most_common()
            },
            "samples": self._in_words("ready", "en"),
            "sections": dict(self._sections.most_common(MAX_SECTIONS)),
        }


def _listed(texts: list[str], language: Language) -> str:
    return ("، " if language == "ar" else ", ").join(texts)


def _line(article: IncomingArticle, language: Language) -> str:
    doubt = min(article.confidence.values(), default=1.0)
    missing = "لا عنوان" if language == "ar" else "no headline"
    remarks = "; ".join(remark_words(text, language) for text in article.warnings)
    headline = article.headline or f"— ({remarks or missing})"
    return f"{shown(article.source)}\t{article.published_at or '—'}\t{doubt:.2f}\t{headline}"
