"""The same material again: articles are brought up to date, unless somebody edited them here since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bulaq.intake.judgement import Reason
from bulaq.newsroom.importing.storing.identity import digest_of_stored, words_of
from bulaq.newsroom.importing.storing.rewriting import ALL, HEADLINE, Taken, rewrite, still_lacking
from bulaq.newsroom.models import Article, ImportedArticle, ImportItem, ImportRun

if TYPE_CHECKING:
    from bulaq.newsroom.importing.storing.prepared import Prepared

Outcome = ImportItem.Outcome


def update_all(prepared: Sequence[Prepared], run: ImportRun, *, now: datetime) -> set[int]:
    """Brings the stored articles of `prepared` up to date, and says in each `outcome` what was done; returns the ids of
    those whose change readers and indexes were told of.

    A field that the new capture lacks is never emptied: a headline given by hand survives the next reading of a page
    that has none.
    """
    told: set[int] = set()
    part: dict[int, Prepared] = {}
    for p in prepared:
        if p.existing_id in part:  # another capture of it: it must find this one stored
            told |= _update(list(part.values()), run, now)
            part = {}
        part[p.existing_id] = p
    return told | _update(list(part.values()), run, now)


def _update(part: list[Prepared], run: ImportRun, now: datetime) -> set[int]:
    """All different articles."""
    ids = [p.existing_id for p in part]
    articles = Article.objects.defer("body").in_bulk(ids)
    known = ImportedArticle.objects.in_bulk(ids)
    other: list[tuple[Prepared, Article]] = []
    for p in part:
        fresh, p.article = p.article, articles[p.existing_id]
        gives_headline = bool(fresh.headline) and not p.article.headline
        if _is_same(p, known) and not gives_headline:
            _nothing_new(p)
        else:
            other.append((p, fresh))
    taken = _decide(other, known, run) if other else []
    return rewrite(taken, run, now=now) if taken else set()


def _is_same(p: Prepared, known: dict[int, ImportedArticle]) -> bool:
    before = known.get(p.existing_id)
    return before is not None and before.incoming_digest == p.known_by.incoming


def _nothing_new(p: Prepared) -> None:
    still_lacking(p, p.article)
    p.outcome = Outcome.UNCHANGED


def _decide(
    other: list[tuple[Prepared, Article]], known: dict[int, ImportedArticle], run: ImportRun
) -> list[Taken]:
    """Of articles that came otherwise than before, what is taken of each."""
    ids = [p.existing_id for p, _ in other]
    # Whoever saves one of them now waits: what was edited by then is seen, and nothing is written over afterwards.
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    whole = Article.objects.select_related("latest_revision").in_bulk(ids)
    # Two captures of one article in one archive.
    earlier = {
        item.article_id: item
        for item in ImportItem.objects.filter(run=run, article_id__in=ids).defer("before").order_by("id")
    }
    taken: list[Taken] = []
    for p, fresh in other:
        article = p.article = whole[p.existing_id]
        before = known.get(article.pk)
        newest = article.latest_revision.as_object() if article.latest_revision_id else article
        if before is None or digest_of_stored(newest) != before.text_digest:
            p.outcome = Outcome.KEPT
            p.reasons.append(Reason("edited-here"))
        elif not (_is_same(p, known) or p.extra.get("poorer") or _says_less(p, earlier.get(article.pk))):
            taken.append(Taken(p, fresh, article, before, ALL))
        elif fresh.headline and not article.headline:
            taken.append(Taken(p, fresh, article, before, HEADLINE))
        else:
            _nothing_new(p)
    return taken


def _says_less(p: Prepared, item: ImportItem | None) -> bool:
    """The capture with more text stands, whichever came first, and whether it was this import or an earlier one that
    stored it."""
    if item is None or item.incoming is None:
        return False
    before = sum(len(block.get("text") or "") for block in item.incoming["body"])
    return sum(map(len, words_of(p.incoming))) <= before
