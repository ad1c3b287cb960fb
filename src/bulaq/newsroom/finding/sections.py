"""Suggesting a section, learned from the newsroom's own archive: trained each week and by `bulaq reindex`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulaq.discovery.document import Document
from bulaq.discovery.sections import NotEnoughArticles, Sample, SectionSuggester
from bulaq.newsroom.finding.documents import BATCH, documents
from bulaq.newsroom.finding.indexes import folder
from bulaq.newsroom.models import Article, Section

logger = logging.getLogger(__name__)

SURE = 0.8
"""Probability from which an import takes the suggestion: it is calibrated, so one in five or fewer is wrong."""

WORTH_SAYING = 0.3
"""Probability from which the desk names a section as a hint."""

LEAST_ARTICLES = 500
"""Fewer published articles teach nothing that an editor would not say better."""

MOST_ARTICLES = 50_000
"""The newest articles that are learned from: some minutes of one core and 50 MB; older ones teach an older house."""


@dataclass(frozen=True, slots=True)
class SuggestedSection:
    """A section of ours and the probability, 0..1, that an editor would choose it."""

    section_id: int
    name: str
    probability: float

    def __str__(self) -> str:
        return f"{self.name} ({self.probability:.0%})"


class _Opened:
    """The model in use by this process, read anew when its file is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stamp: tuple[str, int] | None = None
        self.model: SectionSuggester | None = None

    def current(self) -> SectionSuggester | None:
        path = model_path()
        try:
            stamp = (str(path), path.stat().st_mtime_ns)
        except FileNotFoundError:
            return None
        with self.lock:
            if stamp != self.stamp:
                self.stamp = stamp
                try:
                    self.model = SectionSuggester.load(path)
                except ValueError as error:  # of another version: the worker trains it anew
                    logger.warning("no section is suggested: %s", error)
                    self.model = None
            return self.model


_opened = _Opened()


def model_path() -> Path:
    """Where the trained model lies."""
    return folder() / "sections.zip"


def is_learned() -> bool:
    """Whether there is a model that this version can read."""
    return _opened.current() is not None


def suggest_section(text: str, *, source: str = "", limit: int = 2) -> tuple[SuggestedSection, ...]:
    """The likeliest sections of a text whose first line is its headline, best first; () before anything was learned.

    `source` names the agency or outlet that the text comes from, if one is known. Sections deleted since the training
    are passed over.
    """
    model = _opened.current()
    if model is None or not text.strip():
        return ()
    chances = {int(one.section): one.probability for one in model.suggest(text, source)}
    names = dict(Section.objects.filter(pk__in=chances).values_list("pk", "name"))
    found = [SuggestedSection(pk, names[pk], chance) for pk, chance in chances.items() if pk in names]
    return tuple(found[:limit])


def text_of(document: Document) -> str:
    """The text by which sections are learned and asked for."""
    return "\n".join((document.headline, document.standfirst, document.body))


def source_of(agencies: list[str]) -> str:
    """The source as it is learned and asked for."""
    return agencies[0] if agencies else ""


def train() -> int:
    """Learns from the newest articles that stand in a section; returns how many sections it knows, 0 for too few."""
    try:
        model = SectionSuggester.train(_samples())
    except NotEnoughArticles:
        return 0
    model.save(model_path())
    return len(model.sections)


def _samples() -> Iterator[Sample]:
    wanted = Article.objects.filter(section__isnull=False, live=True).exclude(headline="")
    ids = list(wanted.order_by("-pk").values_list("pk", flat=True)[:MOST_ARTICLES])[::-1]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        sections = dict(Article.objects.filter(pk__in=some).values_list("pk", "section_id"))
        agencies = _agencies(some)
        for document in documents(some):
            if sections.get(document.id):
                yield Sample(
                    text_of(document), str(sections[document.id]), source_of(agencies.get(document.id, []))
                )


def _agencies(article_ids: list[int]) -> dict[int, list[str]]:
    from bulaq.newsroom.models import Byline

    found: dict[int, list[str]] = {}
    lines = Byline.objects.filter(article_id__in=article_ids, agency__isnull=False).order_by("sort_order")
    for article_id, name in lines.values_list("article_id", "agency__name"):
        found.setdefault(article_id, []).append(name)
    return found
