"""Learns templates from pages: a first reading counts lines and layouts, a second, guided by the first, where the text
stands and what of it is body."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.article_markup import text_of
from bulaq.intake.html.layout.text import key
from bulaq.intake.html.reader import read_page
from bulaq.intake.reader import Source, SourceTooLarge
from bulaq.intake.templates.guide import ArchiveGuide
from bulaq.intake.templates.observer import Observer
from bulaq.intake.templates.template import Template, Templates


class TemplateLearner:
    """Counts pages into templates. `learn` may be called again with more pages of the same archive."""

    def __init__(self) -> None:
        self._first = Templates()
        self._second: dict[int, Template] = {}
        self._seen: set[int] = set()

    def learn(
        self, pages: Iterable[Source], *, watch: Callable[[float], object] = lambda share: None
    ) -> Templates:
        """Learns from `pages` (each read twice; one article captured again counts once) and returns all templates.

        `pages` are held for the second reading: hand it files, or bytes of a bounded sample. `watch` is told how much of
        the work (0–1) is done, before each page; what it raises ends the learning.
        """
        given = list(pages)
        fresh: list[Source] = []
        for number, source in enumerate(given):
            watch(0.5 * number / len(given))
            observer = Observer()
            article = _read(source, observer)
            if isinstance(article, Refusal) or observer.signatures is None or not self._is_new(article):
                continue
            fresh.append(source)
            template = self._first.nearest_or_new(observer.signatures.layout())
            if template is not None:
                observer.count_into(template)
        guide = ArchiveGuide(self._first)
        for number, source in enumerate(fresh):
            watch(0.5 + 0.5 * number / len(fresh))
            guide.told = None
            if isinstance(_read(source, guide), Refusal) or guide.template is None:
                continue
            ident = guide.template.ident
            template = self._second.setdefault(ident, Template(ident))
            guide.count_into(template, guide.template)
        return Templates(sorted(self._second.values(), key=lambda template: -template.pages))

    def _is_new(self, article: IncomingArticle) -> bool:
        told = hash((key(article.headline or ""), key(text_of(article.body)[:400])))
        if told in self._seen:
            return False
        self._seen.add(told)
        return True


def _read(source: Source, guide: Observer) -> IncomingArticle | Refusal:
    try:
        data = source.read()
    except (OSError, SourceTooLarge) as error:
        return Refusal(source.name, "unreadable", f"{source.name}: {error}")
    return read_page(data, source.name, url=source.url, charset=source.charset, guide=guide)
